//! Markdown, for a ticket or a pull request.

use super::human::{calls, id};
use super::{CaseReport, Report, Risk, counted, rows};
use crate::input::applying::Told;
use crate::render::markdown::code;
use serde_json::Value;
use std::fmt::Write;

/// Rows of a list that are shown: GitHub cuts a comment off at 65,536 characters.
const SHOWN: usize = 50;
/// Actions that are named in one cell.
const NAMED: usize = 10;

/// Whether it passes, the numbers, then what changes.
pub fn render(report: &Report) -> String {
    let mut text = format!("# Change of policy: {} to {}\n", code(&report.before), code(&report.after));
    // Writing to a String cannot fail.
    let _ = if report.passed {
        writeln!(text, "\n> [!NOTE]\n> **Passed**: {}.", code(&report.comparison.reason))
    } else {
        writeln!(
            text,
            "\n> [!CAUTION]\n> **Failed**: {}.",
            report.failures.iter().map(|one| failure(one)).collect::<Vec<_>>().join("; ")
        )
    };
    let _ = writeln!(
        text,
        "\n{} ({}, {}) decided before and after, as {} policies.{}",
        counted(report.cases.total, "case"),
        calls(report.cases.calls),
        counted(report.cases.principals, "principal"),
        report.kind,
        report.assumed.map(|assumed| format!(" Here {assumed}.")).unwrap_or_default()
    );
    let _ = writeln!(text, "\n| | Before | After | Change |\n|---|---:|---:|---:|");
    for [name, before, after, change] in rows(report) {
        let _ = writeln!(text, "| {name} | {before} | {after} | {change} |");
    }
    let _ = writeln!(text, "| New access, compared exactly | | {} | |", report.comparison.verdict);
    if report.allowed_actions.undecided != [0, 0] {
        let [before, after] = report.allowed_actions.undecided;
        let _ = writeln!(text, "\nUndecided, and counted as allowed: {before} actions before, {after} after.");
    }
    if report.cases.unexplained > 0 {
        let _ = writeln!(
            text,
            "\n{} that the trail saw allowed, the policy before does not allow: other policies do.",
            counted(report.cases.unexplained, "case")
        );
    }
    cases("Decided otherwise than expected", &report.unexpected, &mut text);
    cases("Cases whose decision changes", &report.changes, &mut text);
    services(report, &mut text);
    risks("High-risk actions gone", &report.high_risk.lost, &mut text);
    risks("High-risk actions new", &report.high_risk.gained, &mut text);
    let _ = writeln!(
        text,
        "\n<sub>Allowed actions: those of the catalog that are allowed on anything, under any condition. Concrete resources: {}. High-risk actions: {}.</sub>",
        report.resource_concreteness.definition, report.high_risk.definition
    );
    text
}

/// A failure, with what it quotes of policies as code, in which nobody is mentioned and nothing is linked.
fn failure(text: &str) -> String {
    match text.split_once(": ") {
        Some((what, quoted)) => format!("{what}: {}", code(quoted)),
        None => text.to_owned(),
    }
}

/// A decision, with names as code.
fn decided(told: &Told) -> String {
    if told.by.is_empty() {
        return told.reason.clone();
    }
    let named: Vec<String> = told
        .by
        .iter()
        .map(|by| {
            let name = by.sid.as_ref().map_or_else(|| format!("statement {}", by.statement), |sid| code(sid));
            format!("{name} of {} line {}", code(&by.file), by.line)
        })
        .collect();
    format!("{} by {}", told.decision, named.join(", "))
}

fn cases(title: &str, cases: &[CaseReport], text: &mut String) {
    if cases.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n## {title}\n\n| Case | Request | Calls | Before | After |\n|---|---|---:|---|---|");
    for case in cases.iter().take(SHOWN) {
        let field = |name: &str| code(case.request.get(name).and_then(Value::as_str).unwrap_or("-"));
        let pattern = if case.on_pattern { " (several: the trail does not tell which)" } else { "" };
        let expected = case.expect.map(|expect| format!("<br>expected {}", expect.as_str())).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} | {}<br>on {}{pattern}<br>by {} | {} | {} | {}{expected} |",
            code(&id(&case.id)),
            field("action"),
            field("resource"),
            field("principal"),
            case.calls,
            decided(&case.before),
            decided(&case.after)
        );
    }
    more(cases.len(), text);
}

fn services(report: &Report, text: &mut String) {
    let changed: Vec<_> = report
        .allowed_actions
        .services
        .iter()
        .filter(|service| !service.gained.is_empty() || !service.lost.is_empty())
        .collect();
    if changed.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n## Allowed actions by service\n\n| Service | Before | After | New | Gone |\n|---|---:|---:|---|---|"
    );
    for service in changed.iter().take(SHOWN) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            code(&service.service),
            service.before,
            service.after,
            named(&service.gained),
            named(&service.lost)
        );
    }
    more(changed.len(), text);
}

fn named(actions: &[String]) -> String {
    let name = |action: &String| code(action.split_once(':').map_or(action, |(_, name)| name));
    let mut shown: Vec<String> = actions.iter().take(NAMED).map(name).collect();
    if actions.len() > NAMED {
        shown.push(format!("and {} more", actions.len() - NAMED));
    }
    shown.join(", ")
}

fn risks(title: &str, risks: &[Risk], text: &mut String) {
    if risks.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n## {title}\n\n| Action | Why |\n|---|---|");
    for risk in risks.iter().take(SHOWN) {
        let _ = writeln!(text, "| {} | {} |", code(&risk.action), risk.reason);
    }
    more(risks.len(), text);
}

fn more(count: usize, text: &mut String) {
    if count > SHOWN {
        let _ = writeln!(text, "\n... and {} more (`--format json` holds all).", count - SHOWN);
    }
}
