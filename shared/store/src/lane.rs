//! A lane of the journal: what of it is folded already, and who is folding it.

use crate::pause::Pause;
use crate::table::{EXPIRES, Item, Key, PARTITION, number, read_data, text, version, versioned};
use crate::{Error, Store, malformed};
use aws_sdk_dynamodb::types::{DeleteRequest, WriteRequest};
use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long a lane belongs to who folds it; a folder that died holds it no longer.
pub(crate) const LEASE: Duration = Duration::from_secs(60);
/// Deletes that one BatchWriteItem takes.
const BATCH: usize = 25;

/// Entries that the lane's last transaction folded. It is written by that transaction, so that an entry that could not be
/// deleted any more is known to be folded.
///
/// Deletes of their own cost half of what they cost in the transaction, and need no condition: a key never comes back.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    key: Key,
    version: u64,
    // INVARIANT: what the mark before named was out of the journal when this one was written.
    folded: BTreeSet<String>,
}

impl Mark {
    /// Whether this entry is folded.
    pub fn names(&self, entry: &Key) -> bool {
        self.folded.contains(&entry.sort)
    }

    /// The entries that it names behind this one.
    pub fn behind(&self, last: &Key) -> Vec<Key> {
        let behind = self.folded.range::<str, _>((Bound::Excluded(last.sort.as_str()), Bound::Unbounded));
        behind.map(|sort| Key::new(last.partition.as_str(), sort.as_str())).collect()
    }

    /// The mark that takes this one's place when these entries are folded.
    pub fn next(&self, entries: &[Key]) -> Mark {
        let folded = entries.iter().map(|key| key.sort.clone()).collect();
        Mark { key: self.key.clone(), version: self.version + 1, folded }
    }

    /// As it is written, and the version that it replaces.
    pub fn item(&self) -> Result<(Item, u64), Error> {
        versioned(&self.key, self.version.saturating_sub(1), &self.folded)
    }
}

impl Store {
    /// What of a lane is folded. To be read before its entries are: whoever folds in between makes another mark.
    pub(crate) async fn mark(&self, lane: u64) -> Result<Mark, Error> {
        let key = Key::new(format!("L#{lane}"), "F");
        let known = self.get_all(std::slice::from_ref(&key)).await?.remove(&key);
        let folded = known.as_ref().map(read_data).transpose()?.unwrap_or_default();
        Ok(Mark { version: known.as_ref().map_or(0, version), key, folded })
    }

    /// Takes entries out of the journal. That one is gone already is no error.
    pub(crate) async fn discard(&self, entries: &[Key]) -> Result<(), Error> {
        for some in entries.chunks(BATCH) {
            let mut wanted = Vec::new();
            for key in some {
                let delete = DeleteRequest::builder().set_key(Some(key.item())).build();
                let delete = delete.map_err(malformed("BatchWriteItem"))?;
                wanted.push(WriteRequest::builder().delete_request(delete).build());
            }
            let mut left = HashMap::from([(self.table.clone(), wanted)]);
            // DynamoDB does what it can, and names the rest.
            let mut pause = Pause::new("BatchWriteItem");
            while !left.is_empty() {
                pause.before_next().await?;
                let answer = self.client.batch_write_item().set_request_items(Some(left)).send().await;
                let answer = answer.map_err(|error| Error::call("BatchWriteItem", error))?;
                left = answer.unprocessed_items.unwrap_or_default();
            }
        }
        Ok(())
    }

    /// Whether the lane is ours for a while. Being alone only saves work: versions keep it right without.
    pub(crate) async fn lease(&self, lane: u64, owner: &str) -> Result<bool, Error> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let mut item = Key::new(format!("L#{lane}"), "L").item();
        item.insert("owner".to_owned(), text(owner));
        item.insert(EXPIRES.to_owned(), number(now + LEASE.as_secs()));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put = put
            .condition_expression("attribute_not_exists(#p) OR #e < :now")
            .expression_attribute_names("#p", PARTITION)
            .expression_attribute_names("#e", EXPIRES)
            .expression_attribute_values(":now", number(now));
        Error::unless_refused("PutItem", put.send().await)
    }

    pub(crate) async fn release(&self, lane: u64, owner: &str) -> Result<(), Error> {
        let key = Key::new(format!("L#{lane}"), "L").item();
        let delete = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        let delete = delete
            .condition_expression("#o = :o")
            .expression_attribute_names("#o", "owner")
            .expression_attribute_values(":o", text(owner));
        // Refused where it ran out, and somebody else has it.
        Error::unless_refused("DeleteItem", delete.send().await).map(|_| ())
    }
}
