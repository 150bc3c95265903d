//! The laws of the aggregate: order, grouping and writing change nothing, and no call is lost.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use leastwise_usage::{Rows, Stat, Usage, resources::DISTINCT, resources::Resources, stat};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use trail::{Mapper, Outcome, Record};

/// A record of one of a few principals, services, outcomes and days, so that many fall together.
fn record() -> impl Strategy<Value = String> {
    let role = prop::sample::select(vec!["app", "orders/api", "AWSReservedSSO_Audit_0123456789abcdef"]);
    let call = prop_oneof![
        (0..9_u8, 0..40_u8).prop_map(|(folder, name)| (
            "s3",
            "GetObject",
            json!({ "bucketName": "reports", "key": format!("{folder}/{name}") })
        )),
        (0..3_u8).prop_map(|queue| (
            "sqs",
            "SendMessage",
            json!({ "queueUrl": format!("https://sqs.eu-west-1.amazonaws.com/111122223333/q{queue}") })
        )),
        Just((
            "lambda",
            "CreateFunction20150331",
            json!({ "functionName": "f", "role": "arn:aws:iam::111122223333:role/r" })
        )),
        Just(("s3", "ListBuckets", Value::Null)),
        Just(("example", "GetThing", Value::Null)),
        Just(("s3", "GetTheMoon", Value::Null)),
    ];
    let error =
        prop::sample::select(vec![None, None, None, Some("NoSuchKey"), Some("AccessDenied"), Some("ExpiredToken")]);
    let via = prop::sample::select(vec![None, None, Some("athena.amazonaws.com"), Some("s3.amazonaws.com")]);
    let kind = prop::sample::select(vec!["AwsApiCall", "AwsApiCall", "AwsApiCall", "AwsServiceEvent"]);
    let region = prop::sample::select(vec!["eu-west-1", "us-east-1"]);
    (role, call, error, via, kind, region, 1..9_u32, 0..86_400_u32, any::<u128>()).prop_map(
        |(role, (source, name, request), error, via, kind, region, day, second, id)| {
            json!({
                "eventVersion": "1.11", "eventType": kind, "eventSource": format!("{source}.amazonaws.com"), "eventName": name,
                "eventTime": format!("2026-11-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60),
                "eventID": stat::format_event_id(id), "awsRegion": region, "recipientAccountId": "111122223333", "errorCode": error,
                "requestParameters": request,
                "userIdentity": {
                    "type": "AssumedRole", "accountId": "111122223333", "invokedBy": via,
                    "sessionContext": { "sessionIssuer": { "type": "Role", "arn": format!("arn:aws:iam::111122223333:role/{role}") } },
                },
            })
            .to_string()
        },
    )
}

fn added<'t>(texts: impl IntoIterator<Item = &'t String>) -> Usage {
    let mut mapper = Mapper::new(catalog::builtin());
    let mut usage = Usage::default();
    for text in texts {
        let record: Record<'_> = serde_json::from_str(text).unwrap();
        let mapped = mapper.map(&record);
        usage.add(&record, &mapped);
    }
    usage
}

/// Splits `items` at random and merges the parts in a random order and grouping.
fn merged(texts: &[String], cuts: &[usize], grouping: &[bool]) -> Usage {
    let mut parts: Vec<Vec<&String>> = vec![Vec::new(); 6];
    for (text, cut) in texts.iter().zip(cuts.iter().cycle()) {
        parts[cut % 6].push(text);
    }
    let mut parts: Vec<Usage> = parts.into_iter().map(added).collect();
    for &front in grouping.iter().cycle() {
        if parts.len() == 1 {
            break;
        }
        let (into, from) = if front { (0, parts.len() - 1) } else { (parts.len() - 2, 0) };
        let from = parts.remove(from);
        let into = into.min(parts.len() - 1);
        parts[into].merge(&from);
    }
    parts.remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_in_any_order_and_grouping_make_the_whole(texts in vec(record(), 1..60), cuts in vec(0..6_usize, 1..20), grouping in vec(any::<bool>(), 1..6)) {
        prop_assert_eq!(merged(&texts, &cuts, &grouping).rows(), added(&texts).rows());
    }

    #[test]
    fn records_in_any_order_make_the_same(texts in vec(record(), 1..60).prop_flat_map(|texts| (Just(texts.clone()), Just(texts).prop_shuffle()))) {
        prop_assert_eq!(added(&texts.0).rows(), added(&texts.1).rows());
    }

    #[test]
    fn what_is_written_reads_back(texts in vec(record(), 0..60)) {
        let rows = added(&texts).rows();
        prop_assert_eq!(&Usage::from_rows(&rows).rows(), &rows);
        let written = serde_json::to_string(&rows).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Rows>(&written).unwrap(), &rows);
    }

    #[test]
    fn reading_back_and_merging_commute(texts in vec(record(), 2..60), at in 0..60_usize) {
        let (left, right) = texts.split_at(at.min(texts.len()));
        let mut read = Usage::from_rows(&added(left).rows());
        read.merge(&Usage::from_rows(&added(right).rows()));
        prop_assert_eq!(read.rows(), added(&texts).rows());
    }

    #[test]
    fn every_event_is_counted_once(texts in vec(record(), 0..60)) {
        let rows = added(&texts).rows();
        let totals = rows.totals;
        prop_assert_eq!(totals.events, texts.len() as u64);
        prop_assert_eq!(totals.allowed + totals.failed + totals.denied + totals.nothing + totals.unknown, totals.events);
        prop_assert_eq!(rows.principals.iter().map(|row| row.events).sum::<u64>(), totals.events);
        prop_assert_eq!(rows.unknown.iter().map(|row| row.events).sum::<u64>(), totals.unknown);
        prop_assert_eq!(rows.nothing.iter().map(|row| row.events).sum::<u64>(), totals.nothing);
        // CreateFunction is two permissions, everything else one.
        let of = |action: &str| rows.usage.iter().filter(|row| row.action == action).map(|row| row.stat.calls).sum::<u64>();
        prop_assert_eq!(of("lambda:CreateFunction"), of("iam:PassRole"));
        prop_assert_eq!(rows.usage.iter().map(|row| row.stat.calls).sum::<u64>() - of("iam:PassRole"), totals.allowed + totals.failed + totals.denied);
    }

    #[test]
    fn windows_are_parts_of_the_whole(texts in vec(record(), 1..60), start in 1..9_i32, length in 0..9_i32) {
        let first = stat::parse_day("2026-11-01").unwrap() - 1;
        let (start, end) = (first + start, first + start + length);
        for row in added(&texts).rows().usage {
            let whole = Stat::from(&row.stat);
            let days = |from: i32, to: i32| whole.days.iter().filter(|(day, _)| (from..=to).contains(day)).map(|(_, calls)| calls).sum::<u64>();
            prop_assert_eq!(days(i32::MIN, i32::MAX), whole.calls, "the days of a use add up to its calls");
            match whole.between(Some(start), Some(end)) {
                None => prop_assert_eq!(days(start, end), 0),
                Some(window) => {
                    prop_assert_eq!(window.calls, days(start, end));
                    prop_assert!(window.samples.iter().all(|sample| (start..=end).contains(&stat::day_of(sample.time))));
                    let (seen, all) = (window.seen.unwrap(), whole.seen.unwrap());
                    prop_assert!(all.0 <= seen.0 && seen.0 <= seen.1 && seen.1 <= all.1);
                    // A narrower window of a window is the narrower window.
                    let inner = whole.between(Some(start + 1), Some(end)).map(|stat| stat.calls);
                    prop_assert_eq!(window.between(Some(start + 1), Some(end)).map(|stat| stat.calls), inner);
                }
            }
        }
    }

    #[test]
    fn samples_are_the_latest_events(times in vec((0..50_i64, 1..1000_u128), 1..40)) {
        let region = "eu-west-1".into();
        let mut whole = Stat::default();
        times.iter().for_each(|&(time, event)| whole.add(Some(time), &region, Some(event)));
        let mut parts = [Stat::default(), Stat::default()];
        times.iter().enumerate().for_each(|(index, &(time, event))| parts[index % 2].add(Some(time), &region, Some(event)));
        let [mut left, right] = parts;
        left.merge(&right);
        prop_assert_eq!(&left, &whole);
        let mut expected = times.clone();
        expected.sort_unstable_by(|a, b| b.cmp(a));
        expected.dedup();
        expected.truncate(stat::SAMPLES);
        prop_assert_eq!(whole.samples.iter().map(|sample| (sample.time, sample.event)).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn refused_credentials_stand_apart_from_refused_permissions() {
    let read = |error: &str| {
        json!({
            "eventType": "AwsApiCall", "eventSource": "s3.amazonaws.com", "eventName": "GetObject", "errorCode": error,
            "eventTime": "2026-11-10T08:00:00Z", "awsRegion": "eu-west-1", "recipientAccountId": "111122223333",
            "requestParameters": { "bucketName": "reports", "key": "q3.csv" },
            "userIdentity": { "type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/ann", "accountId": "111122223333" },
        })
        .to_string()
    };
    let texts = ["AccessDenied", "ExpiredToken", "InvalidAccessKeyId", "NoSuchKey"].map(read);
    let rows = added(&texts).rows();
    let told: Vec<_> = rows.usage.iter().map(|row| (row.outcome, row.credentials_refused, row.stat.calls)).collect();
    assert_eq!(told, [(Outcome::Failed, false, 1), (Outcome::Denied, false, 1), (Outcome::Denied, true, 2)]);
    assert_eq!((rows.totals.denied, rows.totals.failed), (3, 1));
}

/// Resources of one crowded container, at depths from 0 to 4, and of a few quiet ones.
fn resource() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => (0..6_u8, 0..40_u8, 0..400_u16).prop_map(|(a, b, c)| format!("arn:aws:s3:::crowded/{a}/{b}/{c}")),
        4 => (0..2000_u16).prop_map(|name| format!("arn:aws:s3:::crowded/{name}")),
        4 => (0..300_u16, 0..6_u8).prop_map(|(a, b)| format!("arn:aws:s3:::crowded/deep/{a}/x/{b}")),
        2 => (0..3_u8).prop_map(|a| format!("arn:aws:s3:::crowded/{a}/")),
        1 => Just("arn:aws:s3:::crowded/*".to_owned()),
        1 => Just("arn:aws:s3:::crowded/deep".to_owned()),
        1 => (0..5_u8).prop_map(|bucket| format!("arn:aws:s3:::quiet{bucket}/key")),
        1 => (0..5_u8).prop_map(|id| format!("arn:aws:ec2:eu-west-1:111122223333:instance/i-{id}")),
    ]
}

fn counted<'r>(resources: impl IntoIterator<Item = &'r String>) -> Resources {
    let mut counted = Resources::default();
    for resource in resources {
        counted.count(resource, |stat| stat.calls += 1);
    }
    counted
}

fn listed(resources: &Resources) -> BTreeMap<(String, bool), u64> {
    let mut listed = BTreeMap::new();
    resources.each(|resource, generalized, stat| {
        assert!(listed.insert((resource.clone(), generalized), stat.calls).is_none(), "{resource} stands twice");
    });
    listed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn crowded_containers_merge_like_any_other(
        (resources, shuffled) in vec(resource(), 2500..5000).prop_flat_map(|resources| (Just(resources.clone()), Just(resources).prop_shuffle())),
        parts in 2..7_usize,
    ) {
        let whole = counted(&resources);
        let expected = listed(&whole);
        prop_assert_eq!(&listed(&counted(&shuffled)), &expected, "in another order");

        let mut merged = Resources::default();
        for part in 0..parts {
            merged.merge(&counted(shuffled.iter().skip(part).step_by(parts)));
        }
        prop_assert_eq!(&listed(&merged), &expected, "in {} parts", parts);

        // One part after the other the other way round, each merged into what came before it.
        let mut nested = Resources::default();
        for part in (0..parts).rev() {
            let mut next = counted(shuffled.iter().skip(part).step_by(parts));
            next.merge(&nested);
            nested = next;
        }
        prop_assert_eq!(&listed(&nested), &expected, "nested");

        let mut read = Resources::default();
        whole.each(|resource, generalized, stat| read.insert(&resource, generalized, stat));
        prop_assert_eq!(&listed(&read), &expected, "read back");

        prop_assert_eq!(expected.values().sum::<u64>(), resources.len() as u64, "no call is lost");
        prop_assert!(expected.keys().any(|(_, generalized)| *generalized), "the crowd is too small to test anything");
        prop_assert!(expected.len() < DISTINCT * 9);
        // What was used is among what is kept: as itself, or below a pattern of its own container.
        for resource in &resources {
            let kept = expected.contains_key(&(resource.clone(), false))
                || expected.keys().any(|(kept, generalized)| *generalized && resource.starts_with(kept.trim_end_matches('*')));
            prop_assert!(kept, "{resource} is gone");
        }
    }
}
