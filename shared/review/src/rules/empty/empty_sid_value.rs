use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "EMPTY_SID_VALUE",
    title: "Empty Sid value",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A `Sid` is an empty text.",
    why: "It tells nobody what the statement is for.",
    instead: "Name the statement, or leave the `Sid` out.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "",
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
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
    for node in subject.statements.iter().filter_map(|statement| statement.sid) {
        if node.as_str() == Some("") {
            findings.add(node, "the Sid is empty").fix("Take it out", [(node, Change::Remove)]);
        }
    }
}
