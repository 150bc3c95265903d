//! What is malformed, absurd or enormous: a clear error, or a refusal; never a panic, a pass by accident, or a wait.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::time::{Duration, Instant};

use leastwise_authz::wire::answer;
use serde_json::{Value, json};

const USER: &str = "arn:aws:iam::111122223333:user/u";

fn policy(statement: Value) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statement })
}

fn allow_all() -> Value {
    policy(json!({ "Effect": "Allow", "Action": "*", "Resource": "*" }))
}

fn asked(request: Value, policies: Value) -> Result<String, String> {
    match answer(&json!({ "request": request, "policies": policies })) {
        Ok(answer) => Ok(answer["decision"].as_str().unwrap().to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// The decision, which must not take long: a fraction of a second is expected of this unoptimised build, and what is
/// quadratic in what these tests ask takes minutes.
fn quickly(request: Value, policies: Value) -> Result<String, String> {
    let line = json!({ "request": request, "policies": policies });
    let began = Instant::now();
    let answer = answer(&line).map_err(|error| error.to_string());
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    answer.map(|answer| answer["decision"].as_str().unwrap().to_owned())
}

#[test]
fn nobody_is_taken_for_somebody() {
    let everyone = policy(json!({ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }));
    for principal in [
        "",
        "u",
        "user/u",
        "arn",
        "arn:",
        "arn:aws",
        "arn:aws:iam::111122223333",
        "arn:aws:iam::111122223333:",
        "arn:aws:iam:::user/u",
        "ARN:aws:iam::111122223333:user/u",
        "arn:aws:iam::111122223333:group/g",
        "arn:aws:iam::111122223333:policy/p",
        "arn:aws:s3:::example-bucket",
        "arn:aws:sts::111122223333:assumed-role/r",
        "11112222333",
        "1111222233334",
        "some body",
    ] {
        let request = json!({ "principal": principal, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/a" });
        assert_eq!(
            asked(request, json!({ "resource": everyone, "identity": [allow_all()] })).unwrap_err(),
            "`request.principal` must be the ARN of a user, role, session or provider, an account, a service, or `*`",
            "{principal}"
        );
    }
}

#[test]
fn an_action_has_a_service_and_a_name() {
    for action in ["", "*", "s3", "s3:", ":GetObject", "GetObject", ":"] {
        let request = json!({ "principal": USER, "action": action, "resource": "*" });
        let error = asked(request, json!({ "identity": [allow_all()] })).unwrap_err();
        assert_eq!(error, "`request.action` must be an action, such as `s3:GetObject`", "{action}");
    }
}

#[test]
fn what_is_no_arn_is_matched_by_a_star_only() {
    let patterns = json!([
        "arn:aws:s3:::*",
        "arn:*:*:*:*:*",
        "arn:aws:s3:*",
        "arn:aws:s3",
        "*:*",
        "?*",
        "s3*",
        "b/*",
        "arn*",
        "arn:*",
        ""
    ]);
    let some = policy(json!({ "Effect": "Allow", "Action": "*", "Resource": patterns }));
    for resource in ["b/a", "s3", "arn", "arn:aws:s3", "arn:aws:s3::", "ARN:aws:s3:::b", " arn:aws:s3:::b"] {
        let request = json!({ "principal": USER, "action": "s3:GetObject", "resource": resource });
        let one = asked(request.clone(), json!({ "identity": [some] }));
        assert_eq!(one, Ok("implicit-deny".to_owned()), "{resource}");
        assert_eq!(asked(request, json!({ "identity": [allow_all()] })), Ok("allowed".to_owned()), "{resource}");
    }
}

#[test]
fn values_that_are_none_satisfy_no_limit() {
    let cases = [
        ("NumericLessThan", "10", vec!["NaN", "-inf", "", " 1", "1 ", "0x1", "1e999", "-1e999", "٣", "--1", "1,5"]),
        ("NumericGreaterThan", "10", vec!["NaN", "inf", "infinity", "1e999", "twenty"]),
        (
            "DateLessThan",
            "2030-01-01",
            vec![
                "",
                "2026-02-30",
                "2026-13-01",
                "2026-01-01T25:00:00Z",
                "2026-00-01",
                "26-01-01",
                "tomorrow",
                "-1",
                "١٩٧٠",
            ],
        ),
        (
            "DateGreaterThan",
            "2020-01-01",
            vec![
                "9999999999999999999999999999999999999999",
                "2026-01-01T00:00:00",
                "2026-1-1",
                "2026-01-01T00:00:00+99:00",
            ],
        ),
        (
            "IpAddress",
            "0.0.0.0/0",
            vec!["", "203.0.113", "203.0.113.256", "203.0.113.1/24", "0xcb.0.113.1", "::1", "example.com"],
        ),
        ("IpAddress", "::/0", vec!["203.0.113.1", ":::", "::g", "1::2::3", "fe80::1%eth0"]),
        ("Bool", "true", vec!["", "1", "yes", "TRUE ", "truetrue"]),
        ("BinaryEquals", "QQ==", vec!["QQ", "QQ=", "QQ===", "Q Q=", "A"]),
        ("ArnLike", "arn:*:*:*:*:*", vec!["", "*", "arn", "arn:aws:s3", "ARN:aws:s3:::b", "s3:::b"]),
    ];
    for (operator, wanted, values) in cases {
        for value in values {
            let condition = json!({ (operator): { "k": wanted } });
            let allow = policy(json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition }));
            let request =
                json!({ "principal": USER, "action": "s3:GetObject", "resource": "*", "context": { "k": value } });
            assert_eq!(
                asked(request, json!({ "identity": [allow] })),
                Ok("implicit-deny".to_owned()),
                "{operator} {value:?}"
            );
        }
    }
}

#[test]
fn a_context_says_each_thing_once() {
    let request = json!({ "principal": USER, "action": "s3:GetObject", "context": { "aws:SourceIp": "203.0.113.1", "AWS:SourceIP": "198.51.100.1" } });
    let error = asked(request, json!({ "identity": [allow_all()] })).unwrap_err();
    assert_eq!(error, "`request.context` must be keys that differ in more than their case");
}

#[test]
fn errors_quote_the_start_of_what_is_wrong() {
    let long = "x".repeat(1_000_000);
    let deny = policy(
        json!({ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { (long.clone()): { "k": "v" } } }),
    );
    let request = json!({ "principal": USER, "action": "s3:GetObject" });
    let of_policy = asked(request, json!({ "identity": [deny] })).unwrap_err();
    let request = json!({ "principal": USER, "action": "s3:GetObject", "context": { (long): {} } });
    let of_context = asked(request, json!({})).unwrap_err();
    assert!(of_policy.len() < 400 && of_context.len() < 400, "{of_policy}\n{of_context}");
}

#[test]
fn nesting_is_an_error() {
    let deep = (0..100).fold(json!("a"), |inner, _| json!([inner]));
    for (field, value) in
        [("Action", deep.clone()), ("Resource", deep.clone()), ("Condition", json!({ "StringEquals": { "k": deep } }))]
    {
        let mut statement = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
        statement[field] = value;
        let request = json!({ "principal": USER, "action": "s3:GetObject" });
        let error = asked(request, json!({ "identity": [policy(statement)] })).unwrap_err();
        assert!(error.starts_with("`policies.identity[0]`"), "{error}");
    }
}

#[test]
fn a_megabyte_of_actions_of_as_many_services() {
    let actions: Vec<String> = (0..60_000).rev().map(|index| format!("s{index:05}:Do{index}*")).collect();
    let identity = policy(json!({ "Effect": "Allow", "Action": actions, "Resource": "*" }));
    let request = json!({ "principal": USER, "action": "s31234:Do31234Things" });
    assert_eq!(quickly(request, json!({ "identity": [identity] })), Ok("allowed".to_owned()));
}

#[test]
fn a_megabyte_of_resources() {
    let resources: Vec<String> = (0..25_000).map(|index| format!("arn:aws:s3:::bucket-{index}/*/x?z")).collect();
    let identity = policy(json!({ "Effect": "Allow", "Action": "*", "Resource": resources }));
    let request =
        json!({ "principal": USER, "action": "s3:GetObject", "resource": "arn:aws:s3:::bucket-24999/a/b/xyz" });
    assert_eq!(quickly(request, json!({ "identity": [identity] })), Ok("allowed".to_owned()));
}

#[test]
fn thousands_of_statements_with_conditions() {
    let statements: Vec<Value> = (0..10_000)
        .map(|index| {
            let condition = json!({ "StringLike": { "k": format!("*{index}*") }, "NumericLessThan": { "n": index } });
            json!({ "Effect": if index % 2 == 0 { "Deny" } else { "Allow" }, "Action": "s3:*", "Resource": "*", "Condition": condition })
        })
        .collect();
    let request = json!({ "principal": USER, "action": "s3:GetObject", "context": { "k": "x".repeat(1_000), "n": 1 } });
    assert_eq!(quickly(request, json!({ "identity": [policy(statements.into())] })), Ok("implicit-deny".to_owned()));
}

#[test]
fn every_one_of_thousands_of_denials_is_named() {
    let statements: Vec<Value> =
        (0..10_000).map(|_| json!({ "Effect": "Deny", "Action": "s3:*", "Resource": "*" })).collect();
    let request = json!({ "principal": USER, "action": "s3:GetObject" });
    let answer =
        answer(&json!({ "request": request, "policies": { "identity": [policy(statements.into())] } })).unwrap();
    assert_eq!(answer["by"].as_array().unwrap().len(), 10_000);
}

#[test]
fn a_hundred_kilobytes_of_action_resource_and_value() {
    let long = "aB".repeat(50_000);
    let patterns: Vec<String> = (0..20).map(|index| format!("s3:*a?*B*{index}")).collect();
    let condition = json!({ "StringNotLike": { "k": "*aB?c*" } });
    let identity = policy(json!([
        { "Effect": "Allow", "Action": patterns, "Resource": "*", "Condition": condition },
        { "Effect": "Allow", "Action": format!("s3:{long}"), "Resource": format!("arn:aws:s3:::{long}?"), "Condition": condition },
    ]));
    let request = json!({
        "principal": USER, "action": format!("s3:{long}"), "resource": format!("arn:aws:s3:::{long}b"), "context": { "k": long },
    });
    assert_eq!(quickly(request, json!({ "identity": [identity] })), Ok("allowed".to_owned()));
}

#[test]
fn thousands_of_keys_and_values() {
    let mut context: serde_json::Map<String, Value> =
        (0..50_000).rev().map(|index| (format!("K{index:05}"), "v".into())).collect();
    context.insert("aws:TagKeys".into(), (0..20_000).map(|index| format!("tag{index}")).collect());
    let conditions: serde_json::Map<String, Value> =
        (0..10_000).map(|index| (format!("k{index:05}"), "v".into())).collect();
    let condition = json!({ "StringEquals": conditions, "ForAllValues:StringLike": { "aws:TagKeys": ["a*", "tag*"] } });
    let identity = policy(json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition }));
    let request = json!({ "principal": USER, "action": "s3:GetObject", "context": context });
    assert_eq!(quickly(request, json!({ "identity": [identity] })), Ok("allowed".to_owned()));
}

#[test]
fn a_variable_of_a_hundred_kilobytes_a_hundred_times() {
    let resources: Vec<String> = (0..100).map(|index| format!("arn:aws:s3:::b/${{k}}{index}")).collect();
    let identity = policy(json!({ "Effect": "Allow", "Action": "*", "Resource": resources }));
    let long = "*?".repeat(50_000);
    let request = json!({
        "principal": USER, "action": "s3:GetObject", "resource": format!("arn:aws:s3:::b/{long}99"), "context": { "k": long },
    });
    assert_eq!(quickly(request, json!({ "identity": [identity] })), Ok("allowed".to_owned()));
}

#[test]
fn thousands_of_unknown_keys() {
    let statements: Vec<Value> = (0..5_000)
        .map(|index| json!({ "Effect": if index % 2 == 0 { "Deny" } else { "Allow" }, "Action": "*", "Resource": "*", "Condition": { "StringEquals": { (format!("k{index}")): "v" } } }))
        .collect();
    let request = json!({ "principal": USER, "action": "s3:GetObject", "unknown": true });
    let policies = json!({ "identity": [policy(statements.clone().into())], "boundary": [policy(statements.into())] });
    assert_eq!(quickly(request, policies), Ok("depends".to_owned()));
}
