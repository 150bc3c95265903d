//! `review`: what looking at a policy costs, and how the scores of a corpus are spread: what the constants are calibrated by.
//!
//! It measures and prints; it never fails for a number. What cannot be measured (no Python, no network for PyPI) is said, and
//! the rest goes on.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use clap::Parser;
use leastwise_benches::managed::{self, Managed};
use review::{Inventory, PolicyType, escalations, validate};

/// Validates and scores AWS's managed policies, beside parliament and cloudsplaining.
#[derive(Parser)]
struct Arguments {
    /// Policies in place of AWS's: lines of `{"id", "policy"}`, gzip or not.
    #[arg(long)]
    policies: Option<PathBuf>,
    /// Leave the peers out.
    #[arg(long)]
    alone: bool,
    /// A folder for what is downloaded; kept, so that the next run is quick.
    #[arg(long)]
    work: Option<PathBuf>,
}

/// Each time is the best of so many.
const ROUNDS: usize = 3;

/// What the peers are, by PyPI's names.
const PEERS: [&str; 2] = ["parliament==1.6.4", "cloudsplaining==0.9.0"];

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let work = arguments.work.clone().unwrap_or_else(|| std::env::temp_dir().join("leastwise-evaluate"));
    fs::create_dir_all(&work)?;
    let policies = managed::policies(arguments.policies.as_deref(), &work)?;
    let texts: Vec<String> = policies.iter().map(|one| policy::to_value(&one.document).to_string()).collect();
    let inventory = Inventory::new(catalog::builtin());
    println!("{} policies, best of {ROUNDS} rounds, one core", policies.len());

    let validated =
        best(|| texts.iter().map(|text| validate(text, PolicyType::Identity, catalog::builtin()).findings.len()).sum());
    let escalated = best(|| {
        let open = |one: &Managed| {
            let access = inventory.access(std::slice::from_ref(&one.document), PolicyType::Identity, &[]);
            escalations(&access).len()
        };
        policies.iter().map(open).sum()
    });
    let mut spread: BTreeMap<u8, usize> = BTreeMap::new();
    let scored = best(|| {
        spread.clear();
        for one in &policies {
            let score = inventory.score(std::slice::from_ref(&one.document), PolicyType::Identity, &[]);
            *spread.entry(score.score).or_default() += 1;
        }
        spread.len()
    });
    let all = validated + escalated + scored;
    println!(
        "validate {validated:.2?}, escalation paths {escalated:.2?}, score {scored:.2?}: {all:.2?} (asked: under 1 s)"
    );

    println!("\nscores");
    for score in 1..=10 {
        let count = spread.get(&score).copied().unwrap_or_default();
        let percent = 100 * count / policies.len().max(1);
        println!("{score:>4}  {count:>5}  {percent:>3} %  {}", "#".repeat(percent));
    }
    let largest = spread.values().max().copied().unwrap_or_default();
    println!("largest: {} % (asked: at most 40 %)", 100 * largest / policies.len().max(1));

    if arguments.alone {
        return Ok(());
    }
    println!("\npeers, on the same policies");
    match peers(&policies, &texts, &work) {
        Ok(lines) => {
            for line in lines.lines() {
                let (name, seconds) = line.split_once(' ').unwrap_or((line, ""));
                match seconds.parse::<f64>() {
                    Ok(seconds) => println!("{name} {seconds:.2} s: {:.0} times", seconds / all.as_secs_f64()),
                    Err(_) => println!("{name}: not measured, {seconds}"),
                }
            }
        }
        Err(reason) => println!("not measured: {reason}"),
    }
    Ok(())
}

fn best(mut measured: impl FnMut() -> usize) -> Duration {
    let round = |_| {
        let start = Instant::now();
        std::hint::black_box(measured());
        start.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap_or_default()
}

/// What the peers print, in a Python environment of their own.
fn peers(policies: &[Managed], texts: &[String], work: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let environment = work.join("peers");
    let python = environment.join("bin/python");
    if !python.exists() {
        say(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        say(Command::new(&python).args(["-m", "pip", "install", "--quiet", "setuptools<81"]).args(PEERS))?;
    }
    let file = work.join("review.jsonl");
    let lines =
        policies.iter().zip(texts).map(|(one, text)| format!("{{\"id\": {:?}, \"policy\": {text}}}\n", one.name));
    fs::write(&file, lines.collect::<String>())?;
    let script = work.join("peers.py");
    fs::write(&script, include_str!("../peers.py"))?;
    say(Command::new(&python).arg(&script).arg(&file))
}

/// What a command prints; why it fails.
fn say(command: &mut Command) -> Result<String, Box<dyn std::error::Error>> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().chars().take(300).collect::<String>().into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
