//! `suite`: what the serverless suite costs: write units of DynamoDB, the analyzer's time, an answer's, a start's.
//!
//! It measures and prints; it never fails for a number. What is not built is said, and the rest goes on.

use api::{App, Caller, score_router};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use axum::body::Body;
use axum::http::Request;
use clap::Parser;
use leastwise_benches::delivery::deliver;
use leastwise_benches::invocation::{Invocation, Stopped, invoke, lambda};
use leastwise_benches::trail::{Profile, Trail};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use store::{Contribution, Object, Store, embedded};
use tower::ServiceExt;

/// Measures the parts of the serverless suite, on this machine.
#[derive(Parser)]
struct Arguments {
    /// Events whose write units are counted.
    #[arg(long, default_value_t = 200_000)]
    events: u64,
    /// Where `leastwise` and the functions are built, in the release profile.
    #[arg(long, default_value = "target/release")]
    programs: PathBuf,
}

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

/// Principals that do the work, as in the comparison.
const PRINCIPALS: u64 = 8;
/// Events of one large object: 5 MB of gzip.
const LARGE: u64 = 27_000;
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let done = tokio::runtime::Runtime::new()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(run(&Arguments::parse())));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: &Arguments) -> Result<()> {
    let work = std::env::temp_dir().join("leastwise-suite");
    for (files, fold_after, name) in [
        (arguments.events / 1_000, 32, "objects of 1,000 events, folded by 32"),
        (arguments.events / 1_000, 1, "objects of 1,000 events, each folded by itself"),
        (arguments.events / LARGE, 8, "objects of 27,000 events, folded by 8"),
    ] {
        let units = write_units(&work, arguments.events, files.max(2), fold_after).await?;
        let million = units.total() / arguments.events as f64 * 1e6;
        println!(
            "write units a million events, {name}: {million:.0} (asked: under 20,000): ingest {:.0} %, fold {:.0} %",
            100.0 * units.ingest / units.total(),
            100.0 * units.fold / units.total()
        );
    }
    analyzer(&work, &arguments.programs)?;
    score().await?;
    starts(&arguments.programs);
    Ok(())
}

fn objects(work: &Path, events: u64, files: u64) -> Result<Vec<PathBuf>> {
    let folder = work.join(format!("{events}-{files}"));
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let trail = Trail { profile: Profile::Load, events, principals: PRINCIPALS, seed: 1 };
    Ok(deliver(trail, files, &folder)?)
}

/// Write units by what they were spent on.
#[derive(Debug, Default, Clone, Copy)]
struct Units {
    ingest: f64,
    fold: f64,
}

impl Units {
    fn total(self) -> f64 {
        self.ingest + self.fold
    }
}

/// Counts what each transaction would consume in AWS, by the capacity that the engine reports.
async fn write_units(work: &Path, events: u64, files: u64, fold_after: u64) -> Result<Units> {
    let database = embedded::database(None)?;
    let consumed = Arc::new(Mutex::new(0.0));
    let engine = embedded::transport(database.clone());
    let meter = consumed.clone();
    let client = http_client_fn(move |settings, components| {
        let engine = engine.http_connector(settings, components);
        SharedHttpConnector::new(Meter { engine, consumed: meter.clone() })
    });
    let store = Store::new(embedded::client(&database, |configuration| configuration.http_client(client)), "leastwise");
    store.create().await?;
    let mut units = Units::default();
    let take = |into: &mut f64| {
        if let Ok(mut consumed) = consumed.lock() {
            *into += std::mem::take(&mut *consumed);
        }
    };
    let mut waiting = 0;
    for (number, path) in objects(work, events, files)?.iter().enumerate() {
        let bytes = fs::read(path)?;
        let contribution = Contribution::read(bytes.as_slice(), catalog::builtin());
        let object = Object { bucket: "example".to_owned(), key: number.to_string(), version: String::new() };
        store.ingest(&object, &contribution, 0).await?;
        take(&mut units.ingest);
        waiting += 1;
        if waiting == fold_after {
            store.fold().await?;
            take(&mut units.fold);
            waiting = 0;
        }
    }
    store.fold().await?;
    take(&mut units.fold);
    Ok(units)
}

/// Asks for the consumed capacity of each call, and adds it up.
#[derive(Debug)]
struct Meter {
    engine: SharedHttpConnector,
    consumed: Arc<Mutex<f64>>,
}

impl HttpConnector for Meter {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let writes = request.headers().get("x-amz-target").is_some_and(|target| {
            ["TransactWriteItems", "BatchWriteItem", "PutItem", "DeleteItem"].iter().any(|call| target.ends_with(call))
        });
        let body: Option<Value> = request.body().bytes().and_then(|bytes| serde_json::from_slice(bytes).ok());
        if let (true, Some(Value::Object(mut members))) = (writes, body) {
            members.insert("ReturnConsumedCapacity".to_owned(), "TOTAL".into());
            *request.body_mut() = SdkBody::from(Value::Object(members).to_string());
        }
        let (engine, consumed) = (self.engine.clone(), self.consumed.clone());
        HttpConnectorFuture::new(async move {
            let response = engine.call(request).await?;
            let answer: Option<Value> = response.body().bytes().and_then(|bytes| serde_json::from_slice(bytes).ok());
            let capacity = answer.as_ref().and_then(|answer| answer.get("ConsumedCapacity"));
            let tables = match capacity {
                Some(Value::Array(tables)) => tables.as_slice(),
                Some(table) => std::slice::from_ref(table),
                None => &[],
            };
            let units: f64 = tables.iter().filter_map(|table| table.get("CapacityUnits")?.as_f64()).sum();
            if let Ok(mut consumed) = consumed.lock() {
                *consumed += units;
            }
            Ok(response)
        })
    }
}

/// One object of 27,000 events on one core, without the store's calls.
fn analyzer(work: &Path, programs: &Path) -> Result<()> {
    let paths = objects(work, LARGE * 2, 2)?;
    let bytes = paths.iter().map(fs::read).collect::<std::io::Result<Vec<_>>>()?;
    let bytes = bytes.into_iter().max_by_key(Vec::len).unwrap_or_default();
    let mut best = Duration::MAX;
    let mut events = 0;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        events = Contribution::read(bytes.as_slice(), catalog::builtin()).reading.events;
        best = best.min(began.elapsed());
    }
    let size = bytes.len() as f64 / 1e6;
    println!("analyzer: {events} events, {size:.1} MB of gzip: {best:.2?} of one core (asked: under 1 s)");
    match invoke(&programs.join("leastwise-analyzer"), bytes) {
        Ok(Invocation { time, peak }) => println!(
            "  its program, given that object by Lambda: {:.0} MB at its highest (asked: under 128 MB), {time:.2?}",
            peak as f64 / 1024.0
        ),
        Err(error) => println!("  its program: {error}"),
    }
    Ok(())
}

/// `/score` without a model, in process.
async fn score() -> Result<()> {
    let app = App::new(embedded::open(None).await?, None);
    let router = score_router(&app);
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::example-orders/*"},
        {"Effect": "Allow", "Action": ["iam:PassRole", "lambda:*"], "Resource": "*"},
    ]});
    let body = json!({"policy": policy}).to_string();
    let mut times = Vec::new();
    for _ in 0..200 {
        let mut request =
            Request::post("/score").header("content-type", "application/json").body(Body::from(body.clone()))?;
        request.extensions_mut().insert(Caller::local());
        let began = Instant::now();
        let response = router.clone().oneshot(request).await?;
        axum::body::to_bytes(response.into_body(), usize::MAX).await?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
    println!("/score without a model: p50 {:.2?}, p99 {:.2?} (asked: under 5 ms)", at(50), at(99));
    Ok(())
}

/// From the start of each program to the moment at which it waits for work.
fn starts(programs: &Path) {
    for program in
        ["leastwise-analyzer", "leastwise-generate-function", "leastwise-stats-function", "leastwise-score-function"]
    {
        let path = programs.join(program);
        let Ok(metadata) = fs::metadata(&path) else {
            println!("{program}: not built; cargo build --release -p {program}");
            continue;
        };
        let size = metadata.len() as f64 / 1e6;
        match best_of(|| cold_start(&path)) {
            Ok(time) => println!(
                "{program}: {size:.1} MB (asked: under 12), {time:.1?} to its first /next (asked: under 30 ms)"
            ),
            Err(error) => println!("{program}: {size:.1} MB; {error}"),
        }
    }
    match best_of(|| serve(&programs.join("leastwise"))) {
        Ok(time) => println!("leastwise serve --sample: ready in {time:.1?} (asked: under 300 ms)"),
        Err(error) => println!("leastwise serve: {error}"),
    }
}

fn best_of(mut measure: impl FnMut() -> Result<Duration>) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        best = best.min(measure()?);
    }
    Ok(best)
}

/// Lambda's runtime API, as far as its first question.
fn cold_start(program: &Path) -> Result<Duration> {
    let runtime = TcpListener::bind("127.0.0.1:0")?;
    let began = Instant::now();
    let _child = Stopped(lambda(program, &runtime.local_addr()?.to_string()).spawn()?);
    let (mut asked, _) = runtime.accept()?;
    let mut first = [0; 64];
    let read = asked.read(&mut first)?;
    let time = began.elapsed();
    let line = String::from_utf8_lossy(first.get(..read).unwrap_or_default()).into_owned();
    let _ = asked.write_all(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
    if line.contains("/next") { Ok(time) } else { Err(format!("it asked for {line}").into()) }
}

fn serve(program: &Path) -> Result<Duration> {
    let began = Instant::now();
    let mut child = Stopped(
        Command::new(program)
            .args(["serve", "--sample", "--address", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?,
    );
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    if line.starts_with("http://") { Ok(began.elapsed()) } else { Err("it did not start".into()) }
}
