//! What every table that the store runs on must do: the embedded engine, and MiniStack over the network.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails may panic"
)]

#[path = "../../../tests/support/ministack.rs"]
mod ministack;
mod support;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use leastwise_store::{Decision, Ingested, Store, embedded};
use ministack::MiniStack;
use support::{deliveries, offline};

const NOW: i64 = 1_795_000_000;

async fn suite(store: Store) {
    store.create().await.unwrap();
    counts_each_object_once(&store).await;
    keeps_answers_until_they_expire(&store).await;
    keeps_decisions_in_order(&store).await;
}

async fn counts_each_object_once(store: &Store) {
    let files = deliveries(7, 12, 25);
    for (number, file) in files.iter().enumerate() {
        assert!(!store.has(&file.object).await.unwrap());
        let contribution = file.contribution();
        assert_eq!(store.ingest(&file.object, &contribution, NOW).await.unwrap(), Ingested::Counted);
        assert_eq!(store.ingest(&file.object, &contribution, NOW).await.unwrap(), Ingested::Before);
        assert!(store.has(&file.object).await.unwrap());
        if number % 5 == 0 {
            store.fold().await.unwrap();
        }
    }
    assert!(!store.is_folded().await.unwrap());
    assert!(store.fold_alone("somebody", 1, None).await.unwrap().entries > 0);
    assert!(store.is_folded().await.unwrap());
    let expected = offline(&files);
    assert_eq!(store.rows().await.unwrap(), expected);

    // What is asked for in parts is the same.
    let (account, role) = ("111122223333", "arn:aws:iam::111122223333:role/reports");
    let usage = store.usage(account, role, None, None).await.unwrap();
    let of_role = expected.usage.iter().filter(|row| row.account == account && row.principal == role);
    assert_eq!(usage, of_role.cloned().collect::<Vec<_>>());
    let november = store.usage(account, role, Some("2026-11-01"), Some("2026-11-30")).await.unwrap();
    assert!(!november.is_empty() && november.len() <= usage.len());
    assert!(november.iter().all(|row| row.stat.days.keys().all(|day| day.starts_with("2026-11"))));
    let summary = store.summary(account, role).await.unwrap().unwrap();
    assert_eq!(summary.allowed + summary.failed + summary.denied, usage.iter().map(|row| row.stat.calls).sum::<u64>());
    assert!(store.summary(account, "arn:aws:iam::111122223333:role/nobody").await.unwrap().is_none());
    let all = store.summaries(None).await.unwrap();
    let some = store.summaries(Some(account)).await.unwrap();
    assert!(some.len() < all.len() && some.iter().all(|summary| summary.account == account));
    let events: u64 = store.days(None).await.unwrap().iter().map(|day| day.rows.totals.events).sum();
    assert_eq!(events, expected.totals.events);
}

async fn keeps_answers_until_they_expire(store: &Store) {
    assert_eq!(store.answer("key", NOW).await.unwrap(), None);
    store.keep_answer("key", "an answer", NOW + 60).await.unwrap();
    assert_eq!(store.answer("key", NOW).await.unwrap(), Some("an answer".to_owned()));
    assert_eq!(store.answer("key", NOW + 60).await.unwrap(), None);
}

async fn keeps_decisions_in_order(store: &Store) {
    let decision = |time: &str| Decision {
        time: time.to_owned(),
        caller: "somebody".to_owned(),
        policy: "0f".to_owned(),
        policy_type: "identity".to_owned(),
        minimum: 7,
        score: Some(4),
        accepted: false,
        findings: vec!["WHOLE_SERVICE".to_owned()],
    };
    let times = ["2026-11-22T09:00:00Z", "2026-11-22T08:00:00Z", "2026-11-23T08:00:00Z"];
    for time in times {
        store.record(&decision(time), "1").await.unwrap();
    }
    // What was decided is not written over.
    store.record(&Decision { accepted: true, ..decision(times[0]) }, "1").await.unwrap();
    let day = store.decisions("2026-11-22").await.unwrap();
    assert_eq!(day, [decision(times[1]), decision(times[0])]);
}

#[tokio::test]
async fn the_embedded_engine_keeps_it() {
    suite(embedded::open(None).await.unwrap()).await;
}

#[tokio::test]
async fn a_file_holds_it_for_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let files = deliveries(3, 2, 10);
    let store = embedded::open(Some(&path)).await.unwrap();
    store.ingest(&files[0].object, &files[0].contribution(), NOW).await.unwrap();
    drop(store);
    let store = embedded::open(Some(&path)).await.unwrap();
    assert_eq!(store.ingest(&files[0].object, &files[0].contribution(), NOW).await.unwrap(), Ingested::Before);
    store.ingest(&files[1].object, &files[1].contribution(), NOW).await.unwrap();
    store.fold().await.unwrap();
    assert_eq!(store.rows().await.unwrap(), offline(&files));
}

#[tokio::test]
async fn what_is_no_store_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    std::fs::write(&path, "something else that is longer than a header of SQLite would be, by far".repeat(20)).unwrap();
    let error = embedded::open(Some(&path)).await.unwrap_err().to_string();
    assert!(error.contains("store.db"), "{error}");
}

#[tokio::test]
async fn ministack_keeps_it() {
    let program = MiniStack::program().expect("LEASTWISE_MINISTACK: run `cargo xtask test`, or tests/support/install");
    let folder = tempfile::tempdir().unwrap();
    let stack = MiniStack::start(&program, folder.path()).unwrap();
    let configuration = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("eu-west-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(stack.endpoint());
    suite(Store::new(Client::from_conf(configuration.build()), "leastwise")).await;
}

#[tokio::test]
async fn a_principal_that_does_much_is_spread_over_items_and_read_as_one() {
    let store = embedded::open(None).await.unwrap();
    let records: Vec<String> = (0..30_000)
        .map(|number| {
            let (bucket, key) = (number % 900, number);
            format!(
                r#"{{"userIdentity":{{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/backup","accountId":"111122223333","userName":"backup"}},"eventTime":"2026-11-22T04:05:06Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"eu-west-1","requestParameters":{{"bucketName":"example-{bucket}","key":"{key:x}/{:x}"}},"eventID":"{number:08x}-0000-4000-8000-000000000000","eventType":"AwsApiCall","recipientAccountId":"111122223333"}}"#,
                number * 7919 % 65_521
            )
        })
        .collect();
    let mut files = Vec::new();
    for (number, some) in records.chunks(10_000).enumerate() {
        let mut file = deliveries(0, 1, 1).remove(0);
        file.object.key = format!("{number}");
        file.bytes = some.join("\n").into_bytes();
        store.ingest(&file.object, &file.contribution(), NOW).await.unwrap();
        files.push(file);
    }
    store.fold().await.unwrap();
    let expected = offline(&files);
    assert!(expected.usage.len() > 20_000);
    assert!(store.rows().await.unwrap() == expected, "what is read is not what was counted");
}

#[tokio::test]
async fn an_entry_that_changes_more_than_a_transaction_takes_is_folded_in_halves() {
    let store = embedded::open(None).await.unwrap();
    let records: Vec<String> = (0..400)
        .map(|number| {
            format!(
                r#"{{"userIdentity":{{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/u{number}","accountId":"111122223333"}},"eventTime":"2026-11-22T04:05:06Z","eventSource":"sqs.amazonaws.com","eventName":"ListQueues","awsRegion":"eu-west-1","eventID":"{number:08x}-0000-4000-8000-000000000000","eventType":"AwsApiCall","recipientAccountId":"111122223333"}}"#
            )
        })
        .collect();
    let mut file = deliveries(0, 1, 1).remove(0);
    file.bytes = records.join("\n").into_bytes();
    store.ingest(&file.object, &file.contribution(), NOW).await.unwrap();
    let folded = store.fold().await.unwrap();
    assert!(folded.transactions >= 8, "{folded:?}");
    assert_eq!(store.rows().await.unwrap(), offline(&[file]));
}

#[tokio::test]
async fn an_object_that_one_transaction_cannot_take_is_refused_whole() {
    let store = embedded::open(None).await.unwrap();
    let records: Vec<String> = (0..90_000)
        .map(|number| {
            format!(
                r#"{{"userIdentity":{{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/u{number}","accountId":"111122223333"}},"eventTime":"2026-11-22T04:05:06Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"eu-west-1","requestParameters":{{"bucketName":"example","key":"{number}"}},"eventID":"{number:08x}-0000-4000-8000-000000000000","eventType":"AwsApiCall","recipientAccountId":"111122223333"}}"#
            )
        })
        .collect();
    let mut file = deliveries(0, 1, 1).remove(0);
    file.bytes = records.join("\n").into_bytes();
    let error = store.ingest(&file.object, &file.contribution(), NOW).await.unwrap_err();
    assert!(!error.is_worth_a_retry() && error.to_string().contains("more than is taken at once"), "{error}");
    assert!(!store.has(&file.object).await.unwrap() && store.is_folded().await.unwrap());
}
