//! What a change of policy does, in each format, one a file.

pub mod human;
pub mod markdown;

use crate::arguments::PolicyType;
use crate::input::applying::{Applying, Told};
use crate::input::cases::{Expected, Observed};
use crate::output::safe_source;
use crate::simulation::actions::Allowed;
use crate::simulation::concreteness::{self, Concreteness};
use crate::simulation::{Decided, Simulation, risk};
use authz::Verdict;
use authz::compare::wire;
use catalog::Catalog;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a change may do.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// How many cases may be denied that were allowed.
    pub threshold: usize,
    /// Access may grow.
    pub new_access: bool,
}

/// What a change does, as it is told.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Whether it does no more than was agreed to.
    pub passed: bool,
    /// Why not.
    pub failures: Vec<String>,
    pub before: String,
    pub after: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed: Option<&'static str>,
    pub cases: Cases,
    pub access_denied: AccessDenied,
    pub allowed_actions: ActionDelta,
    pub resource_concreteness: ConcretenessDelta,
    pub high_risk: RiskDelta,
    pub comparison: Comparison,
    /// Cases whose decision changes: new denials first, most calls first.
    pub changes: Vec<CaseReport>,
    /// Cases that are not decided as they expect.
    pub unexpected: Vec<CaseReport>,
}

#[derive(Debug, Serialize)]
pub struct Cases {
    pub total: usize,
    pub calls: u64,
    pub principals: usize,
    /// Of those that AWS did not refuse when they were asked.
    pub allowed_before: usize,
    pub allowed_after: usize,
    pub refused: Refused,
    /// Seen allowed in the trail, though the policies before do not allow them.
    pub unexplained: usize,
}

/// Cases that AWS refused when they were asked.
#[derive(Debug, Serialize)]
pub struct Refused {
    pub total: usize,
    pub allowed_before: usize,
    pub allowed_after: usize,
}

#[derive(Debug, Serialize)]
pub struct AccessDenied {
    pub new_denials: Count,
    /// Cases among them that expect it, which the threshold does not count.
    pub expected: usize,
    pub newly_allowed: Count,
    pub threshold: usize,
}

#[derive(Debug, Serialize)]
pub struct Count {
    pub cases: usize,
    pub calls: u64,
}

#[derive(Debug, Serialize)]
pub struct ActionDelta {
    pub before: usize,
    pub after: usize,
    pub delta: i64,
    /// Counted as allowed, since it could not be told that they are not.
    pub undecided: [usize; 2],
    pub services: Vec<ServiceDelta>,
}

#[derive(Debug, Serialize)]
pub struct ServiceDelta {
    pub service: String,
    pub before: usize,
    pub after: usize,
    pub delta: i64,
    pub gained: Vec<String>,
    pub lost: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct ConcretenessDelta {
    pub definition: &'static str,
    pub before: Share,
    pub after: Share,
    /// Of the ratios; null where one of them has nothing to count.
    pub change: Option<f64>,
}

#[derive(Debug, Serialize)]
pub struct Share {
    pub pairs: usize,
    pub concrete: usize,
    pub ratio: Option<f64>,
}

#[derive(Debug, Serialize)]
pub struct RiskDelta {
    pub definition: &'static str,
    pub before: usize,
    pub after: usize,
    pub reduction: i64,
    pub lost: Vec<Risk>,
    pub gained: Vec<Risk>,
    pub kept: Vec<Risk>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Risk {
    pub action: String,
    pub reason: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Comparison {
    pub verdict: &'static str,
    pub witness: Option<Value>,
    pub reason: String,
}

#[derive(Debug, Serialize)]
pub struct CaseReport {
    pub id: Value,
    #[serde(flatten)]
    pub request: Value,
    pub calls: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expected>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
    /// The trail does not tell the resource: it stands for several.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub on_pattern: bool,
    pub before: Told,
    pub after: Told,
}

impl Report {
    pub fn new<'c>(
        simulation: &Simulation<'c>,
        [before, after]: [String; 2],
        kind: PolicyType,
        assumed: Option<&'static str>,
        files: [&Applying; 2],
        terms: Terms,
        catalog: &Catalog,
    ) -> Report {
        let cases = &simulation.cases;
        let count = |wanted: fn(&Decided<'c>) -> bool| {
            let found = || cases.iter().filter(|case| wanted(case));
            Count { cases: found().count(), calls: found().map(|one| one.case.calls).sum() }
        };
        let number = |wanted: fn(&Decided<'c>) -> bool| count(wanted).cases;
        let access_denied = AccessDenied {
            new_denials: count(Decided::is_new_denial),
            expected: number(|one| one.is_new_denial() && one.case.expect.is_some() && one.missed().is_none()),
            newly_allowed: count(Decided::is_newly_allowed),
            threshold: terms.threshold,
        };
        let comparison = comparison(&simulation.verdict);
        let told = |wanted: fn(&Decided<'c>) -> bool| {
            let mut found: Vec<&Decided<'c>> = cases.iter().filter(|case| wanted(case)).collect();
            found.sort_by_key(|one| (!one.is_new_denial(), std::cmp::Reverse(one.case.calls)));
            found.into_iter().map(|case| case_report(case, files)).collect::<Vec<_>>()
        };
        let unexpected = told(|case| case.missed().is_some());
        let failures = failures(&access_denied, &simulation.verdict, &comparison.reason, unexpected.len(), terms);
        let callers: BTreeSet<_> = cases.iter().map(|one| format!("{:?}", one.case.request.principal())).collect();
        Report {
            passed: failures.is_empty(),
            failures,
            before,
            after,
            kind: kind.as_str(),
            assumed,
            cases: Cases {
                total: cases.len(),
                calls: cases.iter().map(|one| one.case.calls).sum(),
                principals: callers.len(),
                allowed_before: number(|one| !one.is_refused() && one.before.is_allowed()),
                allowed_after: number(|one| !one.is_refused() && one.after.is_allowed()),
                refused: Refused {
                    total: number(Decided::is_refused),
                    allowed_before: number(|one| one.is_refused() && one.before.is_allowed()),
                    allowed_after: number(|one| one.is_refused() && one.after.is_allowed()),
                },
                unexplained: number(Decided::is_unexplained),
            },
            access_denied,
            allowed_actions: action_delta(&simulation.actions),
            resource_concreteness: concreteness_delta(simulation.concreteness),
            high_risk: risk_delta(&simulation.actions, catalog),
            comparison,
            changes: told(Decided::is_changed),
            unexpected,
        }
    }
}

/// Everything, for programs.
pub fn json(report: &Report) -> String {
    // Texts, numbers and lists of them: nothing that cannot be written.
    let text = serde_json::to_string_pretty(report).unwrap_or_default();
    format!("{}\n", safe_source(&text))
}

/// `1 case`, `2 cases`.
fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn failures(denied: &AccessDenied, verdict: &Verdict, reason: &str, unexpected: usize, terms: Terms) -> Vec<String> {
    let mut failures = Vec::new();
    let losses = denied.new_denials.cases.saturating_sub(denied.expected);
    if losses > terms.threshold {
        let are = if losses == 1 { "is" } else { "are" };
        let cases = counted(losses, "case");
        failures.push(format!(
            "{cases} {are} denied that the policy before allows, more than --deny-threshold {}",
            terms.threshold
        ));
    }
    if !terms.new_access {
        match verdict {
            Verdict::NoNewAccess => {}
            Verdict::NewAccess(_) => failures.push(format!("access grows: {reason}")),
            Verdict::Inconclusive(_) => {
                failures.push(format!("it cannot be told that access does not grow: {reason}"));
            }
        }
    }
    if unexpected > 0 {
        failures.push(format!("{} decided otherwise than expected", counted(unexpected, "case")));
    }
    failures
}

fn comparison(verdict: &Verdict) -> Comparison {
    Comparison {
        verdict: verdict.as_str(),
        witness: verdict.witness().map(wire::request),
        reason: wire::reason(verdict),
    }
}

fn case_report(decided: &Decided<'_>, [before, after]: [&Applying; 2]) -> CaseReport {
    CaseReport {
        id: decided.case.id.clone(),
        request: wire::request(&decided.case.request),
        calls: decided.case.calls,
        expect: decided.case.expect,
        observed: decided.case.observed,
        on_pattern: decided.case.on_pattern,
        before: before.tell(&decided.before),
        after: after.tell(&decided.after),
    }
}

fn delta(before: usize, after: usize) -> i64 {
    let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
    number(after) - number(before)
}

fn action_delta([before, after]: &[Allowed; 2]) -> ActionDelta {
    let none = BTreeSet::new();
    let services: BTreeSet<&String> = before.services.keys().chain(after.services.keys()).collect();
    let services = services
        .into_iter()
        .map(|service| {
            let (old, new) =
                (before.services.get(service).unwrap_or(&none), after.services.get(service).unwrap_or(&none));
            ServiceDelta {
                service: service.clone(),
                before: old.len(),
                after: new.len(),
                delta: delta(old.len(), new.len()),
                gained: new.difference(old).cloned().collect(),
                lost: old.difference(new).cloned().collect(),
            }
        })
        .collect();
    ActionDelta {
        before: before.count(),
        after: after.count(),
        delta: delta(before.count(), after.count()),
        undecided: [before.undecided, after.undecided],
        services,
    }
}

fn concreteness_delta([before, after]: [Concreteness; 2]) -> ConcretenessDelta {
    let rounded = |ratio: f64| (ratio * 10_000.0).round() / 10_000.0;
    let share = |of: Concreteness| Share { pairs: of.pairs, concrete: of.concrete, ratio: of.ratio().map(rounded) };
    ConcretenessDelta {
        definition: concreteness::DEFINITION,
        before: share(before),
        after: share(after),
        change: before.ratio().zip(after.ratio()).map(|(before, after)| rounded(after - before)),
    }
}

fn risk_delta([before, after]: &[Allowed; 2], catalog: &Catalog) -> RiskDelta {
    let of = |allowed| risk::among(allowed, catalog).into_iter().collect::<BTreeMap<_, _>>();
    let (old, new) = (of(before), of(after));
    let list = |wanted: &dyn Fn(&str) -> bool, among: &BTreeMap<String, &'static str>| {
        let found = among.iter().filter(|(action, _)| wanted(action));
        found.map(|(action, reason)| Risk { action: action.clone(), reason }).collect()
    };
    RiskDelta {
        definition: risk::DEFINITION,
        before: old.len(),
        after: new.len(),
        reduction: -delta(old.len(), new.len()),
        lost: list(&|action| !new.contains_key(action), &old),
        gained: list(&|action| !old.contains_key(action), &new),
        kept: list(&|action| old.contains_key(action), &new),
    }
}

/// The numbers: what, before, after, change.
fn rows(report: &Report) -> Vec<[String; 4]> {
    let signed = |change: i64| if change > 0 { format!("+{change}") } else { change.to_string() };
    let row = |name: &str, before: usize, after: usize| {
        [name.to_owned(), before.to_string(), after.to_string(), signed(delta(before, after))]
    };
    let (actions, concrete, risk) = (&report.allowed_actions, &report.resource_concreteness, &report.high_risk);
    let points = concrete.change.map_or_else(String::new, |change| format!("{:+.1} points", change * 100.0));
    let denied = &report.access_denied;
    let only_after = |name: &str, count: &Count| {
        [name.to_owned(), String::new(), count.cases.to_string(), human::calls(count.calls)]
    };
    let mut rows = vec![
        row("Allowed actions", actions.before, actions.after),
        row("High-risk actions", risk.before, risk.after),
        ["Concrete resources".to_owned(), human::percent(&concrete.before), human::percent(&concrete.after), points],
        row("Cases allowed", report.cases.allowed_before, report.cases.allowed_after),
        only_after("Cases newly denied", &denied.new_denials),
        only_after("Cases newly allowed", &denied.newly_allowed),
    ];
    let refused = &report.cases.refused;
    if refused.total > 0 {
        rows.push(row("Refused calls that it allows", refused.allowed_before, refused.allowed_after));
    }
    rows
}
