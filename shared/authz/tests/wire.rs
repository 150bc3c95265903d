//! Lines of a batch, as they come in and go out.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use leastwise_authz::wire::answer;
use serde_json::{Value, json};

fn line(request: Value, policies: Value) -> Value {
    json!({ "id": "one", "request": request, "policies": policies })
}

fn allow_all() -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] })
}

const USER: &str = "arn:aws:iam::111122223333:user/u";

#[test]
fn an_answer_echoes_the_id_and_names_what_decided() {
    let deny = json!({ "Statement": { "Effect": "Deny", "Action": "s3:*", "Resource": "*" } });
    let line = line(
        json!({ "principal": USER, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/a" }),
        json!({ "identity": [allow_all()], "scps": [[allow_all()], [allow_all(), deny]] }),
    );
    assert_eq!(
        answer(&line).unwrap(),
        json!({
            "id": "one",
            "decision": "explicit-deny",
            "by": [{ "layer": "scp", "level": 1, "policy": 1, "statement": 0 }],
            "reason": "denied by statement 0 of service control policy 1 at level 1",
        })
    );
}

#[test]
fn documents_may_be_texts_and_lists_may_be_one_document() {
    let line = line(
        json!({ "principal": { "AWS": USER }, "action": "s3:ListAllMyBuckets", "context": { "a": null, "b": [1, true] } }),
        json!({ "identity": allow_all().to_string(), "resource": null, "boundary": [], "rcps": null, "endpoint": null }),
    );
    assert_eq!(answer(&line).unwrap()["decision"], "allowed");
}

#[test]
fn lines_that_cannot_be_used_say_why() {
    let good = json!({ "principal": USER, "action": "s3:GetObject", "resource": "*" });
    let cases = [
        (json!({}), "`request` must be an object"),
        (
            line(json!({ "action": "s3:GetObject" }), json!({})),
            "`request.principal` must be a string, or an object with one of `AWS`, `Service`, `Federated`",
        ),
        (line(json!({ "principal": USER }), json!({})), "`request.action` must be a string"),
        (
            line(json!({ "principal": USER, "action": "a:b", "resource": 7 }), json!({})),
            "`request.resource` must be a string",
        ),
        (
            line(json!({ "principal": USER, "action": "a:b", "context": { "k": {} } }), json!({})),
            "`request.context[\"k\"]` must be a string, a number, a boolean, or a list of them",
        ),
        (line(good.clone(), json!([])), "`policies` must be an object"),
        (
            line(good.clone(), json!({ "identities": [] })),
            "`policies.identities` must be one of identity, resource, boundary, session, scps, rcps, endpoint",
        ),
        (
            line(good.clone(), json!({ "scps": allow_all() })),
            "`policies.scps` must be a list of levels, each a list of policy documents",
        ),
        (line(good.clone(), json!({ "identity": [null] })), "`policies.identity[0]` must be a policy document"),
        (
            line(good.clone(), json!({ "identity": [{ "Statement": [{ "Effect": "Allow" }] }] })),
            "`policies.identity[0]`: the statement has no `Action` (at `Statement[0]`)",
        ),
        (
            line(
                good,
                json!({ "scps": [[{ "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { "Like": { "a": "b" } } } }]] }),
            ),
            "statement 0 of service control policy 0 denies, and `Like` is no condition operator",
        ),
    ];
    for (line, message) in cases {
        assert_eq!(answer(&line).unwrap_err().to_string(), message, "{line}");
    }
}

#[test]
fn hostile_patterns_take_no_time() {
    let stars = format!("arn:aws:s3:::{}b", "*a".repeat(20));
    let text = format!("arn:aws:s3:::{}", "a".repeat(10_000));
    let statement = json!({ "Effect": "Allow", "Action": "*", "Resource": stars, "Condition": { "StringNotLike": { "k": "*?a".repeat(20) } } });
    let line = line(
        json!({ "principal": USER, "action": "s3:GetObject", "resource": text, "context": { "k": text } }),
        json!({ "identity": { "Statement": statement } }),
    );
    let started = std::time::Instant::now();
    assert_eq!(answer(&line).unwrap()["decision"], "implicit-deny");
    // A thousandth of this in a release build; an exponential search would take years.
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn thousands_of_statements_are_no_trouble() {
    let statements: Vec<Value> = (0..5_000)
        .map(|index| json!({ "Effect": "Allow", "Action": format!("service{index}:*"), "Resource": "*" }))
        .collect();
    let line = line(
        json!({ "principal": USER, "action": "service4999:Do", "resource": "*" }),
        json!({ "identity": { "Version": "2012-10-17", "Statement": statements } }),
    );
    assert_eq!(answer(&line).unwrap()["by"], json!([{ "layer": "identity", "policy": 0, "statement": 4999 }]));
}

#[test]
fn an_answer_may_depend_on_what_is_not_known() {
    let allow = json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": { "StringEquals": { "aws:SourceVpce": "vpce-1" } } });
    let deny = json!({ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } });
    let mut line = line(
        json!({ "principal": USER, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/a", "unknown": true }),
        json!({ "identity": [{ "Statement": [allow] }], "scps": [[allow_all(), { "Statement": [deny] }]] }),
    );
    assert_eq!(
        answer(&line).unwrap(),
        json!({
            "id": "one",
            "decision": "depends",
            "by": [],
            "if": [[[{ "layer": "identity", "policy": 0, "statement": 0, "conditions": ["aws:SourceVpce StringEquals vpce-1"] }]]],
            "unless": [{ "layer": "scp", "level": 0, "policy": 1, "statement": 0, "conditions": ["aws:SecureTransport Bool false"] }],
            "reason": "allowed if aws:SourceVpce StringEquals vpce-1 (statement 0 of identity policy 0), \
                       unless statement 0 of service control policy 1 at level 0 denies: aws:SecureTransport Bool false",
        })
    );
    for (unknown, decision) in [
        (json!(["aws:sourcevpce"]), "depends"),
        (json!(["aws:SecureTransport"]), "implicit-deny"),
        (json!([]), "implicit-deny"),
        (json!(false), "implicit-deny"),
        (json!(null), "implicit-deny"),
    ] {
        line["request"]["unknown"] = unknown;
        assert_eq!(answer(&line).unwrap()["decision"], decision, "{line}");
    }
    for unknown in [json!("aws:SourceVpce"), json!([1]), json!({}), json!(1)] {
        line["request"]["unknown"] = unknown;
        assert_eq!(
            answer(&line).unwrap_err().to_string(),
            "`request.unknown` must be a boolean, or a list of names of condition keys"
        );
    }
}
