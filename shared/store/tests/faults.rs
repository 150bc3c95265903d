//! Deaths, lost answers, throttling, redelivery, two workers at once, any order: the totals are always the offline answer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails may panic"
)]

mod support;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use leastwise_store::{Store, embedded};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{Delivery, Random, deliveries, offline};

const NOW: i64 = 1_795_000_000;

/// What happens to a worker's calls.
#[derive(Debug)]
enum Plan {
    /// The worker dies at this call: before it is made, or after and before its answer comes. No later call gets through.
    Death { at: usize, after: bool },
    /// Some calls are throttled, of some the connection is lost before, of some the answer is.
    Trouble { random: Mutex<Random> },
    /// Nothing.
    None,
}

#[derive(Debug)]
struct Worker {
    plan: Plan,
    calls: AtomicUsize,
}

#[derive(Debug)]
struct Line {
    worker: Arc<Worker>,
    engine: SharedHttpConnector,
}

fn lost() -> ConnectorError {
    ConnectorError::io("the connection is lost".into())
}

fn throttled() -> HttpResponse {
    let body = r#"{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"slow down"}"#;
    HttpResponse::new(400.try_into().unwrap(), SdkBody::from(body))
}

impl HttpConnector for Line {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let call = self.worker.calls.fetch_add(1, Ordering::SeqCst);
        let engine = self.engine.clone();
        let fate = match &self.worker.plan {
            Plan::Death { at, after } if call == *at && *after => 3,
            Plan::Death { at, .. } if call >= *at => 1,
            Plan::Trouble { random } => random.lock().unwrap().below(12),
            _ => 0,
        };
        HttpConnectorFuture::new(async move {
            match fate {
                1 => Err(lost()),
                2 => Ok(throttled()),
                3 => {
                    engine.call(request).await?;
                    Err(lost())
                }
                _ => engine.call(request).await,
            }
        })
    }
}

/// A worker of its own, with a client of its own, on the same table.
fn worker(database: &dynoxide::Database, plan: Plan) -> (Store, Arc<Worker>) {
    let worker = Arc::new(Worker { plan, calls: AtomicUsize::new(0) });
    let engine: SharedHttpClient = embedded::transport(database.clone());
    let line = worker.clone();
    let client = http_client_fn(move |settings, components| {
        let engine = engine.http_connector(settings, components);
        SharedHttpConnector::new(Line { worker: line.clone(), engine })
    });
    let retry = match worker.plan {
        Plan::Trouble { .. } => {
            RetryConfig::standard().with_max_attempts(6).with_initial_backoff(Duration::from_micros(10))
        }
        _ => RetryConfig::disabled(),
    };
    let client = embedded::client(database, |configuration| {
        configuration
            .http_client(client)
            .retry_config(retry)
            .retry_partition(aws_sdk_dynamodb::config::retry::RetryPartition::custom("w").build())
    });
    (Store::new(client, "leastwise"), worker)
}

/// Delivers files as a queue does: what fails stays in the queue. Now and then it folds.
async fn work(store: &Store, files: &[&Delivery], fold_each: usize) {
    for (number, file) in files.iter().enumerate() {
        if store.ingest(&file.object, &file.contribution(), NOW).await.is_err() {
            continue;
        }
        if number % fold_each == 0 {
            let _ = store.fold().await;
        }
    }
    let _ = store.fold().await;
}

async fn healed(database: &dynoxide::Database, files: &[Delivery]) -> Store {
    let (store, _) = worker(database, Plan::None);
    for file in files {
        store.ingest(&file.object, &file.contribution(), NOW).await.unwrap();
    }
    store.fold().await.unwrap();
    store
}

/// How many schedules; `FAULT_SCHEDULES` asks for more.
fn schedules() -> u64 {
    std::env::var("FAULT_SCHEDULES").ok().and_then(|text| text.parse().ok()).unwrap_or(500)
}

#[tokio::test]
async fn a_death_at_any_call_loses_nothing_and_counts_nothing_twice() {
    let files = deliveries(1, 4, 8);
    let expected = offline(&files);
    let all: Vec<&Delivery> = files.iter().collect();
    let mut at = 0;
    loop {
        let mut died = false;
        for after in [false, true] {
            let database = embedded::database(None).unwrap();
            Store::new(embedded::client(&database, |it| it), "leastwise").create().await.unwrap();
            let (store, counted) = worker(&database, Plan::Death { at, after });
            work(&store, &all, 2).await;
            died |= counted.calls.load(Ordering::SeqCst) > at;
            let store = healed(&database, &files).await;
            assert_eq!(store.rows().await.unwrap(), expected, "death at call {at}, after it: {after}");
        }
        at += 1;
        if !died {
            break;
        }
    }
    assert!(at > 40, "{at} calls");
}

/// Entries in one lane, more than one page of them: whoever folds next meets what the dead one folded, and new entries among it.
#[tokio::test]
async fn a_death_before_a_lane_of_many_pages_counts_nothing_twice() {
    let files = deliveries(3, 190, 1);
    let expected = offline(&files);
    let (before, after_it) = files.split_at(140);
    let mut deaths = 0;
    for at in 0.. {
        let mut died = false;
        for after in [false, true] {
            let database = embedded::database(None).unwrap();
            let (store, _) = worker(&database, Plan::None);
            store.create().await.unwrap();
            for file in before {
                store.ingest(&file.object, &file.contribution(), NOW).await.unwrap();
            }
            let (dying, counted) = worker(&database, Plan::Death { at, after });
            let _ = dying.fold().await;
            died |= counted.calls.load(Ordering::SeqCst) > at;
            for file in after_it {
                store.ingest(&file.object, &file.contribution(), NOW).await.unwrap();
            }
            assert!(!store.is_folded().await.unwrap());
            // It looks at what waits first, and nothing may look done that is not.
            store.fold_alone("next", 1, None).await.unwrap();
            assert!(store.is_folded().await.unwrap());
            assert_eq!(store.rows().await.unwrap(), expected, "death at call {at}, after it: {after}");
        }
        if !died {
            break;
        }
        deaths += 1;
    }
    assert!(deaths > 20, "{deaths} calls");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_schedule_ends_in_the_offline_answer() {
    let mut trouble = 0;
    for seed in 0..schedules() {
        let mut random = Random(seed);
        let files = deliveries(seed, 3 + random.below(4), 1 + random.below(8));
        let database = embedded::database(None).unwrap();
        Store::new(embedded::client(&database, |it| it), "leastwise").create().await.unwrap();
        let shift = |random: &mut Random| {
            // Any order, some of them twice.
            let mut order: Vec<&Delivery> = files.iter().chain(files.iter().filter(|_| random.below(3) == 0)).collect();
            for at in (1..order.len()).rev() {
                order.swap(at, random.below(at + 1));
            }
            let plan = match random.below(4) {
                0 => Plan::None,
                1 => Plan::Death { at: random.below(60), after: random.below(2) == 0 },
                _ => Plan::Trouble { random: Mutex::new(Random(random.next())) },
            };
            (worker(&database, plan), order, 1 + random.below(4))
        };
        let ((first, counted), first_order, first_fold) = shift(&mut random);
        let ((second, _), second_order, second_fold) = shift(&mut random);
        tokio::join!(work(&first, &first_order, first_fold), work(&second, &second_order, second_fold));
        trouble += usize::from(!matches!(counted.plan, Plan::None));
        let store = healed(&database, &files).await;
        assert_eq!(store.rows().await.unwrap(), offline(&files), "schedule {seed}");
    }
    assert!(trouble > 100);
}

#[tokio::test]
async fn who_folds_alone_leaves_others_lanes_to_them() {
    let database = embedded::database(None).unwrap();
    let store = Store::new(embedded::client(&database, |it| it), "leastwise");
    store.create().await.unwrap();
    let files = deliveries(5, 6, 10);
    for file in &files {
        store.ingest(&file.object, &file.contribution(), NOW).await.unwrap();
    }
    // A folder that died holds its lanes; what it did not do is done without it in time, and here by the one that asks no one.
    let (dying, _) = worker(&database, Plan::Death { at: 3, after: true });
    let _ = dying.fold_alone("first", 1, None).await;
    store.fold_alone("second", 1, None).await.unwrap();
    store.fold().await.unwrap();
    assert_eq!(store.rows().await.unwrap(), offline(&files));
    assert_eq!(store.fold_alone("second", 1, None).await.unwrap().entries, 0);
}
