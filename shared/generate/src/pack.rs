//! Fitting statements into policies of a limited size.
//!
//! In this order, and only as far as needed: join services that have the same resources; write actions with wildcards
//! where that names exactly the same actions; split statements; split over several policies, first fit, so that
//! what belongs together stays together.

use crate::select::service_of;
use crate::statements::{Draft, finish};
use catalog::Catalog;
use policy::Document;
use std::collections::{BTreeMap, BTreeSet};

/// Groups of statements, each of which fits `limit` characters as a policy.
pub(crate) fn pack(drafts: Vec<Draft>, limit: usize, catalog: &Catalog) -> Vec<Vec<Draft>> {
    let size = |drafts: &[Draft]| Document::new(finish(drafts, catalog)).size();
    if size(&drafts) <= limit {
        return vec![drafts];
    }
    let mut drafts = join_services(drafts);
    if size(&drafts) <= limit {
        return vec![drafts];
    }
    for draft in &mut drafts {
        draft.actions = shorten(&draft.actions, catalog);
    }
    if size(&drafts) <= limit {
        return vec![drafts];
    }
    let mut policies: Vec<(usize, Vec<Draft>)> = Vec::new();
    let mut pending: Vec<Draft> = drafts.into_iter().rev().collect();
    let empty = size(&[]);
    // Sids are numbered within a policy, which may add a few characters to each.
    const NUMBERING: usize = 4;
    while let Some(draft) = pending.pop() {
        let own = size(std::slice::from_ref(&draft)) - empty + NUMBERING + 1;
        if empty + own > limit
            && let Some((first, second)) = halves(&draft)
        {
            pending.extend([second, first]);
            continue;
        }
        match policies.iter_mut().find(|(used, _)| used + own <= limit) {
            Some((used, policy)) => {
                *used += own;
                policy.push(draft);
            }
            None => policies.push((empty + own, vec![draft])),
        }
    }
    policies.into_iter().map(|(_, policy)| policy).collect()
}

/// One statement for all services that have the same resources and context.
fn join_services(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut joined: BTreeMap<_, Draft> = BTreeMap::new();
    for draft in drafts {
        match joined.get_mut(&(draft.context.clone(), draft.resources.clone())) {
            Some(known) => {
                known.service.clear();
                known.actions.extend(draft.actions);
                known.actions.sort_unstable();
            }
            None => drop(joined.insert((draft.context.clone(), draft.resources.clone()), draft)),
        }
    }
    joined.into_values().collect()
}

fn halves(draft: &Draft) -> Option<(Draft, Draft)> {
    let (mut first, mut second) = (draft.clone(), draft.clone());
    if draft.resources.len() > 1 {
        second.resources = first.resources.split_off(draft.resources.len() / 2);
    } else if draft.actions.len() > 1 {
        second.actions = first.actions.split_off(draft.actions.len() / 2);
    } else {
        return None;
    }
    Some((first, second))
}

/// The same actions in fewer characters: `Get*` where every action of the service that begins so is among them.
/// Wildcards stand at the end of a word only.
fn shorten(actions: &[String], catalog: &Catalog) -> Vec<String> {
    let mut by_service: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for action in actions {
        by_service.entry(service_of(action)).or_default().push(action.split_once(':').map_or("", |(_, name)| name));
    }
    let mut shortened = Vec::new();
    for (prefix, names) in by_service {
        let all: Vec<&str> = catalog
            .service(prefix)
            .into_iter()
            .flat_map(|service| service.actions())
            .map(|action| action.name())
            .collect();
        let used: BTreeSet<&str> = names.iter().copied().collect();
        let mut words = word_prefixes(&names);
        // Exact: no action of the service that begins so is missing.
        words.retain(|word| all.iter().all(|name| !name.starts_with(word) || used.contains(name)));
        let mut left = names;
        let saved = |word: &str, left: &[&str]| {
            let replaced: usize =
                left.iter().filter(|name| name.starts_with(word)).map(|name| name.len() + prefix.len() + 4).sum();
            replaced.saturating_sub(word.len() + prefix.len() + 5)
        };
        while let Some(word) = words
            .iter()
            .copied()
            .max_by_key(|word| (saved(word, &left), std::cmp::Reverse(*word)))
            .filter(|word| saved(word, &left) > 0)
        {
            left.retain(|name| !name.starts_with(word));
            shortened.push(format!("{prefix}:{word}*"));
        }
        shortened.extend(left.iter().map(|name| format!("{prefix}:{name}")));
    }
    shortened.sort_unstable();
    shortened
}

/// `GetBucketAcl` -> `Get`, `GetBucket`; what two or more names begin with.
fn word_prefixes<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let mut prefixes: Vec<&str> = names
        .iter()
        .flat_map(|name| {
            name.char_indices()
                .filter(|(at, character)| *at > 0 && character.is_ascii_uppercase())
                .filter_map(|(at, _)| name.get(..at))
        })
        .collect();
    prefixes.sort_unstable();
    prefixes.dedup();
    prefixes
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::action_matches;

    fn expansion(patterns: &[String]) -> BTreeSet<String> {
        let catalog = catalog::builtin();
        let services: BTreeSet<&str> = patterns.iter().map(|pattern| service_of(pattern)).collect();
        let actions =
            services.iter().filter_map(|service| catalog.service(service)).flat_map(|service| service.actions());
        actions
            .map(|action| format!("{}:{}", action.service(), action.name()))
            .filter(|action| patterns.iter().any(|pattern| action_matches(pattern, action)))
            .collect()
    }

    #[test]
    fn wildcards_name_exactly_the_same_actions() {
        let catalog = catalog::builtin();
        let all_of = |service: &str, prefix: &str| -> Vec<String> {
            let actions = catalog.service(service).unwrap().actions();
            actions
                .filter(|action| action.name().starts_with(prefix))
                .map(|action| format!("{service}:{}", action.name()))
                .collect()
        };
        let mut actions = all_of("ec2", "Describe");
        actions.extend(all_of("s3", "GetBucket"));
        actions.push("ec2:RunInstances".to_owned());
        actions.sort();
        let short = shorten(&actions, catalog);
        assert!(short.len() < actions.len() / 4, "{short:?}");
        assert_eq!(expansion(&short), actions.iter().cloned().collect());
        // One action short of all: no wildcard may take it in.
        actions.retain(|action| action != "ec2:DescribeInstances");
        assert_eq!(expansion(&shorten(&actions, catalog)), actions.into_iter().collect());
    }

    #[test]
    fn whatever_is_packed_fits_and_grants_the_same() {
        let catalog = catalog::builtin();
        let drafts: Vec<Draft> = ["s3", "rds"]
            .iter()
            .map(|service| Draft {
                service: (*service).to_owned(),
                actions: catalog
                    .service(service)
                    .unwrap()
                    .actions()
                    .step_by(2)
                    .map(|action| format!("{service}:{}", action.name()))
                    .collect(),
                resources: (0..20)
                    .map(|index| format!("arn:aws:{service}:eu-west-1:111122223333:thing/{index}"))
                    .collect(),
                context: Default::default(),
            })
            .collect();
        let pairs = |drafts: &[Draft]| -> BTreeSet<(String, String)> {
            drafts
                .iter()
                .flat_map(|draft| {
                    expansion(&draft.actions).into_iter().flat_map(|action| {
                        draft.resources.iter().map(move |resource| (action.clone(), resource.clone()))
                    })
                })
                .collect()
        };
        let before = pairs(&drafts);
        let policies = pack(drafts, 6144, catalog);
        assert!(policies.len() > 1);
        for policy in &policies {
            assert!(Document::new(finish(policy, catalog)).size() <= 6144);
        }
        assert_eq!(pairs(&policies.concat()), before);
    }
}
