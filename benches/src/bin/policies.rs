//! `policies`: what comparing two policies costs, and how often the answer stays open.
//!
//! It measures and prints; it never fails for a number. What cannot be measured (no Python, no network for PyPI) is
//! said, and the rest goes on.

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use authz::{Comparison, Layer, Verdict, compare};
use clap::Parser;
use leastwise_benches::managed::{self, Managed};
use leastwise_benches::random::Random;
use policy::Document;
use serde::Deserialize;

/// Measures comparisons of AWS's managed policies and of sample pairs.
#[derive(Parser)]
struct Arguments {
    /// Policies in place of AWS's: lines of `{"id", "policy"}`, gzip or not.
    #[arg(long)]
    policies: Option<PathBuf>,
    /// Pairs to compare as well: lines of `{"id", "type", "old", "new"}`.
    #[arg(long)]
    samples: Option<PathBuf>,
    /// How many random pairs of managed policies.
    #[arg(long, default_value_t = 1_000)]
    pairs: u64,
    /// Which ones.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A folder for what is downloaded; kept, so that the next run is quick.
    #[arg(long)]
    work: Option<PathBuf>,
}

/// Each time is the best of so many.
const ROUNDS: usize = 3;

/// Two policies to compare.
struct Pair<'p> {
    name: String,
    layer: Layer,
    old: &'p Document,
    new: &'p Document,
}

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
    println!("best of {ROUNDS} rounds, one core");
    // Loaded once, for every comparison after the first.
    catalog::builtin();
    let work = arguments.work.clone().unwrap_or_else(|| std::env::temp_dir().join("leastwise-evaluate"));
    fs::create_dir_all(&work)?;
    match managed::policies(arguments.policies.as_deref(), &work) {
        Ok(policies) => on_managed(&policies, arguments)?,
        Err(reason) => println!("AWS managed policies: not measured, {reason}"),
    }
    match &arguments.samples {
        Some(file) => on_samples(file)?,
        None => println!("\nsample pairs: not measured, no `--samples`"),
    }
    Ok(())
}

fn on_managed(policies: &[Managed], arguments: &Arguments) -> Result<(), authz::PrepareError> {
    let mut random = Random::new(arguments.seed);
    let mut one = || policies.get(usize::try_from(random.below(policies.len() as u64)).unwrap_or_default());
    let pair = |old: &'_ Managed, new: &'_ Managed| format!("{} -> {}", old.name, new.name);
    let pairs: Vec<Pair<'_>> = (0..arguments.pairs)
        .filter_map(|_| Some((one()?, one()?)))
        .map(|(old, new)| Pair { name: pair(old, new), layer: Layer::Identity, old: &old.document, new: &new.document })
        .collect();
    measure(&format!("{} random pairs of {} AWS managed policies", pairs.len(), policies.len()), &pairs, true)?;
    let same: Vec<Pair<'_>> = policies
        .iter()
        .map(|policy| Pair {
            name: policy.name.clone(),
            layer: Layer::Identity,
            old: &policy.document,
            new: &policy.document,
        })
        .collect();
    measure("each of them with itself", &same, false)
}

fn on_samples(file: &Path) -> Result<(), Box<dyn std::error::Error>> {
    #[derive(Deserialize)]
    struct Line {
        id: serde_json::Value,
        r#type: String,
        old: serde_json::Value,
        new: serde_json::Value,
    }
    let mut samples = Vec::new();
    let mut unread = 0_usize;
    for line in fs::read_to_string(file)?.lines().filter(|line| !line.trim().is_empty()) {
        let Line { id, r#type, old, new } = serde_json::from_str(line)?;
        let layer = compare::wire::layer(&r#type).ok_or_else(|| format!("`{}` is no type of policy", r#type))?;
        match (policy::from_value(&old), policy::from_value(&new)) {
            (Ok(old), Ok(new)) => samples.push((id.to_string(), layer, old, new)),
            _ => unread += 1,
        }
    }
    let pairs: Vec<Pair<'_>> =
        samples.iter().map(|(name, layer, old, new)| Pair { name: name.clone(), layer: *layer, old, new }).collect();
    measure(&format!("{} sample pairs", pairs.len()), &pairs, true)?;
    if unread > 0 {
        println!("{unread} more could not be read");
    }
    Ok(())
}

/// Compares all pairs, with all requests and with those that there can be, and prints a table of each.
fn measure(title: &str, pairs: &[Pair<'_>], is_asked: bool) -> Result<(), authz::PrepareError> {
    for known in [false, true] {
        let suffix = if known { ", known actions only" } else { "" };
        println!("\n{title}{suffix}\n{:<52}{:>14}   asked", "", "measured");
        let mut times: Vec<(f64, &str)> = Vec::new();
        let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut doubts: BTreeMap<String, usize> = BTreeMap::new();
        for pair in pairs {
            let mut how = Comparison::of(pair.layer);
            if known {
                how = how.service_aware(catalog::builtin());
            }
            let (time, verdict) = timed(pair, &how)?;
            times.push((time, &pair.name));
            *verdicts.entry(verdict.as_str()).or_default() += 1;
            if let Verdict::Inconclusive(doubt) = verdict {
                *doubts.entry(doubt.to_string()).or_default() += 1;
            }
        }
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |per_mille: usize| times.get((times.len() * per_mille / 1_000).min(times.len().saturating_sub(1)));
        let limit = |number: f64| (is_asked && !known).then_some(number);
        row("p50", at(500).map_or(0.0, |(time, _)| *time), " us", limit(1_000.0));
        row("p99", at(990).map_or(0.0, |(time, _)| *time), " us", limit(10_000.0));
        if let Some((slowest, name)) = times.last() {
            row(&format!("the slowest, {}", shortened(name)), *slowest, " us", None);
        }
        let open = verdicts.get("inconclusive").copied().unwrap_or_default();
        row("inconclusive", 100.0 * open as f64 / pairs.len().max(1) as f64, " %", limit(1.0));
        let counts: Vec<String> = verdicts.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
        println!("{}", counts.join(", "));
        for (doubt, count) in doubts {
            println!("  {count}: {doubt}");
        }
    }
    Ok(())
}

/// Microseconds and the verdict.
fn timed(pair: &Pair<'_>, how: &Comparison<'_>) -> Result<(f64, Verdict), authz::PrepareError> {
    let mut best = f64::INFINITY;
    let mut verdict = Verdict::NoNewAccess;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        verdict = black_box(compare(std::slice::from_ref(pair.old), std::slice::from_ref(pair.new), how)?);
        best = best.min(began.elapsed().as_secs_f64() * 1e6);
    }
    Ok((best, verdict))
}

/// The start of a name that would not fit a line.
fn shortened(name: &str) -> String {
    const MOST: usize = 37;
    if name.chars().count() <= MOST {
        name.to_owned()
    } else {
        name.chars().take(MOST - 2).chain("..".chars()).collect()
    }
}

fn row(name: &str, value: f64, unit: &str, limit: Option<f64>) {
    let asked = match limit {
        None => "-".to_owned(),
        Some(limit) if value < limit => format!("under {limit}{unit}, ok"),
        Some(limit) => format!("under {limit}{unit}, SHORT"),
    };
    println!("{name:<52}{:>14}   {asked}", format!("{value:.1}{unit}"));
}
