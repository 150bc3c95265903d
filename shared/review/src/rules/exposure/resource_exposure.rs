use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "RESOURCE_EXPOSURE",
    title: "Resource exposure",
    severity: Severity::Warning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Identity],
    what: "A statement allows to change who has access to resources, on every one of them.",
    why: "Whoever has it can open any of them to other accounts, or to everyone.",
    instead: "Name the resources, or leave the actions to a role that administers them.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:PutBucketPolicy",
      "Resource": "*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:PutBucketPolicy",
      "Resource": "arn:aws:s3:::example-orders"
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
        let named = statement.actions.items.iter().filter(|action| !action.has_wildcard() && action.prefix != "iam");
        let exposing = named.filter(|action| {
            let known = action.service.and_then(|service| service.action(action.name));
            known.is_some_and(|one| {
                one.access_level() == AccessLevel::PermissionsManagement && one.resources().len() > 0
            })
        });
        let names: Vec<String> = exposing.map(|action| format!("`{}`", shown(action.text))).collect();
        if !names.is_empty() {
            let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
            findings.add(resource, format!("{shown} can open any resource to others"));
        }
    }
}
