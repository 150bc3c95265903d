use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "TYPE_MISMATCH_STRING",
    title: "Type mismatch string",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A `BinaryEquals` condition has a value that is not base64.",
    why: "It never matches.",
    instead: "Write the value in base64.",
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
        "BinaryEquals": {"example.com:key": "not base64!"}
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
        "BinaryEquals": {"example.com:key": "QmluYXJ5"}
      }
    }
  ]
}"#,
    },
    check,
};

use authz::operators::Compare;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let is_binary = condition.operator.is_some_and(|operator| operator.compare == Compare::Binary);
        for (node, value) in condition.values().filter(|(_, value)| is_binary && !is_base64(value)) {
            findings.add(node, format!("`{}` is not base64", shown(value)));
        }
    }
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4) && text.len() - digits.len() <= 2 && digits.bytes().all(is_digit)
}
