//! What was used and what is generated for it, against the policies that are attached today.

use crate::output::{Comparison, NewAccess, ServiceComparison, UsedNotGranted};
use crate::prove::request;
use crate::select::Used;
use authz::compare::{AllowedAction, allowed_actions, wire};
use authz::{Layer, Policies, PrepareError, Prepared};
use catalog::Catalog;
use policy::Document;
use std::collections::BTreeSet;

/// Compares the uses of `principal`, and the policies `generated` for them, with `attached`.
///
/// # Errors
/// When the attached policies cannot be decided (an unknown operator in a Deny).
pub(crate) fn compare(
    principal: &str,
    used: &[Used],
    attached: &[Document],
    generated: &[Document],
    catalog: &Catalog,
) -> Result<Comparison, PrepareError> {
    let prepared = Prepared::new(&Policies { identity: attached.to_vec(), ..Policies::default() })?;
    let used_actions: BTreeSet<String> = used.iter().map(|used| used.action.to_ascii_lowercase()).collect();
    let mut services: Vec<ServiceComparison> = Vec::new();
    for AllowedAction { action, .. } in allowed_actions(attached, Layer::Identity, catalog)? {
        let name = format!("{}:{}", action.service(), action.name());
        if services.last().is_none_or(|last| last.service != action.service()) {
            services.push(ServiceComparison { service: action.service().to_owned(), ..ServiceComparison::default() });
        }
        let Some(comparison) = services.last_mut() else { continue };
        comparison.granted += 1;
        if used_actions.contains(&name.to_ascii_lowercase()) {
            comparison.used += 1;
        } else {
            comparison.unused.push(name);
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
    let verdict = authz::compare(attached, generated, &authz::Comparison::of(Layer::Identity).service_aware(catalog))?;
    let new_access = NewAccess {
        verdict: verdict.as_str(),
        witness: verdict.witness().map(wire::request),
        reason: wire::reason(&verdict),
    };
    Ok(Comparison { services, used_not_granted, new_access })
}
