use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "EMPTY_ARRAY_ACTION",
    title: "Empty array action",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A list of actions is empty.",
    why: "The statement does nothing.",
    instead: "Name the actions, or take the statement out.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [],
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
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
    for member in subject.statements.iter().filter_map(|statement| statement.actions.member) {
        if member.node.elements().is_empty() {
            findings.add(&member.node, "the list of actions is empty");
        }
    }
}
