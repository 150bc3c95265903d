use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "UNSUPPORTED_SPACE_IN_VARIABLE",
    title: "Unsupported space in variable",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The name of a policy variable has a space.",
    why: "AWS refuses the policy.",
    instead: "Leave the space out.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/${ aws:username }/*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/${aws:username}/*"
    }
  ]
}"#,
    },
    check,
};

use crate::variables::Flaw;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for node in subject.with_flaw(Flaw::Space) {
        findings.add(node, "the name of a policy variable has a space");
    }
}
