//! A folder to run the program in, and trails to run it on.

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The sample trail, as it stands in the repository.
pub const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../events/cloudtrail");

/// A folder of its own for one test: the program runs in it, and finds neither settings nor caches of the machine.
pub struct Place {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// What the program gave.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Place {
        Place { folder: TempDir::new().unwrap(), variables: Vec::new() }
    }

    /// A place with the sample trail as the folder `trail`.
    pub fn with_sample() -> Place {
        let place = Place::new();
        for file in files_below(Path::new(SAMPLE)) {
            place.write(Path::new("trail").join(file.strip_prefix(SAMPLE).unwrap()), fs::read(&file).unwrap());
        }
        place
    }

    /// A place with `analysis.json` of the sample trail.
    pub fn with_analysis() -> Place {
        let place = Place::with_sample();
        place.run(["analyze", "--input", "trail", "--output", "analysis.json"]).succeeds();
        place
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.variables.push((name.to_owned(), value.into()));
    }

    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    pub fn run<Arg: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = Arg>) -> Answer {
        self.run_on(b"", arguments)
    }

    /// Runs with `input` on standard input.
    pub fn run_on<Arg: AsRef<OsStr>>(&self, input: &[u8], arguments: impl IntoIterator<Item = Arg>) -> Answer {
        let mut child = Command::new(env!("CARGO_BIN_EXE_leastwise"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("LEASTWISE_CACHE", self.path("cache"))
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        // A program that ends early closes its input, which is its right.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Answer {
            code: output.status.code().expect("the program was ended by a signal"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// The analysis of `inputs`, which is read whole.
    pub fn analyze(&self, inputs: &[&str], more: &[&str]) -> Value {
        let answer = self.run([&["analyze", "--format", "json", "--input"], inputs, more].concat());
        answer.succeeds().json()
    }

    /// What `generate --format json` gives for `analysis.json`.
    pub fn generate(&self, more: &[&str]) -> Value {
        self.run([&["generate", "--analysis", "analysis.json", "--format", "json"], more].concat()).succeeds().json()
    }
}

impl Answer {
    pub fn succeeds(&self) -> &Answer {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self
    }

    /// It ends with status 2 and says all of these on standard error.
    pub fn fails_with(&self, texts: &[&str]) -> &Answer {
        assert_eq!(self.code, 2, "{}{}", self.out, self.err);
        for text in texts {
            assert!(self.err.contains(text), "`{text}` is not in: {}", self.err);
        }
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    pub fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect()
    }
}

/// Everything of an analysis that does not depend on how events are spread over files.
pub fn without_files(mut analysis: Value) -> Value {
    let reading = analysis["reading"].as_object_mut().unwrap();
    reading.remove("files").unwrap();
    reading.remove("skipped").unwrap();
    analysis
}

/// What policies are made of is the same in both analyses, whatever was met on the way.
#[track_caller]
pub fn same(one: &Value, other: &Value, what: &str) {
    assert_eq!(one["totals"], other["totals"], "{what}");
    for key in ["principals", "usage", "unknown", "nothing"] {
        let lines = |analysis: &Value| -> Vec<String> {
            analysis[key].as_array().unwrap().iter().map(Value::to_string).collect()
        };
        let (ones, others) = (lines(one), lines(other));
        let different: Vec<_> = ones.iter().zip(&others).filter(|(one, other)| one != other).take(3).collect();
        assert!(
            different.is_empty() && ones.len() == others.len(),
            "{what}: {key}: {} and {} rows; {different:#?}",
            ones.len(),
            others.len()
        );
    }
}

/// Sorted.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// The records of the sample trail as they were delivered, in the order of its files.
pub fn sample_records() -> Vec<Value> {
    let mut records = Vec::new();
    for file in files_below(Path::new(SAMPLE)) {
        if file.to_string_lossy().contains("/CloudTrail/") {
            let mut text = Vec::new();
            MultiGzDecoder::new(&*fs::read(file).unwrap()).read_to_end(&mut text).unwrap();
            for document in serde_json::Deserializer::from_slice(&text).into_iter::<Value>() {
                records.extend(document.unwrap()["Records"].as_array().unwrap().iter().cloned());
            }
        }
    }
    assert_eq!(records.len(), 600);
    records
}

/// A delivery file with these records.
pub fn delivery(records: &[Value]) -> Vec<u8> {
    json!({ "Records": records }).to_string().into_bytes()
}

/// JSON lines.
pub fn lines(values: &[Value]) -> Vec<u8> {
    values.iter().map(|value| format!("{value}\n")).collect::<String>().into_bytes()
}

/// One gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The role `app` reads the object `key`; the number makes the event another one.
pub fn read_of(number: u64, key: &str) -> Value {
    json!({
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": "AROAEXAMPLEEXAMPLE:session",
            "arn": "arn:aws:sts::111122223333:assumed-role/app/session",
            "accountId": "111122223333",
            "sessionContext": {"sessionIssuer": {
                "type": "Role", "arn": "arn:aws:iam::111122223333:role/app", "accountId": "111122223333", "userName": "app"
            }}
        },
        "eventTime": "2026-03-02T08:00:00Z",
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetObject",
        "awsRegion": "eu-west-1",
        "userAgent": "example",
        "requestParameters": {"bucketName": "example-bucket", "key": key},
        "eventID": format!("00000000-0000-4000-8000-{number:012}"),
        "eventType": "AwsApiCall",
        "recipientAccountId": "111122223333"
    })
}

/// Actions of usage rows, with their calls.
pub fn calls(analysis: &Value) -> u64 {
    analysis["usage"].as_array().unwrap().iter().map(|row| row["calls"].as_u64().unwrap()).sum()
}
