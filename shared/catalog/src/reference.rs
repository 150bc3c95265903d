//! AWS's Service Reference: what a catalog is brought up to date with.
//!
//! An index lists a JSON document for each service; see
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/service-reference.html>. Fetching is the
//! caller's business. The overlay adds and refreshes: nothing the catalog knows is taken away, and its reviewed tables
//! (operations, request rules, parameters, roles) stand.

use crate::lookup::Catalog;
use crate::{
    AccessLevel, ActionFacts, ActionName, ConditionKeyFacts, Facts, Need, OperationFacts, Provenance, ReleaseFacts,
    ResourceTypeFacts, ServiceFacts, VariableFacts, pack, unpack,
};
use serde::Deserialize;

/// Where the index is.
pub const INDEX_URL: &str = "https://servicereference.us-east-1.amazonaws.com/v1/service-list.json";

/// Writes the catalog that `base` becomes with these documents. `date` is when they were fetched, `YYYY-MM-DD`.
///
/// # Errors
/// When a document is not of the expected shape.
pub fn overlay<Bytes: AsRef<[u8]>>(base: &Catalog, documents: &[Bytes], date: &str) -> Result<Vec<u8>, ReferenceError> {
    let mut facts = unpack(base);
    let documents = documents
        .iter()
        .enumerate()
        .map(|(number, bytes)| {
            serde_json::from_slice(bytes.as_ref()).map_err(|source| ReferenceError::Document { number, source })
        })
        .collect::<Result<Vec<Document>, _>>()?;
    let mut version = String::new();
    for document in &documents {
        version = version.max(document.version.clone());
        refresh_service(&mut facts, document);
    }
    // Operations name actions of other services, so all services come first.
    for document in &documents {
        add_operations(&mut facts, document);
    }
    facts.release.retain(|release| release.name != RELEASE);
    facts.release.push(ReleaseFacts {
        name: RELEASE.to_owned(),
        version,
        date: date.to_owned(),
        licence: "AWS documentation".to_owned(),
        what: format!("{} services refreshed", documents.len()),
    });
    pack(&facts).map_err(ReferenceError::Inconsistent)
}

const RELEASE: &str = "AWS Service Reference";

/// One line of the index.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct IndexEntry {
    /// IAM prefix.
    pub service: String,
    /// Where the service's document is.
    pub url: String,
}

/// Reads the index.
///
/// # Errors
/// When it is not of the expected shape.
pub fn index(bytes: &[u8]) -> Result<Vec<IndexEntry>, ReferenceError> {
    serde_json::from_slice(bytes).map_err(|source| ReferenceError::Index { source })
}

/// Why the Service Reference could not be taken over.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// The index is of another shape.
    #[error("the index of the service reference has an unknown shape")]
    Index {
        /// Where and how.
        source: serde_json::Error,
    },
    /// A document is of another shape.
    #[error("document {number} of the service reference has an unknown shape")]
    Document {
        /// Its place in the list that was given, from 0.
        number: usize,
        /// Where and how.
        source: serde_json::Error,
    },
    /// The result refers to something that does not exist.
    #[error("the service reference does not fit together: {0}")]
    Inconsistent(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    name: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    actions: Vec<Action>,
    #[serde(default)]
    resources: Vec<Resource>,
    #[serde(default)]
    condition_keys: Vec<ConditionKey>,
    #[serde(default)]
    operations: Vec<Operation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Action {
    name: String,
    #[serde(default)]
    action_condition_keys: Vec<String>,
    annotations: Option<Annotations>,
    #[serde(default)]
    resources: Vec<ActionResource>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Annotations {
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Properties {
    is_list: bool,
    is_permission_management: bool,
    is_tagging_only: bool,
    is_write: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ActionResource {
    name: String,
    #[serde(default)]
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Resource {
    name: String,
    #[serde(default, rename = "ARNFormats")]
    arn_formats: Vec<String>,
    #[serde(default)]
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ConditionKey {
    name: String,
    #[serde(default)]
    types: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Operation {
    name: String,
    #[serde(default)]
    authorized_actions: Vec<AuthorizedAction>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AuthorizedAction {
    name: String,
    service: String,
}

fn refresh_service(facts: &mut Facts, document: &Document) {
    let prefix = document.name.to_ascii_lowercase();
    let service = facts.services.entry(prefix.clone()).or_insert_with(|| ServiceFacts {
        prefix: document.name.clone(),
        title: document.name.clone(),
        ..Default::default()
    });
    for key in &document.condition_keys {
        let kind = key.types.first().cloned().unwrap_or_else(|| "String".to_owned());
        let fact = ConditionKeyFacts { name: key.name.clone(), kind };
        service.condition_keys.insert(key.name.to_ascii_lowercase(), fact);
    }
    for resource in &document.resources {
        refresh_resource_type(service, resource);
    }
    for action in &document.actions {
        refresh_action(service, action);
    }
    // A service is its own event source until somebody knows better.
    let source = facts.event_sources.entry(prefix.clone()).or_default();
    if !source.services.contains(&prefix) {
        source.services.push(prefix);
    }
}

fn refresh_resource_type(service: &mut ServiceFacts, resource: &Resource) {
    let entry = service
        .resource_types
        .entry(resource.name.to_ascii_lowercase())
        .or_insert_with(|| ResourceTypeFacts { name: resource.name.clone(), ..Default::default() });
    if !resource.arn_formats.is_empty() {
        entry.arn_formats = resource.arn_formats.clone();
    }
    entry.condition_keys = resource.condition_keys.clone();
    for format in &entry.arn_formats {
        for part in format.split("${").skip(1) {
            let Some((name, _)) = part.split_once('}') else { continue };
            let implied = ["Partition", "Region", "Account", "AccountId"].contains(&name);
            if !implied && !entry.variables.iter().any(|variable| variable.name == name) {
                let parameters = vec![name.to_owned()];
                entry.variables.push(VariableFacts { name: name.to_owned(), parameters });
            }
        }
    }
}

fn refresh_action(service: &mut ServiceFacts, action: &Action) {
    let known = service.actions.get(&action.name.to_ascii_lowercase());
    let required = |name: &str| {
        let before = known.into_iter().flat_map(|known| &known.resources);
        before.filter(|(_, required)| *required).any(|(before, _)| before.eq_ignore_ascii_case(name))
    };
    let listed = action.resources.iter();
    let listed = listed.filter(|resource| service.resource_types.contains_key(&resource.name.to_ascii_lowercase()));
    let resources = listed.map(|resource| (resource.name.clone(), required(&resource.name))).collect();
    let keys = action.resources.iter().flat_map(|resource| &resource.condition_keys);
    let mut condition_keys: Vec<String> = action.action_condition_keys.iter().chain(keys).cloned().collect();
    condition_keys.sort();
    condition_keys.dedup();
    let access_level = match (&action.annotations, known) {
        (Some(annotations), _) => access_level(&annotations.properties),
        (None, Some(known)) => known.access_level,
        (None, None) => AccessLevel::Write,
    };
    let fact = ActionFacts {
        name: action.name.clone(),
        access_level,
        resources,
        condition_keys,
        dependent_actions: known.map(|known| known.dependent_actions.clone()).unwrap_or_default(),
        passed_roles: known.map(|known| known.passed_roles.clone()).unwrap_or_default(),
        provenance: Provenance::ServiceReference,
    };
    service.actions.insert(action.name.to_ascii_lowercase(), fact);
}

/// Several properties can be true: the most telling one counts.
fn access_level(properties: &Properties) -> AccessLevel {
    match properties {
        Properties { is_permission_management: true, .. } => AccessLevel::PermissionsManagement,
        Properties { is_tagging_only: true, .. } => AccessLevel::Tagging,
        Properties { is_write: true, .. } => AccessLevel::Write,
        Properties { is_list: true, .. } => AccessLevel::List,
        _ => AccessLevel::Read,
    }
}

/// Adds operations that the catalog knows nothing of.
///
/// The reference lists what an operation *may* need. An action of the same name is found without a row; of a longer
/// list without one, only "one of these" is certain.
fn add_operations(facts: &mut Facts, document: &Document) {
    let prefix = document.name.to_ascii_lowercase();
    for operation in &document.operations {
        let event = operation.name.to_ascii_lowercase();
        let same_name = facts.services.get(&prefix).is_some_and(|service| service.actions.contains_key(&event));
        let apis = facts.event_sources.get(&prefix).map(|source| source.apis.clone()).unwrap_or_default();
        let known = apis.iter().any(|api| facts.operations.contains_key(&(api.clone(), event.clone())));
        if same_name || known {
            continue;
        }
        let actions: Vec<ActionName> =
            operation.authorized_actions.iter().filter_map(|action| spelled(facts, action)).collect();
        let need = match actions.len() {
            0 => continue,
            1 => Need::Actions(actions),
            _ => Need::OneOf(actions),
        };
        let api = apis.first().cloned().unwrap_or_else(|| prefix.clone());
        if let Some(source) = facts.event_sources.get_mut(&prefix)
            && source.apis.is_empty()
        {
            source.apis.push(api.clone());
        }
        let name = operation.name.clone();
        let provenance = Provenance::ServiceReference;
        let row = OperationFacts { name, need, provenance, rules: Vec::new(), bindings: Vec::new() };
        facts.operations.insert((api, event), row);
    }
}

fn spelled(facts: &Facts, action: &AuthorizedAction) -> Option<ActionName> {
    let service = facts.services.get(&action.service.to_ascii_lowercase())?;
    let found = service.actions.get(&action.name.to_ascii_lowercase())?;
    Some((service.prefix.clone(), found.name.clone()))
}
