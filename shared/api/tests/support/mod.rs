//! The routes over a store that holds the sample trail.

#![allow(dead_code, reason = "each test uses some of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "support of tests"
)]

use advisor::LanguageModel;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use leastwise_api::{App, Caller, router};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Contribution, Object, Store, embedded};
use tower::ServiceExt;

pub const NOW: i64 = 1_795_000_000;

pub struct Place {
    pub router: Router,
    pub store: Store,
    pub caller: Option<Caller>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&self.bytes)))
    }
}

impl Place {
    pub async fn empty() -> Place {
        Place::asking(None).await
    }

    /// Without usage, with this model.
    pub async fn asking(model: Option<Arc<dyn LanguageModel>>) -> Place {
        let store = embedded::open(None).await.unwrap();
        let app = App::new(store.clone(), model).at(|| jiff::Timestamp::from_second(NOW).unwrap());
        Place { router: router(&app), store, caller: Some(Caller::local()) }
    }

    pub async fn with_sample() -> Place {
        let place = Place::empty().await;
        for file in sample() {
            let bytes = std::fs::read(&file).unwrap();
            let contribution = Contribution::read(bytes.as_slice(), catalog::builtin());
            let object = Object { bucket: "b".to_owned(), key: file.display().to_string(), version: "1".to_owned() };
            place.store.ingest(&object, &contribution, NOW).await.unwrap();
        }
        place.store.fold().await.unwrap();
        place
    }

    pub fn of(mut self, groups: &[&str]) -> Place {
        self.caller = Some(Caller::new("somebody", groups.iter().map(|group| (*group).to_owned())));
        self
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let mut request = request;
        if let Some(caller) = &self.caller {
            request.extensions_mut().insert(caller.clone());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(path, "application/json", body.to_string().into_bytes()).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        let request = Request::put(path).header("content-type", "application/json");
        self.ask(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub async fn send(&self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        self.ask(Request::post(path).header("content-type", kind).body(Body::from(body)).unwrap()).await
    }
}

pub fn sample() -> Vec<PathBuf> {
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events/cloudtrail"), &mut files);
    files.sort();
    files
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}
