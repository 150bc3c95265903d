use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_VPC_FORMAT",
    title: "Invalid VPC format",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A condition on a VPC has a value that is no VPC's id.",
    why: "It never matches.",
    instead: "Write `vpc-` and the 8 or 17 characters behind it.",
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
        "StringEquals": {"aws:SourceVpc": "orders"}
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
        "StringEquals": {"aws:SourceVpc": "vpc-0123456789abcdef0"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for (node, value) in subject.identifiers("aws:SourceVpc", "vpc-") {
        findings.add(node, format!("`{}` is no VPC's id", shown(value)));
    }
}
