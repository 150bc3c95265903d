//! The case files: requests under policies, with the answers that AWS documents.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use leastwise_authz::wire;
use serde_json::{Map, Value, json};

#[test]
fn every_case_is_decided_as_documented() {
    let mut count = 0;
    let mut wrong = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: Value = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(
            file["documentation"].as_str().unwrap().starts_with("https://docs.aws.amazon.com/"),
            "{} names no page",
            path.display()
        );
        for case in file["case"].as_array().unwrap() {
            count += 1;
            let answer = wire::answer(&json!({ "request": request(&file, case), "policies": policies(case) }));
            let (got, wanted) = match &answer {
                Ok(answer) => {
                    (json!([answer["decision"], answer["reason"]]), json!([case["decision"], case["reason"]]))
                }
                Err(error) => (error.to_string().into(), case["error"].clone()),
            };
            if got != wanted {
                let file = path.file_name().unwrap().display();
                wrong.push(format!("{file}: {}\n  got    {got}\n  wanted {wanted}", case["name"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 200, "only {count} cases were found");
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
