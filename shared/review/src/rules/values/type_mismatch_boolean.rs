use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "TYPE_MISMATCH_BOOLEAN",
    title: "Type mismatch Boolean",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A `Bool` or `Null` condition has a value that is neither true nor false.",
    why: "It never matches.",
    instead: "Write `true` or `false`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "Bool": {"aws:SecureTransport": "no"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "Bool": {"aws:SecureTransport": "false"}
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
        let is_bool =
            condition.operator.is_some_and(|operator| matches!(operator.compare, Compare::Bool | Compare::Null));
        let wrong = |value: &str| {
            !["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(value)) && !value.contains("${")
        };
        for (node, value) in condition.values().filter(|(_, value)| is_bool && wrong(value)) {
            findings.add(node, format!("`{}` is neither true nor false", shown(value)));
        }
    }
}
