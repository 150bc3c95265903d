//! Which use counts, and why the rest does not.

use crate::options::{Level, Mode, Options};
use crate::output::{Generalized, LeftOut, LeftOutReason};
use policy::pattern::matches_ignoring_case;
use std::collections::BTreeMap;
use trail::Outcome;
use usage::{Row, Stat, StatRow};

/// Condition keys and their values.
pub(crate) type Context = BTreeMap<String, String>;

/// What is to be granted: an action under a context on a resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Grant {
    /// `service:Name`, or `service:*`.
    pub action: String,
    pub context: Context,
    /// A resource pattern.
    pub resource: String,
}

/// One thing that was used, as it was used: what the finished policies are tried on.
#[derive(Clone, Debug)]
pub(crate) struct Used {
    pub action: String,
    pub context: Context,
    /// As text, with wildcards of the pattern left as they are.
    pub resource: String,
    pub calls: u64,
}

/// What counts of one principal's use.
#[derive(Default)]
pub(crate) struct Selected {
    pub grants: BTreeMap<Grant, Stat>,
    pub used: Vec<Used>,
    pub left_out: Vec<LeftOut>,
    /// What the analysis had joined to bound its memory.
    pub generalized: Vec<Generalized>,
}

/// Sorts `rows` of one principal into what counts and what is left out.
pub(crate) fn select(rows: &[&Row], options: &Options) -> Selected {
    let within: Vec<(&Row, Stat)> = rows
        .iter()
        .filter_map(|row| Some((*row, Stat::from(&row.stat).between(options.start, options.end)?)))
        .collect();
    let mut selected = Selected::default();
    // A role that reads many objects once each uses the action often.
    let mut calls: BTreeMap<(&str, Outcome), u64> = BTreeMap::new();
    for (row, stat) in within.iter().filter(|(row, _)| !row.credentials_refused) {
        *calls.entry((&row.action, granted_as(row.outcome))).or_default() += stat.calls;
    }
    for (row, stat) in within {
        let used = calls.get(&(row.action.as_str(), granted_as(row.outcome))).copied().unwrap_or_default();
        if let Some(reason) = left_out(row, used, options) {
            selected.left_out.push(LeftOut {
                action: row.action.clone(),
                resource: row.resource.clone(),
                via: row.via.clone(),
                context: row.context.clone(),
                reason,
                allowed_all_the_same: false,
                stat: StatRow::from(&stat),
            });
            continue;
        }
        let grant = Grant {
            action: match options.level {
                Level::Action => row.action.clone(),
                Level::Service => format!("{}:*", service_of(&row.action)),
            },
            context: row.context.clone(),
            resource: match options.mode {
                Mode::Resources => representable(&row.resource),
                Mode::Actions => "*".to_owned(),
            },
        };
        if row.generalized && options.mode == Mode::Resources {
            selected.generalized.push(Generalized {
                action: row.action.clone(),
                pattern: grant.resource.clone(),
                resources: usage::resources::EXACT + 1,
                at_least: true,
                examples: Vec::new(),
            });
        }
        selected.grants.entry(grant).or_default().merge(&stat);
        selected.used.push(Used {
            action: row.action.clone(),
            context: row.context.clone(),
            resource: trail::arn_format::unescape(&row.resource).into_owned(),
            calls: stat.calls,
        });
    }
    selected
}

/// A policy may hold characters up to U+00FF only; `?` stands for one that it may not.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
fn representable(resource: &str) -> String {
    let held: String =
        resource.chars().map(|character| if matches!(character, ' '..='\u{ff}') { character } else { '?' }).collect();
    if held.len() <= LONGEST_ESCAPED {
        return held;
    }
    held.replace("${*}", "?").replace("${?}", "?").replace("${$}", "?")
}

/// An escaped wildcard takes four characters of the quota, and a name may be made of nothing else; past this length `?`
/// stands for each.
const LONGEST_ESCAPED: usize = 1_200;

/// Calls that were authorised count together, whether or not they then failed.
fn granted_as(outcome: Outcome) -> Outcome {
    if outcome == Outcome::Denied { Outcome::Denied } else { Outcome::Allowed }
}

fn left_out(row: &Row, calls: u64, options: &Options) -> Option<LeftOutReason> {
    let any = |globs: &[String]| globs.iter().any(|glob| matches_ignoring_case(glob, &row.action));
    if row.credentials_refused {
        Some(LeftOutReason::CredentialsRefused)
    } else if row.outcome == Outcome::Denied && !options.include_denied {
        Some(LeftOutReason::Denied)
    } else if any(&options.exclude_actions) {
        Some(LeftOutReason::Excluded)
    } else if !options.allow_actions.is_empty() && !any(&options.allow_actions) {
        Some(LeftOutReason::NotAllowed)
    } else if calls < options.min_count {
        Some(LeftOutReason::BelowMinCount)
    } else {
        None
    }
}

pub(crate) fn service_of(action: &str) -> &str {
    action.split_once(':').map_or(action, |(service, _)| service)
}
