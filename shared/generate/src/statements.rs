//! From grants to statements: actions with the same resources and the same context share one.

use crate::by_start::ByStart;
use crate::generalize::covering;
use crate::select::{Context, Grant, service_of};
use catalog::{AccessLevel, Catalog};
use policy::{ActionBlock, Condition, ResourceBlock, Statement};
use std::collections::{BTreeMap, BTreeSet};
use usage::Stat;

/// A statement in the making: every action on every resource, under the context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Grouping key: a service's prefix, or empty once services were joined.
    pub service: String,
    /// Patterns, sorted.
    pub actions: Vec<String>,
    /// Patterns, sorted.
    pub resources: Vec<String>,
    pub context: Context,
}

/// The fewest statements in which each service stands alone, sorted by service.
pub(crate) fn draft(grants: &BTreeMap<Grant, Stat>) -> Vec<Draft> {
    let mut resources: BTreeMap<(&str, &Context), BTreeSet<&str>> = BTreeMap::new();
    for grant in grants.keys() {
        resources.entry((&grant.action, &grant.context)).or_default().insert(&grant.resource);
    }
    let mut actions: BTreeMap<(&str, &Context, Vec<&str>), Vec<&str>> = BTreeMap::new();
    for ((action, context), resources) in resources {
        actions.entry((service_of(action), context, resources.into_iter().collect())).or_default().push(action);
    }
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    actions
        .into_iter()
        .map(|((service, context, resources), actions)| Draft {
            service: service.to_owned(),
            actions: owned(&actions),
            resources: owned(&resources),
            context: context.clone(),
        })
        .collect()
}

/// A grant under a condition says nothing where the same is granted without one.
pub(crate) fn without_redundant(grants: BTreeMap<Grant, Stat>) -> BTreeMap<Grant, Stat> {
    let (mut kept, limited): (BTreeMap<_, _>, BTreeMap<_, _>) =
        grants.into_iter().partition(|(grant, _)| grant.context.is_empty());
    let mut free: BTreeMap<String, ByStart<String>> = BTreeMap::new();
    for grant in kept.keys() {
        free.entry(grant.action.clone()).or_default().insert(&grant.resource, grant.resource.clone());
    }
    for (grant, stat) in limited {
        let covering = free.get(&grant.action).and_then(|free| covering(free, &grant.resource).min());
        let covering = covering.map(|resource| Grant {
            action: grant.action.clone(),
            context: Context::new(),
            resource: resource.to_owned(),
        });
        match covering.and_then(|known| kept.get_mut(&known)) {
            Some(total) => total.merge(&stat),
            None => drop(kept.insert(grant, stat)),
        }
    }
    kept
}

/// The finished statements, with Sids that say what each is for.
pub(crate) fn finish(drafts: &[Draft], catalog: &Catalog) -> Vec<Statement> {
    let mut taken = BTreeSet::new();
    drafts
        .iter()
        .map(|draft| {
            let base = sid(draft, catalog);
            let sid = (1..)
                .map(|number| if number == 1 { base.clone() } else { format!("{base}{number}") })
                .find(|sid| taken.insert(sid.clone()));
            Statement {
                sid,
                action: ActionBlock::Action(draft.actions.clone()),
                resource: Some(ResourceBlock::Resource(draft.resources.clone())),
                conditions: draft.context.iter().map(|(key, value)| condition(key, value)).collect(),
                ..Statement::allow([""; 0], [""; 0])
            }
        })
        .collect()
}

/// aws:CalledVia is the chain of services; one of them has to be the one that was seen.
fn condition(key: &str, value: &str) -> Condition {
    match key {
        "aws:CalledVia" => Condition::new("ForAnyValue:StringEquals", key, [value]),
        "aws:ViaAWSService" => Condition::new("Bool", key, [value]),
        _ => Condition::new("StringEquals", key, [value]),
    }
}

/// `S3ReadWriteOrders`, `IamPassRoleToLambda`: service, what it does, on what, for whom. Letters and digits only,
/// which is all that a Sid may hold, so that no name from a log gets any further.
fn sid(draft: &Draft, catalog: &Catalog) -> String {
    let mut sid = if draft.service.is_empty() { "Several".to_owned() } else { title(&draft.service) };
    sid.push_str(&verb(draft, catalog));
    if let [resource] = draft.resources.as_slice()
        && resource != "*"
    {
        let name = resource.trim_end_matches(['*', '?', '/', ':', '-']);
        let last = name.rsplit(['/', ':']).next().unwrap_or(name);
        sid.extend(title(last).chars().take(32));
    }
    for (key, value) in &draft.context {
        sid.push_str(match key.as_str() {
            "iam:PassedToService" => "To",
            "aws:CalledVia" | "aws:ViaAWSService" => "Via",
            _ => "By",
        });
        sid.push_str(&title(if value == "true" { "Service" } else { value.split('.').next().unwrap_or(value) }));
    }
    sid
}

fn verb(draft: &Draft, catalog: &Catalog) -> String {
    if let [only] = draft.actions.as_slice() {
        return title(only.split_once(':').map_or(only, |(_, name)| name));
    }
    let mut levels = BTreeSet::new();
    for action in &draft.actions {
        let known = action.split_once(':').and_then(|(service, name)| catalog.action(service, name));
        levels.insert(known.map_or("", |action| match action.access_level() {
            AccessLevel::List => "List",
            AccessLevel::Read => "Read",
            AccessLevel::Write => "Write",
            AccessLevel::PermissionsManagement => "Permissions",
            AccessLevel::Tagging => "Tag",
        }));
    }
    if levels.len() > 3 || levels.contains("") { String::new() } else { levels.into_iter().collect() }
}

/// Letters and digits only, each word with a capital.
fn title(text: &str) -> String {
    text.split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .flat_map(|word| word.chars().take(1).map(|first| first.to_ascii_uppercase()).chain(word.chars().skip(1)))
        .collect()
}
