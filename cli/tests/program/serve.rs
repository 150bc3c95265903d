//! `serve`, and `analyze --store`, which fills what it answers from.

use crate::support::{Place, SAMPLE, files_below};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running server, stopped when it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(place: &Place, arguments: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_leastwise"))
            .args(["serve", "--address", "127.0.0.1:0"])
            .args(arguments)
            .current_dir(place.path(""))
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(address.starts_with("127.0.0.1:"), "{line}");
        Server { child, address }
    }

    fn ask(&self, request: &str, headers: &str, body: &str) -> (u16, String) {
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{request} HTTP/1.1\r\n{host}{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    fn get(&self, path: &str) -> Value {
        let (status, body) = self.ask(&format!("GET {path}"), "", "");
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_sample_trail_is_answered_from_as_it_is_analyzed() {
    let place = Place::with_sample();
    let server = Server::start(&place, &["--sample"]);
    let stats = server.get("/api/stats");
    // Each object counts by itself in a store: an event that stands in two of them counts twice.
    let mut generate: Vec<String> =
        ["generate", "--principal", "orders-api", "--format", "json"].map(str::to_owned).into();
    let mut totals: BTreeMap<String, u64> = BTreeMap::new();
    for (number, file) in files_below(Path::new(SAMPLE)).iter().enumerate() {
        let name = format!("{number}.json");
        if place.run(["analyze", "--input", file.to_str().unwrap(), "--output", &name]).code == 0 {
            for (part, count) in place.json(&name)["totals"].as_object().unwrap() {
                *totals.entry(part.clone()).or_default() += count.as_u64().unwrap();
            }
            generate.extend(["--analysis".to_owned(), name]);
        }
    }
    assert_eq!(stats["totals"], json!(totals));
    assert_eq!(stats["up_to_date"], true);

    let body = json!({"principal": "orders-api"}).to_string();
    let (status, answer) = server.ask("POST /api/generate", "Content-Type: application/json\r\n", &body);
    assert_eq!(status, 200, "{answer}");
    let of_api: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(of_api["principals"], place.run(&generate).json()["principals"]);
}

#[test]
fn a_browser_gets_the_portal_and_a_script_gets_the_routes() {
    let place = Place::new();
    // Also who has no token yet.
    let server = Server::start(&place, &["--token", "example-token"]);
    let (status, page) = server.ask("GET /", "Accept: text/html\r\n", "");
    assert_eq!(status, 200, "{page}");
    let portal = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/dist/index.html");
    match std::fs::read_to_string(portal) {
        Ok(built) => {
            assert_eq!(page, built);
            assert_eq!(server.ask("GET /usage/principal", "Accept: text/html\r\n", ""), (200, built));
        }
        Err(_) => assert!(page.contains("POST /score") && page.contains("npm run build"), "{page}"),
    }
    let script = server.ask("GET /sign-in", "Accept: */*\r\n", "");
    assert_eq!(script, (200, json!({"kind": "token"}).to_string()));
    assert_eq!(server.ask("GET /stats", "Accept: */*\r\n", "").0, 401);
}

#[test]
fn a_store_is_filled_once_whatever_is_added_how_often() {
    let place = Place::with_sample();
    let first = place.run(["analyze", "--input", SAMPLE, "--store", "usage.db"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let again = place.run(["analyze", "--input", SAMPLE, "trail", "--store", "usage.db"]);
    assert!(again.out.starts_with("0 files added"), "{}", again.out);
    let server = Server::start(&place, &["--store", "usage.db"]);
    let sample = Server::start(&place, &["--sample"]);
    assert_eq!(server.get("/stats"), sample.get("/stats"));
}

#[test]
fn only_this_machine_is_answered_without_a_token_and_only_its_bearer_with_one() {
    let place = Place::new();
    let open = Server::start(&place, &[]);
    assert_eq!(open.ask("GET /api/health", "Host: example.org\r\n", "").0, 421);
    assert_eq!(open.get("/api/stats")["totals"]["events"], 0);
    let closed = Server::start(&place, &["--token", "example-token"]);
    assert_eq!(closed.ask("GET /api/stats", "", "").0, 401);
    assert_eq!(closed.ask("GET /api/stats", "Authorization: Bearer another\r\n", "").0, 401);
    assert_eq!(closed.ask("GET /api/stats", "Authorization: Bearer example-token\r\n", "").0, 200);
    let everywhere = place.run(["serve", "--address", "0.0.0.0:0"]);
    assert_eq!(everywhere.code, 2);
    assert!(everywhere.err.contains("hint: set --token"), "{}", everywhere.err);
}

#[test]
fn what_is_no_store_is_said() {
    let place = Place::new();
    place.write("notes.txt", "no store at all ".repeat(100));
    let answer = place.run(["serve", "--store", "notes.txt", "--address", "127.0.0.1:0"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("cannot be opened as a store"), "{}", answer.err);
}
