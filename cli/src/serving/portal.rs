//! The portal: what `npm run build` left in ui/dist, in this program.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use rust_embed::RustEmbed;
use std::fmt::Write as _;

/// Its files. A debug build reads them when it is asked, so that the portal can change under it.
#[derive(RustEmbed)]
#[folder = "$LEASTWISE_PORTAL"]
#[allow_missing = true]
struct Files;

/// The page that every address of the portal begins with.
const START: &str = "index.html";
/// Nothing but what comes from here, and no code or style but files; as CloudFront says it.
const CONTENT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Answers what a browser opens with the portal, and leaves everything else to the routes.
pub async fn portal(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !matches!(*request.method(), Method::GET | Method::HEAD) || path.starts_with("/api/") {
        return next.run(request).await;
    }
    let name = path.trim_start_matches('/');
    match Files::get(name) {
        Some(file) => answered(name, file),
        None if !is_page(path, request.headers()) => next.run(request).await,
        None => match Files::get(START) {
            Some(file) => answered(START, file),
            None if path == "/" => guarded(Html(routes()).into_response()),
            None => next.run(request).await,
        },
    }
}

/// Whether a person opens it: the portal's pages and some routes have the same names.
fn is_page(path: &str, headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    path == "/" || (accepted.contains("text/html") && !last.contains('.'))
}

fn answered(name: &str, file: rust_embed::EmbeddedFile) -> Response {
    let mut response = Response::new(Body::from(file.data.into_owned()));
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(file.metadata.mimetype()) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    // The build puts a hash of the content into the names below assets/.
    let kept = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    guarded(response)
}

fn guarded(mut response: Response) -> Response {
    let all: [(HeaderName, &str); 4] = [
        (header::CONTENT_SECURITY_POLICY, CONTENT),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    response.headers_mut().extend(all.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}

/// What is here where the portal was not built: the routes.
fn routes() -> String {
    let mut listed = String::new();
    for (path, item) in &api::openapi().paths.paths {
        let method = if item.get.is_some() { "GET" } else { "POST" };
        let what = item.get.as_ref().or(item.post.as_ref()).and_then(|one| one.summary.clone()).unwrap_or_default();
        let _ = writeln!(listed, "<dt><code>{method} {path}</code></dt><dd>{what}</dd>");
    }
    format!(
        "<!doctype html>\n<html lang=en><meta charset=utf-8><title>leastwise</title>\n<h1>leastwise</h1>\n\
         <p>The API of this store. The portal is not in this program: <code>npm ci && npm run build</code> in ui/, and build \
         the program again. Every path also answers under <code>/api</code>. Numbers to begin with: \
         <a href=\"/api/stats\">/api/stats</a>, <a href=\"/api/principals\">/api/principals</a>.</p>\n<dl>\n{listed}</dl>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

    use super::*;

    #[test]
    fn a_browser_gets_pages_and_a_script_gets_routes() {
        let accepting = |kind: &'static str| HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(kind))]);
        let browser = accepting("text/html,application/xhtml+xml,*/*;q=0.8");
        assert!(is_page("/", &HeaderMap::new()));
        assert!(is_page("/usage", &browser) && is_page("/usage/principal", &browser) && is_page("/generate", &browser));
        assert!(!is_page("/favicon.ico", &browser) && !is_page("/assets/gone.js", &browser));
        assert!(!is_page("/stats", &accepting("*/*")) && !is_page("/stats", &HeaderMap::new()));
    }
}
