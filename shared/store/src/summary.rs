//! Who was seen, at a glance: what lists of principals show without reading what each of them did.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use trail::{Outcome, PrincipalKind};
use usage::{PrincipalRow, Row};

/// What a principal did in one account, in numbers. Merging commutes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The account in which it acted.
    pub account: String,
    /// ARN of the role or user, or the best name that CloudTrail gives.
    pub principal: String,
    /// What it was seen as: nearly always one kind.
    pub seen_as: Vec<SeenAs>,
    /// Uses of permissions: a call that needs two counts twice.
    pub allowed: u64,
    /// Uses that were authorised and failed for another reason.
    pub failed: u64,
    /// Uses that were refused.
    pub denied: u64,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// By service prefix.
    pub services: BTreeMap<String, ServiceUse>,
    /// Uses per UTC day.
    pub days: BTreeMap<String, u64>,
}

/// A kind of principal, and how many events it caused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenAs {
    /// What it is.
    pub kind: PrincipalKind,
    /// The account that owns it; empty when unknown.
    pub owner: String,
    /// Events of all kinds.
    pub events: u64,
}

/// A service that a principal used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceUse {
    /// Uses that were authorised.
    pub calls: u64,
    /// Uses that were refused.
    #[serde(default)]
    pub denied: u64,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
}

impl Summary {
    /// Of nothing yet.
    #[must_use]
    pub fn new(account: &str, principal: &str) -> Summary {
        Summary { account: account.to_owned(), principal: principal.to_owned(), ..Summary::default() }
    }

    /// Events of all kinds.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.seen_as.iter().map(|seen| seen.events).sum()
    }

    pub(crate) fn see(&mut self, row: &PrincipalRow) {
        self.add(&SeenAs { kind: row.kind, owner: row.account.clone(), events: row.events });
    }

    fn add(&mut self, seen: &SeenAs) {
        let key = |one: &SeenAs| (one.kind, one.owner.clone());
        match self.seen_as.binary_search_by_key(&key(seen), key) {
            Ok(at) => self.seen_as.iter_mut().skip(at).take(1).for_each(|known| known.events += seen.events),
            Err(at) => self.seen_as.insert(at, seen.clone()),
        }
    }

    pub(crate) fn count(&mut self, row: &Row) {
        let stat = &row.stat;
        match row.outcome {
            Outcome::Allowed => self.allowed += stat.calls,
            Outcome::Failed => self.failed += stat.calls,
            Outcome::Denied => self.denied += stat.calls,
        }
        earlier(&mut self.first_seen, &stat.first_seen);
        later(&mut self.last_seen, &stat.last_seen);
        let service = row.action.split(':').next().unwrap_or_default();
        let used = self.services.entry(service.to_owned()).or_default();
        match row.outcome {
            Outcome::Denied => used.denied += stat.calls,
            _ => used.calls += stat.calls,
        }
        later(&mut used.last_seen, &stat.last_seen);
        for (day, calls) in &stat.days {
            *self.days.entry(day.clone()).or_default() += calls;
        }
    }

    /// Adds what `other` counted of the same principal.
    pub fn merge(&mut self, other: &Summary) {
        other.seen_as.iter().for_each(|seen| self.add(seen));
        self.allowed += other.allowed;
        self.failed += other.failed;
        self.denied += other.denied;
        earlier(&mut self.first_seen, &other.first_seen);
        later(&mut self.last_seen, &other.last_seen);
        for (service, theirs) in &other.services {
            let used = self.services.entry(service.clone()).or_default();
            used.calls += theirs.calls;
            used.denied += theirs.denied;
            later(&mut used.last_seen, &theirs.last_seen);
        }
        for (day, calls) in &other.days {
            *self.days.entry(day.clone()).or_default() += calls;
        }
    }
}

/// Times of one form sort as text.
fn earlier(known: &mut Option<String>, other: &Option<String>) {
    if let Some(other) = other
        && known.as_ref().is_none_or(|known| known > other)
    {
        *known = Some(other.clone());
    }
}

fn later(known: &mut Option<String>, other: &Option<String>) {
    if let Some(other) = other
        && known.as_ref().is_none_or(|known| known < other)
    {
        *known = Some(other.clone());
    }
}
