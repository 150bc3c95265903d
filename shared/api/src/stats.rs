//! What happened, in numbers.

use crate::principals::{PAGE, PrincipalSummary};
use crate::window::{Window, check_day};
use crate::{App, Caller, Problem};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{DayTotals, Summary};
use usage::{Rows, Totals, Usage};
use utoipa::{IntoParams, ToSchema};

/// Of whom, where and when.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatsQuery {
    /// Only what happened in this account.
    account: Option<String>,
    /// Only principals that this glob matches; totals of events and unknown events are of all.
    principal: Option<String>,
    /// First UTC day.
    start: Option<String>,
    /// Last UTC day.
    end: Option<String>,
    /// Principals not seen since this UTC day count as unused.
    unused_since: Option<String>,
}

/// Numbers.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Stats {
    /// Whether everything that was delivered is in the numbers; else some of it is on its way.
    pub up_to_date: bool,
    /// Events, by what became of them.
    pub totals: EventTotals,
    /// The same per UTC day.
    pub days: BTreeMap<String, EventTotals>,
    /// Accounts in which something happened.
    pub accounts: Vec<String>,
    /// How many principals were seen.
    pub principals: usize,
    /// Those with the most uses; `/principals` lists all.
    pub top_principals: Vec<PrincipalSummary>,
    /// Services by uses, most used first.
    pub services: Vec<ServiceTotal>,
    /// Those who were refused most.
    pub denied: Vec<PrincipalSummary>,
    /// Events that the catalog does not know, most frequent first.
    pub unknown: Vec<UnknownEvent>,
    /// Principals that were not seen since the day asked for.
    pub unused: Vec<PrincipalSummary>,
}

/// Events, by what became of them.
#[derive(Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventTotals {
    /// All.
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

/// A service over all principals.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceTotal {
    /// Its prefix.
    pub service: String,
    /// Uses that were authorised.
    pub calls: u64,
    /// Uses that were refused.
    pub denied: u64,
    /// Principals that used it.
    pub principals: usize,
}

/// An event that no permission could be told for.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnknownEvent {
    /// `example.amazonaws.com`.
    pub source: String,
    /// The event's name.
    pub name: String,
    /// What is not known.
    pub reason: String,
    /// How many.
    pub events: u64,
}

impl From<Totals> for EventTotals {
    fn from(totals: Totals) -> EventTotals {
        let Totals { events, allowed, failed, denied, nothing, unknown } = totals;
        EventTotals { events, allowed, failed, denied, nothing, unknown }
    }
}

/// Totals, trends, who and what stands out.
#[utoipa::path(get, path = "/stats", tag = "usage", params(StatsQuery),
    responses((status = 200, body = Stats), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn stats(
    State(app): State<App>,
    caller: Caller,
    query: Result<Query<StatsQuery>, QueryRejection>,
) -> Result<Json<Stats>, Problem> {
    let Query(query) = query?;
    caller.may_read(query.account.as_deref())?;
    let window = Window::new(query.start, query.end)?;
    let unused_since = query.unused_since;
    check_day("unused_since", unused_since.as_deref())?;
    let store = app.store();
    let days = store.days(query.account.as_deref()).await?;
    let summaries = store.summaries(query.account.as_deref()).await?;
    let matches = |summary: &&Summary| {
        query.principal.as_deref().is_none_or(|glob| {
            summary.seen_as.iter().any(|seen| generate::matches_principal(glob, seen.kind, &summary.principal))
        })
    };
    let days: Vec<DayTotals> = days.into_iter().filter(|day| window.holds(&day.day)).collect();
    let summaries: Vec<&Summary> =
        summaries.iter().filter(matches).filter(|summary| is_seen(summary, &window)).collect();
    Ok(Json(numbers(&days, &summaries, unused_since.as_deref(), store.is_folded().await?)))
}

/// Who did nothing but what needs no permission has no days, and is there in any window.
fn is_seen(summary: &Summary, window: &Window) -> bool {
    summary.days.is_empty() || summary.days.keys().any(|day| window.holds(day))
}

fn numbers(days: &[DayTotals], summaries: &[&Summary], unused_since: Option<&str>, up_to_date: bool) -> Stats {
    let mut all = Usage::default();
    let mut by_day: BTreeMap<&str, Usage> = BTreeMap::new();
    for day in days {
        let counts = Usage::from_rows(&day.rows);
        all.merge(&counts);
        by_day.entry(&day.day).or_default().merge(&counts);
    }
    let Rows { totals, mut unknown, .. } = all.rows();
    unknown.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.cmp(b)));
    let mut services: BTreeMap<&str, ServiceTotal> = BTreeMap::new();
    for summary in summaries {
        for (service, used) in &summary.services {
            let total = services.entry(service).or_insert_with(|| ServiceTotal {
                service: service.clone(),
                calls: 0,
                denied: 0,
                principals: 0,
            });
            total.calls += used.calls;
            total.denied += used.denied;
            total.principals += 1;
        }
    }
    let mut services: Vec<ServiceTotal> = services.into_values().collect();
    services.sort_by(|a, b| b.calls.cmp(&a.calls).then_with(|| a.service.cmp(&b.service)));
    let mut accounts: Vec<String> = days.iter().map(|day| day.account.clone()).collect();
    accounts.dedup();
    Stats {
        up_to_date,
        totals: totals.into(),
        days: by_day.into_iter().map(|(day, usage)| (day.to_owned(), usage.totals().into())).collect(),
        accounts,
        principals: summaries.len(),
        top_principals: most(summaries, |summary| summary.allowed + summary.failed + summary.denied),
        services,
        denied: most(summaries, |summary| summary.denied),
        unknown: unknown
            .into_iter()
            .take(PAGE)
            .map(|row| UnknownEvent { source: row.source, name: row.name, reason: row.reason, events: row.events })
            .collect(),
        unused: match unused_since {
            None => Vec::new(),
            Some(day) => summaries
                .iter()
                .filter(|summary| summary.last_seen.as_deref().is_none_or(|last| last < day))
                .take(PAGE)
                .map(|summary| PrincipalSummary::from(*summary))
                .collect(),
        },
    }
}

/// Those with the most of something, without those who have none of it.
fn most(summaries: &[&Summary], of: impl Fn(&Summary) -> u64) -> Vec<PrincipalSummary> {
    let mut most: Vec<&&Summary> = summaries.iter().filter(|summary| of(summary) > 0).collect();
    most.sort_by(|a, b| of(b).cmp(&of(a)).then_with(|| (&a.account, &a.principal).cmp(&(&b.account, &b.principal))));
    most.into_iter().take(PAGE).map(|summary| PrincipalSummary::from(*summary)).collect()
}
