use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "NULL_WITH_QUALIFIER",
    title: "Null with qualifier",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "`Null` stands with `ForAllValues` or `ForAnyValue`.",
    why: "It then always holds, or never does.",
    instead: "Leave the qualifier out.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:CreateQueue",
      "Resource": "*",
      "Condition": {
        "ForAllValues:Null": {"aws:TagKeys": "true"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:CreateQueue",
      "Resource": "*",
      "Condition": {
        "Null": {"aws:TagKeys": "true"}
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
        let is_null = |set: Set, compare: Compare| compare == Compare::Null && set != Set::None;
        if condition.operator.is_some_and(|operator| is_null(operator.set, operator.compare)) {
            findings.add(
                &condition.key_member.node,
                format!("`{}` always gives the same answer", shown(condition.operator_name())),
            );
        }
    }
}
