use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "EMPTY_OBJECT_CONDITION",
    title: "Empty object condition",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A condition block, or an operator in it, is an empty object.",
    why: "It asks for nothing.",
    instead: "Write the condition, or take the block out.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {}
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for node in subject.statements.iter().filter_map(|statement| statement.node.get("Condition")) {
        for node in std::iter::once(node).chain(node.members().iter().map(|member| &member.node)) {
            if matches!(&node.value, Value::Object(members) if members.is_empty()) {
                findings.add(node, "the condition is empty").fix("Take it out", [(node, Change::Remove)]);
            }
        }
    }
}
