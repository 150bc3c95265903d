//! Markdown, for a pull request.

use crate::render::markdown::{cell, code};
use crate::reviewed::Reviewed;
use review::{Finding, rule};
use std::collections::BTreeSet;
use std::fmt::Write;

/// GitHub takes comments of 65,536 characters.
const LONGEST: usize = 60_000;

pub fn render(files: &[Reviewed]) -> String {
    let mut text = String::from("# Policy review\n");
    for file in files {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\n## {}\n\n{} policy: {}.", code(&file.name), file.policy_type, file.summary());
        if file.findings.open.is_empty() {
            continue;
        }
        text.push_str("\n| | where | finding |\n|---|---|---|\n");
        for (index, finding) in file.findings.open.iter().enumerate() {
            if text.len() > LONGEST {
                let _ = writeln!(text, "\n{} more findings.", file.findings.open.len() - index);
                break;
            }
            row(finding, &mut text);
        }
        explanations(&file.findings.open, &mut text);
        if !file.findings.accepted.is_empty() {
            let _ = writeln!(text, "\n{} findings are accepted in `leastwise.toml`.", file.findings.accepted.len());
        }
    }
    text
}

fn row(finding: &Finding, text: &mut String) {
    let place = match finding.location.place.line {
        0 => String::new(),
        line => format!("line {line} "),
    };
    let path = if finding.location.path.is_empty() { String::new() } else { code(&finding.location.path) };
    let severity = finding.severity.as_str().replace('-', " ");
    let _ = writeln!(text, "| {severity} | {place}{path} | `{}`: {} |", finding.code, cell(&finding.message));
}

fn explanations(findings: &[Finding], text: &mut String) {
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.code).collect();
    text.push_str("\n<details><summary>Why, and what instead</summary>\n\n");
    for rule in codes.iter().filter_map(|code| rule(code)) {
        let _ = writeln!(text, "- `{}`: {} {}", rule.code, rule.why, rule.instead);
    }
    text.push_str("\n</details>\n");
}
