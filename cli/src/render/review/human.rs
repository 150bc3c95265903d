//! For reading: each finding with the lines that it is about.

use crate::output::{one_line, safe};
use crate::reviewed::Reviewed;
use anstyle::{AnsiColor, Style};
use policy::Place;
use review::{Finding, Location, Severity, rule};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Characters of a line that are shown: a minified policy is one line.
const WIDTH: usize = 100;

pub fn render(files: &[Reviewed]) -> String {
    let mut text = String::new();
    // What a rule says is said once.
    let mut explained = BTreeSet::new();
    for file in files {
        for finding in &file.findings.open {
            one(finding, file, explained.insert(finding.code), &mut text);
        }
    }
    for file in files {
        let accepted = match file.findings.accepted.len() {
            0 => String::new(),
            count => format!(" ({count} accepted)"),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}: {}{accepted}, {} policy", one_line(&file.name), file.summary(), file.policy_type);
    }
    text
}

fn one(finding: &Finding, file: &Reviewed, explain: bool, text: &mut String) {
    let (style, bold) = (style(finding.severity), Style::new().bold());
    let _ = writeln!(
        text,
        "{style}{}[{}]{style:#}{bold}: {}{bold:#}",
        finding.severity.as_str(),
        finding.code,
        one_line(&finding.message)
    );
    let margin = frame(&finding.location, file, style, text);
    let dim = Style::new().dimmed();
    let mut note = |title: &str, what: &str| {
        let _ = writeln!(text, "{:margin$} {dim}={dim:#} {title}{}", "", one_line(what));
    };
    if let (true, Some(rule)) = (explain, rule(finding.code)) {
        note("why: ", rule.why);
        note("instead: ", rule.instead);
    }
    if let Some(fix) = &finding.fix {
        note("fix: ", &fix.title);
    }
    text.push('\n');
}

/// The line that a finding is about, with a mark below what it is about. Gives the width of the margin.
fn frame(location: &Location, file: &Reviewed, style: Style, text: &mut String) -> usize {
    let Place { line, column } = location.place;
    let dim = Style::new().dimmed();
    let margin = line.to_string().len().max(1);
    let name = one_line(&file.name);
    let path = if location.path.is_empty() { String::new() } else { format!(" ({})", one_line(&location.path)) };
    let Some(source) = file.text.lines().nth(line.wrapping_sub(1)) else {
        let _ = writeln!(text, "{:margin$}{dim}-->{dim:#} {name}{path}", "");
        return margin;
    };
    let _ = writeln!(text, "{:margin$}{dim}-->{dim:#} {name}:{line}:{column}{path}", "");
    let first = column.saturating_sub(1);
    // A window that starts before the mark, so that what is marked is seen in its context.
    let skipped = if source.chars().count() <= WIDTH { 0 } else { first.saturating_sub(WIDTH / 3) };
    // What could steer the terminal is one character here, so that the mark stays below what it marks.
    let shown: String = source.chars().skip(skipped).take(WIDTH).map(harmless).collect();
    let length = match location.end.line == line {
        // A mark below everything marks nothing.
        true if location.path.is_empty() => 1,
        true => location.end.column.saturating_sub(column),
        false => source.chars().count().saturating_sub(first),
    };
    let length = length.clamp(1, (shown.chars().count() + skipped).saturating_sub(first).max(1));
    let _ = writeln!(text, "{dim}{line:margin$} |{dim:#} {shown}");
    let marks = "^".repeat(length);
    let _ = writeln!(text, "{:margin$} {dim}|{dim:#} {}{style}{marks}{style:#}", "", " ".repeat(first - skipped));
    margin
}

fn harmless(character: char) -> char {
    match character {
        '\t' => ' ',
        _ if safe(character.to_string()).chars().count() == 1 => character,
        _ => '\u{fffd}',
    }
}

fn style(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::SecurityWarning => AnsiColor::Magenta,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Suggestion => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}
