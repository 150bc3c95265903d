//! SARIF: each finding as a result, where it stands in the user's file.

use crate::render::sarif::{Found, Rule, log};
use crate::reviewed::Reviewed;
use review::{EXPIRED, Finding, Severity, rules};

pub fn render(files: &[Reviewed]) -> String {
    let findings: Vec<&Finding> = files.iter().flat_map(|file| &file.findings.open).collect();
    let results = files.iter().flat_map(|file| file.findings.open.iter().map(move |finding| result(file, finding)));
    log(&used(&findings), results.collect())
}

/// The rules of these findings: code scanning shows those that results name, and a list of all would hide them.
pub fn used(findings: &[&Finding]) -> Vec<Rule> {
    let is_used = |code: &str| findings.iter().any(|finding| finding.code == code);
    let mut used: Vec<Rule> = rules()
        .iter()
        .filter(|rule| is_used(rule.code))
        .map(|rule| Rule {
            id: rule.code,
            short: rule.title,
            help: format!("{} {} {}", rule.what, rule.why, rule.instead).into(),
            level: level(rule.severity),
            security: security(rule.severity),
        })
        .collect();
    if is_used(EXPIRED) {
        used.push(Rule {
            id: EXPIRED,
            short: "Suppression expired",
            help: "A finding was accepted until a day that has passed. Mend it, or decide again.".into(),
            level: "warning",
            security: None,
        });
    }
    used
}

pub fn result<'f>(file: &'f Reviewed, finding: &Finding) -> Found<'f> {
    Found {
        rule: finding.code,
        text: finding.message.clone(),
        file: &file.name,
        place: finding.location.place,
        end: Some(finding.location.end),
        // What is wrong with which statement, wherever that has moved.
        identity: vec![finding.sid.clone().unwrap_or_default(), finding.message.clone()],
        witness: None,
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::SecurityWarning | Severity::Warning => "warning",
        Severity::Suggestion => "note",
    }
}

/// Code scanning takes results with a number as security alerts: 7 and above are high, 4 and above medium.
fn security(severity: Severity) -> Option<&'static str> {
    match severity {
        Severity::SecurityWarning => Some("7.0"),
        Severity::Error | Severity::Warning | Severity::Suggestion => None,
    }
}
