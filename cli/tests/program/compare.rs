//! `generate --compare`: what is attached today against what was used.

use crate::support::Place;
use serde_json::{Value, json};

const API: &str = "arn:aws:iam::111122223333:role/orders/orders-api";

fn compared(policies: &[Value]) -> Value {
    let place = Place::with_analysis();
    let mut flags = vec!["--principal".to_owned(), "orders-api".to_owned()];
    for (index, policy) in policies.iter().enumerate() {
        let name = format!("attached-{index}.json");
        place.write(&name, policy.to_string());
        flags.extend(["--compare".to_owned(), name]);
    }
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let generated = place.generate(&flags);
    assert_eq!(generated["principals"][0]["principal"], API);
    generated["principals"][0]["comparison"].clone()
}

fn policy(actions: &[&str], resource: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": resource}]})
}

#[test]
fn used_unused_and_missing_actions_are_told_by_service() {
    let comparison = compared(&[
        policy(&["s3:GetObject", "s3:DeleteObject", "s3:DeleteBucket"], "*"),
        policy(&["sqs:SendMessage"], "*"),
    ]);
    let services: Vec<_> = comparison["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["service"].as_str().unwrap(), &one["granted"], &one["used"], &one["unused"]))
        .collect();
    assert_eq!(
        services,
        [
            ("s3", &json!(3), &json!(1), &json!(["s3:DeleteBucket", "s3:DeleteObject"])),
            ("sqs", &json!(1), &json!(0), &json!(["sqs:SendMessage"]))
        ]
    );
    let missing: Vec<&str> =
        comparison["used_not_granted"].as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
    assert!(
        missing.contains(&"dynamodb:PutItem")
            && missing.contains(&"s3:PutObject")
            && !missing.contains(&"s3:GetObject"),
        "{missing:?}"
    );
}

#[test]
fn an_administrator_lacks_nothing() {
    let comparison = compared(&[policy(&["*"], "*")]);
    assert_eq!(comparison["used_not_granted"], json!([]));
    assert!(comparison["services"].as_array().unwrap().len() > 100);
}

#[test]
fn another_resource_and_an_explicit_deny_are_reasons() {
    let elsewhere = compared(&[policy(&["s3:*"], "arn:aws:s3:::another-bucket/*")]);
    let mut denied = policy(&["*"], "*");
    denied["Statement"]
        .as_array_mut()
        .unwrap()
        .push(json!({"Sid": "NoTables", "Effect": "Deny", "Action": "dynamodb:*", "Resource": "*"}));
    let denied = compared(&[denied]);
    let actions = |comparison: &Value| -> Vec<String> {
        comparison["used_not_granted"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["action"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(actions(&elsewhere).contains(&"s3:GetObject".to_owned()));
    assert!(
        !actions(&denied).is_empty() && actions(&denied).iter().all(|action| action.starts_with("dynamodb:")),
        "{:?}",
        actions(&denied)
    );
    for comparison in [&elsewhere, &denied] {
        assert!(
            comparison["used_not_granted"]
                .as_array()
                .unwrap()
                .iter()
                .all(|one| !one["reason"].as_str().unwrap().is_empty())
        );
    }
}

#[test]
fn the_generated_policy_lacks_nothing_and_grants_nothing_unused() {
    let place = Place::with_analysis();
    let generated = place.generate(&["--principal", "orders-api"]);
    let documents: Vec<Value> = generated["principals"][0]["policies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|policy| policy["document"].clone())
        .collect();
    let comparison = compared(&documents);
    assert_eq!(comparison["used_not_granted"], json!([]));
    for service in comparison["services"].as_array().unwrap() {
        assert_eq!((&service["used"], &service["unused"]), (&service["granted"], &json!([])), "{service}");
    }
}

#[test]
fn a_policy_that_cannot_be_read_is_refused_with_its_place() {
    let place = Place::with_analysis();
    for (text, messages) in [
        ("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [,]\n}", &["`attached.json` line 3, column 17: "][..]),
        (
            "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{\"Effect\": \"Alow\", \"Action\": \"*\", \"Resource\": \"*\"}]\n}",
            &["line 3, column ", "Alow", "hint: "],
        ),
        (
            "{\"Statement\": [{\"Effect\": \"Allow\", \"Actoin\": \"*\", \"Resource\": \"*\"}]}",
            &["line 1, column ", "Actoin"],
        ),
        ("", &["line 1, column 1"]),
        ("[]", &["line 1, column 1"]),
    ] {
        place.write("attached.json", text);
        let answer = place.run(["generate", "--analysis", "analysis.json", "--compare", "attached.json"]);
        answer.fails_with(messages);
        assert!(answer.out.is_empty());
    }
    place
        .run(["generate", "--analysis", "analysis.json", "--compare", "none.json"])
        .fails_with(&["cannot read `none.json`"]);
}
