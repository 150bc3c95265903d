use policy::arn::written_out;

use crate::{
    callers::leaves_named,
    prelude::*,
    subject::{Condition, ResourcePattern},
};

pub(super) static RULE: Rule = Rule {
    code: "PUBLIC_ACCESS",
    title: "Public access",
    severity: Severity::SecurityWarning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Resource, PolicyType::Trust],
    what: "A policy of a resource or a trust policy allows everyone, and no condition says who.",
    why: "Anybody on the internet may do what it allows, and anybody with an AWS account may assume the role. An external id is \
          no secret.",
    instead: "Name the principals, or ask for `aws:PrincipalOrgID`, `aws:SourceVpce` or the like.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
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
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|one| one.allows() && one.principals.is_positive()) {
        if statement.conditions.iter().any(Condition::names_callers) {
            continue;
        }
        if subject.statements.iter().any(|one| keeps_closed(one, statement)) {
            continue;
        }
        let knows_id = statement.conditions_on("sts:ExternalId").any(Condition::asks_for_more_than_stars);
        for principal in statement.principals.items.iter().filter(|one| one.text == "*") {
            let message = match knows_id {
                true => "everyone is allowed who knows the external id, and no condition says who",
                false => "everyone is allowed, and no condition says who",
            };
            findings.add(principal.node, message);
        }
    }
}

/// Whether a Deny takes back what an Allow gives to everyone, or leaves it to callers that are named.
fn keeps_closed(deny: &Statement<'_>, allow: &Statement<'_>) -> bool {
    let all_actions = || {
        let denied = |action: &ActionPattern<'_>| {
            deny.actions.items.iter().any(|one| policy::action_contains(one.text, action.text))
        };
        deny.actions.is_positive() && allow.actions.is_positive() && allow.actions.items.iter().all(denied)
    };
    // What a variable stands for is one value, which nobody knows.
    let all_resources = || {
        let denied = |resource: &ResourcePattern<'_>| {
            let resource = written_out(resource.text);
            let patterns = deny.resources.items.iter().filter(|one| !one.text.contains("${"));
            patterns.map(|one| written_out(one.text)).any(|one| policy::arn_contains(&one, &resource))
        };
        match (deny.resources.member, allow.resources.member) {
            (None, _) => true,
            (_, None) => false,
            _ => !deny.resources.is_negated && !allow.resources.is_negated && allow.resources.items.iter().all(denied),
        }
    };
    let is_for_everyone = deny.principals.is_positive() && deny.principals.items.iter().any(|one| one.text == "*");
    let conditions = || {
        let each = deny.conditions.iter();
        let each = each.map(|one| (one.operator, one.key(), one.values().map(|(_, value)| value)));
        deny.conditions.is_empty() || leaves_named(each)
    };
    deny.denies() && is_for_everyone && conditions() && all_actions() && all_resources()
}
