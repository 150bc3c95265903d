use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_QUOTE_IN_VARIABLE",
    title: "Missing quote in variable",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The default of a policy variable does not stand in single quotes.",
    why: "AWS refuses the policy.",
    instead: "Write `${key, 'default'}`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/${aws:PrincipalTag/team, 'none}/*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/${aws:PrincipalTag/team, 'none'}/*"
    }
  ]
}"#,
    },
    check,
};

use crate::variables::Flaw;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for node in subject.with_flaw(Flaw::Quote) {
        findings.add(node, "the default of a policy variable lacks a quote");
    }
}
