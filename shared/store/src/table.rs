//! The one table: its keys, its attributes, and how an item is written and read.
//!
//! | item | partition key | sort key |
//! |---|---|---|
//! | ledger: an object that was counted | `O#object` | `O` |
//! | journal: what an object counted, until it is folded | `J#lane` | `object#number` |
//! | usage of a principal in a month | `P#account#principal` | `U#month#part` |
//! | summary of a principal | `S#lane` | `account#principal` |
//! | totals of a day | `T#lane` | `account#day` |
//! | who folds a lane | `L#lane` | `L` |
//! | what of a lane is folded, and maybe still in the journal | `L#lane` | `F` |
//! | an answer that was paid for | `C#key` | `C` |
//! | an entry of the audit trail | `A#day` | `time#number` |
//! | a setting | `N` | name |

use crate::Error;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::io::Read;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// An item, as the SDK has it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// Partition key.
pub const PARTITION: &str = "pk";
/// Sort key.
pub const SORT: &str = "sk";
/// How often the item was written: what a writer has read is still there as long as this is the same.
pub(crate) const VERSION: &str = "v";
/// Deflated JSON.
pub(crate) const DATA: &str = "data";
/// The item's content moved to the items whose sort key continues its own.
pub(crate) const SPLIT: &str = "split";
/// When DynamoDB may delete the item: seconds since 1970.
pub const EXPIRES: &str = "expires";

/// Lanes that accounts are spread over. Two lanes never touch the same item.
pub(crate) const LANES: u64 = 16;
/// Bytes of JSON that an item may unfold to; what the store writes stays far below.
const LARGEST: u64 = 64 << 20;
/// Bytes of a name in a sort key. Longer ones end in a hash: DynamoDB takes keys of 1,024 bytes.
const LONGEST_NAME: usize = 800;

/// An item's key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key {
    pub partition: String,
    pub sort: String,
}

impl Key {
    pub fn new(partition: impl Into<String>, sort: impl Into<String>) -> Key {
        Key { partition: partition.into(), sort: sort.into() }
    }

    pub fn item(&self) -> Item {
        HashMap::from([(PARTITION.to_owned(), text(&self.partition)), (SORT.to_owned(), text(&self.sort))])
    }

    pub fn of(item: &Item) -> Result<Key, Error> {
        let part = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
        match (part(PARTITION), part(SORT)) {
            (Some(partition), Some(sort)) => Ok(Key { partition, sort }),
            _ => Err(Error::Corrupt { key: format!("{item:?}"), reason: "it has no key".to_owned() }),
        }
    }

    pub fn corrupt(&self, reason: impl ToString) -> Error {
        Error::Corrupt { key: format!("{} {}", self.partition, self.sort), reason: reason.to_string() }
    }
}

pub(crate) fn lane_of(account: &str) -> u64 {
    xxh3_64(account.as_bytes()) % LANES
}

/// `P#account#...` of a principal: names can be longer than keys, and hostile.
pub(crate) fn principal_partition(account: &str, principal: &str) -> String {
    format!("P#{}#{:032x}", account_name(account), xxh3_128(principal.as_bytes()))
}

/// An account in a key. Events can say anything in its place, also what keys are parted by.
pub(crate) fn account_name(account: &str) -> String {
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    if is_account { account.to_owned() } else { format!("other-{:032x}", xxh3_128(account.as_bytes())) }
}

/// A name as a part of a sort key, as it is as long as that fits.
pub(crate) fn name(name: &str) -> String {
    if name.len() <= LONGEST_NAME {
        return name.to_owned();
    }
    let mut end = LONGEST_NAME;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}...{:032x}", name.get(..end).unwrap_or_default(), xxh3_128(name.as_bytes()))
}

pub(crate) fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

pub(crate) fn number(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// The number in an attribute; 0 where there is none.
pub(crate) fn read_number(item: &Item, name: &str) -> u64 {
    item.get(name).and_then(|value| value.as_n().ok()).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// The version that an item is in.
pub(crate) fn version(item: &Item) -> u64 {
    read_number(item, VERSION)
}

/// An item that takes the place of the one in version `before` (0: of none), beside that version.
pub(crate) fn versioned(key: &Key, before: u64, value: &impl Serialize) -> Result<(Item, u64), Error> {
    let mut item = key.item();
    item.insert(VERSION.to_owned(), number(before + 1));
    item.insert(DATA.to_owned(), blob(data(value).map_err(|error| key.corrupt(error))?));
    Ok((item, before))
}

/// The condition that an item is still in the version `before` (0: that there is none), and its values.
pub(crate) fn unchanged(before: u64) -> (String, Option<Item>) {
    match before {
        0 => (format!("attribute_not_exists({PARTITION})"), None),
        _ => (format!("{VERSION} = :v"), Some(Item::from([(":v".to_owned(), number(before))]))),
    }
}

pub(crate) fn data(value: &impl Serialize) -> Result<Vec<u8>, String> {
    let json = serde_json::to_vec(value).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    let mut deflated = DeflateEncoder::new(json.as_slice(), Compression::new(6));
    deflated.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

pub(crate) fn blob(bytes: Vec<u8>) -> AttributeValue {
    AttributeValue::B(Blob::new(bytes))
}

pub(crate) fn read_data<T: DeserializeOwned>(item: &Item) -> Result<T, Error> {
    let key = Key::of(item)?;
    let bytes = item.get(DATA).and_then(|value| value.as_b().ok()).ok_or_else(|| key.corrupt("it holds no data"))?;
    let mut json = Vec::new();
    let mut inflated = DeflateDecoder::new(bytes.as_ref()).take(LARGEST);
    inflated.read_to_end(&mut json).map_err(|error| key.corrupt(error))?;
    serde_json::from_slice(&json).map_err(|error| key.corrupt(error))
}

/// Bytes that DynamoDB counts for an item: names and values.
pub(crate) fn size(item: &Item) -> usize {
    item.iter()
        .map(|(name, value)| {
            name.len()
                + match value {
                    AttributeValue::S(text) => text.len(),
                    AttributeValue::N(digits) => digits.len() / 2 + 2,
                    AttributeValue::B(bytes) => bytes.as_ref().len(),
                    _ => 8,
                }
        })
        .sum()
}
