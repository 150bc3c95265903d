//! Batch mode: order kept, ids echoed, a line that cannot be used costs only itself.

use crate::support::{Place, read_of};
use serde_json::{Value, json};

fn map(input: &[u8]) -> Vec<Value> {
    Place::new().run_on(input, ["map", "--jsonl"]).succeeds().lines()
}

fn simulate(input: &[u8]) -> Vec<Value> {
    Place::new().run_on(input, ["simulate", "--jsonl"]).succeeds().lines()
}

fn request(id: Value, action: &str) -> Value {
    json!({
        "id": id,
        "request": {
            "principal": "arn:aws:iam::111122223333:role/app",
            "action": action,
            "resource": "arn:aws:s3:::example-bucket/a",
            "context": {}
        },
        "policies": {"identity": [{
            "Version": "2012-10-17",
            "Statement": [
                {"Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::example-bucket/*"},
                {"Sid": "NoVersions", "Effect": "Deny", "Action": "s3:GetObjectVersion", "Resource": "*"}
            ]
        }]}
    })
}

#[test]
fn an_event_is_answered_with_what_it_needed() {
    let mut denied = read_of(2, "b");
    denied["errorCode"] = json!("AccessDenied");
    let mut failed = read_of(3, "c");
    failed["errorCode"] = json!("NoSuchKey");
    let mut unknown = read_of(4, "d");
    unknown["eventSource"] = json!("ledgerkeeper.amazonaws.com");
    let mut nothing = read_of(5, "e");
    nothing["eventType"] = json!("AwsServiceEvent");
    let events = [read_of(1, "a"), denied, failed, unknown, nothing];
    let input: String =
        events.iter().enumerate().map(|(id, event)| format!("{}\n", json!({"id": id, "event": event}))).collect();
    let answers = map(input.as_bytes());
    let expected = [
        ("permission", "allowed"),
        ("permission", "denied"),
        ("permission", "failed"),
        ("unknown", "allowed"),
        ("none", "allowed"),
    ];
    assert_eq!(answers.len(), expected.len());
    for (id, (answer, (kind, outcome))) in answers.iter().zip(expected).enumerate() {
        assert_eq!(
            (&answer["id"], &answer["kind"], &answer["outcome"]),
            (&json!(id), &json!(kind), &json!(outcome)),
            "{answer}"
        );
        assert_eq!(answer["principal"]["arn"], "arn:aws:iam::111122223333:role/app");
        assert_eq!(answer["permissions"].as_array().unwrap().is_empty(), kind != "permission");
        assert_eq!(answer["reason"].is_string(), kind != "permission", "{answer}");
    }
    insta::assert_json_snapshot!(answers[0]);
}

#[test]
fn ids_come_back_as_they_were() {
    for id in [json!("a"), json!(7), json!(-1.5), json!(null), json!(""), json!(["x", {"y": 1}]), json!("\u{1b}[31m\n")]
    {
        for answer in [
            map(json!({"id": id, "event": read_of(1, "a")}).to_string().as_bytes()),
            map(json!({"id": id, "event": 5}).to_string().as_bytes()),
            simulate(request(id.clone(), "s3:GetObject").to_string().as_bytes()),
            simulate(json!({"id": id, "request": {}}).to_string().as_bytes()),
        ] {
            assert_eq!(answer.len(), 1);
            assert_eq!(answer[0]["id"], id);
            assert!(
                answer[0].get("error").is_some()
                    || answer[0].get("kind").is_some()
                    || answer[0].get("decision").is_some()
            );
        }
    }
    let without = map(json!({"event": read_of(1, "a")}).to_string().as_bytes());
    assert_eq!((&without[0]["id"], &without[0]["kind"]), (&Value::Null, &json!("permission")));
}

/// Lines that neither command can use.
fn unusable() -> Vec<Vec<u8>> {
    let texts = [
        "{",
        "[]",
        "7",
        "null",
        "\"text\"",
        "{}",
        "{\"id\":1}",
        "{\"id\":1,\"event\":null,\"request\":null}",
        "not json",
        "{\"id\":1} trailing",
        "\u{feff}{}",
    ];
    let mut lines: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    lines.push(b"{\"id\":\"\xff\xfe\"}".to_vec());
    lines.push(vec![0; 40]);
    lines.push("[".repeat(100_000).into_bytes());
    lines.push(format!("{{\"id\":1,\"event\":{}", "{\"a\":".repeat(100_000)).into_bytes());
    lines
}

#[test]
fn unusable_lines_are_answered_with_an_error_and_the_rest_with_answers() {
    let mapped = |number: u64| json!({"id": number, "event": read_of(number, "a")}).to_string().into_bytes();
    let simulated = |number: u64| request(json!(number), "s3:GetObject").to_string().into_bytes();
    for (command, good, key) in
        [("map", &mapped as &dyn Fn(u64) -> Vec<u8>, "kind"), ("simulate", &simulated, "decision")]
    {
        let mut input = Vec::new();
        for (number, bad) in unusable().into_iter().enumerate() {
            input.extend([good(number as u64), b"\n".to_vec(), bad, b"\n \n\r\n\t\n".to_vec()].concat());
        }
        let answers = Place::new().run_on(&input, [command, "--jsonl"]).succeeds().lines();
        assert_eq!(answers.len(), 2 * unusable().len(), "blank lines are not answered");
        for (number, pair) in answers.chunks(2).enumerate() {
            assert_eq!(pair[0]["id"], json!(number));
            assert!(pair[0].get(key).is_some() && pair[0].get("error").is_none(), "{command} {}", pair[0]);
            assert!(
                pair[1]["error"].as_str().is_some_and(|error| !error.is_empty()) && pair[1].get("id").is_some(),
                "{command} {}",
                pair[1]
            );
        }
    }
}

#[test]
fn the_last_line_needs_no_end_and_ends_may_be_windows_ones() {
    let line = json!({"id": 1, "event": read_of(1, "a")}).to_string();
    assert_eq!(map(line.as_bytes()).len(), 1);
    let answers = map(format!("{line}\r\n{line}").as_bytes());
    assert!(answers.len() == 2 && answers.iter().all(|answer| answer["kind"] == "permission"));
    assert_eq!(map(b"").len(), 0);
}

#[test]
fn a_very_long_line_is_a_line() {
    let mut event = read_of(1, "a");
    event["requestParameters"]["padding"] = json!("x".repeat(8 << 20));
    let answers = map(format!(
        "{}\n{}\n",
        json!({"id": "long", "event": event}),
        json!({"id": "next", "event": read_of(2, "b")})
    )
    .as_bytes());
    assert_eq!(answers.iter().map(|answer| &answer["kind"]).collect::<Vec<_>>(), ["permission", "permission"]);
}

#[test]
fn ten_thousand_lines_come_back_in_order() {
    let input: String = (0..10_000)
        .map(|number| format!("{}\n", json!({"id": number, "event": read_of(number, &format!("object-{number}"))})))
        .collect();
    let answers = map(input.as_bytes());
    assert_eq!(answers.len(), 10_000);
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], json!(number));
        assert_eq!(
            answer["permissions"][0]["resources"],
            json!([format!("arn:aws:s3:::example-bucket/object-{number}")])
        );
    }
}

#[test]
fn a_request_is_decided_and_the_statement_named() {
    let input: String = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
        .iter()
        .map(|action| format!("{}\n", request(json!(action), action)))
        .collect();
    let answers = simulate(input.as_bytes());
    let decisions: Vec<_> = answers.iter().map(|answer| answer["decision"].as_str().unwrap()).collect();
    assert_eq!(decisions, ["allowed", "explicit-deny", "implicit-deny"]);
    let by = |statement: u64| json!([{"layer": "identity", "policy": 0, "statement": statement}]);
    assert_eq!((&answers[0]["by"], &answers[1]["by"]), (&by(0), &by(1)));
}

#[test]
fn a_key_that_stands_twice_costs_its_line() {
    let wide = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    let twice = format!(r#"{{"Statement": [{wide}], "Statement": []}}"#);
    for (command, line) in [
        ("diff", format!(r#"{{"id": 1, "old": {{"Statement": []}}, "new": {twice}}}"#)),
        ("validate", format!(r#"{{"id": 1, "policy": {twice}}}"#)),
        ("score", format!(r#"{{"id": 1, "policy": {twice}}}"#)),
    ] {
        let answer = Place::new().run_on(line.as_bytes(), [command, "--jsonl"]).succeeds().lines();
        assert!(answer[0]["error"].as_str().unwrap().contains("`Statement` stands twice"), "{command} {answer:?}");
    }
}

#[test]
fn batch_needs_its_flag() {
    Place::new().run(["simulate"]).fails_with(&["hint: pass --jsonl"]);
    Place::new().run(["map"]).fails_with(&["--input"]);
    Place::new().run(["map", "--jsonl", "--input", "a"]).fails_with(&["cannot be used with"]);
    Place::new().run(["simulate", "--jsonl", "--policy", "a"]).fails_with(&["cannot be used with"]);
    Place::new().run(["diff", "--jsonl", "--service-aware"]).fails_with(&["cannot be used with"]);
    // Settings apply to every command.
    let mut place = Place::new();
    place.write("settings.toml", "");
    place.set("LEASTWISE_CONFIG", "settings.toml");
    for command in ["map", "simulate", "diff"] {
        assert_eq!(place.run([command, "--jsonl"]).succeeds().out, "");
        assert_eq!(place.run([command, "--jsonl", "--config", "settings.toml"]).succeeds().out, "");
    }
}

#[test]
fn events_in_files_are_shown_as_a_table() {
    let place = Place::new();
    let mut denied = read_of(2, "b");
    denied["errorCode"] = json!("AccessDenied");
    place.write("a.json", crate::support::delivery(&[read_of(1, "a"), denied]));
    insta::assert_snapshot!(place.run(["map", "--input", "a.json"]).succeeds().out);
}
