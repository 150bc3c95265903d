use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "EMPTY_VARIABLE",
    title: "Empty variable",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A policy variable has no name.",
    why: "AWS refuses the policy.",
    instead: "Name the key, as in `${aws:username}`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/${}/*"
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
    for node in subject.with_flaw(Flaw::Empty) {
        findings.add(node, "a policy variable has no name");
    }
}
