//! `leastwise analyze`: CloudTrail -> usage, and an honest account of what was not counted.

use super::fill;
use crate::analysis::{Analysis, Reading};
use crate::arguments::{AnalyzeArguments, AnalyzeFormat};
use crate::failure::Failure;
use crate::input::read::{Input, Progress, Question, Seen, read};
use crate::input::{self, Window, files, s3};
use crate::output;
use comfy_table::{CellAlignment, Table};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Duration;
use trail::{Outcome, PrincipalKind};
use usage::{Rows, Usage, stat};

pub fn run(arguments: AnalyzeArguments) -> Result<ExitCode, Failure> {
    if let Some(store) = &arguments.store {
        return fill::run(&arguments.input, store);
    }
    let window = Window::parse(arguments.start.as_deref(), arguments.end.as_deref())?;
    let catalog = input::catalog::open(arguments.catalog.as_deref())?;
    let question =
        Question { window, principal: arguments.principal.as_deref(), catalog: &catalog, strict: arguments.strict };
    let jobs = arguments.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));

    let (in_s3, local): (Vec<String>, Vec<String>) =
        arguments.input.iter().cloned().partition(|input| input.starts_with("s3://"));
    let expanded = files::expand(&local, &window)?;
    let seen = Seen::default();
    let (mut usage, mut reading) = counted(&expanded.files, expanded.bytes, &question, &seen, jobs);
    reading.skipped = expanded.skipped;
    reading.problems.extend(expanded.problems);
    if !in_s3.is_empty() && (!arguments.strict || reading.problems.is_empty()) {
        let listed = s3::list(&in_s3, &window)?;
        let (more, read) = counted(&listed.objects, listed.bytes, &question, &seen, jobs * s3::CONCURRENT_READS);
        usage.merge(&more);
        reading.merge(read);
        reading.skipped.add(&listed.skipped);
    }

    reading.problems.sort_unstable();
    for problem in &reading.problems {
        output::tell(&format!(
            "warning: `{}` at byte {}: {}",
            output::one_line(&problem.file),
            problem.offset,
            output::one_line(&problem.reason)
        ));
    }
    let incomplete = !reading.problems.is_empty();
    if incomplete && arguments.strict {
        return Err(Failure::invalid(
            "a file could not be read whole, and nothing was written",
            "leave --strict out to keep what is good",
        ));
    }
    if reading.files.is_empty() {
        let what = if incomplete { "no file could be read" } else { "no CloudTrail files were found" };
        return Err(Failure::invalid(what, reading.skipped.hint()));
    }
    let mut analysis = Analysis::new(&catalog);
    analysis.start = window.start.map(stat::format_time);
    analysis.end = window.end.map(stat::format_time);
    analysis.principal = arguments.principal;
    analysis.reading = reading;
    analysis.rows = usage.rows();
    if let Some(glob) = &analysis.principal
        && analysis.rows.totals.events == 0
        && analysis.reading.other_principals > 0
    {
        output::tell(&format!("warning: no principal matches `{glob}`"));
        output::tell("hint: a glob matches an ARN, its last part, or a permission set's name");
    }
    if let Some(path) = &arguments.output {
        output::write(path, &analysis.to_json()?)?;
    }
    match arguments.format {
        AnalyzeFormat::Human => output::print(&report(&analysis))?,
        AnalyzeFormat::Json => output::print(&output::safe_source(&analysis.to_json()?))?,
    }
    Ok(ExitCode::from(if incomplete { 2 } else { 0 }))
}

/// Reads with a progress bar, on a terminal.
fn counted<I: Input>(inputs: &[I], bytes: u64, question: &Question<'_>, seen: &Seen, jobs: usize) -> (Usage, Reading) {
    let progress = Progress::default();
    let bar = ProgressBar::with_draw_target(
        Some(bytes),
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
    );
    if let Ok(style) = ProgressStyle::with_template("{bar:40.cyan} {bytes}/{total_bytes} {bytes_per_sec} {eta}") {
        bar.set_style(style);
    }
    if bar.is_hidden() {
        return read(inputs, question, seen, jobs, &progress);
    }
    std::thread::scope(|scope| {
        let (done, waiting) = std::sync::mpsc::channel::<()>();
        let (bar, watched) = (&bar, progress.clone());
        scope.spawn(move || {
            while waiting.recv_timeout(Duration::from_millis(100)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                bar.set_position(watched.load(Ordering::Relaxed));
            }
            bar.finish_and_clear();
        });
        let result = read(inputs, question, seen, jobs, &progress);
        drop(done);
        result
    })
}

/// Rows shown of each table; the analysis holds all.
const SHOWN: usize = 15;

fn report(analysis: &Analysis) -> String {
    let (rows, reading) = (&analysis.rows, &analysis.reading);
    let mut text = format!("{}\n", principals(rows));
    for table in [services(rows), denied(rows), unknown(rows)].into_iter().flatten() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\n{table}");
    }
    let _ = writeln!(text, "\n{}", account(rows, reading));
    text
}

/// Principals by how many events they caused, most first.
fn busiest(rows: &Rows) -> Vec<(PrincipalKind, String, u64)> {
    let mut principals: BTreeMap<&str, (PrincipalKind, u64)> = BTreeMap::new();
    for row in &rows.principals {
        principals.entry(&row.principal).or_insert((row.kind, 0)).1 += row.events;
    }
    let mut sorted: Vec<_> =
        principals.into_iter().map(|(name, (kind, events))| (kind, name.to_owned(), events)).collect();
    sorted.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
    sorted
}

/// A table with a title in its first column's header; the other columns hold numbers.
fn counts(columns: &[&str], texts: usize) -> Table {
    let mut table = output::table(columns);
    for column in table.column_iter_mut().skip(texts) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn principals(rows: &Rows) -> Table {
    let mut table = counts(&["Principal", "Events", "Actions", "Resources", "Denied", "Last seen"], 1);
    let busiest = busiest(rows);
    for (kind, arn, events) in busiest.iter().take(SHOWN) {
        let mut actions = std::collections::BTreeSet::new();
        let mut resources = std::collections::BTreeSet::new();
        let (mut denied, mut last) = (0, "");
        for row in rows.usage.iter().filter(|row| row.principal == *arn) {
            if row.outcome == Outcome::Denied {
                denied += row.stat.calls;
            } else {
                actions.insert(&row.action);
                resources.insert(&row.resource);
            }
            last = last.max(row.stat.last_seen.as_deref().unwrap_or(""));
        }
        table.add_row([
            short_name(*kind, arn),
            grouped(*events),
            grouped(actions.len() as u64),
            grouped(resources.len() as u64),
            if denied > 0 { grouped(denied) } else { String::new() },
            last.get(..DATE).unwrap_or(last).to_owned(),
        ]);
    }
    more(&mut table, busiest.len());
    table
}

/// Characters of the day in an RFC 3339 time.
const DATE: usize = 10;

/// `111122223333:role/name` of a role or user, so that a row fits in a terminal; other principals with their kind.
fn short_name(kind: PrincipalKind, arn: &str) -> String {
    let in_iam = arn.strip_prefix("arn:").and_then(|arn| arn.split_once(":iam::")).map(|(_, name)| name);
    output::one_line(&match (trail::map::display_name(kind, arn), in_iam) {
        (name, _) if name != arn => name.into_owned(),
        (_, Some(name)) => name.to_owned(),
        (_, None) if arn.is_empty() => format!("(not told) ({})", kind.name()),
        (_, None) => format!("{arn} ({})", kind.name()),
    })
}

fn services(rows: &Rows) -> Option<Table> {
    let mut services: BTreeMap<&str, (std::collections::BTreeSet<&str>, std::collections::BTreeSet<&str>, u64)> =
        BTreeMap::new();
    for row in rows.usage.iter().filter(|row| row.outcome != Outcome::Denied) {
        let (service, action) = row.action.split_once(':').unwrap_or(("", &row.action));
        let (actions, principals, uses) = services.entry(service).or_default();
        actions.insert(action);
        principals.insert(&row.principal);
        *uses += row.stat.calls;
    }
    let mut sorted: Vec<_> = services.into_iter().collect();
    sorted.sort_by(|a, b| b.1.2.cmp(&a.1.2).then_with(|| a.0.cmp(b.0)));
    let mut table = counts(&["Service", "Uses", "Actions", "Principals"], 1);
    for (service, (actions, principals, uses)) in sorted.iter().take(SHOWN) {
        table.add_row([
            (*service).to_owned(),
            grouped(*uses),
            grouped(actions.len() as u64),
            grouped(principals.len() as u64),
        ]);
    }
    more(&mut table, sorted.len());
    (!sorted.is_empty()).then_some(table)
}

fn denied(rows: &Rows) -> Option<Table> {
    let mut denied: Vec<_> = rows.usage.iter().filter(|row| row.outcome == Outcome::Denied).collect();
    let kinds: BTreeMap<&str, PrincipalKind> =
        rows.principals.iter().map(|row| (row.principal.as_str(), row.kind)).collect();
    denied.sort_by(|a, b| {
        b.stat.calls.cmp(&a.stat.calls).then_with(|| (&a.principal, &a.action).cmp(&(&b.principal, &b.action)))
    });
    let mut table = counts(&["Asked for and refused", "On", "By", "Times"], 3);
    for row in denied.iter().take(SHOWN) {
        let by = kinds
            .get(row.principal.as_str())
            .map_or_else(|| output::one_line(&row.principal), |kind| short_name(*kind, &row.principal));
        table.add_row([output::one_line(&row.action), output::one_line(&row.resource), by, grouped(row.stat.calls)]);
    }
    more(&mut table, denied.len());
    (!denied.is_empty()).then_some(table)
}

fn unknown(rows: &Rows) -> Option<Table> {
    let mut unknown: Vec<_> = rows.unknown.iter().collect();
    unknown.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.cmp(b)));
    let mut table = counts(&["Unknown event", "Why", "Times"], 2);
    for row in unknown.iter().take(SHOWN) {
        let source = row.source.strip_suffix(".amazonaws.com").unwrap_or(&row.source);
        table.add_row([
            output::one_line(&format!("{source} {}", row.name)),
            output::one_line(&row.reason),
            grouped(row.events),
        ]);
    }
    more(&mut table, unknown.len());
    (!unknown.is_empty()).then_some(table)
}

/// What was read, and where every event of it went.
fn account(rows: &Rows, reading: &Reading) -> Table {
    let totals = rows.totals;
    let records: u64 = reading.files.values().map(|file| file.records).sum();
    let mut table = counts(&["Account", ""], 1);
    let mut line = |name: &str, count: u64, always: bool| {
        if always || count > 0 {
            table.add_row([name.to_owned(), grouped(count)]);
        }
    };
    line("files read", reading.files.len() as u64, true);
    line("files skipped: digests", reading.skipped.digest, false);
    line("files skipped: Insights events", reading.skipped.insight, false);
    line("files skipped: other days", reading.skipped.outside_window, false);
    line("files skipped: no trail", reading.skipped.other, false);
    line("places that could not be read", reading.problems.len() as u64, false);
    line("events read", records, true);
    line("  delivered before (duplicates)", reading.duplicates, true);
    line("  outside the time asked about", reading.outside_window, false);
    line("  of other principals", reading.other_principals, false);
    line("  counted", totals.events, true);
    line("    allowed", totals.allowed, true);
    line("    failed, though allowed", totals.failed, true);
    line("    denied", totals.denied, true);
    line("    needed no permission", totals.nothing, true);
    line("    unknown", totals.unknown, true);
    line("digests, Insights and test messages among them", reading.other_items, false);
    table
}

fn more(table: &mut Table, count: usize) {
    if count > SHOWN {
        table.add_row([format!("... and {} more (in the analysis)", count - SHOWN)]);
    }
}

/// `1234567` -> `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
