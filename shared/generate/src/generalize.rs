//! Many resources under one prefix become `prefix/*`, by evidence.
//!
//! A prefix is a whole path (`logs/2026/`), never half a name, and it never reaches beyond a bucket, a resource type,
//! an account or a Region. A whole resource type is generalised only where that grants no power over permissions.

use crate::by_start::ByStart;
use crate::output::Generalized;
use crate::select::Grant;
use catalog::{AccessLevel, Catalog};
use policy::arn_contains;
use std::collections::{BTreeMap, BTreeSet};
use usage::Stat;

/// Generalises the resources of each action and context. Where a pattern covers others, only it is left. No prefix takes
/// in a resource that the action was `refused` on.
pub(crate) fn generalize(
    grants: BTreeMap<Grant, Stat>,
    refused: &[(&str, &str)],
    threshold: usize,
    catalog: &Catalog,
) -> (BTreeMap<Grant, Stat>, Vec<Generalized>) {
    let mut refused_on: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (action, resource) in refused {
        refused_on.entry(action).or_default().insert(resource);
    }
    let mut by_action: BTreeMap<_, BTreeMap<String, Stat>> = BTreeMap::new();
    for (Grant { action, context, resource }, stat) in grants {
        by_action.entry((action, context)).or_default().insert(resource, stat);
    }
    let mut generalized = Vec::new();
    let mut result = BTreeMap::new();
    for ((action, context), resources) in by_action {
        let mut patterns: BTreeSet<String> = resources.keys().cloned().collect();
        if threshold > 0 {
            let refused = refused_on.get(action.as_str()).unwrap_or(const { &BTreeSet::new() });
            join(&mut patterns, refused, threshold, may_take_whole_type(&action, catalog));
        }
        let patterns = without_covered(patterns);
        let mut covered: BTreeMap<&str, (Stat, Vec<&String>)> = BTreeMap::new();
        for (resource, stat) in &resources {
            let Some(pattern) = covering(&patterns, resource).min() else { continue };
            let (total, from) = covered.entry(pattern).or_default();
            total.merge(stat);
            from.push(resource);
        }
        for (pattern, (stat, from)) in covered {
            if from.len() > 1 && pattern != "*" {
                generalized.push(Generalized {
                    action: action.clone(),
                    pattern: pattern.to_owned(),
                    resources: from.len(),
                    at_least: false,
                    examples: from.iter().take(3).map(|resource| (*resource).clone()).collect(),
                });
            }
            let resource = pattern.to_owned();
            result.insert(Grant { action: action.clone(), context: context.clone(), resource }, stat);
        }
    }
    (result, generalized)
}

/// Joins what stands below one prefix in a number above the threshold.
fn join(patterns: &mut BTreeSet<String>, refused: &BTreeSet<&str>, threshold: usize, whole_types: bool) {
    // From the deepest prefixes up, so that a crowded folder counts as one in the folder above it.
    loop {
        let mut below: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for pattern in &*patterns {
            for (prefix, child) in ancestors(pattern, whole_types) {
                below.entry(prefix).or_default().insert(child);
            }
        }
        below.retain(|prefix, children| {
            children.len() > threshold
                && !refused.range(*prefix..).next().is_some_and(|resource| resource.starts_with(*prefix))
        });
        let Some(deepest) = below.keys().map(|prefix| depth(prefix)).max() else { break };
        let crowded: BTreeSet<String> =
            below.keys().filter(|prefix| depth(prefix) == deepest).map(|prefix| (*prefix).to_owned()).collect();
        // The greatest prefix up to a pattern is the one that it stands below, if there is any: none begins with another.
        patterns.retain(|pattern| {
            let prefix = crowded.range::<String, _>(..=pattern).next_back();
            !prefix.is_some_and(|prefix| pattern.starts_with(prefix))
        });
        patterns.extend(crowded.into_iter().map(|prefix| prefix + "*"));
    }
}

/// The fewest of the patterns that cover all of them: none of these covers another.
fn without_covered(patterns: BTreeSet<String>) -> ByStart<String> {
    let mut all = ByStart::default();
    for pattern in &patterns {
        all.insert(pattern, pattern.clone());
    }
    // Of two that cover each other, the first stays.
    let is_covered =
        |one: &String| covering(&all, one).any(|other| other != one && !(one.as_str() < other && covers(one, other)));
    let mut left = ByStart::default();
    for pattern in patterns.iter().filter(|pattern| !is_covered(pattern)) {
        left.insert(pattern, pattern.clone());
    }
    left
}

/// Those of the patterns that cover `inner`.
pub(crate) fn covering<'p>(patterns: &'p ByStart<String>, inner: &str) -> impl Iterator<Item = &'p str> {
    patterns
        .could_match(&trail::arn_format::unescape(inner))
        .map(String::as_str)
        .filter(move |pattern| covers(pattern, inner))
}

/// The prefixes above a pattern, each with the path segment that follows it: `logs/2026/a.gz` stands below `logs/` as
/// `2026/` and below `logs/2026/` as `a.gz`. None above a bucket, nor above a resource type unless whole types may be taken.
fn ancestors(pattern: &str, whole_types: bool) -> impl Iterator<Item = (&str, &str)> {
    let start = pattern.match_indices(':').nth(4).map_or(pattern.len(), |(at, _)| at + 1);
    // A leading slash belongs to the first segment.
    let first = start + usize::from(pattern.get(start..).is_some_and(|resource| resource.starts_with('/')));
    let skipped = usize::from(!whole_types && !pattern.contains(":s3:::"));
    let ends = pattern.match_indices(['/', ':']).map(|(at, _)| at + 1).filter(move |&end| end > first);
    ends.skip(skipped).filter_map(move |end| {
        let rest = pattern.get(end..)?;
        let child = rest.find(['/', ':']).and_then(|at| rest.get(..=at)).unwrap_or(rest);
        (!child.is_empty() && child != "*").then_some((pattern.get(..end)?, child))
    })
}

fn depth(prefix: &str) -> usize {
    prefix.matches(['/', ':']).count()
}

/// Whether all that `inner` matches, `outer` matches too.
fn covers(outer: &str, inner: &str) -> bool {
    let prefix = outer.strip_suffix('*');
    // Most patterns are plain, or end in their only wildcard. Escaped wildcards stand in names, which only the same name covers.
    if !prefix.unwrap_or(outer).contains(['*', '?']) || outer.contains("${") || inner.contains("${") {
        return prefix.map_or(outer == inner, |prefix| inner.starts_with(prefix));
    }
    arn_contains(outer, inner)
}

/// Over all roles, or all policies, a permission is another thing than over those that were used.
fn may_take_whole_type(action: &str, catalog: &Catalog) -> bool {
    let Some((service, name)) = action.split_once(':') else { return false };
    if matches!(action, "iam:PassRole" | "sts:AssumeRole") {
        return false;
    }
    catalog.action(service, name).is_some_and(|action| action.access_level() != AccessLevel::PermissionsManagement)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generalized(resources: &[String], threshold: usize, action: &str) -> Vec<String> {
        let grants = resources
            .iter()
            .map(|resource| {
                (
                    Grant { action: action.to_owned(), context: BTreeMap::new(), resource: resource.clone() },
                    Stat { calls: 1, ..Stat::default() },
                )
            })
            .collect();
        let (grants, _) = generalize(grants, &[], threshold, catalog::builtin());
        assert_eq!(grants.values().map(|stat| stat.calls).sum::<u64>(), resources.len() as u64);
        grants.into_keys().map(|grant| grant.resource).collect()
    }

    fn names(prefix: &str, count: usize) -> Vec<String> {
        (0..count).map(|index| format!("{prefix}{index}")).collect()
    }

    #[test]
    fn a_crowded_prefix_becomes_a_pattern_and_its_neighbour_stays() {
        let mut resources = names("arn:aws:s3:::b/logs/", 11);
        resources.push("arn:aws:s3:::b/config/app.json".to_owned());
        assert_eq!(
            generalized(&resources, 10, "s3:GetObject"),
            ["arn:aws:s3:::b/config/app.json", "arn:aws:s3:::b/logs/*"]
        );
        assert_eq!(generalized(&resources[..10], 10, "s3:GetObject").len(), 10);
        assert_eq!(generalized(&resources, 0, "s3:GetObject").len(), 12);
    }

    #[test]
    fn crowded_folders_are_crowded_together() {
        let daily: Vec<String> = (0..12).map(|day| format!("arn:aws:s3:::b/2026/{day}/a")).collect();
        assert_eq!(generalized(&daily, 10, "s3:GetObject"), ["arn:aws:s3:::b/2026/*"]);
        let crowded: Vec<String> = (0..12).flat_map(|day| names(&format!("arn:aws:s3:::b/2026/{day}/"), 12)).collect();
        assert_eq!(generalized(&crowded, 10, "s3:GetObject"), ["arn:aws:s3:::b/2026/*"]);
    }

    #[test]
    fn buckets_accounts_and_power_are_never_joined() {
        assert_eq!(generalized(&names("arn:aws:s3:::bucket", 40), 10, "s3:ListBucket").len(), 40);
        assert_eq!(
            generalized(&names("arn:aws:sqs:eu-west-1:111122223333:queue", 40), 10, "sqs:SendMessage").len(),
            40
        );
        assert_eq!(generalized(&names("arn:aws:iam::111122223333:role/", 40), 10, "iam:PassRole").len(), 40);
        assert_eq!(
            generalized(&names("arn:aws:iam::111122223333:role/", 40), 10, "iam:GetRole"),
            ["arn:aws:iam::111122223333:role/*"]
        );
    }

    #[test]
    fn what_a_pattern_covers_is_not_listed_beside_it() {
        let resources = ["*", "arn:aws:s3:::b/x"].map(str::to_owned);
        assert_eq!(generalized(&resources, 10, "s3:GetObject"), ["*"]);
    }
}
