//! What the generator promises: reproducible, real-shaped, and the very bytes of the committed sample.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use leastwise_benches::cast::ACCOUNT;
use leastwise_benches::delivery::{DeliveryError, deliver};
use leastwise_benches::limit::decode;
use leastwise_benches::trail::{Profile, Trail};
use serde_json::Value;

const LOAD: Trail = Trail { profile: Profile::Load, events: 20_000, principals: 8, seed: 7 };
/// As the command in events/README.md has it.
const SAMPLE: Trail = Trail { profile: Profile::Sample, events: 600, principals: 8, seed: 1 };

fn records(trail: Trail) -> Vec<Value> {
    trail.entries().map(|entry| serde_json::from_str(&entry.json).unwrap()).collect()
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

/// Every file below `folder` by its relative path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

/// The distinct texts at `pointer`.
fn distinct<'a>(records: &'a [Value], pointer: &str) -> BTreeSet<&'a str> {
    records.iter().filter_map(|record| record.pointer(pointer)?.as_str()).collect()
}

#[test]
fn the_committed_sample_is_what_the_command_makes() {
    let made = scratch("sample");
    deliver(SAMPLE, 7, &made).unwrap();
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../events/cloudtrail");
    let (made, committed) = (files(&made), files(&committed));
    assert_eq!(made.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (path, bytes) in &made {
        assert!(committed.get(path) == Some(bytes), "{} differs", path.display());
    }
}

#[test]
fn the_seed_alone_decides() {
    let small = |seed| Trail { events: 500, seed, ..LOAD };
    assert_eq!(records(small(1)), records(small(1)));
    assert_ne!(records(small(1)), records(small(2)));
}

#[test]
fn more_files_hold_the_same_records() {
    let trail = Trail { events: 2_000, ..LOAD };
    let mut told = Vec::new();
    for count in [2, 40] {
        let paths = deliver(trail, count, &scratch(&format!("files-{count}"))).unwrap();
        assert_eq!(paths.len() as u64, count);
        let mut text = Vec::new();
        let mut ids = Vec::new();
        let mut total = 0;
        for path in paths {
            total += decode(&fs::read(path).unwrap(), &mut text).unwrap();
            let file: Value = serde_json::from_slice(&text).unwrap();
            let records = file["Records"].as_array().unwrap();
            assert_eq!(distinct(records, "/awsRegion").len(), 1);
            ids.extend(records.iter().map(|record| record["eventID"].as_str().unwrap().to_owned()));
        }
        assert_eq!(total, 2_000);
        ids.sort();
        told.push(ids);
    }
    assert_eq!(told[0], told[1]);
}

#[test]
fn a_single_file_cannot_hold_two_regions() {
    assert!(matches!(deliver(LOAD, 1, Path::new("nowhere")), Err(DeliveryError::TooFewFiles(1))));
}

#[test]
fn records_look_like_real_ones() {
    let records = records(LOAD);
    assert_eq!(records.len(), 20_000);
    assert!(distinct(&records, "/eventSource").len() >= 30);
    assert_eq!(
        distinct(&records, "/userIdentity/type").into_iter().collect::<Vec<_>>(),
        ["AWSAccount", "AWSService", "AssumedRole", "FederatedUser", "IAMUser", "Root", "SAMLUser", "WebIdentityUser"]
    );
    assert_eq!(
        distinct(&records, "/eventType").into_iter().collect::<Vec<_>>(),
        ["AwsApiCall", "AwsConsoleSignIn", "AwsServiceEvent", "AwsVpceEvent"]
    );
    assert!(distinct(&records, "/userIdentity/invokedBy").contains("athena.amazonaws.com"));
    assert_eq!(distinct(&records, "/recipientAccountId").into_iter().collect::<Vec<_>>(), [ACCOUNT]);
    let errors = distinct(&records, "/errorCode");
    for code in ["AccessDenied", "AccessDeniedException", "NoSuchKey", "ThrottlingException", "ValidationException"] {
        assert!(errors.contains(code), "{code}");
    }
    let size = records.iter().map(|record| record.to_string().len()).sum::<usize>() / records.len();
    assert!((1_200..1_800).contains(&size), "{size} bytes a record");
}

#[test]
fn a_refusal_names_the_action_and_the_resource() {
    let records = records(SAMPLE);
    let denied: Vec<&Value> = records.iter().filter(|record| record["eventName"] == "Publish").collect();
    assert!(!denied.is_empty());
    for record in denied {
        let message = record["errorMessage"].as_str().unwrap();
        assert!(message.contains(
            "is not authorized to perform: sns:Publish on resource: arn:aws:sns:eu-west-1:111122223333:orders-events \
             because no identity-based policy allows the sns:Publish action"
        ));
        assert_eq!(record["responseElements"], Value::Null);
    }
}

#[test]
fn the_sample_tells_its_story() {
    let records = records(SAMPLE);
    let mut root = records.iter().filter(|record| record["userIdentity"]["type"] == "Root");
    assert_eq!(root.next().unwrap()["eventName"], "GetAccountSummary");
    assert!(root.next().is_none());
    let roles = distinct(&records, "/userIdentity/sessionContext/sessionIssuer/arn");
    assert!(roles.contains("arn:aws:iam::111122223333:role/orders/orders-api"));
    assert!(roles.contains("arn:aws:iam::111122223333:role/ci/deployer"));
    assert!(distinct(&records, "/eventSource").contains("ledgerkeeper.amazonaws.com"));
    let accounts: BTreeSet<&str> = distinct(&records, "/userIdentity/accountId");
    assert_eq!(accounts.into_iter().collect::<Vec<_>>(), [ACCOUNT, "444455556666"]);
}

#[test]
fn some_records_are_delivered_twice_in_one_file_and_in_two() {
    let mut within = 0;
    let mut across = 0;
    let mut seen = BTreeMap::<String, PathBuf>::new();
    for path in deliver(SAMPLE, 7, &scratch("twice")).unwrap() {
        let mut text = Vec::new();
        decode(&fs::read(&path).unwrap(), &mut text).unwrap();
        let file: Value = serde_json::from_slice(&text).unwrap();
        for record in file["Records"].as_array().unwrap() {
            match seen.insert(record["eventID"].as_str().unwrap().to_owned(), path.clone()) {
                Some(earlier) if earlier == path => within += 1,
                Some(_) => across += 1,
                None => {}
            }
        }
    }
    assert!(within >= 3 && across >= 3, "{within} within a file, {across} across");
}
