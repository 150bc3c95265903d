use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "WHOLE_SERVICE",
    title: "Whole service",
    severity: Severity::Warning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Identity, PolicyType::Resource],
    what: "A statement allows every action of a service.",
    why: "That includes actions that delete, share and change permissions, and those that AWS adds tomorrow.",
    instead: "Name the actions that are needed.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:*",
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
    for statement in subject.statements.iter().filter(|one| one.allows() && one.actions.is_positive()) {
        for action in statement.actions.items.iter().filter(|action| action.name == "*" && action.service.is_some()) {
            findings.add(action.node, format!("every action of `{}` is allowed", shown(action.prefix)));
        }
    }
}
