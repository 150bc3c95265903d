//! The aggregate of a trail: per account, principal, action, resource, service in between and outcome, how often and
//! when it was used.
//!
//! Adding events and merging aggregates commute and associate: files in any order, in any number of parts, give the
//! same aggregate, and the same bytes when it is written. Memory is bounded per principal and action
//! ([`resources`]); what that generalises says so.

pub mod resources;
mod row;
pub mod stat;

pub use row::{NothingRow, PrincipalRow, Row, StatRow, UnknownRow, thin_samples};
pub use stat::Stat;

use hashbrown::HashMap;
use resources::Resources;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use trail::{Mapped, Needs, Outcome, Record};

/// Between the parts of a key: ASCII's unit separator, which no name of AWS's holds.
const SEPARATOR: char = '\u{1f}';

/// The aggregate.
#[derive(Debug, Default)]
pub struct Usage {
    /// By everything but the resource.
    uses: HashMap<String, Use, foldhash::fast::FixedState>,
    principals: HashMap<String, PrincipalRow, foldhash::fast::FixedState>,
    unknown: HashMap<String, UnknownRow, foldhash::fast::FixedState>,
    nothing: BTreeMap<Arc<str>, u64>,
    totals: Totals,
    regions: Vec<Arc<str>>,
    key: String,
}

#[derive(Clone, Debug)]
struct Use {
    account: String,
    principal: String,
    action: String,
    via: Option<String>,
    outcome: Outcome,
    credentials_refused: bool,
    context: BTreeMap<String, String>,
    resources: Resources,
}

/// Events, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// All of them.
    pub events: u64,
    /// Calls that succeeded.
    pub allowed: u64,
    /// Calls that were authorised and failed for another reason.
    pub failed: u64,
    /// Calls that were refused.
    pub denied: u64,
    /// Events that needed no permission.
    pub nothing: u64,
    /// Events that the catalog does not know.
    pub unknown: u64,
}

/// The aggregate as it is written to a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Events, by what became of them.
    pub totals: Totals,
    /// Who was seen.
    pub principals: Vec<PrincipalRow>,
    /// What they used.
    pub usage: Vec<Row>,
    /// What is not known.
    pub unknown: Vec<UnknownRow>,
    /// What needed no permission.
    pub nothing: Vec<NothingRow>,
}

impl Usage {
    /// Counts one event.
    pub fn add(&mut self, record: &Record<'_>, mapped: &Mapped<'_>) {
        self.totals.events += 1;
        self.see(mapped);
        let permissions = match &mapped.needs {
            Needs::Permissions(permissions) => permissions,
            Needs::Nothing(reason) => {
                self.totals.nothing += 1;
                *self.nothing.entry(reason.clone()).or_default() += 1;
                return;
            }
            Needs::Unknown(reason) => {
                self.totals.unknown += 1;
                self.count_unknown(&record.event_source, &record.event_name, reason, 1);
                return;
            }
        };
        match mapped.outcome {
            Outcome::Allowed => self.totals.allowed += 1,
            Outcome::Failed => self.totals.failed += 1,
            Outcome::Denied => self.totals.denied += 1,
        }
        let time = stat::parse_time(&record.event_time);
        let event = stat::parse_event_id(&record.event_id);
        let region = self.region(&record.aws_region);
        let credentials_refused =
            mapped.outcome == Outcome::Denied && trail::outcome::credentials_refused(&record.error_code);
        for permission in permissions {
            let via = mapped.via.unwrap_or("");
            let outcome = became(mapped.outcome, credentials_refused);
            let parts = [record.account(), &mapped.principal.arn, &permission.action, via, outcome].into_iter();
            let context = permission.context.iter().flat_map(|(key, value)| [*key, value.as_str()]);
            write_key(&mut self.key, parts.chain(context));
            let used = self.uses.entry_ref(self.key.as_str()).or_insert_with(|| Use {
                account: record.account().to_owned(),
                principal: mapped.principal.arn.clone().into_owned(),
                action: permission.action.to_string(),
                via: mapped.via.map(str::to_owned),
                outcome: mapped.outcome,
                credentials_refused,
                context: permission.context.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
                resources: Resources::default(),
            });
            for resource in &permission.resources {
                used.resources.count(resource, |stat| stat.add(time, &region, event));
            }
        }
    }

    /// Adds what `other` counted.
    pub fn merge(&mut self, other: &Usage) {
        let (mine, theirs) = (&mut self.totals, &other.totals);
        mine.events += theirs.events;
        mine.allowed += theirs.allowed;
        mine.failed += theirs.failed;
        mine.denied += theirs.denied;
        mine.nothing += theirs.nothing;
        mine.unknown += theirs.unknown;
        for (reason, events) in &other.nothing {
            *self.nothing.entry(reason.clone()).or_default() += events;
        }
        for row in other.unknown.values() {
            self.count_unknown(&row.source, &row.name, &row.reason, row.events);
        }
        for (key, row) in &other.principals {
            match self.principals.get_mut(key) {
                Some(known) => known.events += row.events,
                None => {
                    self.principals.insert(key.clone(), row.clone());
                }
            }
        }
        for (key, used) in &other.uses {
            match self.uses.get_mut(key) {
                Some(known) => known.resources.merge(&used.resources),
                None => {
                    self.uses.insert(key.clone(), used.clone());
                }
            }
        }
    }

    /// Events, by what became of them.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.totals == Totals::default()
    }

    /// The aggregate, sorted.
    pub fn rows(&self) -> Rows {
        let mut usage = Vec::new();
        for used in self.uses.values() {
            used.resources.each(|resource, generalized, stat| {
                usage.push(Row {
                    account: used.account.clone(),
                    principal: used.principal.clone(),
                    action: used.action.clone(),
                    resource,
                    generalized,
                    via: used.via.clone(),
                    outcome: used.outcome,
                    credentials_refused: used.credentials_refused,
                    context: used.context.clone(),
                    stat: stat.into(),
                });
            });
        }
        usage.sort_by(|a, b| key_of(a).cmp(&key_of(b)));
        let mut principals: Vec<_> = self.principals.values().cloned().collect();
        principals.sort_unstable();
        let mut unknown: Vec<_> = self.unknown.values().cloned().collect();
        unknown.sort_unstable();
        let nothing =
            self.nothing.iter().map(|(reason, &events)| NothingRow { reason: reason.to_string(), events }).collect();
        Rows { totals: self.totals, principals, usage, unknown, nothing }
    }

    /// The aggregate that `rows` were written from.
    pub fn from_rows(rows: &Rows) -> Usage {
        let mut usage = Usage { totals: rows.totals, ..Usage::default() };
        for row in &rows.principals {
            let mut key = String::new();
            write_key(&mut key, [row.kind.name(), &row.principal, &row.account]);
            usage.principals.insert(key, row.clone());
        }
        for row in &rows.unknown {
            usage.count_unknown(&row.source, &row.name, &row.reason, row.events);
        }
        for row in &rows.nothing {
            *usage.nothing.entry(row.reason.as_str().into()).or_default() += row.events;
        }
        for row in &rows.usage {
            let mut key = String::new();
            let via = row.via.as_deref().unwrap_or("");
            let outcome = became(row.outcome, row.credentials_refused);
            let parts = [&*row.account, &row.principal, &row.action, via, outcome].into_iter();
            write_key(&mut key, parts.chain(row.context.iter().flat_map(|(key, value)| [key.as_str(), value])));
            let used = usage.uses.entry(key).or_insert_with(|| Use {
                account: row.account.clone(),
                principal: row.principal.clone(),
                action: row.action.clone(),
                via: row.via.clone(),
                outcome: row.outcome,
                credentials_refused: row.credentials_refused,
                context: row.context.clone(),
                resources: Resources::default(),
            });
            used.resources.insert(&row.resource, row.generalized, &Stat::from(&row.stat));
        }
        usage
    }

    fn see(&mut self, mapped: &Mapped<'_>) {
        let principal = &mapped.principal;
        write_key(&mut self.key, [principal.kind.name(), &principal.arn, &principal.account]);
        let row = self.principals.entry_ref(self.key.as_str()).or_insert_with(|| PrincipalRow {
            principal: principal.arn.clone().into_owned(),
            kind: principal.kind,
            account: principal.account.clone().into_owned(),
            events: 0,
        });
        row.events += 1;
    }

    fn count_unknown(&mut self, source: &str, name: &str, reason: &str, events: u64) {
        let key = format!("{source}{SEPARATOR}{name}{SEPARATOR}{reason}");
        let row = self.unknown.entry(key).or_insert_with(|| UnknownRow {
            source: source.to_owned(),
            name: name.to_owned(),
            reason: reason.to_owned(),
            events: 0,
        });
        row.events += events;
    }

    /// One shared copy of each Region's name.
    fn region(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.regions.iter().find(|known| &***known == name) {
            return known.clone();
        }
        let region: Arc<str> = name.into();
        self.regions.push(region.clone());
        region
    }
}

/// What became of a call, as part of a key.
fn became(outcome: Outcome, credentials_refused: bool) -> &'static str {
    if credentials_refused { "credentials refused" } else { outcome.name() }
}

/// Writes the parts of a key in place of what `key` held.
fn write_key<'p>(key: &mut String, parts: impl IntoIterator<Item = &'p str>) {
    key.clear();
    for part in parts {
        key.push_str(part);
        key.push(SEPARATOR);
    }
}

fn key_of(row: &Row) -> impl Ord {
    (
        &row.account,
        &row.principal,
        &row.action,
        &row.resource,
        row.via.as_deref().unwrap_or(""),
        row.outcome,
        row.credentials_refused,
        &row.context,
        row.generalized,
    )
}
