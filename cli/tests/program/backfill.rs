//! `leastwise backfill`, against a server on loopback that speaks Step Functions' protocol.

use crate::support::{Answer, Place};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

const MACHINE: &str = "arn:aws:states:eu-west-1:111122223333:stateMachine:leastwise-backfill";
const EXECUTION: &str = "arn:aws:states:eu-west-1:111122223333:execution:leastwise-backfill:example";

/// What it answers to an operation with this input, with which status.
type Script = fn(&str, &Value) -> (u16, Value);

/// What was asked: operations, with their input.
type Asked = Arc<Mutex<Vec<(String, Value)>>>;

fn start(script: Script) -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Asked::default();
    let seen = asked.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let Some((operation, input)) = read(&stream) else { continue };
            let (status, answer) = script(&operation, &input);
            seen.lock().unwrap().push((operation, input));
            let body = answer.to_string();
            let head = format!(
                "HTTP/1.1 {status} X\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all((head + &body).as_bytes());
        }
    });
    (address, asked)
}

fn read(stream: &TcpStream) -> Option<(String, Value)> {
    let mut reader = BufReader::new(stream);
    let (mut length, mut operation) = (0, String::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().ok()?,
            Some((name, value)) if name.eq_ignore_ascii_case("x-amz-target") => {
                operation = value.rsplit('.').next()?.to_owned();
            }
            Some(_) => {}
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((operation, serde_json::from_slice(&body).ok()?))
}

fn refused(code: &str, message: &str) -> (u16, Value) {
    (400, json!({"__type": code, "message": message}))
}

/// A back-fill of three objects that goes well.
fn well(operation: &str, _: &Value) -> (u16, Value) {
    let answer = match operation {
        "ListStateMachines" => json!({"stateMachines": [
            {"name": "other", "stateMachineArn": "arn:other", "type": "STANDARD", "creationDate": 1.0},
            {"name": "leastwise-backfill", "stateMachineArn": MACHINE, "type": "STANDARD", "creationDate": 1.0},
        ]}),
        "StartExecution" => json!({"executionArn": EXECUTION, "startDate": 1.0}),
        "DescribeExecution" => {
            json!({"executionArn": EXECUTION, "stateMachineArn": MACHINE, "status": "SUCCEEDED", "startDate": 1.0})
        }
        "ListMapRuns" => json!({"mapRuns": [
            {"executionArn": EXECUTION, "mapRunArn": "arn:map", "stateMachineArn": MACHINE, "startDate": 1.0}
        ]}),
        "DescribeMapRun" => counted(3, 0),
        other => panic!("{other} is not asked for"),
    };
    (200, answer)
}

fn counted(succeeded: u64, failed: u64) -> Value {
    let counts = |succeeded: u64, failed: u64| {
        json!({"pending": 0, "running": 0, "succeeded": succeeded, "failed": failed, "timedOut": 0, "aborted": 0,
            "total": succeeded + failed, "resultsWritten": 0})
    };
    json!({"mapRunArn": "arn:map", "executionArn": EXECUTION, "status": "SUCCEEDED", "startDate": 1.0, "maxConcurrency": 20,
        "toleratedFailurePercentage": 5.0, "toleratedFailureCount": 0, "itemCounts": counts(succeeded, failed),
        "executionCounts": counts(1, 0)})
}

fn run(script: Script, more: &[&str]) -> (Answer, Vec<(String, Value)>) {
    let (address, asked) = start(script);
    let mut place = Place::new();
    for (name, value) in [
        ("AWS_ENDPOINT_URL", address.as_str()),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ] {
        place.set(name, value);
    }
    let answer = place.run([&["backfill"], more].concat());
    let asked = asked.lock().unwrap().clone();
    (answer, asked)
}

#[test]
fn it_starts_the_stacks_machine_and_says_how_it_ended() {
    let (answer, asked) = run(well, &["--prefix", "AWSLogs/"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, "3 objects worked through, 0 failed\n"), "{}", answer.err);
    let (_, started) = asked.iter().find(|(operation, _)| operation == "StartExecution").unwrap();
    assert_eq!(started["stateMachineArn"], MACHINE);
    assert_eq!(started["input"], r#"{"prefix":"AWSLogs/"}"#);

    let (answer, asked) = run(well, &["--prefix", "AWSLogs/", "--no-wait", "--state-machine", "arn:of:mine"]);
    assert_eq!(answer.succeeds().out, format!("{EXECUTION}\n"));
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].1["stateMachineArn"], "arn:of:mine");
}

#[test]
fn a_prefix_that_can_name_no_keys_starts_nothing() {
    for (prefix, message) in [
        ("", "is every object of the bucket"),
        ("s3://example-trail/AWSLogs/", "names a bucket"),
        ("/AWSLogs/", "begins with a slash"),
    ] {
        let (answer, asked) = run(well, &["--prefix", prefix]);
        answer.fails_with(&[message, "AWSLogs/"]);
        assert_eq!(asked, []);
    }
    let none: Script = |operation, input| match operation {
        "DescribeMapRun" => (200, counted(0, 0)),
        _ => well(operation, input),
    };
    run(none, &["--prefix", "AWSlogs/"]).0.fails_with(&["no object's key begins with `AWSlogs/`"]);
}

#[test]
fn a_failure_says_why() {
    let failed: Script = |operation, input| {
        let (status, mut answer) = well(operation, input);
        if operation == "DescribeExecution" {
            answer["status"] = "FAILED".into();
            answer["error"] = "States.ItemReaderFailed".into();
            answer["cause"] = "the bucket is not there".into();
        }
        (status, answer)
    };
    run(failed, &["--prefix", "AWSLogs/"])
        .0
        .fails_with(&["ended as FAILED", "States.ItemReaderFailed: the bucket is not there"]);
    let some: Script = |operation, input| match operation {
        "DescribeMapRun" => (200, counted(97, 3)),
        _ => well(operation, input),
    };
    let (answer, _) = run(some, &["--prefix", "AWSLogs/"]);
    answer.fails_with(&["3 objects failed", "dead-letter queue"]);
    assert_eq!(answer.out, "97 objects worked through, 3 failed\n");
}

#[test]
fn what_is_refused_is_said_in_one_line() {
    let denied: Script = |_, _| refused("AccessDeniedException", "not authorized to perform: states:ListStateMachines");
    let (answer, _) = run(denied, &["--prefix", "AWSLogs/"]);
    answer.fails_with(&["AccessDeniedException: not authorized", "it needs states:ListStateMachines"]);
    assert_eq!(answer.err.lines().count(), 2, "{}", answer.err);
    let lost: Script = |operation, input| match operation {
        "ListMapRuns" => refused("ExecutionDoesNotExist", "there is no such execution"),
        _ => well(operation, input),
    };
    run(lost, &["--prefix", "AWSLogs/"]).0.fails_with(&["ExecutionDoesNotExist", "what was started goes on"]);
    let none: Script = |_, _| (200, json!({"stateMachines": []}));
    run(none, &["--prefix", "AWSLogs/"]).0.fails_with(&["there is no state machine `leastwise-backfill`", "--stack"]);
}
