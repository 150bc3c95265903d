//! The case files: requests under policies, with the answers that AWS documents.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use leastwise_authz::{Prepared, wire};
use serde_json::{Map, Value, json};

#[test]
fn every_case_is_decided_as_documented() {
    let cases = cases();
    let mut wrong = Vec::new();
    for Case { name, request, policies, answer: wanted } in &cases {
        let got = match wire::answer(&json!({ "request": request, "policies": policies })) {
            Ok(answer) => json!([answer["decision"], answer["reason"]]),
            Err(error) => error.to_string().into(),
        };
        if got != *wanted {
            wrong.push(format!("{name}\n  got    {got}\n  wanted {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() > 200, "only {} cases were found", cases.len());
}

#[test]
fn only_variables_cost_allocations() {
    let mut with_variables = 0;
    for Case { name, request, policies, .. } in cases() {
        let request = wire::request(&request).unwrap();
        let Ok(prepared) = Prepared::new(&wire::policies(&policies).unwrap()) else { continue };
        let cost = allocation_counter::measure(|| {
            std::hint::black_box(prepared.evaluate(&request));
        });
        if policies.to_string().contains("${") {
            with_variables += cost.count_total;
        } else {
            assert_eq!(cost.count_total, 0, "{name}");
        }
    }
    assert!(with_variables > 0, "nothing is counted");
}

/// One case of a file.
struct Case {
    name: String,
    request: Value,
    policies: Value,
    /// `[decision, reason]`, or the message of an error.
    answer: Value,
}

fn cases() -> Vec<Case> {
    let mut files: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: Value = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(
            file["documentation"].as_str().unwrap().starts_with("https://docs.aws.amazon.com/"),
            "{} names no page",
            path.display()
        );
        cases.extend(file["case"].as_array().unwrap().iter().map(|case| Case {
            name: format!("{}: {}", path.file_name().unwrap().display(), case["name"]),
            request: request(&file, case),
            policies: policies(case),
            answer: case.get("error").cloned().unwrap_or_else(|| json!([case["decision"], case["reason"]])),
        }));
    }
    cases
}

/// The file's request, with the fields that the case has of its own.
fn request(file: &Value, case: &Value) -> Value {
    let mut request = file.get("request").and_then(Value::as_object).cloned().unwrap_or_default();
    request.extend(case.get("request").and_then(Value::as_object).cloned().unwrap_or_default());
    Value::Object(request)
}

/// The case's policies, read from their texts.
fn policies(case: &Value) -> Value {
    fn read(value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
                match value.get("Statement") {
                    Some(_) => value,
                    None => json!({ "Version": "2012-10-17", "Statement": [value] }),
                }
            }
            Value::Array(values) => values.iter().map(read).collect(),
            other => panic!("a policy is a text, not {other}"),
        }
    }
    let layers = case.get("policies").and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
    layers.iter().map(|(layer, value)| (layer.clone(), read(value))).collect()
}
