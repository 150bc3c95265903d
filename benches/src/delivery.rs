//! A trail as files in the layout in which CloudTrail delivers to a bucket.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::cast::{ACCOUNT, GLOBAL, HOME};
use crate::random::Random;
use crate::trail::{Trail, stamp};

/// What keeps a trail from being written.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// A file of CloudTrail holds one region, and the trail has two.
    #[error("`{0}` files are too few, a trail of two regions needs at least 2")]
    TooFewFiles(u64),
    /// The disk said no.
    #[error("cannot write `{path}`")]
    Write {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Writes `trail` below `folder` in `files` delivery files, with one digest and one Insights file beside them, and
/// returns the paths of the delivery files in the order in which they were written.
///
/// # Errors
/// Where `files` is less than 2 or a file cannot be written.
pub fn deliver(trail: Trail, files: u64, folder: &Path) -> Result<Vec<PathBuf>, DeliveryError> {
    if files < 2 {
        return Err(DeliveryError::TooFewFiles(files));
    }
    let global = (files * trail.count(GLOBAL)).checked_div(trail.events).unwrap_or(0).max(1);
    let mut home = Batches::new(HOME, trail, files - global);
    let mut global = Batches::new(GLOBAL, trail, global);
    let mut paths = Vec::new();
    for entry in trail.entries() {
        let batches = if entry.region == HOME { &mut home } else { &mut global };
        if let Some(batch) = batches.add(entry.second, &entry.json) {
            paths.push(batch.write(folder)?);
        }
    }
    for batch in [home.rest(), global.rest()].into_iter().flatten() {
        paths.push(batch.write(folder)?);
    }
    write_beside(trail, folder)?;
    Ok(paths)
}

/// Cuts the records of one region into files of equal numbers.
struct Batches {
    region: &'static str,
    seed: u64,
    events: u64,
    files: u64,
    seen: u64,
    current: Batch,
}

impl Batches {
    fn new(region: &'static str, trail: Trail, files: u64) -> Self {
        let events = trail.count(region);
        Self { region, seed: trail.seed, events, files, seen: 0, current: Batch::default() }
    }

    /// Takes one record; gives back the file that it completes.
    fn add(&mut self, second: i64, json: &str) -> Option<Batch> {
        let file = |index: u64| (index * self.files).checked_div(self.events).unwrap_or(0);
        let (this, next) = (file(self.seen), file(self.seen + 1));
        self.seen += 1;
        let current = &mut self.current;
        if current.records.is_empty() {
            *current = Batch { region: self.region, seed: self.seed, number: this, ..Batch::default() };
        }
        current.records.push(json.to_owned());
        current.last = second;
        if next == this { None } else { self.rest() }
    }

    fn rest(&mut self) -> Option<Batch> {
        let batch = std::mem::take(&mut self.current);
        if batch.records.is_empty() { None } else { Some(batch) }
    }
}

#[derive(Default)]
struct Batch {
    region: &'static str,
    seed: u64,
    number: u64,
    last: i64,
    records: Vec<String>,
}

impl Batch {
    fn write(&self, folder: &Path) -> Result<PathBuf, DeliveryError> {
        let delivered = delivered_at(self.last);
        let unique = Random::named(&format!("{} {} {}", self.seed, self.region, self.number)).alphanumeric(16);
        let name =
            format!("{ACCOUNT}_CloudTrail_{}_{}_{unique}.json.gz", self.region, formatted(delivered, "%Y%m%dT%H%MZ"));
        let path = day_folder(folder, "CloudTrail", self.region, delivered).join(name);
        let text = format!("{{\"Records\":[{}]}}", self.records.join(","));
        // CloudTrail may write several gzip members into one file: so does every fifth of these.
        let members = if self.number % 5 == 2 { 2 } else { 1 };
        write_gzip(&path, text.as_bytes(), members)?;
        Ok(path)
    }
}

/// Files are delivered at full five minutes.
fn delivered_at(second: i64) -> i64 {
    second - second.rem_euclid(300) + 300
}

fn formatted(second: i64, format: &str) -> String {
    let time = Timestamp::from_second(second).unwrap_or_default().to_zoned(TimeZone::UTC);
    time.strftime(format).to_string()
}

fn day_folder(folder: &Path, kind: &str, region: &str, second: i64) -> PathBuf {
    folder.join("AWSLogs").join(ACCOUNT).join(kind).join(region).join(formatted(second, "%Y/%m/%d"))
}

fn write_gzip(path: &Path, text: &[u8], members: usize) -> Result<(), DeliveryError> {
    let failed = |source| DeliveryError::Write { path: path.to_owned(), source };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let mut bytes = Vec::new();
    for member in text.chunks(text.len().div_ceil(members).max(1)) {
        let mut encoder = GzBuilder::new().write(Vec::new(), Compression::default());
        encoder.write_all(member).map_err(failed)?;
        bytes.append(&mut encoder.finish().map_err(failed)?);
    }
    fs::write(path, bytes).map_err(failed)
}

/// What CloudTrail puts next to its log files, and a reader of events must skip: a digest and an Insights file.
fn write_beside(trail: Trail, folder: &Path) -> Result<(), DeliveryError> {
    let mut random = Random::new(trail.seed ^ 0xd1_6e57);
    let first = trail.entries().next().map_or(0, |entry| entry.second);
    let delivered = delivered_at(first);
    let digest = json!({
        "awsAccountId": ACCOUNT, "digestStartTime": stamp(first), "digestEndTime": stamp(first + 3600),
        "digestS3Bucket": "example-trail-logs", "digestS3Object": "example", "digestPublicKeyFingerprint": random.hex(32),
        "digestSignatureAlgorithm": "SHA256withRSA", "newestEventTime": stamp(first + 3590), "oldestEventTime": stamp(first),
        "previousDigestS3Bucket": null, "previousDigestS3Object": null, "previousDigestHashValue": null,
        "previousDigestHashAlgorithm": null, "previousDigestSignature": null,
        "logFiles": [{
            "s3Bucket": "example-trail-logs", "s3Object": "example", "hashValue": random.hex(64), "hashAlgorithm": "SHA-256",
            "newestEventTime": stamp(first + 290), "oldestEventTime": stamp(first)
        }]
    });
    let name = format!(
        "{ACCOUNT}_CloudTrail-Digest_{HOME}_example-trail_{HOME}_{}.json.gz",
        formatted(first + 3600, "%Y%m%dT%H%M%SZ")
    );
    write_gzip(&day_folder(folder, "CloudTrail-Digest", HOME, first).join(name), digest.to_string().as_bytes(), 1)?;

    let shared = random.uuid();
    let insight = |state: &str, second: i64, random: &mut Random| -> Value {
        json!({
            "eventVersion": "1.09", "eventTime": stamp(second), "awsRegion": HOME, "eventID": random.uuid(),
            "eventType": "AwsCloudTrailInsight", "recipientAccountId": ACCOUNT, "sharedEventID": shared,
            "insightDetails": {
                "state": state, "eventSource": "lambda.amazonaws.com", "eventName": "UpdateFunctionCode20150331v2",
                "insightType": "ApiCallRateInsight",
                "insightContext": {"statistics": {
                    "baseline": {"average": 0.002}, "insight": {"average": 1.4}, "insightDuration": 5, "baselineDuration": 10080
                }}
            },
            "eventCategory": "Insight"
        })
    };
    let records = json!({"Records": [insight("Start", first, &mut random), insight("End", first + 300, &mut random)]});
    let name = format!(
        "{ACCOUNT}_CloudTrail-Insight_{HOME}_{}_{}.json.gz",
        formatted(delivered, "%Y%m%dT%H%MZ"),
        random.alphanumeric(16)
    );
    write_gzip(&day_folder(folder, "CloudTrail-Insight", HOME, delivered).join(name), records.to_string().as_bytes(), 1)
}
