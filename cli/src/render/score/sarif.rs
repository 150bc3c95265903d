//! SARIF: findings, and each way to more access as a result.

use super::Scored;
use crate::render::review::sarif::{result, used};
use crate::render::sarif::{Found, Rule, log};
use policy::Place;
use review::Finding;
use review::compliance::ESCALATION;

pub fn render(files: &[Scored]) -> String {
    let findings: Vec<&Finding> = files.iter().flat_map(|file| &file.reviewed.findings.open).collect();
    let mut rules = used(&findings);
    if files.iter().any(|file| !file.escalations.is_empty()) {
        rules.push(Rule {
            id: ESCALATION,
            short: "A way to more access",
            help: "Whoever has this policy can get more access than it gives. Take one of the actions away, limit it to resources that do no harm, or deny it by a boundary.".into(),
            level: "error",
            security: Some("9.0"),
        });
    }
    let mut results: Vec<Found<'_>> = Vec::new();
    for file in files {
        results.extend(file.reviewed.findings.open.iter().map(|finding| result(&file.reviewed, finding)));
        results.extend(file.escalations.iter().map(|path| Found {
            rule: ESCALATION,
            text: format!("{}: {}", path.title, path.actions.join(", ")),
            file: &file.reviewed.name,
            place: Place { line: 1, column: 1 },
            end: None,
            identity: vec![path.id.clone()],
            witness: None,
        }));
    }
    log(&rules, results)
}
