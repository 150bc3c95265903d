use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_VPCE_FORMAT",
    title: "Invalid VPCE format",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A condition on a VPC endpoint has a value that is no endpoint's id.",
    why: "It never matches.",
    instead: "Write `vpce-` and the 8 or 17 characters behind it.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {
        "StringEquals": {"aws:SourceVpce": "vpc-0123456789abcdef0"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {
        "StringEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for (node, value) in subject.identifiers("aws:SourceVpce", "vpce-") {
        findings.add(node, format!("`{}` is no VPC endpoint's id", shown(value)));
    }
}
