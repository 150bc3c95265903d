//! Each route on the sample trail; answers are held against the committed description.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails may panic"
)]

mod support;

use advisor::{Ask, LanguageModel, ModelFuture, Reply};
use leastwise_api::schema::{DiffAnswer, GenerateAnswer, ScoreAnswer, SettingsAnswer, SimulateAnswer, ValidateAnswer};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use support::{Answer, Place};

/// The answer, which must be what the description says.
fn described<T: DeserializeOwned>(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.bytes));
    let value = answer.json();
    serde_json::from_value::<T>(value.clone()).unwrap_or_else(|error| panic!("{error}: {value:#}"));
    value
}

const POLICY: &str = include_str!("../../../events/policies/deploy.json");
const ROLE: &str = "arn:aws:iam::111122223333:role/orders/orders-api";

/// Percent-encoded.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn the_committed_description_is_that_of_the_routes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let text = format!("{}\n", leastwise_api::openapi().to_pretty_json().unwrap());
    if std::env::var_os("LEASTWISE_UPDATE").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == text, "docs/openapi.json is old: LEASTWISE_UPDATE=1 cargo test -p leastwise-api writes it");
    for route in [
        "/generate",
        "/stats",
        "/principals",
        "/principals/{arn}",
        "/score",
        "/validate",
        "/diff",
        "/simulate",
        "/settings",
        "/sign-in",
        "/health",
    ] {
        assert!(text.contains(&format!("\"{route}\"")), "{route}");
    }
}

#[tokio::test]
async fn a_policy_is_graded_explained_and_made_better() {
    let place = Place::empty().await;
    let answer = described::<ScoreAnswer>(&place.post("/score", &json!({"policy": POLICY})).await);
    assert_eq!(answer["type"], "identity");
    assert!(answer["score"].as_u64().unwrap() <= 4 && answer["risk"].as_u64().unwrap() > 50);
    assert_eq!(answer["graded_by"], "rules");
    assert!(answer["findings"].as_array().unwrap().iter().any(|finding| finding["line"].as_u64().unwrap() > 1));
    assert_eq!(answer["better"]["effect"], "narrower");
    assert!(!answer["escalations"].as_array().unwrap().is_empty());
    assert!(answer.get("accepted").is_none());
    // The same policy as JSON has the same score, and under /api it is the same route.
    let policy: Value = serde_json::from_str(POLICY).unwrap();
    let again = described::<ScoreAnswer>(&place.post("/api/score", &json!({"policy": policy})).await);
    assert_eq!((&again["score"], &again["risk"]), (&answer["score"], &answer["risk"]));
}

#[tokio::test]
async fn a_minimum_makes_it_a_gate_that_is_audited() {
    let place = Place::empty().await;
    let refused = described::<ScoreAnswer>(&place.post("/score", &json!({"policy": POLICY, "minimum": 9})).await);
    assert_eq!(refused["accepted"], false);
    let good = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage",
        "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"}]});
    let accepted = described::<ScoreAnswer>(&place.post("/score", &json!({"policy": good, "minimum": 9})).await);
    assert_eq!(accepted["accepted"], true);
    let broken = described::<ScoreAnswer>(&place.post("/score", &json!({"policy": "{", "minimum": 1})).await);
    assert_eq!((&broken["accepted"], &broken["score"]), (&json!(false), &Value::Null));
    let day = jiff::Timestamp::from_second(support::NOW).unwrap().to_string();
    let decisions = place.store.decisions(&day[..10]).await.unwrap();
    assert_eq!(decisions.len(), 3);
    assert_eq!(decisions.iter().filter(|decision| decision.accepted).count(), 1);
    assert!(!format!("{decisions:?}").contains("sqs:"), "the policy's text is not kept");
    // What gives no access, or is not what it is said to be, has a score that says nothing.
    for policy_type in ["scp", "boundary", "session", "rcp", "endpoint", "resource", "trust"] {
        let asked = json!({"policy": POLICY, "type": policy_type, "minimum": 1});
        assert_eq!(place.post("/score", &asked).await.status, 400, "{policy_type}");
    }
    assert_eq!(place.store.decisions(&day[..10]).await.unwrap().len(), 3);
    let zero = place.post("/score", &json!({"policy": good, "minimum": 0})).await;
    assert_eq!(zero.status, 400);
}

#[tokio::test]
async fn settings_hold_for_everybody_who_asks() {
    let mut place = Place::with_sample().await;
    let read = described::<SettingsAnswer>(&place.get("/settings").await);
    assert_eq!((&read["version"], &read["settings"]["minimum"]), (&json!(0), &Value::Null));
    let pass =
        json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}});
    let codes = |of: &Value| of.as_array().unwrap().iter().map(Value::to_string).collect::<String>();
    let found = described::<ValidateAnswer>(&place.post("/validate", &json!({"policy": pass})).await);
    assert!(codes(&found["findings"]).contains("\"PASS_ROLE"));
    let suppression =
        json!({"rule": "PASS_ROLE*", "reason": "agreed", "owner": "team@example.com", "expires": "2099-01-01"});
    let settings = json!({"minimum": 8, "exclude_actions": ["dynamodb:*"], "suppress": [suppression]});
    let wrote =
        described::<SettingsAnswer>(&place.put("/api/settings", &json!({"settings": settings, "version": 0})).await);
    assert_eq!((&wrote["version"], &wrote["settings"]), (&json!(1), &settings));
    assert_eq!(place.put("/settings", &json!({"settings": {}, "version": 0})).await.status, 409, "nobody overwrites");
    // A gate cannot be asked to be lower, what is excluded is not granted, and what is accepted is no finding.
    let six = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}});
    let plain = described::<ScoreAnswer>(&place.post("/score", &json!({"policy": six})).await);
    let score = plain["score"].as_u64().unwrap();
    assert!(score < 8 && plain.get("accepted").is_none());
    let gate = described::<ScoreAnswer>(&place.post("/score", &json!({"policy": six, "minimum": score})).await);
    assert_eq!(gate["accepted"], false);
    let generated = described::<GenerateAnswer>(&place.post("/generate", &json!({"principal": "orders-api"})).await);
    assert!(!generated["principals"][0]["policies"].to_string().contains("dynamodb:"));
    let found = described::<ValidateAnswer>(&place.post("/validate", &json!({"policy": pass})).await);
    assert!(!codes(&found["findings"]).contains("\"PASS_ROLE") && codes(&found["suppressed"]).contains("PASS_ROLE"));
    assert_eq!(found["suppressed"][0]["owner"], "team@example.com");
    for wrong in [
        json!({"minimum": 11}),
        json!({"exclude_actions": ["s3"]}),
        json!({"suppress": [{"rule": "NO_SUCH", "reason": "a", "owner": "b", "expires": "2099-01-01"}]}),
        json!({"suppress": [{"rule": "*", "reason": "a", "owner": "b", "expires": "soon"}]}),
        json!({"suppress": [{"rule": "*", "reason": "a", "owner": "b", "expires": "20990101"}]}),
        json!({"suppress": [{"rule": "*", "reason": "a", "owner": "b", "expires": "2099-01-01", "sid": ""}]}),
        json!({"colour": 1}),
    ] {
        assert_eq!(place.put("/settings", &json!({"settings": wrong, "version": 1})).await.status, 400, "{wrong}");
    }
    let last = place.put("/settings", &json!({"settings": {}, "version": u64::MAX})).await;
    assert_eq!(last.status, 409);
    for groups in [&["reader"][..], &[], &["admin", "account-111122223333"]] {
        place = place.of(groups);
        assert_eq!(place.put("/settings", &json!({"settings": {}, "version": 1})).await.status, 403, "{groups:?}");
    }
}

/// Answers what it is told to, and remembers what it was asked.
#[derive(Debug, Default)]
struct Scripted {
    asked: Mutex<Vec<String>>,
}

impl LanguageModel for Scripted {
    fn id(&self) -> &str {
        "scripted"
    }

    fn answer<'a>(&'a self, ask: &'a Ask) -> ModelFuture<'a> {
        self.asked.lock().unwrap().push(ask.user.clone());
        let policy = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage",
            "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"}});
        let text = json!({"explanation": "Narrower.", "cited": [], "policy": policy}).to_string();
        Box::pin(async move { Ok(Reply { text, is_cut: false, usage: Default::default() }) })
    }
}

#[tokio::test]
async fn a_proposal_is_refined_by_a_wish_and_the_numbers_stay() {
    let model = Arc::new(Scripted::default());
    let place = Place::asking(Some(model.clone())).await;
    let policy = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}});
    let first = described::<ScoreAnswer>(&place.post("/score", &json!({"policy": policy})).await);
    let previous = &first["advice"]["proposal"];
    assert!(previous.is_object(), "{first}");
    let asked = json!({"policy": policy, "follow_up": "only reading", "previous": previous.to_string()});
    let second = described::<ScoreAnswer>(&place.post("/score", &asked).await);
    assert!(second["advice"]["proposal"].is_object());
    for same in ["score", "risk", "findings", "escalations", "better"] {
        assert_eq!(first[same], second[same], "{same}");
    }
    let questions = model.asked.lock().unwrap().clone();
    assert_eq!(questions.len(), 2);
    assert!(questions[1].contains("only reading") && questions[1].contains("sqs:SendMessage"));
    let long = json!({"policy": policy, "follow_up": "x".repeat(2_001)});
    assert_eq!(place.post("/score", &long).await.status, 400);
}

#[tokio::test]
async fn what_a_principal_uses_stays_allowed_in_the_better_version() {
    let place = Place::with_sample().await;
    let asked = json!({"policy": POLICY, "principal": ROLE, "account": "111122223333"});
    described::<ScoreAnswer>(&place.post("/score", &asked).await);
}

#[tokio::test]
async fn findings_differences_and_decisions_are_answered() {
    let place = Place::empty().await;
    let found = described::<ValidateAnswer>(&place.post("/validate", &json!({"policy": POLICY})).await);
    assert!(found["findings"].as_array().unwrap().len() > 3);
    let old = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example/*"}});
    let new = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::example/*"}});
    let grows = described::<DiffAnswer>(&place.post("/diff", &json!({"old": old, "new": new})).await);
    assert_eq!(grows["verdict"], "new-access");
    assert!(!grows["added"].as_array().unwrap().is_empty() && grows["removed"].as_array().unwrap().is_empty());
    let shrinks = described::<DiffAnswer>(&place.post("/diff", &json!({"old": new.to_string(), "new": old})).await);
    assert_eq!(shrinks["verdict"], "no-new-access");
    assert_eq!(shrinks["warnings"], json!([]));
    // What is not understood allows nothing, and is said: with its line, where there are lines.
    let typo = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": {"StringEqualsIfExist": {"aws:username": "anna"}}}]});
    for (new, line) in
        [(typo.clone(), Value::Null), (format!("\n{typo}").into(), json!(2)), (json!([typo]), Value::Null)]
    {
        let passed = described::<DiffAnswer>(&place.post("/diff", &json!({"old": old, "new": new})).await);
        let [warning] = passed["warnings"].as_array().unwrap().as_slice() else { panic!("{passed}") };
        assert_eq!((&warning["policy"], &warning["line"]), (&json!("new"), &line));
        assert!(warning["message"].as_str().unwrap().contains("StringEqualsIfExist"));
    }
    let request = json!({"principal": ROLE, "action": "s3:GetObject", "resource": "arn:aws:s3:::example/a"});
    let decided = described::<SimulateAnswer>(
        &place.post("/simulate", &json!({"request": request, "policies": {"identity": [old]}})).await,
    );
    assert_eq!(decided["decision"], "allowed");
}

#[tokio::test]
async fn use_becomes_policies() {
    let place = Place::with_sample().await;
    let answer = described::<GenerateAnswer>(&place.post("/generate", &json!({"principal": "orders-api"})).await);
    let of = &answer["principals"][0];
    assert_eq!(of["principal"], ROLE);
    assert!(of["proof"]["contained"].as_bool().unwrap() && !of["policies"].as_array().unwrap().is_empty());
    let none = place.post("/generate", &json!({"principal": "nobody"})).await;
    assert_eq!(none.status, 404);
    let early = described::<GenerateAnswer>(
        &place.post("/generate", &json!({"principal": "orders-api", "end": "2020-01-01"})).await,
    );
    assert!(early["principals"].as_array().unwrap().iter().all(|one| one["policies"].as_array().unwrap().is_empty()));
    for wrong in [
        json!({"principal": "a", "mode": "every"}),
        json!({"principal": "a", "start": "yesterday"}),
        json!({"principal": "a", "start": "20260303"}),
        json!({"principal": "a", "start": "2026-02-02", "end": "2026-02-01"}),
        json!({"principal": "a", "exclude_actions": ["s3"]}),
        json!({"principal": "a", "compare": "{"}),
        json!({"principal": "a", "colour": 1}),
        json!({}),
    ] {
        let answer = place.post("/generate", &wrong).await;
        assert_eq!(answer.status, 400, "{wrong}");
        assert_eq!(answer.headers["content-type"], "application/problem+json");
    }
}

#[tokio::test]
async fn numbers_add_up_and_pages_hold_everybody_once() {
    let place = Place::with_sample().await;
    let stats = place.get("/stats?unused_since=2026-03-03").await.json();
    let totals = &stats["totals"];
    let parts = ["allowed", "failed", "denied", "nothing", "unknown"].map(|part| totals[part].as_u64().unwrap());
    assert_eq!(totals["events"].as_u64().unwrap(), parts.iter().sum::<u64>());
    let days = stats["days"].as_object().unwrap();
    assert_eq!(
        days.values().map(|day| day["events"].as_u64().unwrap()).sum::<u64>(),
        totals["events"].as_u64().unwrap()
    );
    assert_eq!(stats["up_to_date"], true);
    assert!(!stats["unused"].as_array().unwrap().is_empty() && !stats["services"].as_array().unwrap().is_empty());

    let whole = place.get("/principals?limit=500").await.json();
    let all: Vec<&str> =
        whole["principals"].as_array().unwrap().iter().map(|one| one["principal"].as_str().unwrap()).collect();
    assert_eq!(all.len() as u64, stats["principals"].as_u64().unwrap());
    let (mut paged, mut after) = (Vec::new(), String::new());
    loop {
        let page = place.get(&format!("/principals?limit=3{after}")).await.json();
        paged.extend(
            page["principals"].as_array().unwrap().iter().map(|one| one["principal"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={}", encoded(next));
    }
    assert_eq!(paged, all);

    let path = format!("/principals/{}", encoded(ROLE));
    let one = place.get(&path).await.json();
    // Slashes may come decoded.
    assert_eq!(place.get(&format!("/api/principals/{ROLE}")).await.json(), one);
    assert_eq!(one["summaries"][0]["principal"], ROLE);
    let calls: u64 = one["usage"].as_array().unwrap().iter().map(|row| row["calls"].as_u64().unwrap()).sum();
    let summary = &one["summaries"][0];
    assert_eq!(calls, ["allowed", "failed", "denied"].iter().map(|part| summary[part].as_u64().unwrap()).sum::<u64>());
    let day = place.get(&format!("{path}?start=2026-03-03&end=2026-03-03")).await.json();
    assert!(
        day["usage"].as_array().unwrap().iter().all(|row| row["days"]
            .as_object()
            .unwrap()
            .keys()
            .all(|day| day == "2026-03-03"))
    );
    assert_eq!(place.get("/principals/arn%3Anobody").await.status, 404);
}
