//! What objects counted and what is not folded yet, in pieces that fit an item.

use crate::Error;
use crate::contribution::{Contribution, Part};
use crate::table::{DATA, Item, Key, blob, data, lane_of, read_data};
use std::collections::BTreeMap;
use usage::{Rows, Totals};

/// JSON bytes of one entry. Deflated it is a tenth of that, so also what does not compress fits an item of 400 kB.
const ENTRY: usize = 256 << 10;

/// An entry as it stands in the table.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub key: Key,
    pub parts: Vec<Part>,
}

impl Entry {
    pub fn of(item: &Item) -> Result<Entry, Error> {
        Ok(Entry { key: Key::of(item)?, parts: read_data(item)? })
    }

    pub fn item(&self) -> Result<Item, Error> {
        let mut item = self.key.item();
        item.insert(DATA.to_owned(), blob(data(&self.parts).map_err(|error| self.key.corrupt(error))?));
        Ok(item)
    }

    /// Two entries that hold half of it each; `None` where it holds one row.
    pub fn halves(&self) -> Option<[Entry; 2]> {
        let pieces: Vec<Part> = self.parts.iter().flat_map(pieces).collect();
        let (first, second) = pieces.split_at_checked(pieces.len() / 2).filter(|(first, _)| !first.is_empty())?;
        let half = |number: u8, pieces: &[Part]| Entry {
            key: Key::new(self.key.partition.as_str(), format!("{}{number}", self.key.sort)),
            parts: joined(pieces.to_vec()),
        };
        Some([half(0, first), half(1, second)])
    }
}

pub(crate) fn partition(lane: u64) -> String {
    format!("J#{lane}")
}

/// The entries of what the object `id` counted: of one account's lane each, none larger than fits an item.
pub(crate) fn entries(id: &str, contribution: &Contribution) -> Result<Vec<Entry>, Error> {
    let mut lanes: BTreeMap<u64, Vec<Part>> = BTreeMap::new();
    for part in contribution.parts() {
        lanes.entry(lane_of(&part.account)).or_default().push(part);
    }
    let mut entries = Vec::new();
    for (lane, parts) in lanes {
        let mut add = |parts: Vec<Part>| {
            let key = Key::new(partition(lane), format!("{id}#{:04}-", entries.len()));
            entries.push(Entry { key, parts: joined(parts) });
        };
        let (mut kept, mut bytes) = (Vec::new(), 0);
        for piece in parts.iter().flat_map(pieces) {
            let size = serde_json::to_vec(&piece).map_or(usize::MAX, |json| json.len());
            if size > ENTRY {
                return Err(Error::TooLarge { what: format!("one row of {size} bytes"), limit: "256 KiB" });
            }
            if bytes + size > ENTRY {
                add(std::mem::take(&mut kept));
                bytes = 0;
            }
            bytes += size;
            kept.push(piece);
        }
        add(kept);
    }
    Ok(entries)
}

/// A part as many that hold one row each; together they are the same.
fn pieces(part: &Part) -> impl Iterator<Item = Part> {
    let piece = |rows: Rows| Part { account: part.account.clone(), day: part.day.clone(), rows };
    let totals = part.rows.totals;
    let counts = (totals != Totals::default()).then(|| piece(Rows { totals, ..Rows::default() }));
    let rows = &part.rows;
    let principals = rows.principals.iter().map(|row| Rows { principals: vec![row.clone()], ..Rows::default() });
    let unknown = rows.unknown.iter().map(|row| Rows { unknown: vec![row.clone()], ..Rows::default() });
    let nothing = rows.nothing.iter().map(|row| Rows { nothing: vec![row.clone()], ..Rows::default() });
    let usage = rows.usage.iter().map(|row| Rows { usage: vec![row.clone()], ..Rows::default() });
    let rows: Vec<Part> = principals.chain(unknown).chain(nothing).chain(usage).map(piece).collect();
    counts.into_iter().chain(rows)
}

/// Neighbours of one account and day in one part again.
fn joined(pieces: Vec<Part>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for piece in pieces {
        match parts.last_mut().filter(|last| last.account == piece.account && last.day == piece.day) {
            Some(last) => {
                let (into, from) = (&mut last.rows, piece.rows);
                if from.totals != Totals::default() {
                    into.totals = from.totals;
                }
                into.principals.extend(from.principals);
                into.unknown.extend(from.unknown);
                into.nothing.extend(from.nothing);
                into.usage.extend(from.usage);
            }
            None => parts.push(piece),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(rows: usize) -> Entry {
        let row = |number: usize| usage::UnknownRow {
            source: "example.amazonaws.com".to_owned(),
            name: format!("Call{number}"),
            reason: "not in the catalog".to_owned(),
            events: 1,
        };
        let rows = Rows { unknown: (0..rows).map(row).collect(), ..Rows::default() };
        let part = Part { account: "111122223333".to_owned(), day: "2026-11-22".to_owned(), rows };
        Entry { key: Key::new("J#1", "id"), parts: vec![part] }
    }

    #[test]
    fn halves_hold_the_whole() {
        let whole = entry(5);
        let [first, second] = whole.halves().unwrap();
        let mut together = first.parts[0].rows.unknown.clone();
        together.extend(second.parts[0].rows.unknown.clone());
        assert_eq!(together, whole.parts[0].rows.unknown);
        assert_ne!(first.key, second.key);
        assert!(entry(1).halves().is_none());
    }

    #[test]
    fn an_entry_reads_back() {
        let whole = entry(3);
        assert_eq!(Entry::of(&whole.item().unwrap()).unwrap().parts, whole.parts);
    }
}
