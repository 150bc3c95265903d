//! The file: a header, then sections of little-endian 32-bit words and one pool of names.
//!
//! ```text
//! "LWCATLOG" | version u32 | Section::COUNT x (first byte u32, length u32, in words; for the pool in bytes)
//! ```
//! A record is a fixed number of words; record 0 of a section is an ordinary record. A name is a number into
//! `Names` (word n is its first byte in the pool, word n+1 the end); a list is the word index in `Lists` of its length,
//! its items follow. Name 0 is "", list 0 is empty. Reading outside a section gives 0, so that whatever the bytes are,
//! an accessor answers something and never panics.

use crate::CatalogError;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

pub(crate) const MAGIC: &[u8; 8] = b"LWCATLOG";
pub(crate) const VERSION: u32 = 1;

/// The sections, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// The bytes of all names.
    Pool,
    /// Where each name starts.
    Names,
    /// All lists.
    Lists,
    /// name, version, date, licence, what
    Releases,
    /// prefix, title, retired, actions start, end, resource types start, end, condition keys start, end
    Services,
    /// service, name, access level | provenance << 8, resources, condition keys, dependent actions, passed roles
    Actions,
    /// service, name, ARN formats, condition keys, variables
    ResourceTypes,
    /// name, kind
    ConditionKeys,
    /// service, action, why
    Retired,
    /// name, APIs, services, retired
    EventSources,
    /// name, operations start, end
    Apis,
    /// name, need | provenance << 8, actions or reason, rules, bindings
    Operations,
    /// when, equals, effect, actions
    Rules,
    /// service principal
    CalledVia,
    /// prefix, resource type
    IdPrefixes,
}

impl Section {
    pub(crate) const ALL: [Section; 15] = [
        Section::Pool,
        Section::Names,
        Section::Lists,
        Section::Releases,
        Section::Services,
        Section::Actions,
        Section::ResourceTypes,
        Section::ConditionKeys,
        Section::Retired,
        Section::EventSources,
        Section::Apis,
        Section::Operations,
        Section::Rules,
        Section::CalledVia,
        Section::IdPrefixes,
    ];

    /// Words a record.
    pub(crate) fn width(self) -> u32 {
        match self {
            Section::Pool | Section::Names | Section::Lists | Section::CalledVia => 1,
            Section::ConditionKeys | Section::IdPrefixes => 2,
            Section::Retired | Section::Apis => 3,
            Section::EventSources | Section::Rules => 4,
            Section::Releases | Section::ResourceTypes | Section::Operations => 5,
            Section::Actions => 7,
            Section::Services => 9,
        }
    }
}

/// Need codes of an operation.
pub(crate) mod need {
    pub(crate) const ACTIONS: u32 = 0;
    pub(crate) const NOTHING: u32 = 1;
    pub(crate) const RETIRED: u32 = 2;
    pub(crate) const ONE_OF: u32 = 3;
}

#[derive(Debug, Clone, Copy, Default)]
struct Span {
    first_byte: usize,
    /// In words, for the pool in bytes.
    length: usize,
}

/// The bytes with their sections found.
#[derive(Clone, Default)]
pub(crate) struct Table {
    bytes: Cow<'static, [u8]>,
    // INVARIANT: every span lies within `bytes`.
    spans: [Span; Section::ALL.len()],
}

impl Table {
    pub(crate) fn open(bytes: Cow<'static, [u8]>) -> Result<Table, CatalogError> {
        if bytes.get(..MAGIC.len()) != Some(MAGIC.as_slice()) {
            return Err(CatalogError::NotACatalog);
        }
        let found = word_at(&bytes, MAGIC.len()).ok_or(CatalogError::NotACatalog)?;
        if found != VERSION {
            return Err(CatalogError::Version { expected: VERSION, found });
        }
        let mut spans = [Span::default(); Section::ALL.len()];
        let mut at = MAGIC.len() + 4;
        for (number, (section, span)) in Section::ALL.into_iter().zip(&mut spans).enumerate() {
            let cut_short = |end: u64| CatalogError::CutShort { section: number, end, length: bytes.len() };
            let (Some(first), Some(length)) = (word_at(&bytes, at), word_at(&bytes, at + 4)) else {
                return Err(cut_short(at as u64 + 8));
            };
            at += 8;
            let unit = if section == Section::Pool { 1 } else { 4 };
            let end = u64::from(first) + u64::from(length) * unit;
            if end > bytes.len() as u64 {
                return Err(cut_short(end));
            }
            if length % section.width() != 0 {
                return Err(CatalogError::BrokenRecord { section: number });
            }
            *span = Span { first_byte: first as usize, length: length as usize };
        }
        let table = Table { bytes, spans };
        std::str::from_utf8(table.pool()).map_err(|_| CatalogError::NotText)?;
        Ok(table)
    }

    fn span(&self, section: Section) -> Span {
        self.spans.get(section as usize).copied().unwrap_or_default()
    }

    fn pool(&self) -> &[u8] {
        let span = self.span(Section::Pool);
        self.bytes.get(span.first_byte..span.first_byte + span.length).unwrap_or_default()
    }

    fn word(&self, section: Section, index: u64) -> u32 {
        let span = self.span(section);
        if index >= span.length as u64 {
            return 0;
        }
        word_at(&self.bytes, span.first_byte + index as usize * 4).unwrap_or_default()
    }

    /// Number of records of a section.
    pub(crate) fn count(&self, section: Section) -> u32 {
        self.span(section).length as u32 / section.width()
    }

    /// All records of a section.
    pub(crate) fn rows(&self, section: Section) -> Range<u32> {
        0..self.count(section)
    }

    /// Word `field` of record `row`.
    pub(crate) fn field(&self, section: Section, row: u32, field: u32) -> u32 {
        self.word(section, u64::from(row) * u64::from(section.width()) + u64::from(field))
    }

    /// The records `[field, field + 1)` of a row, kept inside `target`.
    pub(crate) fn range(&self, section: Section, row: u32, field: u32, target: Section) -> Range<u32> {
        let end = self.field(section, row, field + 1).min(self.count(target));
        self.field(section, row, field).min(end)..end
    }

    fn bytes_of(&self, name: u32) -> &[u8] {
        let start = self.word(Section::Names, u64::from(name)) as usize;
        let end = self.word(Section::Names, u64::from(name) + 1) as usize;
        self.pool().get(start..end).unwrap_or_default()
    }

    /// The name of a number.
    pub(crate) fn text(&self, name: u32) -> &str {
        std::str::from_utf8(self.bytes_of(name)).unwrap_or_default()
    }

    /// The name in word `field` of record `row`.
    pub(crate) fn name(&self, section: Section, row: u32, field: u32) -> &str {
        self.text(self.field(section, row, field))
    }

    /// The list in word `field` of record `row`.
    pub(crate) fn list(&self, section: Section, row: u32, field: u32) -> List<'_> {
        self.list_at(self.field(section, row, field))
    }

    pub(crate) fn list_at(&self, start: u32) -> List<'_> {
        let length = u64::from(self.word(Section::Lists, u64::from(start)));
        let next = u64::from(start) + 1;
        let end = (next + length).min(self.span(Section::Lists).length as u64);
        List { table: self, next, end: end.max(next) }
    }

    /// The record in `rows` (sorted by the name in `field`, in lower case) with this name.
    pub(crate) fn find(&self, section: Section, rows: Range<u32>, field: u32, name: &str) -> Option<u32> {
        // The sections are found once and not at each step: this is the hot path of every lookup.
        let (records, names, pool) = (self.words_of(section), self.words_of(Section::Names), self.pool());
        let name_of = |row: u32| {
            let number = word_at(records, (row as usize * section.width() as usize + field as usize) * 4)? as usize;
            let (start, end) = (word_at(names, number * 4)? as usize, word_at(names, number * 4 + 4)? as usize);
            pool.get(start..end)
        };
        let (mut low, mut high) = (rows.start, rows.end);
        while low < high {
            let middle = low + (high - low) / 2;
            match compare_ignoring_case(name_of(middle)?, name.as_bytes()) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    fn words_of(&self, section: Section) -> &[u8] {
        let span = self.span(section);
        self.bytes.get(span.first_byte..span.first_byte + span.length * 4).unwrap_or_default()
    }
}

/// The order of the tables.
fn compare_ignoring_case(left: &[u8], right: &[u8]) -> Ordering {
    for (left, right) in left.iter().zip(right) {
        let order = left.to_ascii_lowercase().cmp(&right.to_ascii_lowercase());
        if order != Ordering::Equal {
            return order;
        }
    }
    left.len().cmp(&right.len())
}

fn word_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk::<4>().map(|word| u32::from_le_bytes(*word))
}

/// The items of a list.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    table: &'a Table,
    next: u64,
    end: u64,
}

impl<'a> List<'a> {
    pub(crate) fn table(&self) -> &'a Table {
        self.table
    }

    /// The next `N` items; `None` when fewer are left.
    pub(crate) fn take_array<const N: usize>(&mut self) -> Option<[u32; N]> {
        if self.end - self.next < N as u64 {
            return None;
        }
        let mut items = [0; N];
        for item in &mut items {
            *item = self.table.word(Section::Lists, self.next);
            self.next += 1;
        }
        Some(items)
    }
}

impl Iterator for List<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.take_array::<1>().map(|[item]| item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.end - self.next) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for List<'_> {}
