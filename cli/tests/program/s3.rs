//! `s3://` inputs, on MiniStack.

use crate::ministack::MiniStack;
use crate::support::{Place, SAMPLE, calls, delivery, files_below, gzip, read_of, same, sample_records};
use serde_json::{Value, json};
use std::path::Path;
use ureq::Agent;

struct Bucket {
    stack: MiniStack,
    agent: Agent,
    place: Place,
}

impl Bucket {
    /// The bucket `example-trail`, and a place whose program finds it.
    fn new() -> Bucket {
        let program = MiniStack::program().expect(
            "LEASTWISE_MINISTACK is not set: run `export LEASTWISE_MINISTACK=\"$(tests/support/install)\"` first (tests/support/README.md)",
        );
        let mut place = Place::with_sample();
        let stack = MiniStack::start(&program, &place.path("ministack")).unwrap();
        for (name, value) in [
            ("AWS_ENDPOINT_URL", stack.endpoint().as_str()),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_REGION", "eu-west-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ] {
            place.set(name, value);
        }
        let bucket = Bucket { stack, agent: Agent::new_with_defaults(), place };
        bucket.put("", b"<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>");
        bucket
    }

    /// Unsigned: MiniStack asks for no signature.
    fn put(&self, key: &str, bytes: &[u8]) {
        let url = format!("{}/example-trail/{key}", self.stack.endpoint());
        self.agent.put(url.trim_end_matches('/')).send(bytes).unwrap_or_else(|error| panic!("{key}: {error}"));
    }

    /// The sample trail under `prefix`, laid out as AWS delivers it.
    fn put_sample(&self, prefix: &str) {
        for file in files_below(Path::new(SAMPLE)) {
            let key = file.strip_prefix(SAMPLE).unwrap().to_str().unwrap();
            self.put(&format!("{prefix}{key}"), &std::fs::read(&file).unwrap());
        }
    }
}

#[test]
fn a_bucket_gives_what_the_same_files_give() {
    let bucket = Bucket::new();
    bucket.put_sample("security/");
    bucket.put("security/notes.txt", b"no trail");
    bucket.put("elsewhere/a.json", &delivery(&[read_of(1, "elsewhere")]));
    let local = bucket.place.analyze(&["trail"], &[]);
    for input in [
        "s3://example-trail/security/",
        "s3://example-trail/security",
        "s3://example-trail/security/AWSLogs/111122223333/",
    ] {
        let there = bucket.place.analyze(&[input], &[]);
        same(&there, &local, input);
        assert_eq!(there["reading"]["duplicates"], local["reading"]["duplicates"]);
        assert_eq!(
            (&there["reading"]["skipped"]["digest"], &there["reading"]["skipped"]["insight"]),
            (&json!(1), &json!(1)),
            "{input}"
        );
        let hashes = |analysis: &Value| -> Vec<Value> {
            let mut hashes: Vec<Value> =
                analysis["reading"]["files"].as_object().unwrap().values().map(|file| file["hash"].clone()).collect();
            hashes.sort_by_key(Value::to_string);
            hashes
        };
        assert_eq!(hashes(&there), hashes(&local));
    }

    // A trail in two places is counted once, and buckets and folders go together.
    let both =
        bucket.place.analyze(&["trail", "s3://example-trail/security/", "s3://example-trail/security/AWSLogs/"], &[]);
    same(&both, &local, "a folder and a bucket");
    let more = bucket.place.analyze(&["s3://example-trail"], &[]);
    assert_eq!(calls(&more), calls(&local) + 1, "every prefix of the bucket");

    let file = "security/AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/02/111122223333_CloudTrail_us-east-1_20260302T1105Z_Egec6OFTCZ7TpMzd.json.gz";
    let one = bucket.place.analyze(&[&format!("s3://example-trail/{file}")], &[]);
    assert_eq!(
        one["reading"]["files"].as_object().unwrap().keys().collect::<Vec<_>>(),
        [&format!("s3://example-trail/{file}")]
    );
}

#[test]
fn days_outside_the_window_are_not_listed() {
    let bucket = Bucket::new();
    bucket.put_sample("");
    let far = "AWSLogs/111122223333/CloudTrail/eu-west-1/2025/12/31/111122223333_CloudTrail_eu-west-1_20251231T0805Z_EXAMPLEEXAMPLE00.json.gz";
    bucket.put(far, b"nobody may read this");
    for window in [
        &["--start", "2026-03-03"][..],
        &["--start", "2026-03-02T10:00:00Z"],
        &["--start", "2026-03-02", "--end", "2026-03-02"],
    ] {
        let there = bucket.place.analyze(&["s3://example-trail/AWSLogs/"], window);
        assert!(there["reading"]["skipped"]["outside_window"].as_u64() > Some(0), "{window:?}");
        same(&there, &bucket.place.analyze(&["trail"], window), window[1]);
    }
    bucket
        .place
        .run(["analyze", "--input", "s3://example-trail/AWSLogs/"])
        .fails_with(&[&format!("warning: `s3://example-trail/{far}` at byte 0: ")]);
    bucket
        .place
        .run(["analyze", "--input", "s3://example-trail/AWSLogs/", "--start", "2027-01-01"])
        .fails_with(&["no CloudTrail files were found", "--start"]);
}

#[test]
fn a_day_of_more_objects_than_a_page_is_read_whole() {
    let bucket = Bucket::new();
    let records: Vec<Value> =
        sample_records().into_iter().chain((0..420).map(|number| read_of(number, "same"))).collect();
    assert!(records.len() > 1000, "a page holds 1,000 keys");
    std::thread::scope(|scope| {
        for (part, records) in records.chunks(records.len() / 4).enumerate() {
            let bucket = &bucket;
            scope.spawn(move || {
                for (number, record) in records.iter().enumerate() {
                    let key = format!("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/{part}-{number}.json.gz");
                    bucket.put(&key, &gzip(&delivery(std::slice::from_ref(record))));
                }
            });
        }
    });
    bucket.place.write("all.json", delivery(&records));
    let there = bucket.place.analyze(&["s3://example-trail/AWSLogs/"], &[]);
    assert_eq!(there["reading"]["files"].as_object().unwrap().len(), records.len());
    same(&there, &bucket.place.analyze(&["all.json"], &[]), "pages");
}

#[test]
fn buckets_that_cannot_be_listed_come_with_a_hint() {
    let bucket = Bucket::new();
    let analyze = |input: &str| bucket.place.run(["analyze", "--input", input, "--output", "analysis.json"]);
    analyze("s3://no-such-bucket/AWSLogs/").fails_with(&[
        "error: cannot list `s3://no-such-bucket/AWSLogs/`: NoSuchBucket",
        "hint: check the bucket's name and the Region",
    ]);
    analyze("s3://example-trail/nothing-here/").fails_with(&["error: no CloudTrail files were found", "hint: "]);
    analyze("s3://").fails_with(&["error: `s3://` names no bucket", "hint: write s3://BUCKET/PREFIX"]);
    analyze("s3:///AWSLogs").fails_with(&["names no bucket"]);
    assert!(!bucket.place.has("analysis.json"));
    bucket.place.run(["map", "--input", "s3://example-trail/"]).fails_with(&[
        "error: `s3://example-trail/` is no file",
        "hint: map reads files; `leastwise analyze` reads S3",
    ]);
}

#[test]
fn without_region_or_server_the_error_is_one_line() {
    let mut place = Place::new();
    place.set("AWS_EC2_METADATA_DISABLED", "true");
    let answer = place.run(["analyze", "--input", "s3://example-trail/"]);
    answer.fails_with(&[
        "error: cannot list `s3://example-trail/`: ",
        "region",
        "hint: credentials and Region come from the environment",
    ]);
    assert_eq!(answer.err.lines().count(), 2, "{}", answer.err);
    for (name, value) in [
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_MAX_ATTEMPTS", "1"),
    ] {
        place.set(name, value);
    }
    let answer = place.run(["analyze", "--input", "s3://example-trail/"]);
    answer.fails_with(&["error: cannot list `s3://example-trail/`: ", "hint: "]);
    assert!(answer.err.lines().count() == 2 && !answer.err.contains("DispatchFailure("), "{}", answer.err);
}
