//! SARIF: each block of new access as a result, where its statement stands in the new file.

use super::{Compared, caller, circumstances, conditions, elements};
use crate::input::PolicyFile;
use crate::render::sarif::{Found, Rule, log};
use authz::Verdict;
use authz::compare::{Block, wire};
use catalog::Catalog;
use policy::Place;
use std::borrow::Cow;

const RULES: [Rule; 2] = [
    Rule {
        id: "new-access",
        short: "A policy allows what it did not allow before",
        help: Cow::Borrowed(
            "The statement allows requests that the old policy does not. If they are meant, accept the change; else narrow the statement to what the old policy allows.",
        ),
        level: "error",
        security: None,
    },
    Rule {
        id: "inconclusive",
        short: "It could not be decided whether access grows",
        help: Cow::Borrowed(
            "The comparison gives no answer instead of a wrong one. Compare with --service-aware, or write the conditions and variables that it names more plainly.",
        ),
        level: "error",
        security: None,
    },
];

/// Values of one element in a message.
const SHOWN: usize = 5;

/// One run; results are located in the new file.
pub fn render(compared: &Compared<'_>) -> String {
    let (change, file) = (&compared.difference.added, compared.new);
    let mut found: Vec<Found> = change
        .blocks
        .iter()
        .map(|block| Found {
            rule: "new-access",
            text: message(block, file, compared.catalog),
            file: &file.name,
            place: file.place(block.policy, block.statement),
            end: None,
            // What makes a result the same one tomorrow: what is new, not where it stands.
            identity: vec![wire::allows(block).to_string()],
            witness: Some(wire::request(&block.witness)),
        })
        .collect();
    if let Verdict::Inconclusive(doubt) = &change.verdict {
        found.push(Found {
            rule: "inconclusive",
            text: format!("it cannot be decided whether access grows: {doubt}"),
            file: &file.name,
            place: Place { line: 1, column: 1 },
            end: None,
            identity: vec![doubt.to_string()],
            witness: None,
        });
    }
    log(&RULES, found)
}

fn message(block: &Block, file: &PolicyFile, catalog: &Catalog) -> String {
    let mut text = String::from("new access");
    for element in elements(block, file, catalog) {
        let shown = element.values.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
        let more = element.values.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        text.push_str(&format!("; {} {shown}{more}", element.name));
    }
    for condition in conditions(block) {
        text.push_str(&format!("; if {condition}"));
    }
    let witness = &block.witness;
    text.push_str(&format!("; such as {} on {} by {}", witness.action(), witness.resource(), caller(witness)));
    for circumstance in circumstances(block) {
        text.push_str(&format!(", with {circumstance}"));
    }
    text
}
