//! Which services know tags in requests, and the conditions that ask others for them.

use authz::operators::Compare;
use catalog::Service;
use policy::Effect;

use crate::{
    keys::TAGS,
    subject::{Condition, Statement, Subject},
};

/// Conditions on tags of statements whose services do not all know them, with the prefixes of those that do not.
pub(crate) fn without_tags<'s, 'a>(
    subject: &'s Subject<'a>,
    effect: Effect,
) -> impl Iterator<Item = (&'s Condition<'a>, Vec<&'a str>)> {
    let statements =
        subject.statements.iter().filter(move |one| one.effect == Some(effect) && one.actions.is_positive());
    statements.flat_map(|statement| {
        tag_conditions(statement).filter_map(|(condition, tag)| {
            let mut services: Vec<&str> = Vec::new();
            for action in &statement.actions.items {
                let Some(service) = action.service.filter(|service| !services.contains(&service.prefix())) else {
                    continue;
                };
                if !service.retired() && !knows(service, tag) {
                    services.push(service.prefix());
                }
            }
            (!services.is_empty()).then_some((condition, services))
        })
    })
}

/// Conditions on tags of statements with `NotAction`.
pub(crate) fn with_not_action<'s, 'a>(
    subject: &'s Subject<'a>,
    effect: Effect,
) -> impl Iterator<Item = &'s Condition<'a>> {
    let statements = subject.statements.iter().filter(move |one| one.effect == Some(effect) && one.actions.is_negated);
    statements.flat_map(|statement| tag_conditions(statement).map(|(condition, _)| condition))
}

/// The conditions on tags of resources and requests that need the key to be there.
fn tag_conditions<'s, 'a>(statement: &'s Statement<'a>) -> impl Iterator<Item = (&'s Condition<'a>, &'static str)> {
    statement.conditions.iter().filter_map(|condition| {
        condition.operator.filter(|one| one.compare != Compare::Null && !one.if_exists && !one.negated)?;
        let key = condition.key();
        let tag = TAGS
            .into_iter()
            .chain(["aws:TagKeys"])
            .filter(|tag| *tag != "aws:PrincipalTag/")
            .find(|tag| key.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))?;
        Some((condition, tag))
    })
}

/// Whether the service documents the key.
fn knows(service: Service<'_>, tag: &str) -> bool {
    let mut keys = service.condition_keys();
    keys.any(|key| key.name().get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}
