//! What must hold for any text as a line of a batch: an answer or an error, and laws that hold for all policies.

use serde_json::{Value, json};

pub fn check(text: &str) {
    let Ok(mut line) = serde_json::from_str::<Value>(text) else { return };
    let Some(before) = decision(&line) else { return };
    assert!(["allowed", "implicit-deny", "explicit-deny", "depends"].contains(&before.as_str()), "{before}");
    if line["policies"].is_null() {
        line["policies"] = json!({});
    }
    unknown_keys_are_no_guess(&line, &before);
    a_deny_never_widens(&line, &before);
    an_allow_never_narrows(&line, &before);
    a_deny_of_everything_wins(&line);
}

/// The decision; `None` where the line is answered by an error.
fn decision(line: &Value) -> Option<String> {
    authz::wire::answer(line).ok().map(|answer| answer["decision"].as_str().unwrap_or_default().to_owned())
}

/// That every unknown key is absent is one way that things may turn out.
fn unknown_keys_are_no_guess(line: &Value, before: &str) {
    if before == "depends" {
        return;
    }
    let mut unknown = line.clone();
    unknown["request"]["unknown"] = json!(true);
    let answer = decision(&unknown).unwrap_or_default();
    let known = decision(&without_unknown(line)).unwrap_or_default();
    assert!(answer == "depends" || (answer == "allowed") == (known == "allowed"), "{answer}, and {known}");
}

/// Each statement of the line, made a Deny.
fn a_deny_never_widens(line: &Value, before: &str) {
    if before == "allowed" || before == "depends" {
        return;
    }
    for (version, mut statement) in statements(&line["policies"]).into_iter().take(8) {
        statement["Effect"] = "Deny".into();
        let after = decision(&with(line, json!({ "Version": version, "Statement": statement })));
        // A Deny that cannot be understood is an error.
        assert!(after.as_deref() != Some("allowed"), "after {before}");
    }
}

fn an_allow_never_narrows(line: &Value, before: &str) {
    let policy = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } });
    let after = decision(&with(line, policy)).unwrap_or_default();
    assert!(before != "allowed" || after == "allowed", "after {before}: {after}");
}

fn a_deny_of_everything_wins(line: &Value) {
    let mut denied = line.clone();
    let denial = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } });
    denied["policies"]["session"] = json!([denial]);
    assert_eq!(decision(&denied).as_deref(), Some("explicit-deny"));
}

fn without_unknown(line: &Value) -> Value {
    let mut line = line.clone();
    line["request"]["unknown"] = Value::Null;
    line
}

/// The line with one identity policy more.
fn with(line: &Value, policy: Value) -> Value {
    let mut line = line.clone();
    let identity = line["policies"]["identity"].take();
    line["policies"]["identity"] = match identity {
        Value::Null => json!([policy]),
        Value::Array(mut policies) => {
            policies.push(policy);
            policies.into()
        }
        one => json!([one, policy]),
    };
    line
}

/// Every statement of any policy, without its principal, and the version of its policy.
fn statements(value: &Value) -> Vec<(Value, Value)> {
    match value {
        Value::Array(values) => values.iter().flat_map(statements).collect(),
        Value::Object(fields) => match fields.get("Statement") {
            None => fields.values().flat_map(statements).collect(),
            Some(Value::Array(list)) => list.iter().filter_map(|one| of_identity(value, one)).collect(),
            Some(one) => of_identity(value, one).into_iter().collect(),
        },
        _ => Vec::new(),
    }
}

fn of_identity(document: &Value, statement: &Value) -> Option<(Value, Value)> {
    let mut statement = statement.as_object()?.clone();
    statement.retain(|field, _| !field.contains("Principal"));
    Some((document.get("Version").cloned().unwrap_or_else(|| "2008-10-17".into()), statement.into()))
}
