use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_ACTION",
    title: "Missing action",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A statement has neither `Action` nor `NotAction`.",
    why: "AWS refuses the policy.",
    instead: "Name the actions that the statement is about.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
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
    for statement in subject.statements.iter().filter(|statement| statement.actions.member.is_none()) {
        findings.add(statement.node, "the statement has neither `Action` nor `NotAction`");
    }
}
