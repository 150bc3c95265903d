use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_CONDITION_MULTIPLE_BOOLEAN",
    title: "Invalid condition multiple Boolean",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A `Bool` condition has several values.",
    why: "AWS refuses the policy; and true or false always holds.",
    instead: "Write one value.",
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
        "Bool": {
          "aws:SecureTransport": [
            "true",
            "false"
          ]
        }
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

use authz::operators::{Compare, Set};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let is_bool = |compare| matches!(compare, Compare::Bool | Compare::Null);
        let is_plain =
            condition.operator.is_some_and(|operator| is_bool(operator.compare) && operator.set == Set::None);
        if is_plain && condition.value_nodes().len() > 1 {
            findings.add(&condition.key_member.node, format!("`{}` takes one value", shown(condition.operator_name())));
        }
    }
}
