use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "UNSCOPED_ACTIONS",
    title: "Unscoped actions",
    severity: Severity::Suggestion,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Identity],
    what: "A statement allows actions on every resource that could be limited to some.",
    why: "They reach whatever the account has, and will have.",
    instead: "Name the resources; keep `*` for actions that know no resources.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "sqs:SendMessage",
        "sqs:ListQueues"
      ],
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
    },
    {
      "Effect": "Allow",
      "Action": "sts:GetCallerIdentity",
      "Resource": "*"
    }
  ]
}"#,
    },
    check,
};

use catalog::AccessLevel;

/// Actions that are named in a message.
const SHOWN: usize = 5;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|one| one.allows() && one.actions.is_positive()) {
        let Some(resource) = statement.every_resource() else { continue };
        if !statement.conditions.is_empty() {
            continue;
        }
        let named = statement.actions.items.iter().filter(|action| !action.has_wildcard());
        let could = named.filter(|action| {
            let known = action.service.and_then(|service| service.action(action.name));
            // Reading lists of resources is what `*` is mostly for.
            known.is_some_and(|known| {
                known.access_level() != AccessLevel::List && known.resources().any(|one| one.required)
            })
        });
        let names: Vec<&str> = could.map(|action| action.text).collect();
        if names.is_empty() {
            continue;
        }
        let more = names.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let shown = names.iter().take(SHOWN).map(|name| format!("`{}`", shown(name))).collect::<Vec<_>>().join(", ");
        findings.add(resource, format!("{shown}{more} could be limited to resources"));
    }
}
