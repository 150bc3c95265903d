//! The recorded events through the handler as a plain function: S3 and SQS are scripted, the store is the embedded one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails may panic"
)]

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use leastwise_analyzer::{Analyzer, Settings};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use store::{Contribution, Store, embedded};
use usage::{Rows, Usage};

/// What AWS holds, and how it behaves.
#[derive(Debug, Default)]
struct Aws {
    objects: BTreeMap<String, Vec<u8>>,
    letters: Vec<Value>,
    /// The next this many reads of objects end half-way.
    broken: usize,
    /// Reads of objects.
    reads: usize,
}

#[derive(Clone, Debug)]
struct Line(Arc<Mutex<Aws>>);

fn answer(status: u16, body: impl Into<SdkBody>) -> HttpResponse {
    HttpResponse::new(status.try_into().unwrap(), body.into())
}

impl HttpConnector for Line {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(self.answer(&request))
    }
}

impl Line {
    fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let mut aws = self.0.lock().unwrap();
        if request.headers().get("x-amz-target").is_some_and(|target| target.contains("SQS")) {
            let sent: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
            aws.letters.push(serde_json::from_str(sent["MessageBody"].as_str().unwrap()).unwrap());
            return Ok(answer(200, json!({"MessageId": "1"}).to_string()));
        }
        aws.reads += 1;
        let path = request.uri().split('?').next().unwrap().splitn(4, '/').nth(3).unwrap().to_owned();
        let key = path.split_once('/').unwrap().1.replace("%20", " ");
        let Some(bytes) = aws.objects.get(&key).cloned() else {
            return Ok(answer(404, "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>"));
        };
        let whole = bytes.len();
        let given = if aws.broken > 0 {
            aws.broken -= 1;
            bytes[..whole / 2].to_vec()
        } else {
            bytes
        };
        let mut response = answer(200, given);
        response.headers_mut().insert("content-length", whole.to_string());
        response.headers_mut().insert("etag", "\"0f1e2d3c4b5a69788796a5b4c3d2e1f0\"");
        Ok(response)
    }
}

struct Place {
    aws: Arc<Mutex<Aws>>,
    store: Store,
    analyzer: Analyzer,
}

const KEY: &str = "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/111122223333_CloudTrail_eu-west-1_20260302T0805Z_KH68L3YaA8STAhMt.json.gz";

fn sample() -> Vec<u8> {
    std::fs::read(format!("{}/../../events/cloudtrail/{KEY}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn event(name: &str) -> Value {
    let text =
        std::fs::read_to_string(format!("{}/../../events/lambda/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

impl Place {
    async fn new() -> Place {
        let aws = Arc::new(Mutex::new(Aws::default()));
        aws.lock().unwrap().objects.insert(KEY.to_owned(), sample());
        let store = embedded::open(None).await.unwrap();
        let line = Line(aws.clone());
        let client = http_client_fn(move |_, _| SharedHttpConnector::new(line.clone()));
        let credentials = aws_sdk_s3::config::Credentials::new("a", "b", None, None, "test");
        let objects = aws_sdk_s3::Config::builder()
            .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
            .region(aws_sdk_s3::config::Region::new("eu-west-1"))
            .credentials_provider(credentials.clone())
            .force_path_style(true)
            .endpoint_url("http://s3.example")
            .retry_config(aws_sdk_s3::config::retry::RetryConfig::disabled())
            .http_client(client.clone());
        let queues = aws_sdk_sqs::Config::builder()
            .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
            .region(aws_sdk_sqs::config::Region::new("eu-west-1"))
            .credentials_provider(credentials)
            .endpoint_url("http://sqs.example")
            .http_client(client);
        let settings = Settings {
            table: "leastwise".to_owned(),
            dead_letters: Some("http://sqs.example/111122223333/dead".to_owned()),
            fold_after: 1,
            reader: None,
        };
        let (objects, queues) =
            (aws_sdk_s3::Client::from_conf(objects.build()), aws_sdk_sqs::Client::from_conf(queues.build()));
        let analyzer = Analyzer::with(store.clone(), objects, queues, settings);
        Place { aws, store, analyzer }
    }

    async fn handle(&self, event: Value) -> Result<Value, String> {
        let deadline = SystemTime::now() + Duration::from_secs(60);
        self.analyzer.handle(event, "request", deadline).await.map_err(|error| error.to_string())
    }

    fn letters(&self) -> Vec<Value> {
        self.aws.lock().unwrap().letters.clone()
    }
}

fn offline(objects: &[&[u8]]) -> Rows {
    let mut usage = Usage::default();
    objects.iter().for_each(|bytes| usage.merge(&Contribution::read(*bytes, catalog::builtin()).usage()));
    let mut rows = usage.rows();
    usage::thin_samples(&mut rows.usage);
    rows
}

#[tokio::test]
async fn each_way_of_delivery_counts_the_object_once() {
    let place = Place::new().await;
    for name in ["sqs-s3", "sqs-eventbridge", "s3", "backfill", "sqs-s3"] {
        let answer = place.handle(event(name)).await.unwrap();
        if name.starts_with("sqs") {
            assert_eq!(answer, json!({"batchItemFailures": []}), "{name}");
        }
    }
    assert_eq!(place.aws.lock().unwrap().reads, 1, "what is in the ledger is not read again");
    assert_eq!(place.store.rows().await.unwrap(), offline(&[&sample()]));
    assert!(place.letters().is_empty());
    let folded = place.handle(event("schedule")).await.unwrap();
    assert_eq!(folded["folded"], 0);
}

#[tokio::test]
async fn a_read_that_ends_half_way_is_no_damage_and_is_delivered_again() {
    let place = Place::new().await;
    place.aws.lock().unwrap().broken = 2;
    for _ in 0..2 {
        let answer = place.handle(event("sqs-s3")).await.unwrap();
        let failed = answer["batchItemFailures"].as_array().unwrap();
        assert_eq!(failed.len(), 1);
        assert_eq!(failed[0]["itemIdentifier"], event("sqs-s3")["Records"][0]["messageId"]);
        assert_eq!(place.store.rows().await.unwrap(), Rows::default());
    }
    assert!(place.handle(event("s3")).await.is_ok());
    assert_eq!(place.store.rows().await.unwrap(), offline(&[&sample()]));
    assert!(place.letters().is_empty());
}

#[tokio::test]
async fn what_cannot_be_read_goes_to_the_dead_letters_and_what_is_good_in_it_is_counted() {
    let place = Place::new().await;
    let mut damaged = sample();
    let middle = damaged.len() / 2;
    damaged.truncate(middle);
    place.aws.lock().unwrap().objects.insert(KEY.to_owned(), damaged.clone());
    place.handle(event("sqs-s3")).await.unwrap();
    let letters = place.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0]["key"], KEY);
    assert!(letters[0]["reason"].as_str().unwrap().contains("at byte"), "{letters:?}");
    let rows = place.store.rows().await.unwrap();
    assert!(rows.totals.events > 0 && rows == offline(&[&damaged]));
    // An object that is not there any more, and one that is too large.
    place.aws.lock().unwrap().objects.clear();
    let mut gone = event("backfill");
    gone["Items"][0]["etag"] = json!("another");
    place.handle(gone).await.unwrap();
    let mut large = event("backfill");
    large["Items"][0]["size"] = json!(1_u64 << 40);
    place.handle(large).await.unwrap();
    let reasons: Vec<String> =
        place.letters().iter().map(|letter| letter["reason"].as_str().unwrap().to_owned()).collect();
    assert!(reasons[1].contains("not there") && reasons[2].contains("more than"), "{reasons:?}");
}

#[tokio::test]
async fn when_the_time_is_up_the_rest_is_delivered_again() {
    let place = Place::new().await;
    let answer = place.analyzer.handle(event("sqs-s3"), "request", SystemTime::now()).await.unwrap();
    // What needs no reading is done all the same: the message without an object.
    assert_eq!(answer["batchItemFailures"].as_array().unwrap().len(), 2);
    assert_eq!(place.aws.lock().unwrap().reads, 0);
}

#[tokio::test]
async fn what_is_no_event_is_refused() {
    let place = Place::new().await;
    for event in [json!({}), json!([]), json!({"hello": "world"})] {
        let answer = place.handle(event.clone()).await;
        assert!(answer.is_err() || answer.unwrap()["objects"] == 0, "{event}");
    }
}
