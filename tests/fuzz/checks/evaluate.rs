//! What must hold for any text as a line of a batch: an answer or an error, and a Deny on everything wins.

use serde_json::{Value, json};

pub fn check(text: &str) {
    let Ok(mut line) = serde_json::from_str::<Value>(text) else { return };
    let Ok(answer) = authz::wire::answer(&line) else { return };
    assert!(matches!(answer["decision"].as_str(), Some("allowed" | "implicit-deny" | "explicit-deny")));
    let denial = json!({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}});
    if line["policies"].is_null() {
        line["policies"] = json!({});
    }
    line["policies"]["session"] = json!([denial]);
    let denied = authz::wire::answer(&line).map(|answer| answer["decision"].clone());
    assert_eq!(denied, Ok("explicit-deny".into()));
}
