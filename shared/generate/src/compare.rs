//! What was used, against the policies that are attached today.

use crate::output::{Comparison, ServiceComparison, UsedNotGranted};
use crate::prove::request;
use crate::select::Used;
use authz::{Policies, PrepareError, Prepared};
use catalog::Catalog;
use policy::{ActionBlock, Document, Effect, action_matches};
use std::collections::BTreeSet;

/// Compares the uses of `principal` with `attached`.
///
/// # Errors
/// When the attached policies cannot be decided (an unknown operator in a Deny).
pub(crate) fn compare(
    principal: &str,
    used: &[Used],
    attached: &[Document],
    catalog: &Catalog,
) -> Result<Comparison, PrepareError> {
    let prepared = Prepared::new(&Policies { identity: attached.to_vec(), ..Policies::default() })?;
    let used_actions: BTreeSet<String> = used.iter().map(|used| used.action.to_ascii_lowercase()).collect();
    let mut services = Vec::new();
    for service in catalog.services() {
        let mut comparison = ServiceComparison { service: service.prefix().to_owned(), ..ServiceComparison::default() };
        for action in service.actions() {
            let name = format!("{}:{}", service.prefix(), action.name());
            if !grants(attached, &name) {
                continue;
            }
            comparison.granted += 1;
            if used_actions.contains(&name.to_ascii_lowercase()) {
                comparison.used += 1;
            } else {
                comparison.unused.push(name);
            }
        }
        if comparison.granted > 0 {
            services.push(comparison);
        }
    }
    let mut seen = BTreeSet::new();
    let used_not_granted = used
        .iter()
        .filter(|used| seen.insert((&used.action, &used.resource, &used.context)))
        .filter_map(|used| {
            let decision = prepared.evaluate(&request(principal, &used.action, &used.resource, &used.context));
            (!decision.is_allowed()).then(|| UsedNotGranted {
                action: used.action.clone(),
                resource: used.resource.clone(),
                calls: used.calls,
                reason: decision.to_string(),
            })
        })
        .collect();
    Ok(Comparison { services, used_not_granted })
}

/// Whether `documents` allow `action` on something, and do not deny it on everything.
fn grants(documents: &[Document], action: &str) -> bool {
    let statements = || documents.iter().flat_map(|document| &document.statements);
    let names = |block: &ActionBlock| match block {
        ActionBlock::Action(patterns) => patterns.iter().any(|pattern| action_matches(pattern, action)),
        ActionBlock::NotAction(patterns) => !patterns.iter().any(|pattern| action_matches(pattern, action)),
    };
    let everything = |statement: &&policy::Statement| {
        statement.conditions.is_empty()
            && matches!(&statement.resource, Some(policy::ResourceBlock::Resource(patterns)) if patterns.iter().any(|pattern| pattern == "*"))
    };
    statements().any(|statement| statement.effect == Effect::Allow && names(&statement.action))
        && !statements()
            .filter(everything)
            .any(|statement| statement.effect == Effect::Deny && names(&statement.action))
}
