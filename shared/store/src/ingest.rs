//! From an object's contribution to the journal, once.

use crate::contribution::Contribution;
use crate::journal::entries;
use crate::table::{DATA, Item, Key, PARTITION, blob, data, number, size, text};
use crate::{Error, Store, malformed};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use xxhash_rust::xxh3::xxh3_128;

/// An object of a trail: what is counted once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The bucket, or the folder of a file.
    pub bucket: String,
    /// The key, decoded.
    pub key: String,
    /// The version id where the bucket has versions, else the ETag: an object that is overwritten counts again.
    pub version: String,
}

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ingested {
    /// Its events are in the journal now.
    Counted,
    /// They were counted before.
    Before,
}

/// Items of a transaction, of which the ledger entry is one.
const ITEMS: usize = 100;
/// Bytes of a transaction: DynamoDB takes 4 MB.
pub(crate) const BYTES: usize = 3_800_000;
/// Problems of an object that its ledger entry names.
const PROBLEMS: usize = 20;

impl Object {
    pub(crate) fn id(&self) -> String {
        format!("{:032x}", xxh3_128(format!("{}\u{1f}{}\u{1f}{}", self.bucket, self.key, self.version).as_bytes()))
    }

    fn ledger(&self) -> Key {
        Key::new(format!("O#{}", self.id()), "O")
    }
}

impl Store {
    /// Whether an object was counted.
    ///
    /// # Errors
    /// [`Error::Call`].
    pub async fn has(&self, object: &Object) -> Result<bool, Error> {
        let asked = self.client.get_item().table_name(&self.table).set_key(Some(object.ledger().item()));
        let answer = asked.projection_expression(PARTITION).consistent_read(true).send().await;
        Ok(answer.map_err(|error| Error::call("GetItem", error))?.item.is_some())
    }

    /// Puts what an object counted into the journal, unless it was counted before. `now` in seconds since 1970.
    ///
    /// # Errors
    /// [`Error::TooLarge`] where the object holds more than some 70,000 different uses; [`Error::Call`].
    pub async fn ingest(&self, object: &Object, contribution: &Contribution, now: i64) -> Result<Ingested, Error> {
        let key = object.ledger();
        let mut reading = contribution.reading.clone();
        reading.problems.truncate(PROBLEMS);
        let mut ledger = key.item();
        ledger.insert("bucket".to_owned(), text(&object.bucket));
        ledger.insert("key".to_owned(), text(&object.key));
        ledger.insert("version".to_owned(), text(&object.version));
        ledger.insert("at".to_owned(), number(now));
        ledger.insert(DATA.to_owned(), blob(data(&reading).map_err(|error| key.corrupt(error))?));
        let mut items: Vec<Item> = vec![ledger];
        for entry in entries(&object.id(), contribution)? {
            items.push(entry.item()?);
        }
        let bytes: usize = items.iter().map(size).sum();
        if items.len() > ITEMS {
            return Err(Error::TooLarge { what: format!("{} items", items.len()), limit: "100 items" });
        }
        if bytes > BYTES {
            return Err(Error::TooLarge { what: format!("{bytes} bytes"), limit: "3.8 MB" });
        }
        let mut writes = Vec::new();
        for item in items {
            // Entries are there exactly as long as the ledger says nothing: one condition would do, two cost nothing.
            let put = Put::builder()
                .table_name(&self.table)
                .set_item(Some(item))
                .condition_expression(format!("attribute_not_exists({PARTITION})"))
                .build()
                .map_err(malformed("TransactWriteItems"))?;
            writes.push(TransactWriteItem::builder().put(put).build());
        }
        match self.client.transact_write_items().set_transact_items(Some(writes)).send().await {
            Ok(_) => Ok(Ingested::Counted),
            // Refused, or in conflict with somebody who is just doing the same.
            Err(error) if error.as_service_error().is_some_and(|error| error.is_transaction_canceled_exception()) => {
                if self.has(object).await? {
                    Ok(Ingested::Before)
                } else {
                    Err(Error::call("TransactWriteItems", error))
                }
            }
            Err(error) => Err(Error::call("TransactWriteItems", error)),
        }
    }
}
