use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "DEPRECATED_GLOBAL_CONDITION_KEY",
    title: "Deprecated global condition key",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A condition uses `aws:ARN`.",
    why: "AWS has replaced the key.",
    instead: "Use `aws:PrincipalArn`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:DeleteQueue",
      "Resource": "*",
      "Condition": {
        "ArnNotEquals": {"aws:ARN": "arn:aws:iam::111122223333:role/operator"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:DeleteQueue",
      "Resource": "*",
      "Condition": {
        "ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/operator"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions().filter(|condition| condition.is_about("aws:ARN")) {
        findings.add(&condition.key_member.node, "`aws:ARN` has been replaced by `aws:PrincipalArn`");
    }
}
