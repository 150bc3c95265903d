//! `compare`: leastwise beside the limit and beside trailscraper, in one run, on the same kind of trail.
//!
//! It measures and prints; it never fails for a number. What cannot be measured (no program built, no Python, no
//! network for PyPI) is said, and the rest goes on.

mod program;
mod trailscraper;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use leastwise_benches::delivery::deliver;
use leastwise_benches::limit;
use leastwise_benches::pipeline::Pipeline;
use leastwise_benches::random::Random;
use leastwise_benches::trail::{Profile, Trail};

use crate::program::Cost;

/// Measures leastwise beside the limit and trailscraper, and prints the ratios.
#[derive(Parser)]
struct Arguments {
    /// How many records.
    #[arg(long, default_value_t = 200_000)]
    events: u64,
    /// Of how many principals.
    #[arg(long, default_value_t = 8)]
    principals: u64,
    /// In how many delivery files; memory is measured with ten times as many too.
    #[arg(long, default_value_t = 200)]
    files: u64,
    /// Leaves out trailscraper on the same files, which takes minutes; on a twentieth of the events it runs anyway.
    #[arg(long)]
    quick: bool,
    /// The program `leastwise`; the one built beside this one otherwise.
    #[arg(long)]
    leastwise: Option<PathBuf>,
    /// A folder for trails and Python packages; kept, so that the next run is quick.
    #[arg(long)]
    work: Option<PathBuf>,
}

/// Each time is the best of so many.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    match compare(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn compare(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let Arguments { events, principals, files, .. } = *arguments;
    let work = arguments.work.clone().unwrap_or_else(|| std::env::temp_dir().join("leastwise-compare"));
    let trail = Trail { profile: Profile::Load, events, principals, seed: 1 };
    let (few, many) = (made(trail, files, &work)?, made(trail, files * 10, &work)?);
    let part = (events / 20).max(100);
    let twentieth = made(Trail { events: part, ..trail }, (files / 20).max(2), &work)?;

    let delivered = files_below(&few)?;
    let gzip = delivered.iter().filter_map(|path| fs::metadata(path).ok()).map(|file| file.len()).sum::<u64>();
    println!(
        "{events} events of {principals} principals in {} files, {:.1} MB of gzip",
        delivered.len(),
        megabytes(gzip)
    );
    println!("best of {ROUNDS} runs, one core unless said otherwise\n");
    let began = Instant::now();
    // The first call loads; every later one finds it loaded.
    catalog::builtin();
    let loaded = began.elapsed().as_secs_f64() * 1e3;

    let bound = limit_speed(&delivered)?;
    println!("{:<52}{bound:>12.0} events/s", "limit: gunzip + borrowed decode");
    let own = pipeline_speed(&delivered)?;
    println!("{:<52}{own:>12.0} events/s", "leastwise: from gzip bytes to usage");
    let theirs_on_part = told(&format!("{part} events"), trailscraper::speed(&twentieth, &work));
    let theirs = if arguments.quick { Err("--quick".to_owned()) } else { trailscraper::speed(&few, &work) };
    let theirs = told("the same files", theirs);
    let program = arguments.leastwise.clone().or_else(program::beside_this_one);
    let run = |input: &Path, jobs: u32| -> Result<Cost, String> {
        let program = program.as_deref().ok_or("the program is not built: `cargo build --release -p leastwise`")?;
        program::analyze(program, input, jobs, ROUNDS, &work)
    };
    let (one, two, spread, on_part) = (run(&few, 1), run(&few, 2), run(&many, 1), run(&twentieth, 1));
    let speed = |cost: &Result<Cost, String>| cost.as_ref().ok().map(|cost| per_second(events, cost.time));
    for (name, cost) in [("leastwise analyze --jobs 1", &one), ("leastwise analyze --jobs 2 (two cores)", &two)] {
        match cost {
            Ok(cost) => println!("{name:<52}{:>12.0} events/s", per_second(events, cost.time)),
            Err(reason) => println!("{name}: not measured, {reason}"),
        }
    }

    println!("\n{:<52}{:>12}   asked", "", "measured");
    let ratio = |above: Option<f64>, below: Option<f64>| above.zip(below).map(|(above, below)| above / below);
    print("leastwise, from bytes to usage / limit", ratio(Some(own), Some(bound)), "", "at least 0.5");
    print("the whole program / limit", ratio(speed(&one), Some(bound)), "", "-");
    print("the whole program / trailscraper, the same files", ratio(speed(&one), theirs), "", "at least 100");
    let part_speed = on_part.ok().map(|cost| per_second(part, cost.time));
    print(&format!("leastwise / trailscraper, {part} events"), ratio(part_speed, theirs_on_part), "", "-");
    print("the catalog, loaded", Some(loaded), " ms", "under 1");
    print("two cores / one core", ratio(speed(&two), speed(&one)), "", "at least 1.7");
    let peak = |cost: &Result<Cost, String>| cost.as_ref().ok().map(|cost| megabytes(cost.peak));
    print(&format!("peak memory, {files} files"), peak(&one), " MB", "under 64");
    print(
        &format!("peak memory, the same events in {} files", files * 10),
        peak(&spread),
        " MB",
        "under 64, no growth",
    );
    print("peak memory, two cores", peak(&two), " MB", "under 64");
    Ok(())
}

/// Prints what trailscraper reached on `input`.
fn told(input: &str, speed: Result<f64, String>) -> Option<f64> {
    let name = format!("trailscraper {}, {input}", trailscraper::VERSION);
    match &speed {
        Ok(speed) => println!("{name:<52}{speed:>12.0} events/s"),
        Err(reason) => println!("{name}: not measured, {reason}"),
    }
    speed.ok()
}

fn print(name: &str, value: Option<f64>, unit: &str, asked: &str) {
    match value {
        Some(value) => println!("{name:<52}{:>12}   {asked}", format!("{value:.2}{unit}")),
        None => println!("{name:<52}{:>12}   {asked}", "-"),
    }
}

/// The trail in `files` files below `work`, made unless an earlier run made it.
fn made(trail: Trail, files: u64, work: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let Trail { events, principals, .. } = trail;
    // The name tells what the generator makes, so that a trail of an older generator is not taken for this one's.
    let start = trail.entries().take(2_000).map(|entry| entry.json).collect::<String>();
    let mark = Random::named(&start).hex(8);
    let folder = work.join(format!("trail-{events}-{principals}-{files}-{mark}"));
    if !folder.is_dir() {
        eprintln!("making {events} events in {files} files");
        // Under another name until it is complete: an interrupted run must not leave half a trail behind.
        let unfinished = work.join("unfinished");
        if unfinished.is_dir() {
            fs::remove_dir_all(&unfinished)?;
        }
        deliver(trail, files, &unfinished)?;
        fs::rename(&unfinished, &folder)?;
    }
    Ok(folder)
}

/// The delivery files below `folder`, without digest and Insights files.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if name.contains("_CloudTrail_") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn limit_speed(files: &[PathBuf]) -> Result<f64, std::io::Error> {
    let mut best = 0.0_f64;
    for _ in 0..ROUNDS {
        let mut text = Vec::new();
        let mut events = 0;
        let began = Instant::now();
        for file in files {
            events += limit::decode(&fs::read(file)?, &mut text)?;
        }
        best = best.max(per_second(events as u64, began.elapsed()));
    }
    Ok(best)
}

fn pipeline_speed(files: &[PathBuf]) -> Result<f64, std::io::Error> {
    let mut best = 0.0_f64;
    for _ in 0..ROUNDS {
        let mut pipeline = Pipeline::default();
        let mut events = 0;
        let began = Instant::now();
        for file in files {
            events += pipeline.count(&fs::read(file)?);
        }
        best = best.max(per_second(events, began.elapsed()));
        if pipeline.entries() == 0 {
            return Err(std::io::Error::other("the pipeline counted nothing"));
        }
    }
    Ok(best)
}

fn per_second(events: u64, time: Duration) -> f64 {
    events as f64 / time.as_secs_f64()
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
