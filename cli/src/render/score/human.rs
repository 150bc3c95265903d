//! For reading: the score as a bar, and what it is made of.

use super::{DRIVERS, Scored, told};
use crate::output::one_line;
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// Ways to more access that are shown.
const PATHS: usize = 12;

pub fn render(files: &[Scored]) -> String {
    let mut text = String::new();
    for file in files {
        one(file, &mut text);
    }
    text
}

fn one(file: &Scored, text: &mut String) {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let reviewed = &file.reviewed;
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{bold}{}{bold:#} ({} policy)\n", one_line(&reviewed.name), reviewed.policy_type);
    if !file.is_readable() {
        let _ = writeln!(text, "  IAM takes no such document, so there is no score: {}\n", reviewed.summary());
        return;
    }
    let score = usize::from(file.score.score);
    let style = style(file.score.score);
    let (full, empty) = ("█".repeat(score), "░".repeat(10 - score));
    let _ = writeln!(text, "  {style}{score:>2}/10  {full}{style:#}{dim}{empty}{dim:#}  risk {}/100", file.score.risk);
    let breakdown = &file.score.breakdown;
    let _ = writeln!(
        text,
        "  {dim}actions alone {}, resources take away {}, conditions {}, denies {}{dim:#}\n",
        breakdown.actions, breakdown.resources, breakdown.conditions, breakdown.effect
    );
    let drivers = file.score.drivers.iter().take(DRIVERS).filter(|driver| driver.risk > 0);
    for driver in drivers {
        let what = format!("{} in {}", driver.capability.as_str().replace('-', " "), driver.service);
        let _ = writeln!(text, "  {:>3}  {what:34} {}", driver.risk, told(driver));
    }
    if !file.escalations.is_empty() {
        let _ = writeln!(text, "\n  {bold}Ways to more access{bold:#}");
        for path in file.escalations.iter().take(PATHS) {
            let _ = writeln!(text, "    {} {dim}({}){dim:#}", path.title, path.actions.join(", "));
        }
        let more = file.escalations.len().saturating_sub(PATHS);
        if more > 0 {
            let _ = writeln!(text, "    and {more} more");
        }
    }
    let _ = writeln!(text, "\n  {} {dim}(leastwise validate shows where){dim:#}", reviewed.summary());
    if let Some(better) = &file.better {
        let score = file.better_score.as_ref().map_or(0, |score| score.score);
        let _ = writeln!(
            text,
            "  a better version: {} fixes, {}, {score}/10 {dim}(--fixed FILE writes it){dim:#}",
            better.applied.len(),
            better.effect.replace('-', " ")
        );
    }
    if let Some((model, advice)) = &file.advice {
        let _ = writeln!(text, "\n  {bold}{} says{bold:#} {dim}(checked; it grades nothing){dim:#}", one_line(model));
        for line in advice.explanation.iter().flat_map(|explanation| explanation.lines()) {
            let _ = writeln!(text, "    {}", one_line(line));
        }
        if let Some(proposal) = &advice.proposal {
            let _ = writeln!(text, "  It proposes, and it is proved to be narrower:");
            for line in format!("{:#}", proposal.policy).lines() {
                let _ = writeln!(text, "    {}", one_line(line));
            }
        }
        for note in &advice.notes {
            let _ = writeln!(text, "  note: {}", one_line(note));
        }
    }
    text.push('\n');
}

fn style(score: u8) -> Style {
    let colour = match score {
        1..=3 => AnsiColor::Red,
        4..=6 => AnsiColor::Yellow,
        _ => AnsiColor::Green,
    };
    colour.on_default().bold()
}
