use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_ACTION",
    title: "Invalid action",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "An action, or a pattern of actions, that matches nothing in its service.",
    why: "AWS stores the policy and the line never has an effect: what was meant stays refused, or stays allowed.",
    instead: "Write the action as the service authorization reference does.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "dynamodb:GetItems",
      "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "dynamodb:GetItem",
      "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for action in subject.statements.iter().flat_map(|statement| &statement.actions.items) {
        if action.text == "*" || action.prefix.contains(['*', '?']) {
            continue;
        }
        if !action.text.contains(':') {
            findings.add(
                action.node,
                format!("the action `{}` names no service: write `service:action`", shown(action.text)),
            );
            continue;
        }
        let Some(service) = action.service.filter(|service| !service.retired()) else { continue };
        if action.name == "*" || service.action(action.name).is_some() || action.actions().next().is_some() {
            continue;
        }
        let message = format!("the action `{}` does not exist", shown(action.text));
        let why = subject.catalog.retired_action(action.prefix, action.name);
        let told = match why {
            Some(why) if !why.is_empty() => format!(" any more: {why}"),
            _ => findings.hint(|| {
                let meant = |near| format!(": did you mean `{}:{near}`?", shown(action.prefix));
                nearest(action).map(meant).unwrap_or_default()
            }),
        };
        findings.add(action.node, message + &told);
    }
}

/// The action of the service whose name is most like this one.
fn nearest<'a>(action: &ActionPattern<'a>) -> Option<&'a str> {
    let actions = action.service.into_iter().flat_map(|service| service.actions()).map(|known| known.name());
    policy::nearest(action.name, actions, 3)
}
