use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "EMPTY_ARRAY_CONDITION_FORANYVALUE",
    title: "Empty array condition with ForAnyValue",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A `ForAnyValue` condition has no values.",
    why: "It never matches.",
    instead: "Name the values.",
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
        "ForAnyValue:StringEquals": {
          "aws:TagKeys": []
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
      "Action": "sqs:CreateQueue",
      "Resource": "*",
      "Condition": {
        "ForAnyValue:StringEquals": {"aws:TagKeys": "team"}
      }
    }
  ]
}"#,
    },
    check,
};

use authz::operators::Set;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.statements.iter().flat_map(|statement| &statement.conditions) {
        let is_any = condition.operator.is_some_and(|operator| operator.set == Set::Any);
        if is_any && condition.value_nodes().is_empty() {
            findings.add(
                &condition.key_member.node,
                format!("the condition on `{}` never matches", shown(condition.key())),
            );
        }
    }
}
