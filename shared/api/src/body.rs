//! Bodies: JSON of a size, that says where it is wrong.

use crate::Problem;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use std::error::Error;

/// Bytes of a body: more than any policy that AWS stores, with room for a list of them.
pub const LARGEST: usize = 1 << 20;

/// A JSON body.
pub(crate) struct Body<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Body<T>, Problem> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // A form of another site cannot send this type without asking first.
        if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
            let detail = "the body is not said to be JSON";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail).hint("content-type: application/json"));
        }
        let bytes: Bytes = to_bytes(request.into_body(), LARGEST).await.map_err(|error| {
            if !is_too_long(&error) {
                return Problem::invalid("the body could not be read to its end");
            }
            let detail = format!("the body has more than {LARGEST} bytes");
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail).hint("send one policy at a time")
        })?;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            Problem::invalid(format!("the body is no UTF-8: byte {} is wrong", error.valid_up_to()))
        })?;
        policy::json::read_whole(text).map(Body).map_err(Problem::invalid)
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    let mut causes = std::iter::successors(error.source(), |error| (*error).source());
    causes.any(|cause| cause.is::<http_body_util::LengthLimitError>())
}
