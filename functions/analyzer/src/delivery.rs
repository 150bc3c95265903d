//! What an event announces.

use aws_lambda_events::s3::S3Event;
use aws_lambda_events::sqs::SqsEvent;
use serde::Deserialize;
use serde_json::{Value, json};
use store::Object;

/// An event, whatever it came as.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Event {
    pub messages: Vec<Message>,
    /// It was a queue's batch, whose failures are answered one by one.
    pub from_queue: bool,
    /// It is the schedule: everything is to be folded.
    pub folds: bool,
}

/// A message: it is delivered again as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// The queue's id of it, or what stands for one.
    pub id: String,
    /// The objects that it announces.
    pub deliveries: Vec<Delivery>,
    /// What it is instead, where it announces none.
    pub foreign: Option<String>,
}

/// An object that was announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Where it is.
    pub object: Object,
    /// The version id, where the bucket has versions.
    pub version_id: Option<String>,
    /// Bytes as they are stored.
    pub size: u64,
}

/// EventBridge's "Object Created".
#[derive(Deserialize)]
struct Created {
    #[serde(rename = "detail-type")]
    kind: String,
    detail: Value,
}

#[derive(Deserialize)]
struct CreatedDetail {
    bucket: Named,
    object: CreatedObject,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct CreatedObject {
    /// Not encoded, unlike in S3's own notifications.
    key: String,
    #[serde(default)]
    size: u64,
    #[serde(default)]
    etag: String,
    #[serde(default, rename = "version-id")]
    version_id: Option<String>,
}

/// A page of a Distributed Map's listing.
#[derive(Deserialize)]
struct Page {
    #[serde(rename = "Items")]
    items: Vec<Listed>,
}

/// An object of the listing, as the map's selector words it.
#[derive(Deserialize)]
struct Listed {
    bucket: String,
    key: String,
    #[serde(default)]
    size: u64,
    #[serde(default, alias = "version")]
    etag: String,
}

/// An object that could not be read, and why.
#[derive(Deserialize)]
struct Letter {
    #[serde(flatten)]
    listed: Listed,
    #[serde(rename = "reason")]
    _reason: String,
}

impl Event {
    /// Tells what an event is by what it holds.
    pub fn read(event: Value) -> Result<Event, String> {
        let is_page = event.get("Items").is_some();
        if is_page || event.get("bucket").is_some() {
            let event = if is_page { event } else { json!({"Items": [event]}) };
            let page: Page = serde_json::from_value(event).map_err(|error| format!("no page of a listing: {error}"))?;
            let messages = page.items.into_iter().map(|item| Message {
                id: item.key.clone(),
                deliveries: vec![delivery(&item.bucket, item.key, &item.etag, None, item.size)],
                foreign: None,
            });
            return Ok(Event { messages: messages.collect(), ..Event::default() });
        }
        let is_queue = event.pointer("/Records/0/eventSource").is_some_and(|source| source == "aws:sqs");
        if is_queue {
            let event: SqsEvent =
                serde_json::from_value(event).map_err(|error| format!("no batch of a queue: {error}"))?;
            let messages = event.records.into_iter().map(|record| {
                let body = record.body.unwrap_or_default();
                let id = record.message_id.unwrap_or_default();
                match serde_json::from_str(&body) {
                    Ok(body) => Message { id, ..Message::of(body) },
                    Err(error) => Message { id, deliveries: Vec::new(), foreign: Some(format!("no JSON: {error}")) },
                }
            });
            return Ok(Event { messages: messages.collect(), from_queue: true, folds: false });
        }
        if event.get("detail-type").is_some_and(|kind| kind == "Scheduled Event") || event.get("fold").is_some() {
            return Ok(Event { folds: true, ..Event::default() });
        }
        let message = Message { id: "the event".to_owned(), ..Message::of(event) };
        match message.foreign {
            Some(reason) if reason != TEST => Err(format!("no event that is understood: {reason}")),
            _ => Ok(Event { messages: vec![message], ..Event::default() }),
        }
    }
}

/// What S3 sends when a notification is set up.
const TEST: &str = "S3's test event";

impl Message {
    /// What S3 or EventBridge says.
    fn of(body: Value) -> Message {
        let foreign = |reason: &str| Message { foreign: Some(reason.to_owned()), ..Message::default() };
        if body.get("Event").is_some_and(|event| event == "s3:TestEvent") {
            return foreign(TEST);
        }
        if body.get("detail-type").is_some() {
            return match serde_json::from_value::<Created>(body) {
                Ok(created) if created.kind == "Object Created" => match serde_json::from_value(created.detail) {
                    Ok(CreatedDetail { bucket, object }) => Message {
                        deliveries: vec![delivery(
                            &bucket.name,
                            object.key,
                            &object.etag,
                            object.version_id,
                            object.size,
                        )],
                        ..Message::default()
                    },
                    Err(error) => foreign(&format!("an Object Created event without its object: {error}")),
                },
                Ok(created) => foreign(&format!("an event of the kind {}", created.kind)),
                Err(error) => foreign(&error.to_string()),
            };
        }
        // A topic between S3 and the queue wraps the message, unless it delivers it raw.
        if let Some(Value::String(inner)) = body.get("Message") {
            return serde_json::from_str(inner).map_or_else(|error| foreign(&error.to_string()), Message::of);
        }
        // A dead letter of our own, which somebody has put back into the queue.
        if let Ok(Letter { listed, .. }) = serde_json::from_value(body.clone()) {
            let Listed { bucket, key, size, etag } = listed;
            return Message { deliveries: vec![delivery(&bucket, key, &etag, None, size)], ..Message::default() };
        }
        let Ok(event) = serde_json::from_value::<S3Event>(body) else { return foreign("no notification of S3") };
        let created = event
            .records
            .into_iter()
            .filter(|record| record.event_name.as_deref().is_none_or(|name| name.starts_with("ObjectCreated:")));
        let deliveries = created.filter_map(|record| {
            let (bucket, object) = (record.s3.bucket.name?, record.s3.object);
            let key = decoded(&object.key?);
            let size = object.size.and_then(|size| u64::try_from(size).ok()).unwrap_or(0);
            Some(delivery(&bucket, key, &object.e_tag.unwrap_or_default(), object.version_id, size))
        });
        Message { deliveries: deliveries.collect(), ..Message::default() }
    }
}

fn delivery(bucket: &str, key: String, etag: &str, version_id: Option<String>, size: u64) -> Delivery {
    let version_id = version_id.filter(|id| !id.is_empty() && id != "null");
    // Listings have ETags in quotes, notifications have not. Both must name the same object alike, also where the bucket has
    // versions, of which listings say nothing: so the ETag tells them apart.
    let version = etag.trim_matches('"').to_owned();
    Delivery { object: Object { bucket: bucket.to_owned(), key, version }, version_id, size }
}

/// The key of a notification: form-encoded, so that `+` is a space.
fn decoded(key: &str) -> String {
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let ahead: Vec<u8> = rest.clone().take(2).collect();
                let hex = std::str::from_utf8(&ahead).ok().filter(|hex| hex.len() == 2);
                match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    Some(decoded) => {
                        bytes.push(decoded);
                        rest.nth(1);
                    }
                    None => bytes.push(byte),
                }
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails may panic")]

    use super::*;

    fn read(event: &str) -> Event {
        Event::read(serde_json::from_str(event).unwrap()).unwrap()
    }

    #[test]
    fn every_way_announces_the_same_object() {
        let queue = read(include_str!("../../../events/lambda/sqs-s3.json"));
        let bridge = read(include_str!("../../../events/lambda/sqs-eventbridge.json"));
        let direct = read(include_str!("../../../events/lambda/s3.json"));
        let listed = read(include_str!("../../../events/lambda/backfill.json"));
        let first = &queue.messages[0].deliveries[0];
        assert!(first.object.key.ends_with("KH68L3YaA8STAhMt.json.gz") && first.size == 3210);
        for other in [&bridge, &direct, &listed] {
            assert_eq!(&other.messages[0].deliveries[0], first);
        }
        assert!(queue.from_queue && bridge.from_queue && !direct.from_queue && !listed.from_queue);
        assert_eq!(queue.messages[1].foreign.as_deref(), Some(TEST));
        let keys: Vec<&str> = queue.messages[2].deliveries.iter().map(|one| one.object.key.as_str()).collect();
        assert_eq!(keys[1], "reports/summer 2026/list(1).csv");
    }

    #[test]
    fn a_dead_letter_that_is_put_back_announces_its_object() {
        let letter = r#"{"bucket": "example-trail", "key": "a b.json.gz", "version": "e1", "size": 7, "reason": "at byte 3: cut"}"#;
        let message = Message::of(serde_json::from_str(letter).unwrap());
        assert_eq!(message.deliveries, [delivery("example-trail", "a b.json.gz".to_owned(), "e1", None, 7)]);
    }

    #[test]
    fn the_schedule_folds() {
        let schedule = read(include_str!("../../../events/lambda/schedule.json"));
        assert!(schedule.folds && schedule.messages.is_empty());
        assert!(read(r#"{"fold": true}"#).folds);
    }

    #[test]
    fn what_is_no_event_is_said() {
        for event in ["{}", "[]", "null", r#"{"Records": "x"}"#, r#"{"Items": [{}]}"#] {
            let event: Value = serde_json::from_str(event).unwrap();
            let read = Event::read(event.clone());
            assert!(read.is_err() || read.unwrap().messages[0].deliveries.is_empty(), "{event}");
        }
    }

    #[test]
    fn keys_are_decoded_as_forms_are() {
        for (encoded, key) in [("a+b%2Bc", "a b+c"), ("%C3%A9", "\u{e9}"), ("100%", "100%"), ("%zz", "%zz"), ("", "")] {
            assert_eq!(decoded(encoded), key);
        }
    }
}
