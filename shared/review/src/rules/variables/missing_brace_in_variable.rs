use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_BRACE_IN_VARIABLE",
    title: "Missing brace in variable",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A policy variable is not closed.",
    why: "AWS refuses the policy.",
    instead: "Close it with `}`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/${aws:username/*"
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
    for node in subject.with_flaw(Flaw::Open) {
        findings.add(node, "a policy variable is not closed");
    }
}
