use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "EMPTY_ARRAY_CONDITION_IFEXISTS",
    title: "Empty array condition with IfExists",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A condition with `IfExists` has no values.",
    why: "It matches only requests without the key.",
    instead: "Say so with `Null` and `true`, or name the values.",
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
        "StringEqualsIfExists": {
          "aws:RequestTag/team": []
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
        "Null": {"aws:RequestTag/team": "true"}
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
        let is_optional = condition.operator.is_some_and(|operator| operator.if_exists && operator.set == Set::None);
        if is_optional && condition.value_nodes().is_empty() {
            let key = shown(condition.key());
            findings.add(&condition.key_member.node, format!("the condition only matches where `{key}` is missing"));
        }
    }
}
