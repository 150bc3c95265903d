//! Which CloudTrail event source stands for which API models and IAM services.
//!
//! CloudTrail writes a service's signing name or its endpoint's first part; both are tried, with their usual variants.
//! What differs from that stands in the override file.

use super::Result;
use super::botocore::{Model, plain};
use super::overrides::Overrides;
use catalog::{EventSourceFacts, Facts};
use std::collections::BTreeMap;

/// The models of one API: those that sign with the same name and so share an event source.
pub struct Api {
    /// Numbers of models; the one that lends its name comes first, then the largest.
    pub models: Vec<usize>,
    /// IAM prefixes in which its operations' actions are looked up, in order.
    pub services: Vec<String>,
}

pub type Apis = BTreeMap<String, Api>;

/// Groups the models and fills in `facts.event_sources`.
pub fn derive(models: &[Model], overrides: &Overrides, facts: &mut Facts) -> Result<Apis> {
    for row in &overrides.source {
        if let Some(unknown) = row.services.iter().find(|prefix| !facts.services.contains_key(*prefix)) {
            return Err(format!("overrides.toml: source for `{unknown}`, which is no service").into());
        }
    }
    let mut apis = Apis::new();
    for (number, model) in models.iter().enumerate() {
        let api = apis.entry(api_name(model, overrides)).or_insert_with(|| Api { models: vec![], services: vec![] });
        api.models.push(number);
        for prefix in services_of(model, overrides, facts) {
            if !api.services.contains(&prefix) {
                api.services.push(prefix);
            }
        }
    }
    for (name, api) in &mut apis {
        let rank = |number: &usize| {
            models.get(*number).map(|model| (model.folder != *name, usize::MAX - model.operations.len()))
        };
        api.models.sort_by_key(rank);
    }

    let mut aliases: BTreeMap<String, Vec<(u8, String)>> = BTreeMap::new();
    let mut alias = |source: &str, rank: u8, api: &str| {
        let entry = aliases.entry(source.to_ascii_lowercase()).or_default();
        if !entry.iter().any(|(_, known)| known == api) {
            entry.push((rank, api.to_owned()));
        }
    };
    for (name, api) in &apis {
        alias(name, 0, name);
        for model in api.models.iter().filter_map(|&number| models.get(number)) {
            for (source, rank) in names_of(model) {
                alias(&source, rank, name);
            }
        }
        // Others in the list are second choices: their own event sources mean their own actions.
        if let Some(prefix) = api.services.first() {
            alias(prefix, 4, name);
        }
    }
    for prefix in facts.services.keys() {
        aliases.entry(prefix.clone()).or_default();
    }
    for row in &overrides.source {
        for source in &row.sources {
            aliases.entry(source.clone()).or_default();
        }
    }
    for (source, mut candidates) in aliases {
        candidates.sort();
        let rows = || overrides.source.iter().filter(|row| row.sources.contains(&source));
        let mut entry = EventSourceFacts::default();
        push_all(&mut entry.apis, rows().flat_map(|row| &row.apis));
        push_all(&mut entry.apis, candidates.iter().map(|(_, api)| api));
        push_all(&mut entry.services, rows().flat_map(|row| &row.services));
        push_all(&mut entry.services, facts.services.get_key_value(&source).map(|(prefix, _)| prefix));
        let apis_services = entry.apis.iter().filter_map(|api| apis.get(api)).flat_map(|api| &api.services);
        push_all(&mut entry.services, apis_services);
        facts.event_sources.insert(source, entry);
    }
    for row in overrides.retired.iter().filter(|row| row.actions.iter().any(|action| action == "*")) {
        for source in row.sources.iter().chain([&row.service]) {
            facts.event_sources.entry(source.clone()).or_default().retired = row.why.clone();
        }
    }
    Ok(apis)
}

fn push_all<'a>(into: &mut Vec<String>, items: impl IntoIterator<Item = &'a String>) {
    for item in items {
        if !into.contains(item) {
            into.push(item.clone());
        }
    }
}

/// What the model's API is called: the override file's word, or the name it signs with.
pub fn api_name(model: &Model, overrides: &Overrides) -> String {
    let row = overrides.model.iter().find(|row| row.folder == model.folder);
    row.map_or_else(|| model.signing_name.to_ascii_lowercase(), |row| row.api.clone())
}

/// IAM prefixes of a model, best first.
fn services_of(model: &Model, overrides: &Overrides, facts: &Facts) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(row) = overrides.model.iter().find(|row| row.folder == model.folder) {
        push_all(&mut found, &row.services);
    }
    let names = names_of(model);
    for (name, _) in &names {
        let rows = overrides.source.iter().filter(|row| row.sources.contains(name));
        push_all(&mut found, rows.flat_map(|row| &row.services));
    }
    for (name, rank) in &names {
        if *rank < 3 {
            push_all(&mut found, facts.services.get_key_value(name).map(|(prefix, _)| prefix));
        }
    }
    if found.is_empty() {
        let same = |prefix: &&String| names.iter().any(|(name, _)| plain(name) == plain(prefix));
        push_all(&mut found, facts.services.keys().filter(same));
    }
    found
}

/// Names under which CloudTrail may know a model, with how likely: 1 signing name, 2 endpoint or folder, 3 variants.
fn names_of(model: &Model) -> Vec<(String, u8)> {
    let endpoint = model.endpoint_prefix.to_ascii_lowercase();
    let mut names =
        vec![(model.signing_name.to_ascii_lowercase(), 1), (endpoint.clone(), 2), (model.folder.clone(), 2)];
    if let Some((_, last)) = endpoint.rsplit_once('.') {
        names.push((last.to_owned(), 3));
    }
    let joined: Vec<_> = names.iter().map(|(name, _)| (name.replace(['-', '.'], ""), 3)).collect();
    names.extend(joined);
    names.retain(|(name, _)| !name.is_empty());
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cloudtrail_may_use_the_signing_name_the_endpoint_or_a_part_of_them() {
        let model = |folder: &str, signing: &str, endpoint: &str| Model {
            folder: folder.to_owned(),
            signing_name: signing.to_owned(),
            endpoint_prefix: endpoint.to_owned(),
            operations: BTreeMap::new(),
        };
        let names = |model: &Model| names_of(model).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert!(names(&model("ecr", "ecr", "api.ecr")).contains(&"ecr".to_owned()));
        assert!(
            names(&model("elbv2", "elasticloadbalancing", "elasticloadbalancing"))
                .contains(&"elasticloadbalancing".to_owned())
        );
        let signals = names(&model("application-signals", "application-signals", "application-signals"));
        assert!(signals.contains(&"applicationsignals".to_owned()), "{signals:?}");
    }
}
