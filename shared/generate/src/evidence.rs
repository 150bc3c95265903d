//! What each statement rests on.

use crate::options::Mode;
use crate::output::{ActionEvidence, Evidence, Generalized};
use crate::select::Grant;
use crate::statements::Draft;
use catalog::Catalog;
use policy::{Document, action_matches};
use std::collections::BTreeMap;
use usage::{Stat, StatRow};

/// Grants by their resource patterns.
pub(crate) type ByResource<'g> = BTreeMap<&'g str, Vec<(&'g Grant, &'g Stat)>>;

/// The grants, as [`evidence`] looks them up.
pub(crate) fn by_resource(grants: &BTreeMap<Grant, Stat>) -> ByResource<'_> {
    let mut by_resource = ByResource::new();
    for (grant, stat) in grants {
        by_resource.entry(&grant.resource).or_default().push((grant, stat));
    }
    by_resource
}

/// Evidence of `document`, whose statements were made from `drafts`, in their order.
pub(crate) fn evidence(
    document: &Document,
    drafts: &[Draft],
    grants: &ByResource<'_>,
    generalized: &[Generalized],
    mode: Mode,
    catalog: &Catalog,
) -> Vec<Evidence> {
    document
        .statements
        .iter()
        .zip(drafts)
        .map(|(statement, draft)| {
            let mut total = Stat::default();
            let mut actions: BTreeMap<String, Stat> = BTreeMap::new();
            let named = draft.resources.iter().filter_map(|resource| grants.get(resource.as_str())).flatten();
            for (grant, stat) in named.filter(|(grant, _)| rests_on(draft, grant)) {
                total.merge(stat);
                actions.entry(grant.action.clone()).or_default().merge(stat);
            }
            Evidence {
                sid: statement.sid.clone().unwrap_or_default(),
                notes: notes(draft, &actions, generalized, mode, catalog),
                total: StatRow::from(&total),
                actions: actions
                    .into_iter()
                    .map(|(action, stat)| (action, ActionEvidence::from(&StatRow::from(&stat))))
                    .collect(),
            }
        })
        .collect()
}

impl From<&StatRow> for ActionEvidence {
    fn from(row: &StatRow) -> Self {
        ActionEvidence { calls: row.calls, first_seen: row.first_seen.clone(), last_seen: row.last_seen.clone() }
    }
}

/// Whether a grant on one of the draft's resources is part of it.
fn rests_on(draft: &Draft, grant: &Grant) -> bool {
    draft.context == grant.context
        && draft.actions.iter().any(|pattern| *pattern == grant.action || action_matches(pattern, &grant.action))
}

fn notes(
    draft: &Draft,
    actions: &BTreeMap<String, Stat>,
    generalized: &[Generalized],
    mode: Mode,
    catalog: &Catalog,
) -> Vec<String> {
    let mut notes = Vec::new();
    if draft.resources.iter().any(|resource| resource == "*") {
        let could_be_limited: Vec<&str> = actions
            .keys()
            .filter(|action| {
                let known = action.split_once(':').and_then(|(service, name)| catalog.action(service, name));
                known.is_some_and(|action| action.resources().len() > 0)
            })
            .map(String::as_str)
            .collect();
        notes.push(if mode == Mode::Actions {
            "resources were not asked for".to_owned()
        } else if could_be_limited.is_empty() {
            "these actions have no resource level: `*` is all that has an effect".to_owned()
        } else {
            format!("CloudTrail did not say which resources these were used on: {}", could_be_limited.join(", "))
        });
    }
    for one in generalized {
        if draft.resources.binary_search(&one.pattern).is_ok() && actions.keys().any(|action| *action == one.action) {
            let at_least = if one.at_least { "at least " } else { "" };
            notes.push(format!(
                "`{}` stands for {at_least}{} resources that {} was used on",
                one.pattern, one.resources, one.action
            ));
        }
    }
    for resource in draft.resources.iter().filter(|resource| is_whole_type(resource)) {
        if !generalized.iter().any(|one| one.pattern == **resource) {
            notes.push(format!(
                "`{resource}`: AWS chooses the name when one is made, or CloudTrail did not say which was meant"
            ));
        }
    }
    if draft.context.get("iam:PassedToService").is_some_and(|service| service.starts_with("ec2.")) {
        notes.push("where an instance profile was named, its role is taken to have the same name".to_owned());
    }
    if draft.resources.iter().any(|resource| resource.ends_with("-??????")) {
        notes.push("`-??????` stands for the six characters that Secrets Manager adds to a name".to_owned());
    }
    if draft.resources.iter().any(|resource| resource.replace("-??????", "").replace("${?}", "").contains('?')) {
        notes.push("`?` stands for a character that a policy may not hold".to_owned());
    }
    if draft.actions.iter().any(|action| action.ends_with('*') && !action.ends_with(":*")) {
        notes.push("wildcards in actions name exactly the actions that were used, as of this catalog".to_owned());
    }
    if let Some(service) = draft.context.get("aws:CalledVia") {
        notes.push(format!("used only through {service}, with the principal's session"));
    }
    if draft.context.contains_key("aws:ViaAWSService") {
        notes.push("used only through an AWS service, with the principal's session".to_owned());
    }
    notes
}

/// `arn:aws:ec2:eu-west-1:111122223333:instance/*`: any resource of a type.
fn is_whole_type(resource: &str) -> bool {
    let Some(path) = resource.splitn(6, ':').nth(5).and_then(|path| path.strip_suffix('*')) else { return false };
    let kind = path.strip_prefix('/').unwrap_or(path);
    !kind.is_empty() && kind.find(['/', ':']).is_some_and(|at| at + 1 == kind.len())
}
