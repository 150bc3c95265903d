//! Requests that nobody should send: the right status, no panic, nothing of it in the answer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails may panic"
)]

mod support;

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use support::Place;

const ROUTES: [&str; 5] = ["/score", "/validate", "/diff", "/simulate", "/generate"];

#[tokio::test]
async fn nobody_gets_nothing_but_health_and_how_to_sign_in() {
    let mut place = Place::empty().await;
    place.caller = None;
    for route in ROUTES {
        assert_eq!(place.post(route, &json!({})).await.status, 401, "{route}");
    }
    for route in ["/stats", "/principals", "/principals/x", "/settings"] {
        assert_eq!(place.get(route).await.status, 401, "{route}");
    }
    assert_eq!(place.put("/settings", &json!({"settings": {}, "version": 0})).await.status, 401);
    assert_eq!(place.get("/sign-in").await.json(), json!({"kind": "none"}));
    let health = place.get("/health").await;
    assert_eq!((health.status.as_u16(), &health.json()["status"]), (200, &json!("ok")));
}

#[tokio::test]
async fn groups_decide_who_reads_usage_and_of_which_account() {
    let signed_in = Place::with_sample().await.of(&[]);
    assert_eq!(signed_in.get("/stats").await.status, 403);
    assert_eq!(signed_in.post("/generate", &json!({"principal": "orders-api"})).await.status, 403);
    // A policy of one's own may be looked at without; what others use may not be told by it.
    assert_eq!(signed_in.post("/validate", &json!({"policy": "{}"})).await.status, 200);
    assert_eq!(signed_in.post("/score", &json!({"policy": "{}", "principal": "x"})).await.status, 403);
    let limited = signed_in.of(&["reader", "account-444455556666"]);
    for route in ["/stats", "/stats?account=111122223333", "/principals", "/principals/x?account=111122223333"] {
        assert_eq!(limited.get(route).await.status, 403, "{route}");
    }
    assert_eq!(limited.get("/stats?account=444455556666").await.status, 200);
    assert_eq!(limited.post("/generate", &json!({"principal": "orders-api"})).await.status, 403);
}

#[tokio::test]
async fn bodies_that_are_no_requests_are_refused() {
    let place = Place::empty().await;
    let deep = format!("{{\"policy\": {}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let deep_text = serde_json::json!({"policy": deep}).to_string();
    for route in ROUTES {
        let of = |kind, body: Vec<u8>| place.send(route, kind, body);
        assert_eq!(of("application/json", vec![b' '; 10 << 20]).await.status, 413, "{route}");
        assert_eq!(of("application/json", deep.clone().into_bytes()).await.status, 400, "{route}");
        assert_eq!(of("application/json", b"{\"policy\": \"\xff\"}".to_vec()).await.status, 400, "{route}");
        assert_eq!(of("application/json", Vec::new()).await.status, 400, "{route}");
        assert_eq!(of("text/plain", b"{}".to_vec()).await.status, 415, "{route}");
        assert_eq!(place.get(route).await.status, 405, "{route}");
    }
    // A policy whose text is nested too deep is no policy, and has a finding that says so.
    let answer = place.send("/validate", "application/json", deep_text.into_bytes()).await;
    assert_eq!(answer.status, 200);
    assert!(answer.json()["findings"][0]["severity"] == "error");
}

#[tokio::test]
async fn a_key_that_stands_twice_is_refused_wherever_it_stands() {
    let place = Place::empty().await;
    let wide = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    let twice = format!(r#"{{"Statement": [{wide}], "Statement": []}}"#);
    let text = json!(twice).to_string();
    for policy in [&twice, &text] {
        for body in [
            format!(r#"{{"old": {policy}, "new": {policy}}}"#),
            format!(r#"{{"old": {{"Statement": []}}, "new": {policy}}}"#),
            format!(r#"{{"old": {{"Statement": []}}, "new": [{policy}]}}"#),
        ] {
            let answer = place.send("/diff", "application/json", body.clone().into_bytes()).await;
            assert_eq!(answer.status, 400, "{body}");
            assert!(answer.json()["detail"].as_str().unwrap().contains("`Statement` stands twice"), "{body}");
        }
    }
    let request = r#"{"principal": "arn:aws:iam::111122223333:role/a", "action": "a:B", "resource": "*"}"#;
    let body = format!(r#"{{"request": {request}, "policies": {{"identity": [{twice}]}}}}"#);
    assert_eq!(place.send("/simulate", "application/json", body.into_bytes()).await.status, 400);
    let body = format!(r#"{{"policy": {twice}, "minimum": 1}}"#);
    assert_eq!(place.send("/score", "application/json", body.into_bytes()).await.status, 400);
}

#[tokio::test]
async fn what_holds_no_policy_does_not_pass_the_gate() {
    let place = Place::empty().await;
    for nothing in [json!([]), json!("[]"), json!(""), json!("null"), json!([[]]), json!({})] {
        let answer = place.post("/score", &json!({"policy": nothing, "minimum": 1})).await.json();
        assert_eq!((&answer["accepted"], &answer["score"]), (&json!(false), &json!(null)), "{nothing}");
    }
}

#[tokio::test]
async fn answers_fit_what_lambda_takes() {
    let place = Place::empty().await;
    let actions: Vec<String> = (0..20_000).map(|number| format!("s3:Get*{number}")).collect();
    let policy = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": actions, "Resource": "*"}});
    let answer = place.post("/validate", &json!({"policy": policy})).await;
    assert!(answer.bytes.len() < 6_000_000);
    assert!(answer.json()["more_findings"].as_u64().unwrap() > 10_000);
}

#[tokio::test]
async fn other_sites_are_not_let_in() {
    let place = Place::empty().await;
    let preflight = Request::options("/score")
        .header("origin", "https://example.org")
        .header("access-control-request-method", "POST")
        .body(Body::empty())
        .unwrap();
    let answer = place.ask(preflight).await;
    assert!(answer.status.is_client_error() && !answer.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn answers_are_data_for_the_one_who_asked() {
    let place = Place::empty().await;
    for answer in [place.get("/health").await, place.get("/nowhere").await, place.get("/api/stats").await] {
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    }
    assert_eq!(place.get("/nowhere").await.status, 404);
    let no_text = place.get("/principals/%ff").await;
    assert_eq!(
        (no_text.status.as_u16(), &no_text.headers["content-type"]),
        (400, &"application/problem+json".parse().unwrap())
    );
    let hostile = place.get("/stats?start=%3Cscript%3E").await;
    assert_eq!(hostile.status, 400);
    assert!(!String::from_utf8_lossy(&hostile.bytes).contains("<script>"));
}
