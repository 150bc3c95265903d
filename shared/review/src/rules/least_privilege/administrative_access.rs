use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ADMINISTRATIVE_ACCESS",
    title: "Administrative access",
    severity: Severity::SecurityWarning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Identity, PolicyType::Resource],
    what: "A statement allows every action on every resource.",
    why: "Whoever has it owns the account.",
    instead: "Name the actions and resources that are needed; `leastwise generate` writes them from use.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
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
        let Some(action) = statement.actions.items.iter().find(|action| action.is_everything()) else { continue };
        if let Some(resource) = statement.every_resource() {
            findings.add(action.node, "every action is allowed on every resource").with(resource);
        }
    }
}
