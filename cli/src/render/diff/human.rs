//! For reading in a terminal.

use super::{Compared, caller, circumstances, conditions, elements, extent, source};
use crate::input::PolicyFile;
use crate::output::one_line;
use authz::Verdict;
use authz::compare::{Block, Change};
use catalog::Catalog;
use std::fmt::Write;

/// Values of one element that are shown.
const SHOWN: usize = 12;

/// The verdict, then what was added, then what was removed.
pub fn render(compared: &Compared<'_>) -> String {
    let mut text = format!("{}\n", one_line(&compared.headline()));
    for (title, (_, change, file)) in ["Added", "Removed"].into_iter().zip(compared.directions()) {
        section(title, change, file, compared.catalog, &mut text);
    }
    text
}

fn section(title: &str, change: &Change, file: &PolicyFile, catalog: &Catalog, text: &mut String) {
    // Writing to a String cannot fail.
    if let Verdict::Inconclusive(doubt) = &change.verdict {
        let _ = writeln!(text, "\n{title}: inconclusive, {}", one_line(&doubt.to_string()));
    }
    if change.blocks.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}, by {}:", one_line(&file.name));
    for block in &change.blocks {
        one_block(block, extent(title, block), file, catalog, text);
    }
}

fn one_block(block: &Block, extent: &str, file: &PolicyFile, catalog: &Catalog, text: &mut String) {
    let (sid, place) = source(block, file);
    let name = match sid {
        Some(sid) => format!("statement `{}`, line {}", one_line(&sid), place.line),
        None => format!("statement {}, line {}", block.statement, place.line),
    };
    let _ = writeln!(text, "\n  {name} ({extent})");
    for element in elements(block, file, catalog) {
        list(element.name, &element.values, text);
    }
    list("Condition", &conditions(block), text);
    let witness = &block.witness;
    let _ = writeln!(text, "    such as      {}", one_line(caller(witness)));
    let _ = writeln!(text, "                 {} on {}", one_line(witness.action()), one_line(witness.resource()));
    for circumstance in circumstances(block) {
        let _ = writeln!(text, "                 with {}", one_line(&circumstance));
    }
}

fn list(name: &str, values: &[String], text: &mut String) {
    let mut name = name;
    for value in values.iter().take(SHOWN) {
        let _ = writeln!(text, "    {name:12} {}", one_line(value));
        name = "";
    }
    if values.len() > SHOWN {
        let _ = writeln!(text, "    {:12} ... and {} more (--format json holds all)", "", values.len() - SHOWN);
    }
}
