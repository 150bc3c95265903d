//! Who was seen, and what each of them did.

use crate::window::Window;
use crate::{App, Caller, Problem};
use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Summary;
use utoipa::{IntoParams, ToSchema};

/// Principals on a page where nothing is said, and the most.
pub(crate) const PAGE: usize = 50;
const LARGEST_PAGE: usize = 500;
/// Rows of one principal in an answer, and bytes of them: Lambda answers with 6 MB at most, in which quotes are escaped.
const MOST_ROWS: usize = 5_000;
const MOST_BYTES: usize = 4_000_000;

/// Which of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    /// Only what happened in this account.
    account: Option<String>,
    /// Only principals that this glob matches.
    principal: Option<String>,
    /// Principals a page, at most 500.
    limit: Option<usize>,
    /// `next` of the page before.
    after: Option<String>,
}

/// A page of principals.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrincipalList {
    /// By account and name.
    pub principals: Vec<PrincipalSummary>,
    /// What to ask for as `after`; left out on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A principal in one account, in numbers.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrincipalSummary {
    /// ARN of the role or user, or the best name that CloudTrail gives.
    pub principal: String,
    /// The account in which it acted.
    pub account: String,
    /// What it is: `role`, `user`, `service`, ...
    pub kinds: Vec<String>,
    /// Events of all kinds.
    pub events: u64,
    /// Uses of permissions that were allowed.
    pub allowed: u64,
    /// That were allowed and failed for another reason.
    pub failed: u64,
    /// That were refused.
    pub denied: u64,
    /// RFC 3339.
    pub first_seen: Option<String>,
    /// RFC 3339.
    pub last_seen: Option<String>,
    /// Services that it used, by prefix.
    pub services: Vec<ServiceSummary>,
    /// Uses per UTC day.
    pub days: std::collections::BTreeMap<String, u64>,
}

/// A service that a principal used.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceSummary {
    /// Its prefix.
    pub service: String,
    /// Uses that were authorised.
    pub calls: u64,
    /// Uses that were refused.
    pub denied: u64,
    /// RFC 3339.
    pub last_seen: Option<String>,
}

impl From<&Summary> for PrincipalSummary {
    fn from(summary: &Summary) -> PrincipalSummary {
        PrincipalSummary {
            principal: summary.principal.clone(),
            account: summary.account.clone(),
            kinds: summary.seen_as.iter().map(|seen| seen.kind.name().to_owned()).collect(),
            events: summary.events(),
            allowed: summary.allowed,
            failed: summary.failed,
            denied: summary.denied,
            first_seen: summary.first_seen.clone(),
            last_seen: summary.last_seen.clone(),
            services: summary
                .services
                .iter()
                .map(|(service, used)| ServiceSummary {
                    service: service.clone(),
                    calls: used.calls,
                    denied: used.denied,
                    last_seen: used.last_seen.clone(),
                })
                .collect(),
            days: summary.days.clone(),
        }
    }
}

/// Everybody who was seen, a page at a time.
#[utoipa::path(get, path = "/principals", tag = "usage", params(ListQuery),
    responses((status = 200, body = PrincipalList), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Json<PrincipalList>, Problem> {
    let Query(query) = query?;
    caller.may_read(query.account.as_deref())?;
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=LARGEST_PAGE).contains(&limit) {
        return Err(Problem::invalid(format!("`limit` must be 1 to {LARGEST_PAGE}")));
    }
    let summaries = app.store().summaries(query.account.as_deref()).await?;
    let matching = summaries.iter().filter(|summary| {
        query.principal.as_deref().is_none_or(|glob| {
            summary.seen_as.iter().any(|seen| generate::matches_principal(glob, seen.kind, &summary.principal))
        })
    });
    // A page starts behind a name, so that nobody is shown twice or passed over when others appear.
    let behind = |summary: &&Summary| query.after.as_ref().is_none_or(|after| place(summary) > *after);
    let mut page: Vec<&Summary> = matching.filter(behind).take(limit + 1).collect();
    let next = (page.len() > limit).then(|| {
        page.truncate(limit);
        page.last().map(|last| place(last))
    });
    Ok(Json(PrincipalList { principals: page.into_iter().map(PrincipalSummary::from).collect(), next: next.flatten() }))
}

fn place(summary: &Summary) -> String {
    format!("{}/{}", summary.account, summary.principal)
}

/// Of when, and where.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneQuery {
    /// Only what happened in this account.
    account: Option<String>,
    /// First UTC day.
    start: Option<String>,
    /// Last UTC day.
    end: Option<String>,
}

/// What a principal used.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrincipalUsage {
    /// One for each account in which it acted.
    pub summaries: Vec<PrincipalSummary>,
    /// How many rows are left out: there are at most 5,000, and 4 MB of them, those used most first.
    pub more_usage: usize,
    /// Each permission on each resource: `{"account", "action", "resource", "outcome", "calls", "days", ...}`.
    #[schema(value_type = Vec<Object>)]
    pub usage: Vec<Value>,
}

/// What one principal used: every permission on every resource, with evidence.
#[utoipa::path(get, path = "/principals/{arn}", tag = "usage",
    params(("arn" = String, Path, description = "ARN of the role or user, percent-encoded"), OneQuery),
    responses((status = 200, body = PrincipalUsage), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn one(
    State(app): State<App>,
    caller: Caller,
    arn: Result<Path<String>, PathRejection>,
    query: Result<Query<OneQuery>, QueryRejection>,
) -> Result<Json<PrincipalUsage>, Problem> {
    let Path(arn) = arn.map_err(|rejection| Problem::invalid(rejection.body_text()))?;
    let Query(query) = query?;
    caller.may_read(query.account.as_deref())?;
    let window = Window::new(query.start, query.end)?;
    let summaries = app.store().summaries(query.account.as_deref()).await?;
    let summaries: Vec<&Summary> = summaries.iter().filter(|summary| summary.principal == arn).collect();
    if summaries.is_empty() {
        return Err(Problem::new(StatusCode::NOT_FOUND, "this principal was not seen")
            .hint("GET /principals lists who was; the ARN is percent-encoded in the path"));
    }
    let mut usage: Vec<usage::Row> = Vec::new();
    for summary in &summaries {
        let (start, end) = (window.start.as_deref(), window.end.as_deref());
        for row in app.store().usage(&summary.account, &arn, start, end).await? {
            let (first, last) = window.days();
            let Some(stat) = usage::Stat::from(&row.stat).between(first, last) else { continue };
            usage.push(usage::Row { stat: (&stat).into(), ..row });
        }
    }
    let rows = usage.len();
    let size = |row: &usage::Row| serde_json::to_vec(row).map_or(0, |json| json.len());
    let mut sized: Vec<(usize, usage::Row)> = usage.into_iter().map(|row| (size(&row), row)).collect();
    if rows > MOST_ROWS || sized.iter().map(|(size, _)| size).sum::<usize>() > MOST_BYTES {
        sized.sort_by_key(|(_, row)| std::cmp::Reverse(row.stat.calls));
        let mut bytes = 0;
        let fits = sized.iter().take(MOST_ROWS).take_while(|(size, _)| {
            bytes += size;
            bytes <= MOST_BYTES
        });
        let fits = fits.count();
        sized.truncate(fits);
    }
    let more_usage = rows - sized.len();
    let usage = sized.into_iter().filter_map(|(_, row)| serde_json::to_value(row).ok()).collect();
    let summaries = summaries.into_iter().map(PrincipalSummary::from).collect();
    Ok(Json(PrincipalUsage { summaries, more_usage, usage }))
}
