//! A principal's month of usage as a tree of items: when one grows too large it is split by a hash of its rows.

use crate::Error;
use crate::table::{DATA, Item, Key, SPLIT, VERSION, blob, data, number, read_data, version};
use aws_sdk_dynamodb::types::AttributeValue;
use usage::{Row, Rows, Usage, thin_samples};
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a deflated leaf past which it is split. Each fold writes its leaves whole, so small ones are cheap ones.
const LARGE: usize = 64 << 10;
/// Bits of the hash that leaves can be told apart by.
const DEPTH: usize = 48;

/// An item of usage as it stands in the table, or as it will.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaf {
    pub version: u64,
    pub is_split: bool,
    pub rows: Vec<Row>,
}

impl Leaf {
    pub fn of(item: &Item) -> Result<Leaf, Error> {
        let version = version(item);
        if item.contains_key(SPLIT) {
            return Ok(Leaf { version, is_split: true, rows: Vec::new() });
        }
        Ok(Leaf { version, is_split: false, rows: read_data(item)? })
    }

    /// The items that hold this leaf's rows and `more`: itself, or itself as a fork and the leaves below it.
    pub fn with(&self, key: &Key, more: &[Row]) -> Result<Vec<(Item, u64)>, Error> {
        let mut usage = Usage::from_rows(&Rows { usage: self.rows.clone(), ..Rows::default() });
        usage.merge(&Usage::from_rows(&Rows { usage: more.to_vec(), ..Rows::default() }));
        let mut items = Vec::new();
        let mut rows = usage.rows().usage;
        thin_samples(&mut rows);
        grow(key, self.version, rows, &mut items)?;
        Ok(items)
    }
}

fn grow(key: &Key, version: u64, rows: Vec<Row>, items: &mut Vec<(Item, u64)>) -> Result<(), Error> {
    let bytes = data(&rows).map_err(|error| key.corrupt(error))?;
    let mut item = key.item();
    item.insert(VERSION.to_owned(), number(version + 1));
    let depth = depth(key);
    if bytes.len() <= LARGE || rows.len() == 1 || depth == DEPTH {
        item.insert(DATA.to_owned(), blob(bytes));
        items.push((item, version));
        return Ok(());
    }
    item.insert(SPLIT.to_owned(), AttributeValue::Bool(true));
    items.push((item, version));
    let (zeros, ones): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| bit(row, depth) == '0');
    for (bit, rows) in [('0', zeros), ('1', ones)] {
        grow(&below(key, bit), 0, rows, items)?;
    }
    Ok(())
}

/// `U#2026-11#` of the month, before any split.
pub(crate) fn root(partition: &str, month: &str) -> Key {
    Key::new(partition, format!("U#{month}#"))
}

/// The fork's child that holds rows with this bit.
pub(crate) fn below(key: &Key, bit: char) -> Key {
    Key::new(key.partition.as_str(), format!("{}{bit}", key.sort))
}

fn depth(key: &Key) -> usize {
    key.sort.len() - key.sort.rfind('#').map_or(0, |at| at + 1)
}

/// The child of this fork that a row belongs to.
pub(crate) fn bit_below(key: &Key, row: &Row) -> char {
    bit(row, depth(key))
}

/// Rows of one use stay together as long as they fit, since they compress best beside each other.
fn bit(row: &Row, depth: usize) -> char {
    let mut text = format!("{}\u{1f}{}\u{1f}{}", row.action, row.via.as_deref().unwrap_or(""), row.outcome.name());
    for (key, value) in &row.context {
        text.extend(["\u{1f}", key, "\u{1f}", value]);
    }
    let half = DEPTH / 2;
    let hash = if depth < half { xxh3_64(text.as_bytes()) } else { xxh3_64(row.resource.as_bytes()) };
    if hash >> (depth % half) & 1 == 0 { '0' } else { '1' }
}
