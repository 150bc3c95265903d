//! Reads the case files of this folder; README.md says what stands in them.

use serde_json::{Map, Value, json};

/// A request under policies, with the answer.
pub struct Case {
    pub name: String,
    pub request: Value,
    pub policies: Value,
    /// `[decision, reason]`, or the message of an error.
    pub answer: Value,
}

/// Every case of every file.
pub fn cases() -> Vec<Case> {
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
        let name = path.file_name().unwrap().display().to_string();
        let page = |value: &Value| value.as_str().is_some_and(|page| page.starts_with("https://docs.aws.amazon.com/"));
        assert!(page(&file["documentation"]), "{name} names no page");
        for field in file.as_object().unwrap().keys() {
            let known = ["documentation", "request", "case", "condition", "operator", "truth"];
            assert!(known.contains(&field.as_str()), "{name}: `{field}` means nothing here");
        }
        let before = cases.len();
        for case in list(&file, "case") {
            for field in case.as_object().unwrap().keys() {
                let known = ["name", "documentation", "request", "policies", "decision", "reason", "error"];
                assert!(known.contains(&field.as_str()), "{name}: {}: `{field}` means nothing here", case["name"]);
            }
            assert!(case.get("documentation").is_none_or(page), "{name}: {}", case["name"]);
            cases.push(Case {
                name: format!("{name}: {}", case["name"]),
                request: request(&file, case),
                policies: policies(case),
                answer: case.get("error").cloned().unwrap_or_else(|| json!([case["decision"], case["reason"]])),
            });
        }
        for condition in list(&file, "condition") {
            cases.extend(of_condition(&name, &file, condition));
        }
        for operator in list(&file, "operator") {
            for condition in of_operator(&file["truth"], operator) {
                cases.extend(of_condition(&name, &file, &condition));
            }
        }
        assert!(cases.len() > before, "{name} has no case");
    }
    cases
}

fn list<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(field).and_then(Value::as_array).into_iter().flatten()
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

/// A condition makes two cases: under an Allow it allows if it holds, under a Deny it denies if it holds.
fn of_condition(file_name: &str, file: &Value, condition: &Value) -> [Case; 2] {
    let mut request = file["request"].clone();
    if let Some(context) = condition.get("context") {
        request["context"] = context.clone();
    }
    let block: Value = match &condition["condition"] {
        Value::String(text) => serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}")),
        block => block.clone(),
    };
    let allow = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } });
    let with = |effect: &str| {
        let mut policy = allow.clone();
        policy["Statement"]["Effect"] = effect.into();
        policy["Statement"]["Condition"] = block.clone();
        policy
    };
    let allowed = json!(["allowed", "allowed by statement 0 of identity policy 0"]);
    let (if_allow, if_deny) = match (&condition["holds"], condition.get("error")) {
        (Value::Bool(true), None) => (allowed, json!(["explicit-deny", "denied by statement 0 of identity policy 1"])),
        (not, error) if *not == Value::Bool(false) || error.is_some() => {
            let refused = json!(["implicit-deny", "no identity policy and no resource policy allows it"]);
            let error =
                error.map(|error| format!("statement 0 of identity policy 1 denies, and {}", error.as_str().unwrap()));
            (refused, error.map_or(allowed, Value::from))
        }
        other => panic!("{file_name}: {}: {other:?}", condition["name"]),
    };
    let case = |effect: &str, identity: Value, answer: Value| Case {
        name: format!("{file_name}: {} ({effect})", condition["name"]),
        request: request.clone(),
        policies: json!({ "identity": identity }),
        answer,
    };
    [case("in an Allow", json!([with("Allow")]), if_allow), case("in a Deny", json!([allow, with("Deny")]), if_deny)]
}

/// An operator in each of its forms, on each of the contexts that the truth table has a column for.
fn of_operator(truth: &Value, operator: &Value) -> Vec<Value> {
    let table = &truth[if operator["negated"] == true { "negated" } else { "positive" }];
    let name = operator["name"].as_str().unwrap();
    let mut conditions = Vec::new();
    for (form, row) in table.as_object().unwrap() {
        let columns = truth["columns"].as_array().unwrap();
        assert_eq!(columns.len(), row.as_array().unwrap().len(), "{form}");
        for (column, holds) in columns.iter().zip(row.as_array().unwrap()) {
            let values: Option<Vec<Value>> = match column.as_str().unwrap() {
                "absent" => None,
                "no value" => Some(vec![]),
                "empty text" => Some(vec!["".into()]),
                values => Some(values.split(" + ").map(|value| operator[value].clone()).collect()),
            };
            conditions.push(json!({
                "name": format!("{} on {}", form.replace("...", name), column.as_str().unwrap()),
                "context": values.map_or_else(|| json!({}), |values| json!({ "k": values })),
                "condition": { form.replace("...", name): { "k": operator["wanted"] } },
                "holds": holds,
            }));
        }
    }
    conditions
}
