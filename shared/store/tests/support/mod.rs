//! Trails that are small and odd, and the offline answer to them.

#![allow(dead_code, reason = "each test uses some of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "support of tests"
)]

use leastwise_store::{Contribution, Object};
use std::collections::HashSet;
use trail::{Item, Limits, Mapper, read_records};
use usage::{Rows, Usage};

/// A delivery file.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub object: Object,
    pub bytes: Vec<u8>,
}

impl Delivery {
    pub fn contribution(&self) -> Contribution {
        Contribution::read(self.bytes.as_slice(), catalog::builtin())
    }
}

/// Numbers that look random and are the same every time.
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// Files of a few events each: several accounts, principals, days, outcomes; unknown events, events that need nothing,
/// events twice in one file.
pub fn deliveries(seed: u64, files: usize, events: usize) -> Vec<Delivery> {
    let mut random = Random(seed);
    let file = |number: usize, random: &mut Random| {
        let mut records: Vec<String> = (0..events).map(|_| record(random)).collect();
        if random.below(3) == 0 {
            records.push(records[0].clone());
        }
        let object = Object {
            bucket: "example-trail".to_owned(),
            key: format!("AWSLogs/{number}.json.gz"),
            version: format!("etag-{number}"),
        };
        Delivery { object, bytes: format!("{{\"Records\":[{}]}}", records.join(",")).into_bytes() }
    };
    (0..files).map(|number| file(number, &mut random)).collect()
}

fn record(random: &mut Random) -> String {
    let account = ["111122223333", "444455556666", "not an account"]
        [random.below(10).min(2) / if random.below(4) == 0 { 1 } else { 2 }];
    let role = ["orders-api", "reports", "deploy"][random.below(3)];
    let day = 20 + random.below(3);
    let (source, name, parameters) = match random.below(6) {
        0 => (
            "s3.amazonaws.com",
            "GetObject",
            format!(r#"{{"bucketName":"example-orders","key":"in/{}.json"}}"#, random.below(40)),
        ),
        1 => ("dynamodb.amazonaws.com", "GetItem", r#"{"tableName":"orders"}"#.to_owned()),
        2 => (
            "sqs.amazonaws.com",
            "SendMessage",
            r#"{"queueUrl":"https://sqs.eu-west-1.amazonaws.com/111122223333/orders"}"#.to_owned(),
        ),
        3 => ("example.amazonaws.com", "Frobnicate", "{}".to_owned()),
        4 => ("sts.amazonaws.com", "GetCallerIdentity", "null".to_owned()),
        _ => ("ec2.amazonaws.com", "DescribeInstances", "{}".to_owned()),
    };
    let error =
        ["", "", "", r#""errorCode":"AccessDenied","#, r#""errorCode":"ThrottlingException","#][random.below(5)];
    let id = format!("{:08x}-0000-4000-8000-{:012x}", random.next() as u32, random.next() >> 16);
    format!(
        r#"{{"eventVersion":"1.10","userIdentity":{{"type":"AssumedRole","principalId":"AROAEXAMPLE:s","arn":"arn:aws:sts::{account}:assumed-role/{role}/s","accountId":"{account}","sessionContext":{{"sessionIssuer":{{"type":"Role","arn":"arn:aws:iam::{account}:role/{role}","accountId":"{account}","userName":"{role}"}}}}}},"eventTime":"2026-{:02}-{day}T0{}:00:00Z","eventSource":"{source}","eventName":"{name}","awsRegion":"eu-west-1","requestParameters":{parameters},{error}"eventID":"{id}","eventType":"AwsApiCall","recipientAccountId":"{account}"}}"#,
        10 + random.below(2),
        random.below(10),
    )
}

/// The offline answer: every file once, in one aggregate, without anything of the store.
pub fn offline(deliveries: &[Delivery]) -> Rows {
    let mut usage = Usage::default();
    let mut mapper = Mapper::new(catalog::builtin());
    for delivery in deliveries {
        let mut seen = HashSet::new();
        read_records(delivery.bytes.as_slice(), &Limits::default(), |item| {
            if let Item::Record(record) = item
                && seen.insert(record.event_id.to_string())
            {
                usage.add(&record, &mapper.map(&record));
            }
        });
    }
    let mut rows = usage.rows();
    usage::thin_samples(&mut rows.usage);
    rows
}
