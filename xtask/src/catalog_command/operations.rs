//! What each operation needs.

use super::Result;
use super::botocore::{Model, Operation, plain};
use super::event_sources::{Api, Apis};
use super::overrides::{self, Overrides, action_name, belongs};
use catalog::{ActionName, Facts, Need, OperationFacts, Provenance};
use std::collections::{BTreeMap, BTreeSet};

/// How botocore's operations were resolved.
#[derive(Default)]
pub struct Resolved {
    pub total: usize,
    pub by_provenance: BTreeMap<String, usize>,
    /// Model folder -> operations that stay unknown.
    pub unresolved: BTreeMap<String, Vec<String>>,
}

/// Fills in `facts.operations`.
pub fn resolve(models: &[Model], apis: &Apis, overrides: &Overrides, facts: &mut Facts) -> Result<Resolved> {
    let mut account = Resolved::default();
    for (name, api) in apis {
        for model in api.models.iter().filter_map(|&number| models.get(number)) {
            for (event, operation) in &model.operations {
                account.total += 1;
                let Some((need, provenance)) = resolve_one(name, api, event, operation, overrides, facts)? else {
                    account.unresolved.entry(model.folder.clone()).or_default().push(event.clone());
                    continue;
                };
                let label = match &need {
                    Need::Nothing(_) => format!("no permission ({provenance})"),
                    Need::Retired(_) => "retired".to_owned(),
                    Need::Actions(_) | Need::OneOf(_) => provenance.to_string(),
                };
                *account.by_provenance.entry(label).or_default() += 1;
                insert(facts, overrides, name, event, &parameters(operation), need, provenance)?;
            }
        }
    }
    for row in overrides.operation.iter().filter(|row| row.only_in_cloudtrail) {
        let source = facts.event_sources.get(&row.source);
        let api = source.and_then(|source| source.apis.first()).unwrap_or(&row.source).clone();
        for event in &row.events {
            let need = need_of(row, event, facts)?;
            insert(facts, overrides, &api, event, &BTreeSet::new(), need, Provenance::OperationTable)?;
        }
        if let Some(source) = facts.event_sources.get_mut(&row.source)
            && source.apis.is_empty()
        {
            source.apis.push(api);
        }
    }
    check_events(models, apis, overrides, facts)?;
    let known: BTreeSet<String> = facts.operations.keys().map(|(api, _)| api.clone()).collect();
    for source in facts.event_sources.values_mut() {
        source.apis.retain(|api| known.contains(api));
    }
    Ok(account)
}

fn parameters(operation: &Operation) -> BTreeSet<String> {
    let top = operation.members.iter().filter(|member| member.depth == 1);
    top.flat_map(|member| &member.names).map(|name| plain(name)).collect()
}

fn insert(
    facts: &mut Facts,
    overrides: &Overrides,
    api: &str,
    event: &str,
    parameters: &BTreeSet<String>,
    need: Need,
    provenance: Provenance,
) -> Result<()> {
    let key = (api.to_owned(), event.to_ascii_lowercase());
    if !facts.operations.contains_key(&key) {
        let rules = overrides.rules(facts, api, event, parameters)?;
        let name = event.to_owned();
        facts.operations.insert(key, OperationFacts { name, need, provenance, rules, bindings: Vec::new() });
    }
    Ok(())
}

fn resolve_one(
    api_name: &str,
    api: &Api,
    event: &str,
    operation: &Operation,
    overrides: &Overrides,
    facts: &Facts,
) -> Result<Option<(Need, Provenance)>> {
    let rows = || overrides.operation.iter().filter(|row| belongs(facts, &row.source, api_name));
    if let Some(row) = rows().find(|row| row.events.iter().any(|name| name.eq_ignore_ascii_case(event))) {
        return Ok(Some((need_of(row, event, facts)?, Provenance::OperationTable)));
    }
    let services = || api.services.iter().filter_map(|prefix| facts.services.get(prefix));
    let named = |name: &str| -> Option<Vec<ActionName>> {
        let name = name.to_ascii_lowercase();
        services().find_map(|service| {
            service.actions.get(&name).map(|action| vec![(service.prefix.clone(), action.name.clone())])
        })
    };
    if let Some(actions) = named(event) {
        return Ok(Some((Need::Actions(actions), Provenance::SameName)));
    }
    // Only here: some unsigned calls have an action all the same, which a trust policy or a deny can name.
    if operation.unauthenticated {
        let reason = "the call is not signed, so that no IAM policy applies to it";
        return Ok(Some((Need::Nothing(reason.to_owned()), Provenance::Unauthenticated)));
    }
    if named("GET").is_some() && named("POST").is_some() {
        let verb = operation.http.as_ref().map(|http| http.method.as_str()).unwrap_or_default();
        return Ok(named(verb).map(|actions| (Need::Actions(actions), Provenance::HttpVerb)));
    }
    if let Some(row) = rows().find(|row| row.events.iter().any(|name| name == "*")) {
        return Ok(Some((need_of(row, event, facts)?, Provenance::OperationTable)));
    }
    if let Some(service) = services().find(|service| !service.retired.is_empty()) {
        return Ok(Some((Need::Retired(service.retired.clone()), Provenance::OperationTable)));
    }
    if operation.withdrawn {
        let reason = "only older versions of the API have the operation";
        return Ok(Some((Need::Retired(reason.to_owned()), Provenance::OperationTable)));
    }
    Ok(None)
}

fn need_of(row: &overrides::Operation, event: &str, facts: &Facts) -> Result<Need> {
    let all = |actions: &[String]| -> Result<Vec<ActionName>> {
        actions.iter().map(|action| action_name(facts, action)).collect()
    };
    let same = row.same_name_in.iter().map(|service| format!("{service}:{event}")).collect::<Vec<_>>();
    let needs = [
        row.none.clone().map(Need::Nothing),
        row.retired.clone().map(Need::Retired),
        (!row.one_of.is_empty()).then(|| all(&row.one_of)).transpose()?.map(Need::OneOf),
        (!row.actions.is_empty()).then(|| all(&row.actions)).transpose()?.map(Need::Actions),
        (!same.is_empty()).then(|| all(&same)).transpose()?.map(Need::Actions),
    ];
    let mut needs = needs.into_iter().flatten();
    match (needs.next(), needs.next()) {
        (Some(need), None) => Ok(need),
        _ => Err(format!("overrides.toml: the row of `{event}` has to say one thing that is needed").into()),
    }
}

/// Every event of the override file is an operation, and every parameter of a rule is one of its request.
fn check_events(models: &[Model], apis: &Apis, overrides: &Overrides, facts: &Facts) -> Result<()> {
    let find = |source: &str, event: &str| -> Vec<&Operation> {
        let api = facts.event_sources.get(source).and_then(|source| source.apis.first()).and_then(|api| apis.get(api));
        let numbers = api.into_iter().flat_map(|api| &api.models);
        numbers.filter_map(|&number| models.get(number)?.operations.get(event)).collect()
    };
    for row in overrides.operation.iter().filter(|row| !row.only_in_cloudtrail) {
        for event in row.events.iter().filter(|event| *event != "*") {
            if find(&row.source, event).is_empty() {
                return Err(format!("overrides.toml: `{}` has no operation `{event}`", row.source).into());
            }
        }
    }
    let only_there = |source: &str, event: &str| {
        let rows = overrides.operation.iter().filter(|row| row.only_in_cloudtrail && row.source == source);
        rows.flat_map(|row| &row.events).any(|name| name == event)
    };
    for row in overrides.rule.iter().filter(|row| !row.only_in_cloudtrail) {
        let named = row.events.iter().filter(|event| *event != "*");
        for event in named.filter(|event| !only_there(&row.source, event)) {
            let operations = find(&row.source, event);
            let has = |when: &&String| {
                let names =
                    || operations.iter().flat_map(|operation| &operation.members).flat_map(|member| &member.names);
                names().any(|name| plain(name) == plain(when))
                    || overrides.parameter.iter().any(|row| row.parameters.contains(*when))
            };
            if let Some(when) = row.when.iter().find(|when| !has(when)) {
                return Err(format!("overrides.toml: `{}` {event} has no parameter `{when}`", row.source).into());
            }
        }
    }
    Ok(())
}
