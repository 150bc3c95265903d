//! The aggregate as rows: how it is written to a file, and what generation reads.

use crate::stat::{self, SAMPLES, Sample, Stat};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use trail::{Outcome, PrincipalKind};

/// A principal that was seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PrincipalRow {
    /// ARN of the role or user, or the best name that CloudTrail gives.
    pub principal: String,
    /// What it is.
    pub kind: PrincipalKind,
    /// The account that owns it; empty when unknown.
    pub account: String,
    /// Events of all kinds that it caused.
    pub events: u64,
}

/// One permission that a principal used on one resource in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The account in which it was used: 12 digits.
    pub account: String,
    /// Who used it.
    pub principal: String,
    /// `service:Name`.
    pub action: String,
    /// A resource pattern as a policy writes it.
    pub resource: String,
    /// The pattern stands for more resources than were kept one by one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub generalized: bool,
    /// The AWS service that called with the principal's session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// Whether it was authorised.
    pub outcome: Outcome,
    /// It was refused because of the credentials: whether the principal may do this was never asked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub credentials_refused: bool,
    /// Condition keys that limit the permission to this use.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub context: BTreeMap<String, String>,
    /// Counts and evidence.
    #[serde(flatten)]
    pub stat: StatRow,
}

/// [`Stat`] as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatRow {
    /// Calls.
    pub calls: u64,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// Regions that were called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    /// Calls per UTC day.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub days: BTreeMap<String, u64>,
    /// The latest few events: (RFC 3339, event id).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<(String, String)>,
}

impl From<&Stat> for StatRow {
    fn from(stat: &Stat) -> StatRow {
        StatRow {
            calls: stat.calls,
            first_seen: stat.seen.map(|(first, _)| stat::format_time(first)),
            last_seen: stat.seen.map(|(_, last)| stat::format_time(last)),
            regions: stat.regions.iter().map(|region| region.to_string()).collect(),
            days: stat.days.iter().map(|&(day, calls)| (stat::format_day(day), calls)).collect(),
            samples: stat
                .samples
                .iter()
                .map(|sample| (stat::format_time(sample.time), stat::format_event_id(sample.event)))
                .collect(),
        }
    }
}

impl From<&StatRow> for Stat {
    /// What cannot be read (a file changed by hand) is left out; the calls count all the same.
    fn from(row: &StatRow) -> Stat {
        let time = |text: &Option<String>| text.as_deref().and_then(stat::parse_time);
        let mut regions: Vec<_> = row.regions.iter().map(|region| region.as_str().into()).collect();
        regions.sort_unstable();
        Stat {
            calls: row.calls,
            seen: time(&row.first_seen).zip(time(&row.last_seen)),
            regions,
            days: row.days.iter().filter_map(|(day, &calls)| Some((stat::parse_day(day)?, calls))).collect(),
            samples: row
                .samples
                .iter()
                .filter_map(|(time, event)| {
                    Some(Sample { time: stat::parse_time(time)?, event: stat::parse_event_id(event)? })
                })
                .collect(),
        }
    }
}

/// Keeps the latest few sample events of each use over all its resources, in place of each resource's: ids are random, so
/// they are most of what rows take where they are stored. The latest of parts that were thinned are those of the whole.
pub fn thin_samples(rows: &mut [Row]) {
    let mut by_use: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let key = (
            row.account.clone(),
            row.principal.clone(),
            row.action.clone(),
            row.via.clone(),
            (row.outcome, row.credentials_refused),
            row.context.clone(),
        );
        by_use.entry(key).or_default().push(at);
    }
    for places in by_use.into_values() {
        let samples = places.iter().filter_map(|at| rows.get(*at)).flat_map(|row| row.stat.samples.iter().cloned());
        // Times of one form sort as text.
        let mut samples: Vec<(String, String)> = samples.collect();
        samples.sort_unstable_by(|a, b| b.cmp(a));
        samples.dedup();
        let Some(oldest) = samples.get(SAMPLES - 1).or(samples.last()) else { continue };
        for at in places {
            if let Some(row) = rows.get_mut(at) {
                row.stat.samples.retain(|sample| sample >= oldest);
            }
        }
    }
}

/// An event that no permission could be told for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnknownRow {
    /// The event source, as `example.amazonaws.com`.
    pub source: String,
    /// The event name.
    pub name: String,
    /// What is not known.
    pub reason: String,
    /// Events.
    pub events: u64,
}

/// Events that needed no permission.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NothingRow {
    /// Why they needed none.
    pub reason: String,
    /// Events.
    pub events: u64,
}
