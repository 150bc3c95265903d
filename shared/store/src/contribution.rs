//! What one object of a trail adds to the aggregate.

use catalog::Catalog;
use hashbrown::HashSet;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Read;
use trail::{Item, Limits, Mapper, Record, read_records};
use usage::{Rows, Usage, stat, thin_samples};
use xxhash_rust::xxh3::xxh3_128;

/// What one object counted, by account and day.
#[derive(Debug, Default)]
pub struct Contribution {
    parts: BTreeMap<(String, String), Usage>,
    /// What was read for it.
    pub reading: Reading,
}

/// What was read, and what could not be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Events counted.
    pub events: u64,
    /// Events that stand in the object twice, and were counted once.
    pub duplicates: u64,
    /// Digests, Insights events and test messages.
    pub other_items: u64,
    /// Events that the catalog does not know.
    pub unknown: u64,
    /// Bytes after decompression where something could not be read, and why: the first [`PROBLEMS`].
    pub problems: Vec<(u64, String)>,
    /// How many more there are.
    #[serde(default)]
    pub more_problems: u64,
    /// Time of the latest event, seconds since 1970.
    pub latest: Option<i64>,
}

/// Problems of one object that are kept: a hostile one has millions.
pub const PROBLEMS: usize = 100;

impl Reading {
    fn add_problem(&mut self, offset: u64, reason: &impl ToString) {
        if self.problems.len() < PROBLEMS {
            self.problems.push((offset, reason.to_string()));
        } else {
            self.more_problems += 1;
        }
    }
}

/// The usage of an account on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// The account in which it happened.
    pub account: String,
    /// `2026-11-22`; [`NO_DAY`] where events do not say when they were.
    pub day: String,
    /// Usage, totals, principals.
    pub rows: Rows,
}

/// The day of events without a time.
pub const NO_DAY: &str = "0000-00-00";

impl Contribution {
    /// Reads an object's bytes, gzipped or not. Damage costs only what is damaged, and is in [`Contribution::reading`].
    /// Memory: the aggregate, 16 bytes an event to tell duplicates, and one record at a time.
    pub fn read(bytes: impl Read, catalog: &Catalog) -> Contribution {
        let mut contribution = Contribution::default();
        let mut mapper = Mapper::new(catalog);
        let mut seen: HashSet<u128, foldhash::fast::FixedState> = HashSet::default();
        read_records(bytes, &Limits::default(), |item| match item {
            Item::Record(record) => contribution.count(&record, &mut mapper, &mut seen),
            Item::Other(_) => contribution.reading.other_items += 1,
            Item::Problem(problem) => contribution.reading.add_problem(problem.offset, &problem.kind),
        });
        contribution
    }

    fn count(
        &mut self,
        record: &Record<'_>,
        mapper: &mut Mapper<'_>,
        seen: &mut HashSet<u128, foldhash::fast::FixedState>,
    ) {
        let id = &record.event_id;
        let id = stat::parse_event_id(id).or_else(|| (!id.is_empty()).then(|| xxh3_128(id.as_bytes())));
        if id.is_some_and(|id| !seen.insert(id)) {
            self.reading.duplicates += 1;
            return;
        }
        let time = stat::parse_time(&record.event_time);
        let day = time.map_or_else(|| NO_DAY.to_owned(), |time| stat::format_day(stat::day_of(time)));
        self.reading.events += 1;
        self.reading.latest = self.reading.latest.max(time);
        let usage = self.parts.entry((record.account().to_owned(), day)).or_default();
        let unknown = usage.totals().unknown;
        usage.add(record, &mapper.map(record));
        self.reading.unknown += usage.totals().unknown - unknown;
    }

    /// Adds what another object counted.
    pub fn merge(&mut self, other: &Contribution) {
        for (key, usage) in &other.parts {
            self.parts.entry(key.clone()).or_default().merge(usage);
        }
    }

    /// All of it as one aggregate.
    #[must_use]
    pub fn usage(&self) -> Usage {
        let mut all = Usage::default();
        self.parts.values().for_each(|usage| all.merge(usage));
        all
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub(crate) fn parts(&self) -> impl Iterator<Item = Part> {
        self.parts.iter().map(|((account, day), usage)| {
            let mut rows = usage.rows();
            thin_samples(&mut rows.usage);
            Part { account: account.clone(), day: day.clone(), rows }
        })
    }
}
