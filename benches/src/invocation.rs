//! One invocation of the analyzer as Lambda runs it: a process of its own, a runtime that gives it one event, an S3 that gives
//! it one object, and a DynamoDB that takes everything and holds nothing.

use serde_json::{Value, json};
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

/// What an invocation took.
#[derive(Debug, Clone, Copy)]
pub struct Invocation {
    /// From the event to the answer.
    pub time: Duration,
    /// The process's memory at its highest, in kB.
    pub peak: u64,
}

/// A child that is stopped when it is not needed any more.
pub struct Stopped(pub Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Longer than any invocation takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Lets the analyzer count this object.
///
/// # Errors
/// Where the program cannot be started, or does not answer the event with success.
pub fn invoke(program: &Path, object: Vec<u8>) -> Result<Invocation, Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();
    let (said, hears) = channel();
    let account = Arc::new(Account { object, was_asked: AtomicBool::new(false), said });
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let account = account.clone();
            std::thread::spawn(move || account.answer(stream));
        }
    });
    let child = Stopped(lambda(program, &address).env("AWS_ENDPOINT_URL", format!("http://{address}")).spawn()?);
    let Said::Began(began) = hears.recv_timeout(PATIENCE)? else { return Err("it answered before it asked".into()) };
    let Said::Ended(path) = hears.recv_timeout(PATIENCE)? else { return Err("it asked twice".into()) };
    let time = began.elapsed();
    if !path.ends_with("/response") {
        return Err(format!("the invocation failed: {path}").into());
    }
    let status = fs::read_to_string(format!("/proc/{}/status", child.0.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no high-water mark")?;
    let peak = line.split_whitespace().next().unwrap_or_default().parse()?;
    Ok(Invocation { time, peak })
}

/// A function's program with the environment that Lambda gives it; its runtime is at this address.
pub fn lambda(program: &Path, runtime: &str) -> Command {
    let mut command = Command::new(program);
    command.envs([
        ("AWS_LAMBDA_RUNTIME_API", runtime),
        ("AWS_LAMBDA_FUNCTION_NAME", "example"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "example"),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "example"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "example"),
        ("AWS_SECRET_ACCESS_KEY", "example"),
        ("LEASTWISE_TABLE", "example"),
    ]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// What the runtime saw.
enum Said {
    Began(Instant),
    Ended(String),
}

struct Account {
    object: Vec<u8>,
    was_asked: AtomicBool,
    said: Sender<Said>,
}

impl Account {
    /// Answers a connection until it ends.
    fn answer(&self, stream: TcpStream) {
        let Ok(mut writer) = stream.try_clone() else { return };
        let mut reader = BufReader::new(stream);
        while let Ok(Some(request)) = Request::read(&mut reader) {
            let done = match (request.path.as_str(), request.target.as_deref()) {
                (path, _) if path.ends_with("/invocation/next") => {
                    if self.was_asked.swap(true, Ordering::SeqCst) {
                        // There is no more work, and a runtime does not say so.
                        std::thread::park();
                    }
                    let event = self.event().to_string();
                    let done = respond(&mut writer, NEXT, event.as_bytes());
                    let _ = self.said.send(Said::Began(Instant::now()));
                    done
                }
                (path, _) if path.contains("/runtime/") => {
                    let _ = self.said.send(Said::Ended(request.path.clone()));
                    respond(&mut writer, "", b"{}")
                }
                (_, Some(target)) if target.ends_with("Query") => {
                    respond(&mut writer, "", br#"{"Items":[],"Count":0,"ScannedCount":0}"#)
                }
                (_, Some(_)) => respond(&mut writer, "", b"{}"),
                _ => respond(&mut writer, "ETag: \"example\"\r\n", &self.object),
            };
            if done.is_err() {
                return;
            }
        }
    }

    fn event(&self) -> Value {
        let key = "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/111122223333_CloudTrail_eu-west-1_20260302T0805Z_KH68L3YaA8STAhMt.json.gz";
        json!({"Records": [{
            "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "eu-west-1", "eventTime": "2026-03-02T08:05:11.000Z",
            "eventName": "ObjectCreated:Put", "userIdentity": {"principalId": "AWS:EXAMPLE"},
            "requestParameters": {"sourceIPAddress": "203.0.113.9"}, "responseElements": {},
            "s3": {
                "s3SchemaVersion": "1.0", "configurationId": "trail",
                "bucket": {"name": "example", "ownerIdentity": {"principalId": "EXAMPLE"}, "arn": "arn:aws:s3:::example"},
                "object": {"key": key, "size": self.object.len(), "eTag": "example", "sequencer": "0055AED6DCD90281E5"},
            },
        }]})
    }
}

/// What Lambda says beside an event; its deadline is far.
const NEXT: &str = "Lambda-Runtime-Aws-Request-Id: example\r\nLambda-Runtime-Deadline-Ms: 4102444800000\r\n\
    Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:111122223333:function:example\r\n";

struct Request {
    path: String,
    target: Option<String>,
}

impl Request {
    fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let path = line.split(' ').nth(1).unwrap_or_default();
        let mut request = Request { path: path.split('?').next().unwrap_or_default().to_owned(), target: None };
        let mut length = 0;
        loop {
            let mut header = String::new();
            reader.read_line(&mut header)?;
            let Some((name, value)) = header.trim().split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().unwrap_or(0),
                "x-amz-target" => request.target = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        io::copy(&mut reader.take(length), &mut io::sink())?;
        Ok(Some(request))
    }
}

fn respond(writer: &mut impl Write, headers: &str, body: &[u8]) -> io::Result<()> {
    write!(
        writer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    )?;
    writer.write_all(body)
}
