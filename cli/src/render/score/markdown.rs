//! Markdown, for a pull request.

use super::{DRIVERS, Scored, told};
use crate::render::markdown::{cell, code};
use std::fmt::Write;

pub fn render(files: &[Scored]) -> String {
    let mut text = String::from("# Policy score\n");
    for file in files {
        one(file, &mut text);
    }
    text
}

fn one(file: &Scored, text: &mut String) {
    let reviewed = &file.reviewed;
    // Writing to a String cannot fail.
    let _ = writeln!(text, "\n## {}\n", code(&reviewed.name));
    if !file.is_readable() {
        let _ = writeln!(text, "IAM takes no such document, so there is no score: {}.", reviewed.summary());
        return;
    }
    let breakdown = &file.score.breakdown;
    let _ = writeln!(
        text,
        "**{}/10**, risk {}/100, {} policy. Actions alone give {}; resources take away {}, conditions {}, denies {}. {}.",
        file.score.score,
        file.score.risk,
        reviewed.policy_type,
        breakdown.actions,
        breakdown.resources,
        breakdown.conditions,
        breakdown.effect,
        reviewed.summary()
    );
    text.push_str("\n| risk | what | actions |\n|---|---|---|\n");
    for driver in file.score.drivers.iter().take(DRIVERS).filter(|driver| driver.risk > 0) {
        let what = format!("{} in {}", driver.capability.as_str().replace('-', " "), driver.service);
        let _ = writeln!(text, "| {} | {what} | {} |", driver.risk, cell(&told(driver)));
    }
    if !file.escalations.is_empty() {
        text.push_str("\nWays to more access:\n\n");
        for path in &file.escalations {
            let _ = writeln!(text, "- {} (`{}`)", cell(&path.title), path.actions.join("`, `"));
        }
    }
    if let Some((model, advice)) = &file.advice {
        let _ = writeln!(text, "\nWhat {} says (checked; it grades nothing):\n", code(model));
        for line in advice.explanation.iter().flat_map(|explanation| explanation.lines()) {
            let _ = writeln!(text, "> {}", cell(line));
        }
        for note in &advice.notes {
            let _ = writeln!(text, "\nNote: {}.", cell(note));
        }
        if let Some(proposal) = &advice.proposal {
            let _ = writeln!(text, "\nIts proposal, proved to be narrower:\n\n```json\n{:#}\n```", proposal.policy);
        }
    }
    if let Some(better) = &file.better {
        let score = file.better_score.as_ref().map_or(0, |score| score.score);
        let _ = writeln!(
            text,
            "\nA better version has {score}/10, proved to allow nothing new ({}):\n\n```json\n{:#}\n```",
            better.effect.replace('-', " "),
            better.policy
        );
    }
}
