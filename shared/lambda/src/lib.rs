//! What the API's functions share: settings from the environment, clients, and who asks.
//!
//! | variable | |
//! |---|---|
//! | `LEASTWISE_TABLE` | the table of the store; needed |
//! | `LEASTWISE_MODEL` | id of a model or inference profile of Bedrock; no model is asked without |
//! | `LEASTWISE_SIGN_IN` | `none`: whoever reaches the function may do everything. Only behind something else that asks |
//! | `LEASTWISE_ISSUER`, `LEASTWISE_CLIENT_ID` | who signs the tokens, and the client that the portal is with them |
//! | `LEASTWISE_SIGN_IN_PAGES` | where Cognito's sign-in pages are; other issuers say so themselves |

use advisor::{Bedrock, LanguageModel};
use api::{App, Caller, Oidc, Problem, SignIn};
use aws_config::retry::RetryConfig;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Response;
use axum::response::IntoResponse;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lambda_http::request::RequestContext;
use lambda_http::{Error, Request, RequestExt, service_fn};
use serde::Deserialize;
use std::env;
use std::sync::Arc;
use store::Store;
use tower::ServiceExt;

/// Answers API Gateway's requests with a router, until the function is stopped.
///
/// # Errors
/// Where a setting is missing, or Lambda's runtime does not answer.
pub async fn serve(router: fn(&App) -> Router) -> Result<(), Error> {
    lambda_http::tracing::init_default_subscriber();
    let table = env::var("LEASTWISE_TABLE").map_err(|_| "LEASTWISE_TABLE is not set: it names the store's table")?;
    let configuration = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    let store = Store::new(aws_sdk_dynamodb::Client::new(&configuration), table);
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let router = router(&App::new(store, model(&configuration)).signing_in(sign_in(set)));
    let is_open = env::var("LEASTWISE_SIGN_IN").is_ok_and(|how| how == "none");
    lambda_http::run(service_fn(move |mut request: Request| {
        let router = router.clone();
        let caller = if is_open { Some(Caller::local()) } else { caller_of(&request) };
        if let Some(caller) = caller {
            request.extensions_mut().insert(caller);
        }
        async move {
            let Ok(response) = router.oneshot(request.map(Body::new)).await;
            Ok::<_, Error>(bounded(response).await)
        }
    }))
    .await
}

/// Bytes of an answer: Lambda sends 6 MB, in which quotes are escaped.
const LARGEST_ANSWER: usize = 5_000_000;

/// An answer that Lambda can send: of one that is too long it would say nothing but that it failed.
async fn bounded(response: Response<Body>) -> Response<Body> {
    let (parts, body) = response.into_parts();
    match to_bytes(body, LARGEST_ANSWER).await {
        Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
        Err(_) => Problem::invalid(format!("the answer has more than {LARGEST_ANSWER} bytes"))
            .hint("ask for less: one account, one principal, fewer days")
            .into_response(),
    }
}

/// How the portal's users sign in.
fn sign_in(set: impl Fn(&str) -> Option<String>) -> SignIn {
    let (Some(issuer), Some(client_id)) = (set("LEASTWISE_ISSUER"), set("LEASTWISE_CLIENT_ID")) else {
        return SignIn::None;
    };
    if set("LEASTWISE_SIGN_IN").is_some_and(|how| how == "none") {
        return SignIn::None;
    }
    // Cognito's discovery document does not say where one signs out.
    let page = |path: &str| set("LEASTWISE_SIGN_IN_PAGES").map(|pages| format!("{pages}{path}"));
    SignIn::Oidc(Oidc {
        issuer,
        client_id,
        scope: "openid email".to_owned(),
        authorize: page("/oauth2/authorize"),
        token: page("/oauth2/token"),
        end_session: page("/logout"),
    })
}

/// The model that the environment names. Retries and deadlines are the advisor's.
fn model(configuration: &aws_config::SdkConfig) -> Option<Arc<dyn LanguageModel>> {
    let id = env::var("LEASTWISE_MODEL").ok().filter(|id| !id.is_empty())?;
    let settings = aws_sdk_bedrockruntime::config::Builder::from(configuration).retry_config(RetryConfig::disabled());
    let client = aws_sdk_bedrockruntime::Client::from_conf(settings.build());
    Some(Arc::new(Bedrock::new(id, client)))
}

/// Whom API Gateway's authorizer has recognised.
fn caller_of(request: &Request) -> Option<Caller> {
    let Some(RequestContext::ApiGatewayV2(context)) = request.request_context_ref() else { return None };
    let claims = &context.authorizer.as_ref()?.jwt.as_ref()?.claims;
    let subject = claims.get("sub")?;
    let groups = match token(request).filter(|token| token.sub == *subject) {
        Some(token) => token.groups,
        // Names of Cognito's groups have no spaces, so that what API Gateway makes of a list can be read again.
        None => claims.get("cognito:groups").map(|claim| Caller::groups(claim).collect()).unwrap_or_default(),
    };
    Some(Caller::new(subject, groups))
}

/// What of a token's claims says who somebody is.
#[derive(Deserialize)]
struct Token {
    sub: String,
    #[serde(default, alias = "cognito:groups")]
    groups: Vec<String>,
}

/// The token of a request. API Gateway has checked it, and renders lists so that a group "read only admin" could not be told
/// from three.
fn token(request: &Request) -> Option<Token> {
    let header = request.headers().get("authorization")?.to_str().ok()?;
    let token = header.strip_prefix("Bearer ").unwrap_or(header).trim();
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&payload).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

    use super::*;

    #[test]
    fn the_portal_is_told_how_to_sign_in() {
        fn of(variables: &[(&str, &str)]) -> SignIn {
            sign_in(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        }
        assert_eq!(of(&[]), SignIn::None);
        let issuer = ("LEASTWISE_ISSUER", "https://issuer.example.com");
        let SignIn::Oidc(other) = of(&[issuer, ("LEASTWISE_CLIENT_ID", "portal")]) else { unreachable!() };
        assert_eq!((other.issuer.as_str(), other.authorize), ("https://issuer.example.com", None));
        let pages = ("LEASTWISE_SIGN_IN_PAGES", "https://leastwise-1.auth.eu-west-1.amazoncognito.com");
        let SignIn::Oidc(cognito) = of(&[issuer, ("LEASTWISE_CLIENT_ID", "portal"), pages]) else { unreachable!() };
        assert_eq!(cognito.token.as_deref(), Some("https://leastwise-1.auth.eu-west-1.amazoncognito.com/oauth2/token"));
        let open = of(&[issuer, ("LEASTWISE_CLIENT_ID", "portal"), ("LEASTWISE_SIGN_IN", "none")]);
        assert_eq!(open, SignIn::None);
    }

    #[test]
    fn what_lambda_cannot_send_is_said() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let sent = |bytes: usize| runtime.block_on(bounded(Response::new(Body::from(vec![b'x'; bytes])))).status();
        assert_eq!(sent(LARGEST_ANSWER), 200);
        assert_eq!(sent(LARGEST_ANSWER + 1), 400);
    }

    #[test]
    fn who_asks_is_read_from_the_authorizer_and_from_nothing_else() {
        let event = include_str!("../../../events/lambda/score.json");
        let request = lambda_http::request::from_str(event).unwrap();
        let caller = caller_of(&request).unwrap();
        assert_eq!(caller.subject, "0f1e2d3c-0000-4000-8000-000000000001");
        assert!(caller.may_read(None).is_ok());
        let mut event: serde_json::Value = serde_json::from_str(event).unwrap();
        // Groups of another issuer, whose names have spaces.
        let payload =
            r#"{"sub": "0f1e2d3c-0000-4000-8000-000000000001", "groups": ["read only admin", "Database admin"]}"#;
        event["headers"]["authorization"] = format!("Bearer e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload)).into();
        event["requestContext"]["authorizer"]["jwt"]["claims"]["groups"] = "[read only admin Database admin]".into();
        let of = |event: &serde_json::Value| caller_of(&lambda_http::request::from_str(&event.to_string()).unwrap());
        let caller = of(&event).unwrap();
        assert!(caller.may_read(None).is_err() && caller.may_change().is_err());
        let payload = payload.replace("Database admin", "admin");
        event["headers"]["authorization"] = format!("Bearer e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload)).into();
        assert!(of(&event).unwrap().may_change().is_ok());
        event["requestContext"].as_object_mut().unwrap().remove("authorizer");
        let request = lambda_http::request::from_str(&event.to_string()).unwrap();
        assert!(caller_of(&request).is_none());
    }
}
