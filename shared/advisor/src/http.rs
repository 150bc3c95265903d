//! One JSON request and its answer, as the providers without an SDK of AWS take it.

use std::{sync::Arc, time::Duration};

use serde_json::Value;
use ureq::tls::TlsConfig;

use crate::model::ModelError;

/// The longest answer that is read.
const LONGEST: u64 = 4 << 20;
/// The longest time for one answer; the caller's deadline is mostly shorter.
const PATIENCE: Duration = Duration::from_secs(60);

/// Posts JSON and reads JSON, on a thread that may wait.
///
/// # Errors
/// By status: 429 and 529 throttled, 5xx unavailable, other than 2xx refused with the body's message.
pub(crate) async fn post(url: String, headers: Vec<(&'static str, String)>, body: Value) -> Result<Value, ModelError> {
    let send = move || blocking(&url, &headers, &body);
    match tokio::task::spawn_blocking(send).await {
        Ok(answer) => answer,
        Err(error) => Err(ModelError::Unavailable(error.to_string())),
    }
}

fn blocking(url: &str, headers: &[(&'static str, String)], body: &Value) -> Result<Value, ModelError> {
    let unavailable = |error: ureq::Error| ModelError::Unavailable(error.to_string());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .tls_config(TlsConfig::builder().unversioned_rustls_crypto_provider(provider).build())
        .build()
        .into();
    let mut request = agent.post(url).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let mut response = request.send(body.to_string()).map_err(unavailable)?;
    let status = response.status().as_u16();
    let after = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    let text = response.body_mut().with_config().limit(LONGEST).read_to_string().map_err(unavailable)?;
    let message = || -> String {
        let value: Option<Value> = serde_json::from_str(&text).ok();
        let said = value.as_ref().and_then(|value| value.pointer("/error/message")).and_then(Value::as_str);
        said.unwrap_or(&text).chars().take(300).collect()
    };
    match status {
        200..=299 => serde_json::from_str(&text).map_err(|error| ModelError::Malformed(error.to_string())),
        429 | 529 => Err(ModelError::Throttled { after: after.map(Duration::from_secs) }),
        500..=599 => Err(ModelError::Unavailable(format!("status {status}: {}", message()))),
        _ => Err(ModelError::Refused(message())),
    }
}
