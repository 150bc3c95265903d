//! Whom the server answers.

use api::{Caller, Problem};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// Who may come in: whoever brings the token; without one, this machine.
#[derive(Clone, Debug)]
pub struct Door {
    pub token: Option<Arc<str>>,
}

/// Lets in whom the door is open for, as somebody who may do everything.
pub async fn guarded(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    match &door.token {
        Some(token) => {
            let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            if given.and_then(|value| value.strip_prefix("Bearer ")).is_some_and(|given| is_same(given, token)) {
                request.extensions_mut().insert(Caller::local());
            }
        }
        // A page of another site can make a browser ask this machine under that site's name.
        None if !is_this_machine(&request) => {
            let detail = "only requests to this machine's own name are answered";
            return Problem::new(StatusCode::MISDIRECTED_REQUEST, detail).hint("open http://127.0.0.1").into_response();
        }
        None => {
            request.extensions_mut().insert(Caller::local());
        }
    }
    next.run(request).await
}

/// Without telling by its time how much of it is right.
fn is_same(given: &str, token: &str) -> bool {
    let difference = given.bytes().zip(token.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    given.len() == token.len() && difference == 0
}

fn is_this_machine(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok(),
        (None, _) => request.uri().host(),
        // Nobody knows which one is meant.
        (Some(_), Some(_)) => None,
    };
    let Some(name) = host.and_then(name_of) else { return false };
    name.trim_end_matches('.').eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A host without its port, and without the brackets of an IPv6 address.
fn name_of(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    (port.is_empty() || port.starts_with(':')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn only_this_machines_own_names_are_answered_without_a_token() {
        let to = |host: &str| Request::builder().header("host", host).body(Body::empty()).unwrap();
        for host in
            ["127.0.0.1:8787", "localhost:8787", "localhost", "LOCALHOST:8787", "localhost.", "[::1]:8787", "127.0.0.1"]
        {
            assert!(is_this_machine(&to(host)), "{host}");
        }
        for host in [
            "example.org",
            "127.0.0.1.example.org:8787",
            "192.0.2.1",
            "",
            "localhost.example.org",
            "[127.0.0.1].example.org",
            "[::1]example.org",
        ] {
            assert!(!is_this_machine(&to(host)), "{host}");
        }
        let two = Request::builder().header("host", "127.0.0.1").header("host", "example.org").body(Body::empty());
        assert!(!is_this_machine(&two.unwrap()));
    }

    #[test]
    fn tokens_are_the_same_or_not() {
        assert!(is_same("secret", "secret"));
        for other in ["", "secre", "secret ", "Secret"] {
            assert!(!is_same(other, "secret"));
        }
    }
}
