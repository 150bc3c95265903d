//! `evaluate`: what a decision costs.
//!
//! It measures and prints; it never fails for a number. What cannot be measured (no Python, no network for PyPI) is
//! said, and the rest goes on.

use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use authz::{Context, Policies, Prepared, Principal, Request};
use clap::Parser;
use leastwise_benches::managed::{self, Managed};
use policy::{ActionBlock, Document, Effect, ResourceBlock, Statement};

/// Measures decisions under small policies, under AWS's managed policies, and under hostile ones.
#[derive(Parser)]
struct Arguments {
    /// Policies in place of AWS's: lines of `{"id", "policy"}`, gzip or not.
    #[arg(long)]
    policies: Option<PathBuf>,
    /// A folder for what is downloaded; kept, so that the next run is quick.
    #[arg(long)]
    work: Option<PathBuf>,
}

/// Each time is the best of so many rounds.
const ROUNDS: usize = 5;
const USER: &str = "arn:aws:iam::111122223333:user/ann";

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
    println!("best of {ROUNDS} rounds, one core\n\n{:<52}{:>14}   asked", "", "measured");
    let mut allocations = 0;
    for (name, text, key, limit) in [
        ("a small policy, allowed", SMALL, "home/ann/notes.txt", Some(2.0)),
        ("a small policy, not allowed", SMALL, "home/bob/notes.txt", Some(2.0)),
        ("a small policy with a variable", VARIABLE, "home/ann/notes.txt", None),
    ] {
        let prepared = prepared(policy::parse(text)?)?;
        let request = small_request(key);
        row(name, microseconds(10_000, || prepared.evaluate(&request)), " us", limit);
        if limit.is_some() {
            allocations += allocated(&prepared, &request);
        }
    }
    row("allocations in a small policy's decision", allocations as f64, "", Some(0.0));

    let text = "a".repeat(10_000);
    for (name, pattern) in
        [("twenty stars", "*a".repeat(20)), ("twenty runs of twenty", format!("*{}b", "a".repeat(20)).repeat(20))]
    {
        let statement = Statement::allow(["s3:*"], [format!("arn:aws:s3:::{pattern}b")]);
        let prepared = prepared(Document::new(vec![statement]))?;
        let request = request("s3:GetObject", &format!("arn:aws:s3:::{text}"));
        row(&format!("{name} against 10 kB"), microseconds(20, || prepared.evaluate(&request)), " us", Some(1_000.0));
    }

    let work = arguments.work.clone().unwrap_or_else(|| std::env::temp_dir().join("leastwise-evaluate"));
    std::fs::create_dir_all(&work)?;
    match managed::policies(arguments.policies.as_deref(), &work) {
        Ok(policies) => on_managed(&policies),
        Err(reason) => {
            println!("AWS managed policies: not measured, {reason}");
            Ok(())
        }
    }
}

const SMALL: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::example-bucket",
     "Condition": {"StringLike": {"s3:prefix": ["home/ann/*", "shared/*"]}}},
    {"Effect": "Allow", "Action": ["s3:GetObject*", "s3:PutObject"], "Resource": "arn:aws:s3:::example-bucket/home/ann/*",
     "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}}},
    {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}"#;

const VARIABLE: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:*Object", "Resource": "arn:aws:s3:::example-bucket/home/${aws:username}/*"}]}"#;

fn small_request(key: &str) -> Request {
    let context: Context = [
        ("aws:SourceIp", ["203.0.113.9"]),
        ("aws:SecureTransport", ["true"]),
        ("aws:CurrentTime", ["2026-01-01T00:00:00Z"]),
        ("aws:UserAgent", ["example/1.0"]),
    ]
    .into_iter()
    .collect();
    Request::new(Principal::parse(USER), "s3:GetObject", format!("arn:aws:s3:::example-bucket/{key}"), context)
}

/// Three requests under each policy: one that its first Allow is about, one for an action that no service has, and one
/// for a service that nobody has.
fn on_managed(policies: &[Managed]) -> Result<(), Box<dyn std::error::Error>> {
    let (mut asked, mut allowed, mut fixed, mut allocations) = (0_usize, 0_usize, 0_usize, 0);
    let mut means = Vec::new();
    for Managed { name, document } in policies {
        let mut requests = vec![request("unknown:Do", "arn:aws:unknown:eu-west-1:111122223333:thing/x")];
        if let Some((action, resource)) = first_allowed(document) {
            let service = action.split_once(':').map_or("", |(service, _)| service);
            requests.push(request(&format!("{service}:NoSuchAction"), &resource));
            requests.push(request(&action, &resource));
        }
        let prepared = prepared(document.clone())?;
        let has_variables = format!("{document:?}").contains("${");
        let mut sum = 0.0;
        for request in &requests {
            asked += 1;
            allowed += usize::from(prepared.evaluate(request).is_allowed());
            if !has_variables {
                fixed += 1;
                allocations += allocated(&prepared, request);
            }
            sum += microseconds(100, || prepared.evaluate(request));
        }
        means.push((sum / requests.len() as f64, name));
    }
    means.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mean = means.iter().map(|(time, _)| time).sum::<f64>() / means.len().max(1) as f64;
    row(&format!("mean over {} AWS managed policies", means.len()), mean, " us", Some(20.0));
    if let Some((slowest, name)) = means.last() {
        row(&format!("the slowest, {name}"), *slowest, " us", None);
    }
    row(&format!("allocations in {fixed} such decisions"), allocations as f64, "", Some(0.0));
    println!("\n{asked} managed decisions, {allowed} of them allowed; {} had variables", asked - fixed);
    Ok(())
}

/// A request that the first Allow without conditions is about, or else the first Allow.
fn first_allowed(document: &Document) -> Option<(String, String)> {
    let allows = || document.statements.iter().filter(|statement| statement.effect == Effect::Allow);
    let statement = allows().find(|statement| statement.conditions.is_empty()).or_else(|| allows().next())?;
    let some = |pattern: &str| pattern.replace(['*', '?'], "x");
    let action = match &statement.action {
        ActionBlock::Action(patterns) => patterns.last().map(|pattern| some(pattern)),
        ActionBlock::NotAction(_) => None,
    };
    let resource = match &statement.resource {
        Some(ResourceBlock::Resource(patterns)) => patterns.last().filter(|pattern| *pattern != "*"),
        _ => None,
    };
    let action = action.filter(|action| action.contains(':')).unwrap_or_else(|| "s3:GetObject".to_owned());
    let resource = resource.map_or_else(|| "arn:aws:s3:::example-bucket/a".to_owned(), |pattern| some(pattern));
    Some((action, resource))
}

fn request(action: &str, resource: &str) -> Request {
    Request::new(Principal::parse(USER), action, resource, Context::default())
}

fn prepared(document: Document) -> Result<Prepared, authz::PrepareError> {
    Prepared::new(&Policies { identity: vec![document], ..Policies::default() })
}

fn allocated(prepared: &Prepared, request: &Request) -> u64 {
    allocation_counter::measure(|| {
        black_box(prepared.evaluate(black_box(request)));
    })
    .count_total
}

/// The time of one call, from rounds of so many.
fn microseconds<T>(calls: u32, mut call: impl FnMut() -> T) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        for _ in 0..calls {
            black_box(call());
        }
        best = best.min(began.elapsed().as_secs_f64() * 1e6 / f64::from(calls));
    }
    best
}

fn row(name: &str, value: f64, unit: &str, limit: Option<f64>) {
    let digits = if unit.is_empty() { 0 } else { 2 };
    let asked = match limit {
        None => "-".to_owned(),
        Some(limit) if value <= limit => format!("at most {limit}{unit}, ok"),
        Some(limit) => format!("at most {limit}{unit}, SHORT"),
    };
    println!("{name:<52}{:>14}   {asked}", format!("{value:.digits$}{unit}"));
}
