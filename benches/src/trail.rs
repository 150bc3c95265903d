//! The stream of records: what happens when, with failures, refusals, duplicates, and records that are no calls.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::Scene;
use crate::cast::{self, ACCOUNT, GLOBAL, HOME, Member};
use crate::random::Random;
use crate::record::{Circumstances, Outcome, record};

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// The story of an online shop over two days: a few principals with a purpose each.
    Sample,
    /// Any number of principals at full work, seven events a second.
    Load,
}

/// A reproducible trail.
#[derive(Debug, Clone, Copy)]
pub struct Trail {
    /// What is made.
    pub profile: Profile,
    /// How many records, duplicates included.
    pub events: u64,
    /// How many principals do the work; the sample has its own cast.
    pub principals: u64,
    /// The same seed gives the same records.
    pub seed: u64,
}

/// One record and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `awsRegion`: [`HOME`] or [`GLOBAL`].
    pub region: &'static str,
    /// When it is recorded, in seconds since 1970. A duplicate keeps its old `eventTime` inside.
    pub second: i64,
    /// The record as one line of JSON.
    pub json: String,
}

/// 2026-03-02T08:00:00Z.
const START: i64 = 1_772_438_400;
/// When the sample's bursts of five minutes begin, in hours after [`START`]; the third is the global services'.
const BURSTS: [i64; 7] = [0, 1, 3, 7, 18, 24, 27];
/// Which of them is recorded in [`GLOBAL`].
const GLOBAL_BURST: u64 = 2;
/// One record in so many is delivered a second time.
const DUPLICATE_EVERY: u64 = 61;
/// One record in so many is no API call.
const OTHER_EVERY: u64 = 97;

impl Trail {
    /// All records in the order in which they are recorded.
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        let mut writer = Writer {
            random: Random::new(self.seed),
            cast: match self.profile {
                Profile::Sample => cast::sample(),
                Profile::Load => cast::load(self.principals),
            },
            home: Delivered::default(),
            global: Delivered::default(),
        };
        (0..self.events).map(move |index| writer.entry(self, index))
    }

    /// How many of the records belong to `region`.
    #[must_use]
    pub fn count(self, region: &str) -> u64 {
        (0..self.events).filter(|index| self.region(*index) == region).count() as u64
    }

    fn burst(self, index: u64) -> u64 {
        index * BURSTS.len() as u64 / self.events.max(1)
    }

    fn region(self, index: u64) -> &'static str {
        let global = match self.profile {
            Profile::Sample => self.burst(index) == GLOBAL_BURST,
            Profile::Load => index % 16 == 15,
        };
        if global { GLOBAL } else { HOME }
    }

    fn second(self, index: u64) -> i64 {
        match self.profile {
            Profile::Sample => {
                let burst = self.burst(index);
                let begins = BURSTS.get(burst as usize).copied().unwrap_or_default() * 3600;
                let events = self.events.max(1);
                let within = (index * BURSTS.len() as u64 % events) * 290 / events;
                START + begins + within as i64
            }
            Profile::Load => START + (index * 150 / 1000) as i64,
        }
    }
}

/// What was written before, and may be delivered again.
#[derive(Debug, Default)]
struct Delivered {
    last: Option<String>,
    earlier: Vec<String>,
}

struct Writer {
    random: Random,
    cast: Vec<Member>,
    home: Delivered,
    global: Delivered,
}

impl Writer {
    fn entry(&mut self, trail: Trail, index: u64) -> Entry {
        let (region, second) = (trail.region(index), trail.second(index));
        let again = match (index / DUPLICATE_EVERY, index % DUPLICATE_EVERY) {
            (_, within) if within != DUPLICATE_EVERY - 1 => None,
            (round, _) => self.again(region, round.is_multiple_of(2)),
        };
        let json = again.unwrap_or_else(|| {
            let value = match index % OTHER_EVERY {
                13 => self.other(region, second),
                _ if trail.profile == Profile::Sample && index == trail.events * 2 / 5 => self.root_once(second),
                _ => self.call(region, second),
            };
            value.to_string()
        });
        let delivered = self.delivered(region);
        delivered.last = Some(json.clone());
        if index.is_multiple_of(23) {
            delivered.earlier.push(json.clone());
        }
        Entry { region, second, json }
    }

    fn delivered(&mut self, region: &str) -> &mut Delivered {
        if region == HOME { &mut self.home } else { &mut self.global }
    }

    /// A record for the second time: one that is long delivered, mostly in another file, or else the last one.
    fn again(&mut self, region: &str, long_delivered: bool) -> Option<String> {
        let draw = self.random.bits();
        let Delivered { last, earlier } = self.delivered(region);
        // The older half: younger ones may still stand in the same file.
        match draw.checked_rem(earlier.len().div_ceil(2) as u64) {
            Some(index) if long_delivered => earlier.get(index as usize).cloned(),
            _ => last.clone(),
        }
    }

    fn call(&mut self, region: &str, second: i64) -> Value {
        let Self { random, cast, .. } = self;
        let busy = |member: &Member| if member.tasks(region).is_empty() { 0 } else { member.weight };
        let Some(member) = weighted(random, cast, busy) else { return Value::Null };
        let Some(task) = weighted(random, member.tasks(region), |task| task.weight) else { return Value::Null };
        let call = (task.make)(&mut Scene { random, account: ACCOUNT, region, team: &member.team });
        let outcome = match task.refused {
            true => Outcome::Denied,
            false if random.chance(25) => Outcome::Failed,
            false => Outcome::Succeeded,
        };
        let (time, began) = (stamp(second), stamp(second - second.rem_euclid(3600)));
        let at = Circumstances { account: ACCOUNT, region, time: &time, began: &began };
        record(&member.actor, &call, outcome, at, random)
    }

    fn root_once(&mut self, second: i64) -> Value {
        let random = &mut self.random;
        let call = crate::calls::identity::get_account_summary(&mut Scene {
            random,
            account: ACCOUNT,
            region: GLOBAL,
            team: "orders",
        });
        let (time, began) = (stamp(second), stamp(second - 120));
        let at = Circumstances { account: ACCOUNT, region: GLOBAL, time: &time, began: &began };
        record(&crate::actor::Actor::Root, &call, Outcome::Succeeded, at, random)
    }

    /// A record that is no API call: a sign-in, a service's own event, a call stopped at a VPC endpoint.
    fn other(&mut self, region: &str, second: i64) -> Value {
        let random = &mut self.random;
        let (time, id) = (stamp(second), random.uuid());
        if region == GLOBAL {
            return json!({
                "eventVersion": "1.11",
                "userIdentity": {"type": "IAMUser", "principalId": "AIDAEXAMPLEMAYA00001", "accountId": ACCOUNT, "accessKeyId": "", "userName": "maya"},
                "eventTime": time, "eventSource": "signin.amazonaws.com", "eventName": "ConsoleLogin", "awsRegion": region,
                "sourceIPAddress": "198.51.100.7", "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0",
                "requestParameters": null, "responseElements": {"ConsoleLogin": "Success"},
                "additionalEventData": {"LoginTo": "https://console.aws.amazon.com/console/home", "MobileVersion": "No", "MFAUsed": "Yes"},
                "eventID": id, "readOnly": false, "eventType": "AwsConsoleSignIn", "managementEvent": true,
                "recipientAccountId": ACCOUNT, "eventCategory": "Management"
            });
        }
        if random.chance(600) {
            let key = Random::named("key orders").uuid();
            return json!({
                "eventVersion": "1.11", "userIdentity": {"accountId": ACCOUNT, "invokedBy": "AWS Internal"},
                "eventTime": time, "eventSource": "kms.amazonaws.com", "eventName": "RotateKey", "awsRegion": region,
                "sourceIPAddress": "AWS Internal", "userAgent": "AWS Internal", "requestParameters": null,
                "responseElements": null, "eventID": id, "readOnly": false,
                "resources": [{"accountId": ACCOUNT, "type": "AWS::KMS::Key", "ARN": format!("arn:aws:kms:{region}:{ACCOUNT}:key/{key}")}],
                "eventType": "AwsServiceEvent", "managementEvent": true, "recipientAccountId": ACCOUNT,
                "serviceEventDetails": {"keyId": key}, "eventCategory": "Management"
            });
        }
        json!({
            "eventVersion": "1.11", "userIdentity": {"type": "AWSAccount", "principalId": "AROAEXAMPLEVPCE00001:task", "accountId": cast::PARTNER},
            "eventTime": time, "eventSource": "s3.amazonaws.com", "eventName": "GetObject", "awsRegion": region,
            "sourceIPAddress": "10.20.1.9", "userAgent": "aws-sdk-rust/1.3.5 os/linux lang/rust/1.85.0",
            "errorCode": "VpceAccessDenied", "errorMessage": "The request was denied due to a VPC endpoint policy",
            "requestParameters": null, "responseElements": null, "requestID": random.uuid(), "eventID": id,
            "resources": [{"type": "AWS::S3::Object", "ARNPrefix": "arn:aws:s3:::example-elsewhere/"}],
            "eventType": "AwsVpceEvent", "managementEvent": false, "recipientAccountId": ACCOUNT,
            "sharedEventID": random.uuid(), "vpcEndpointId": "vpce-0123456789abcdef0", "vpcEndpointAccountId": ACCOUNT,
            "eventCategory": "NetworkActivity"
        })
    }
}

/// One of `items`, with chances by weight; none where all weigh nothing.
fn weighted<'a, T>(random: &mut Random, items: &'a [T], weight: impl Fn(&T) -> u64) -> Option<&'a T> {
    let mut left = random.below(items.iter().map(&weight).sum());
    items.iter().find(|item| {
        let weight = weight(item);
        let chosen = left < weight;
        left = left.saturating_sub(weight);
        chosen
    })
}

/// A time as CloudTrail writes it: `2026-03-02T08:00:00Z`.
#[must_use]
pub fn stamp(second: i64) -> String {
    Timestamp::from_second(second).unwrap_or_default().to_string()
}
