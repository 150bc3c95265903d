//! Markdown, for a comment on a pull request.

use super::{Compared, caller, circumstances, conditions, elements, extent, source};
use crate::input::PolicyFile;
use crate::render::markdown::code;
use authz::Verdict;
use authz::compare::{Block, Change};
use catalog::Catalog;
use std::fmt::Write;

/// Values of one element that are shown.
const VALUES: usize = 12;
/// GitHub takes comments of 65,536 characters: rows that go beyond this are only counted.
const ROOM: usize = 60_000;

/// The verdict as an alert, then a table of what was added and one of what was removed.
pub fn render(compared: &Compared<'_>) -> String {
    let (alert, verdict) = match &compared.difference.added.verdict {
        Verdict::NoNewAccess => ("NOTE", "No new access".to_owned()),
        Verdict::NewAccess(_) => ("CAUTION", "New access".to_owned()),
        Verdict::Inconclusive(_) => ("WARNING", "Inconclusive, which counts as new access".to_owned()),
    };
    let mut text = format!(
        "## Access: {} against {}\n\n> [!{alert}]\n> **{verdict}**{}\n",
        code(&compared.new.name),
        code(&compared.old.name),
        explained(compared)
    );
    for (title, (_, change, file)) in ["Added", "Removed"].into_iter().zip(compared.directions()) {
        section(title, change, file, compared.catalog, &mut text);
    }
    let scope =
        if compared.service_aware { "actions and resources that exist" } else { "everything that can be written" };
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "\n<sub>Compared exactly as {} policies, over {scope}, by leastwise.</sub>",
        compared.kind.as_str()
    );
    text
}

fn explained(compared: &Compared<'_>) -> String {
    let (added, removed) = (&compared.difference.added, &compared.difference.removed);
    match (&added.verdict, &removed.verdict) {
        (Verdict::NewAccess(witness), _) => format!(
            ": {} may {} on {}, and could not before.",
            code(caller(witness)),
            code(witness.action()),
            code(witness.resource())
        ),
        (Verdict::Inconclusive(doubt), _) => format!(": {}.", code(&doubt.to_string())),
        (Verdict::NoNewAccess, Verdict::NoNewAccess) => ", and none removed: both allow exactly the same.".to_owned(),
        (Verdict::NoNewAccess, _) => ": whatever the new policy allows, the old one allows too.".to_owned(),
    }
}

fn section(title: &str, change: &Change, file: &PolicyFile, catalog: &Catalog, text: &mut String) {
    if let Verdict::Inconclusive(doubt) = &change.verdict {
        let _ = writeln!(text, "\n### {title}\n\nInconclusive: {}.", code(&doubt.to_string()));
    }
    if change.blocks.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n### {title}\n\n| Statement of {} | Allows | Under | Such as |\n|---|---|---|---|",
        code(&file.name)
    );
    for (shown, block) in change.blocks.iter().enumerate() {
        let row = row(block, extent(title, block), file, catalog);
        if text.len() + row.len() > ROOM {
            let _ = writeln!(text, "\n... and {} more (`--format json` holds all).", change.blocks.len() - shown);
            break;
        }
        let _ = writeln!(text, "{row}");
    }
}

fn row(block: &Block, extent: &str, file: &PolicyFile, catalog: &Catalog) -> String {
    let (sid, place) = source(block, file);
    let name = sid.map_or_else(|| block.statement.to_string(), |sid| code(&sid));
    let allows: Vec<String> = elements(block, file, catalog)
        .into_iter()
        .map(|element| {
            let title = if element.name.starts_with("Not") { format!("**{}** ", element.name) } else { String::new() };
            title + &listed(&element.values)
        })
        .collect();
    let witness = &block.witness;
    let mut request =
        vec![code(caller(witness)), format!("{} on {}", code(witness.action()), code(witness.resource()))];
    request.extend(circumstances(block).iter().map(|circumstance| format!("with {}", code(circumstance))));
    format!(
        "| {name}, line {} ({extent}) | {} | {} | {} |",
        place.line,
        allows.join("<br>on "),
        listed(&conditions(block)),
        request.join("<br>")
    )
}

fn listed(values: &[String]) -> String {
    let mut shown: Vec<String> = values.iter().take(VALUES).map(|value| code(value)).collect();
    if values.len() > VALUES {
        shown.push(format!("and {} more", values.len() - VALUES));
    }
    shown.join("<br>")
}
