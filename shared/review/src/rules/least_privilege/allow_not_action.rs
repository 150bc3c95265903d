use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ALLOW_NOT_ACTION",
    title: "Allow with NotAction",
    severity: Severity::SecurityWarning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Identity, PolicyType::Resource],
    what: "An Allow names the actions that are not meant.",
    why: "It allows all others, of every service, also those that AWS adds tomorrow.",
    instead: "Name the actions that are needed.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "NotAction": "iam:*",
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
    for statement in subject.statements.iter().filter(|one| one.allows() && one.actions.is_negated) {
        if let Some(member) = statement.actions.member {
            findings.add(&member.node, "every action but those named is allowed");
        }
    }
}
