//! For reading in a terminal.

use super::{CaseReport, Report, Share, counted};
use crate::output::{self, one_line};
use comfy_table::CellAlignment;
use serde_json::Value;
use std::fmt::Write;

/// Rows of a list that are shown.
const SHOWN: usize = 15;

/// Whether it passes, the numbers, and the cases that change.
pub fn render(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    if report.passed {
        let _ = writeln!(text, "passed: {}", one_line(&report.comparison.reason));
    }
    for failure in &report.failures {
        let _ = writeln!(text, "failed: {}", one_line(failure));
    }
    let _ = writeln!(
        text,
        "\n{} ({}) before and after, as {} policies",
        counted(report.cases.total, "case"),
        calls(report.cases.calls),
        report.kind
    );
    if let Some(assumed) = report.assumed {
        let _ = writeln!(text, "Here {assumed}.");
    }
    let _ = writeln!(text, "{}", numbers(report));
    if report.allowed_actions.undecided != [0, 0] {
        let [before, after] = report.allowed_actions.undecided;
        let _ = writeln!(text, "Undecided and counted as allowed: {before} actions before, {after} after");
    }
    if report.cases.unexplained > 0 {
        let _ = writeln!(
            text,
            "{} the trail saw allowed and the policy before does not allow: other policies do",
            counted(report.cases.unexplained, "case")
        );
    }
    for (title, list) in
        [("High-risk actions gone", &report.high_risk.lost), ("High-risk actions new", &report.high_risk.gained)]
    {
        if !list.is_empty() {
            let _ = writeln!(text, "\n{title}:");
            for risk in list.iter().take(SHOWN) {
                let _ = writeln!(text, "  {}: {}", one_line(&risk.action), risk.reason);
            }
            more(list.len(), &mut text);
        }
    }
    cases("Decided otherwise than expected", &report.unexpected, &mut text);
    cases("Cases whose decision changes", &report.changes, &mut text);
    let _ = writeln!(text, "\nConcrete resources: {}.", report.resource_concreteness.definition);
    let _ = writeln!(text, "High-risk actions: {}.", report.high_risk.definition);
    text
}

fn numbers(report: &Report) -> comfy_table::Table {
    let mut table = output::table(&["", "Before", "After", "Change"]);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for [name, before, after, change] in super::rows(report) {
        table.add_row([name, before, after, change]);
    }
    table
}

fn cases(title: &str, cases: &[CaseReport], text: &mut String) {
    if cases.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}:");
    for case in cases.iter().take(SHOWN) {
        let field = |name: &str| one_line(case.request.get(name).and_then(Value::as_str).unwrap_or_default());
        let expected = case.expect.map(|expect| format!(", expected {}", expect.as_str())).unwrap_or_default();
        let pattern = if case.on_pattern { " (several: the trail does not tell which)" } else { "" };
        let _ = writeln!(
            text,
            "  {}: {} on {}{pattern}, {}{expected}",
            one_line(&id(&case.id)),
            field("action"),
            field("resource"),
            calls(case.calls)
        );
        let _ = writeln!(text, "    before: {}", one_line(&case.before.reason));
        let _ = writeln!(text, "    after:  {}", one_line(&case.after.reason));
    }
    more(cases.len(), text);
}

fn more(count: usize, text: &mut String) {
    if count > SHOWN {
        let _ = writeln!(text, "  ... and {} more (--format json holds all)", count - SHOWN);
    }
}

/// A text without its quotes.
pub(super) fn id(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

pub(super) fn calls(number: u64) -> String {
    format!("{number} call{}", if number == 1 { "" } else { "s" })
}

/// `75.0 %`, `-` where nothing counts.
pub(super) fn percent(share: &Share) -> String {
    share.ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{:.1} %", ratio * 100.0))
}
