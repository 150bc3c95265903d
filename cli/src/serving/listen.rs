//! Connections: so many at once, and none that waits for ever.

use api::Problem;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections that are answered at once; more wait until one ends.
const CONNECTIONS: usize = 256;

/// How long a client is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of a request, also of the next one on a connection that is kept.
    pub head: Duration,
    /// For its body, and for the answer to be made.
    pub request: Duration,
    /// For the answers that are still being made when the server is stopped.
    pub end: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        // What API Gateway grants.
        let request = Duration::from_secs(30);
        Patience { head: Duration::from_secs(10), request, end: Duration::from_secs(5) }
    }
}

/// Answers with the router until `stop` is done.
pub async fn listen(listener: TcpListener, router: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let router = router.layer(from_fn(move |request, next| limited(request, next, patience.request)));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let Ok(place) = connections.clone().acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        // What a client did before it was accepted is no reason to stop; without file handles, a moment helps.
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let served = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let served = graceful.watch(served);
        tokio::spawn(async move {
            // A client that goes away is no error of ours.
            let _ = served.await;
            drop(place);
        });
    }
    let _ = tokio::time::timeout(patience.end, graceful.shutdown()).await;
}

async fn limited(request: Request, next: Next, patience: Duration) -> Response {
    tokio::time::timeout(patience, next.run(request)).await.unwrap_or_else(|_| {
        let detail = format!("the request was not there, or not answered, within {} s", patience.as_secs());
        Problem::new(StatusCode::REQUEST_TIMEOUT, detail).into_response()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

    use super::*;
    use axum::body::Bytes;
    use axum::routing::post;
    use std::net::SocketAddr;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    async fn server(patience: Patience) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", post(|body: Bytes| async move { body.len().to_string() }));
        tokio::spawn(listen(listener, router, patience, std::future::pending()));
        address
    }

    async fn says(address: SocketAddr, text: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(100);

    #[tokio::test]
    async fn a_client_that_does_not_end_its_head_is_hung_up_on() {
        let address = server(Patience { head: SHORT, request: LONG, end: LONG }).await;
        let answer = says(address, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ").await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }

    #[tokio::test]
    async fn a_client_that_does_not_send_its_body_is_told_so() {
        let address = server(Patience { head: LONG, request: SHORT, end: LONG }).await;
        let answer =
            says(address, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\nConnection: close\r\n\r\nslow")
                .await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    }

    #[tokio::test]
    async fn slow_clients_do_not_keep_others_waiting() {
        let address = server(Patience { head: LONG, request: LONG, end: LONG }).await;
        let mut slow = Vec::new();
        for _ in 0..CONNECTIONS / 2 {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(b"POST / HTTP/1.1\r\n").await.unwrap();
            slow.push(stream);
        }
        let request = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfour";
        let answer = says(address, request).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with('4'), "{answer}");
    }
}
