//! `leastwise serve`: every route of the API, from a store in one file.

use super::fill::{add_sample, failed, runtime};
use crate::arguments::ServeArguments;
use crate::failure::Failure;
use crate::output;
use advisor::{Bedrock, LanguageModel};
use api::{App, Caller, Problem};
use aws_config::BehaviorVersion;
use aws_config::retry::RetryConfig;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;
use store::embedded;
use tokio::net::TcpListener;

/// Whom the server answers.
#[derive(Clone, Debug)]
struct Door {
    token: Option<Arc<str>>,
}

pub fn run(arguments: ServeArguments) -> Result<ExitCode, Failure> {
    let token = arguments.token.filter(|token| !token.is_empty());
    if !arguments.address.ip().is_loopback() && token.is_none() {
        return Err(Failure::invalid(
            format!("`{}` can be reached by others, and anybody who reaches it would be answered", arguments.address),
            "set --token, or listen on 127.0.0.1",
        ));
    }
    let runtime = runtime()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(arguments.address).await.map_err(|error| {
            Failure::invalid(format!("cannot listen on {}: {error}", arguments.address), "--address names another port")
        })?;
        let store = embedded::open(arguments.store.as_deref()).await.map_err(failed)?;
        if arguments.sample {
            add_sample(&store).await.map_err(failed)?;
        }
        let app = App::new(store, model(arguments.model).await);
        let address = listener.local_addr().map_err(Failure::Input)?;
        let router = router(&app, Door { token: token.as_deref().map(Arc::from) });
        // What a script waits for, and what a person opens.
        output::print(&format!("http://{address}/\n"))?;
        if arguments.store.is_none() && !arguments.sample {
            output::tell(
                "note: the store is empty and in memory; --sample or --store FILE gives it something to answer from",
            );
        }
        let stop = async {
            // Without a signal to wait for, the process is stopped by its end.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, router).with_graceful_shutdown(stop).await.map_err(Failure::Output)?;
        Ok(ExitCode::SUCCESS)
    })
}

async fn model(id: Option<String>) -> Option<Arc<dyn LanguageModel>> {
    let id = id?;
    let settings = aws_config::defaults(BehaviorVersion::latest()).retry_config(RetryConfig::disabled()).load().await;
    Some(Arc::new(Bedrock::new(id, aws_sdk_bedrockruntime::Client::new(&settings))))
}

fn router(app: &App, door: Door) -> Router {
    // The start page says nothing that needs a token.
    let start = Router::new().route("/", get(|| async { page() }));
    api::router(app).merge(start).layer(from_fn_with_state(door, guarded))
}

/// Lets in whom the door is open for, as somebody who may do everything.
async fn guarded(State(door): State<Door>, mut request: Request, next: Next) -> Response {
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
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).or(request.uri().host());
    let Some(host) = host else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What is here: the routes, and a request to begin with.
fn page() -> Response {
    let routes: String = api::openapi()
        .paths
        .paths
        .iter()
        .map(|(path, item)| {
            let method = if item.get.is_some() { "GET" } else { "POST" };
            let what = item.get.as_ref().or(item.post.as_ref()).and_then(|one| one.summary.clone()).unwrap_or_default();
            format!("<dt><code>{method} {path}</code></dt><dd>{what}</dd>\n")
        })
        .collect();
    let mut page = Html(format!(
        "<!doctype html>\n<html lang=en><meta charset=utf-8><title>leastwise</title>\n<h1>leastwise</h1>\n\
         <p>The API of this store; every path also answers under <code>/api</code>. Numbers to begin with: \
         <a href=\"/stats\">/stats</a>, <a href=\"/principals\">/principals</a>.</p>\n<dl>\n{routes}</dl>\n</html>\n"
    ))
    .into_response();
    let policy =
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    page.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn only_this_machines_own_names_are_answered_without_a_token() {
        let to = |host: &str| Request::builder().header("host", host).body(Body::empty()).unwrap();
        for host in ["127.0.0.1:8787", "localhost:8787", "localhost", "[::1]:8787", "127.0.0.1"] {
            assert!(is_this_machine(&to(host)), "{host}");
        }
        for host in ["example.org", "127.0.0.1.example.org:8787", "192.0.2.1", "", "localhost.example.org"] {
            assert!(!is_this_machine(&to(host)), "{host}");
        }
    }

    #[test]
    fn tokens_are_the_same_or_not() {
        assert!(is_same("secret", "secret"));
        for other in ["", "secre", "secret ", "Secret"] {
            assert!(!is_same(other, "secret"));
        }
    }
}
