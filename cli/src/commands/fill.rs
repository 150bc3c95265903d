//! `leastwise analyze --store`: files of a trail into a store, each once.

use crate::failure::Failure;
use crate::input::files::{self, Source};
use crate::input::read::Input;
use crate::input::{Window, s3};
use crate::{output, sample};
use ::store::{Contribution, Error, Ingested, Object, Store, embedded};
use indicatif::ProgressBar;
use std::io::{IsTerminal, Read};
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::runtime::Runtime;
use xxhash_rust::xxh3::xxh3_128;

/// What was added.
#[derive(Debug, Default)]
struct Added {
    files: u64,
    before: u64,
    events: u64,
    unknown: u64,
    problems: u64,
}

pub fn run(inputs: &[String], path: &Path) -> Result<ExitCode, Failure> {
    let (in_s3, local): (Vec<String>, Vec<String>) =
        inputs.iter().cloned().partition(|input| input.starts_with("s3://"));
    let expanded = files::expand(&local, &Window::default())?;
    let listed = if in_s3.is_empty() { None } else { Some(s3::list(&in_s3, &Window::default())?) };
    let objects = listed.as_ref().map(|listed| listed.objects.as_slice()).unwrap_or_default();
    if expanded.files.is_empty() && objects.is_empty() {
        return Err(Failure::invalid("no CloudTrail files were found", expanded.skipped.hint()));
    }
    let runtime = runtime()?;
    let store = runtime.block_on(embedded::open(Some(path))).map_err(failed)?;
    let bar = if std::io::stderr().is_terminal() {
        ProgressBar::new((expanded.files.len() + objects.len()) as u64)
    } else {
        ProgressBar::hidden()
    };
    let mut added = Added::default();
    for file in &expanded.files {
        add::<Source>(&store, file, &runtime, &mut added)?;
        bar.inc(1);
    }
    for object in objects {
        add(&store, object, &runtime, &mut added)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    runtime.block_on(store.fold()).map_err(failed)?;
    output::print(&format!(
        "{} files added with {} events, {} of them unknown; {} files had been added before\n",
        added.files, added.events, added.unknown, added.before
    ))?;
    Ok(ExitCode::from(if added.problems > 0 { 2 } else { 0 }))
}

/// Adds one file. It is known by its bytes, wherever it stands.
fn add<I: Input>(store: &Store, input: &I, runtime: &Runtime, added: &mut Added) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    let name = input.name();
    let read = input.open().and_then(|mut open| {
        open.read_to_end(&mut bytes).map_err(|error| Failure::invalid(format!("cannot read `{name}`: {error}"), ""))
    });
    if let Err(failure) = read {
        output::tell(&format!("warning: {}", failure.with_cause()));
        added.problems += 1;
        return Ok(());
    }
    let contribution = Contribution::read(bytes.as_slice(), catalog::builtin());
    for (offset, reason) in &contribution.reading.problems {
        output::tell(&format!("warning: `{}` at byte {offset}: {}", output::one_line(&name), output::one_line(reason)));
        added.problems += 1;
    }
    let more = contribution.reading.more_problems;
    if more > 0 {
        output::tell(&format!("warning: `{}` has {more} more", output::one_line(&name)));
        added.problems += more;
    }
    match runtime.block_on(store.ingest(&known_by(&bytes), &contribution, now())).map_err(failed)? {
        Ingested::Counted => {
            added.files += 1;
            added.events += contribution.reading.events;
            added.unknown += contribution.reading.unknown;
        }
        Ingested::Before => added.before += 1,
    }
    Ok(())
}

/// Adds the sample trail.
pub async fn add_sample(store: &Store) -> Result<(), Error> {
    for (_, bytes) in sample::OBJECTS {
        let object = known_by(bytes);
        if !store.has(&object).await? {
            store.ingest(&object, &Contribution::read(*bytes, catalog::builtin()), now()).await?;
        }
    }
    store.fold().await.map(|_| ())
}

fn known_by(bytes: &[u8]) -> Object {
    let hash = format!("{:032x}", xxh3_128(bytes));
    Object { bucket: "file".to_owned(), key: hash, version: String::new() }
}

fn now() -> i64 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

pub fn runtime() -> Result<Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| Failure::invalid(format!("no threads could be started: {error}"), ""))
}

pub fn failed(error: Error) -> Failure {
    let hint = match &error {
        Error::Open { .. } => "name a file that `analyze --store` or `serve --store` made, or one that does not exist",
        _ => "",
    };
    Failure::invalid(error.to_string(), hint)
}
