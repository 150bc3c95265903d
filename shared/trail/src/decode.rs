//! From the bytes of a delivery file to its records, one at a time, in memory that does not grow
//! with the file.
//!
//! Accepts what CloudTrail and people produce: `{"Records":[...]}`, a JSON array, JSON lines, several
//! documents one after another, each plain or gzip (several members). A record that cannot be read is
//! reported with its place and costs only itself: reading goes on at the next one.

use crate::record::Record;
use flate2::read::MultiGzDecoder;
use memchr::{memchr2, memmem};
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

/// What a file may ask of us before we stop reading it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one record. CloudTrail's own limit is 256 KB, 1 MB for extended events.
    pub record_bytes: usize,
    /// Bytes of one file after decompression, against decompression bombs. CloudTrail's files hold some 50 MB.
    pub file_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { record_bytes: 4 << 20, file_bytes: 2 << 30 }
    }
}

/// What was found in a file, in order.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "handed to a closure one at a time, nearly always a record: a box would cost and save nothing"
)]
pub enum Item<'a> {
    /// An event.
    Record(Record<'a>),
    /// Something that CloudTrail writes and that is no event.
    Other(Other),
    /// Something that could not be read.
    Problem(Problem),
}

/// Things beside events that stand in a trail's bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Other {
    /// A digest file, which signs delivery files.
    Digest,
    /// An Insights event, which reports unusual activity.
    Insight,
    /// The test event that S3 sends when a notification is set up.
    TestEvent,
}

/// Something that could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Bytes from the start of the file, after decompression.
    pub offset: u64,
    /// What was wrong there.
    pub kind: ProblemKind,
}

/// What was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file holds nothing.
    Empty,
    /// The file ends inside a record or before its list of records is closed.
    Truncated,
    /// The compressed data is damaged; what follows in the file is lost.
    Gzip(String),
    /// The source failed; what follows in the file is lost.
    Read(String),
    /// A record is no valid JSON, or a member of it has the wrong type.
    Malformed(String),
    /// A JSON value that is no CloudTrail event.
    NotAnEvent,
    /// A record is longer than [`Limits::record_bytes`].
    RecordTooLong(usize),
    /// The file is larger than [`Limits::file_bytes`]; what follows in it was not read.
    FileTooLarge(u64),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.offset, self.kind)
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProblemKind::Empty => f.write_str("the file is empty"),
            ProblemKind::Truncated => f.write_str("the file ends in the middle (truncated)"),
            ProblemKind::Gzip(why) => write!(f, "damaged gzip data ({why}); the rest of the file is lost"),
            ProblemKind::Read(why) => write!(f, "reading failed ({why}); the rest of the file is lost"),
            ProblemKind::Malformed(why) => write!(f, "a record is not valid ({why}); it was skipped"),
            ProblemKind::NotAnEvent => {
                f.write_str("this is JSON but no CloudTrail event (no eventSource and eventName); it was skipped")
            }
            ProblemKind::RecordTooLong(limit) => write!(f, "a record is longer than {limit} bytes; it was skipped"),
            ProblemKind::FileTooLarge(limit) => {
                write!(f, "the file is larger than {limit} bytes after decompression; the rest was not read")
            }
        }
    }
}

/// Reads every record of `input`, which is gzip or plain, and gives each to `found`.
pub fn read_records<R: Read>(input: R, limits: &Limits, mut found: impl FnMut(Item<'_>)) {
    let mut input = BufReader::with_capacity(64 << 10, input);
    let zipped = matches!(input.fill_buf(), Ok([0x1f, 0x8b, ..]));
    if zipped {
        Splitter::new(MultiGzDecoder::new(input), true, limits).run(&mut found);
    } else {
        Splitter::new(input, false, limits).run(&mut found);
    }
}

/// Every record starts so, which is what reading resumes at after damage.
const RECORD_START: &str = "{\"eventVersion\"";
const CHUNK: usize = 256 << 10;
/// What is lost at most before damage in compressed data.
const ZIPPED_PIECE: usize = 16 << 10;
/// Stands for a byte that is no UTF-8: JSON allows it nowhere.
const NO_TEXT: char = '\u{1}';

/// Where in the file's structure the next value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between top-level values.
    Top,
    /// In a list of records.
    List,
    /// After the list, in the object around it.
    Tail,
    /// After damage: looking for the start of a record, then back in a list.
    Lost,
}

enum Scan {
    /// The value ends before this index.
    End(usize),
    /// A top-level object turned out to be an envelope; its list starts at this index.
    ListAt(usize),
    NeedMore,
}

struct Splitter<'l, R> {
    input: R,
    zipped: bool,
    limits: &'l Limits,
    /// What was read and not yet dealt with. A byte that is no UTF-8 stands as a control character, which makes the
    /// record that it is in invalid and keeps every offset.
    buffer: String,
    /// Where bytes are read to before they are text; it begins with `partial` ones of a character whose rest is to come.
    chunk: Vec<u8>,
    partial: usize,
    /// Offset in the file of `buffer[0]`.
    base: u64,
    /// Index of the first byte not yet dealt with: the start of the value being scanned.
    start: usize,
    scan: ScanState,
    place: Place,
    /// The list of records stands in an object, which is still open.
    enveloped: bool,
    ended: bool,
    /// What reading failed with behind the bytes that it gave.
    failure: Option<io::Error>,
}

#[derive(Clone, Copy, Default)]
struct ScanState {
    index: usize,
    depth: u32,
    in_string: bool,
    string_start: usize,
    key_expected: bool,
    key_is_records: bool,
}

impl<'l, R: Read> Splitter<'l, R> {
    fn new(input: R, zipped: bool, limits: &'l Limits) -> Self {
        Splitter {
            input,
            zipped,
            limits,
            buffer: String::new(),
            chunk: vec![0; CHUNK],
            partial: 0,
            base: 0,
            start: 0,
            scan: ScanState::default(),
            place: Place::Top,
            enveloped: false,
            ended: false,
            failure: None,
        }
    }

    fn run(&mut self, found: &mut impl FnMut(Item<'_>)) {
        let mut anything = false;
        loop {
            if self.place == Place::Lost {
                if !self.find_record_start(found) {
                    return;
                }
                continue;
            }
            let Some(byte) = self.next_significant_byte(found) else {
                if self.enveloped {
                    self.problem(self.start, ProblemKind::Truncated, found);
                } else if !anything && self.place == Place::Top {
                    self.problem(self.start, ProblemKind::Empty, found);
                }
                return;
            };
            anything = true;
            match (self.place, byte) {
                (Place::Top, b'[') => self.enter(Place::List),
                (Place::List, b']') => self.enter(if self.enveloped { Place::Tail } else { Place::Top }),
                (Place::Top | Place::List, b'{') => self.record(found),
                (Place::Tail, b'}') => {
                    self.enveloped = false;
                    self.enter(Place::Top);
                }
                (Place::Tail, _) => self.skip_member(found),
                (Place::Top | Place::List | Place::Lost, _) => {
                    let why = ProblemKind::Malformed(format!("expected `{{`, found byte 0x{byte:02x}"));
                    self.problem(self.start, why, found);
                    self.place = Place::Lost;
                }
            }
        }
    }

    fn enter(&mut self, place: Place) {
        self.start += 1;
        self.place = place;
    }

    /// Hands out the record at `start`, as fast as it can be parsed; what is none, or is damaged, goes the long way.
    fn record(&mut self, found: &mut impl FnMut(Item<'_>)) {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or_default();
            // Any other object at the top may be an envelope.
            if self.place == Place::Top && !rest.starts_with(RECORD_START) {
                break;
            }
            let mut records = serde_json::Deserializer::from_str(rest).into_iter::<Record<'_>>();
            match records.next() {
                Some(Ok(record)) if record.is_event() && !is_insight(&record) => {
                    found(Item::Record(record));
                    self.start += records.byte_offset();
                    return;
                }
                Some(Err(error)) if error.is_eof() && rest.len() <= self.limits.record_bytes => {
                    if !self.fill(found) {
                        break;
                    }
                }
                _ => break,
            }
        }
        self.value(found);
    }

    /// Reads on to the end of the object at `start` and hands it out.
    fn value(&mut self, found: &mut impl FnMut(Item<'_>)) {
        self.scan = ScanState { index: self.start, ..ScanState::default() };
        loop {
            match self.scan_on() {
                Scan::ListAt(index) => return self.open_envelope(index),
                Scan::End(end) => return self.hand_out(end, found),
                Scan::NeedMore if self.buffer.len() - self.start > self.limits.record_bytes => {
                    self.problem(self.start, ProblemKind::RecordTooLong(self.limits.record_bytes), found);
                    return self.lose();
                }
                Scan::NeedMore => {
                    if !self.fill(found) {
                        self.problem(self.start, ProblemKind::Truncated, found);
                        return self.lose();
                    }
                }
            }
        }
    }

    fn open_envelope(&mut self, list: usize) {
        self.start = list;
        self.place = Place::List;
        self.enveloped = true;
    }

    fn hand_out(&mut self, end: usize, found: &mut impl FnMut(Item<'_>)) {
        let bytes = self.buffer.get(self.start..end).unwrap_or_default();
        match serde_json::from_str::<Record<'_>>(bytes) {
            Ok(record) if is_insight(&record) => found(Item::Other(Other::Insight)),
            Ok(record) if record.is_event() => found(Item::Record(record)),
            Ok(_) => match other_kind(bytes) {
                Some(other) => found(Item::Other(other)),
                None => self.problem(self.start, ProblemKind::NotAnEvent, found),
            },
            Err(error) => {
                // Damage may have unbalanced the braces, so that this value swallowed good records.
                let swallowed = bytes.get(1..).unwrap_or_default().find(RECORD_START);
                self.problem(self.start, ProblemKind::Malformed(without_position(&error)), found);
                if swallowed.is_some() {
                    return self.lose();
                }
            }
        }
        self.start = end;
    }

    fn lose(&mut self) {
        self.start += 1;
        self.place = Place::Lost;
    }

    /// Moves to the next record start; false at the end of the file.
    fn find_record_start(&mut self, found: &mut impl FnMut(Item<'_>)) -> bool {
        loop {
            let rest = self.bytes().get(self.start..).unwrap_or_default();
            if let Some(at) = memmem::find(rest, RECORD_START.as_bytes()) {
                self.start += at;
                self.place = Place::List;
                return true;
            }
            // Keep what may be the first half of a record start.
            self.start = self.start.max(self.buffer.len().saturating_sub(RECORD_START.len()));
            while !self.buffer.is_char_boundary(self.start) {
                self.start += 1;
            }
            if !self.fill(found) {
                return false;
            }
        }
    }

    /// Skips `,"key":value` after the list of records; a damaged tail loses nothing that was good.
    fn skip_member(&mut self, found: &mut impl FnMut(Item<'_>)) {
        self.scan = ScanState { index: self.start, depth: 1, ..ScanState::default() };
        loop {
            match self.scan_on() {
                Scan::End(end) => {
                    self.start = end;
                    self.place = Place::Top;
                    self.enveloped = false;
                    return;
                }
                Scan::ListAt(index) => return self.open_envelope(index),
                Scan::NeedMore => {
                    self.start = self.scan.string_start.min(self.buffer.len());
                    if !self.fill(found) {
                        self.start = self.buffer.len();
                        return;
                    }
                }
            }
        }
    }

    /// Scans the value from `scan.index` on, as far as the buffer goes.
    fn scan_on(&mut self) -> Scan {
        let ScanState { mut index, mut depth, mut in_string, mut string_start, mut key_expected, mut key_is_records } =
            self.scan;
        let buffer = self.buffer.as_bytes();
        let top = matches!(self.place, Place::Top | Place::Tail);
        let result = loop {
            if in_string {
                let Some(at) = memchr2(b'"', b'\\', buffer.get(index..).unwrap_or_default()) else {
                    index = buffer.len();
                    break Scan::NeedMore;
                };
                index += at;
                if buffer.get(index) == Some(&b'\\') {
                    if index + 1 >= buffer.len() {
                        break Scan::NeedMore;
                    }
                    index += 2;
                    continue;
                }
                in_string = false;
                if top && depth == 1 && key_expected {
                    key_is_records = buffer.get(string_start..index) == Some(b"Records".as_slice());
                    key_expected = false;
                }
                index += 1;
                continue;
            }
            let Some(&byte) = buffer.get(index) else { break Scan::NeedMore };
            index += 1;
            match byte {
                b'"' => {
                    in_string = true;
                    string_start = index;
                }
                b'{' | b'[' => {
                    if top && depth == 1 && byte == b'[' && key_is_records {
                        break Scan::ListAt(index);
                    }
                    depth += 1;
                    key_expected = depth == 1;
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break Scan::End(index);
                    }
                }
                b',' if depth == 1 => {
                    key_expected = true;
                    key_is_records = false;
                }
                _ => {}
            }
        };
        self.scan = ScanState { index, depth, in_string, string_start, key_expected, key_is_records };
        result
    }

    /// The next byte that is neither white space nor a comma, left unread; `None` at the end.
    fn next_significant_byte(&mut self, found: &mut impl FnMut(Item<'_>)) -> Option<u8> {
        loop {
            while let Some(&byte) = self.bytes().get(self.start) {
                let blank = matches!(byte, b' ' | b'\t' | b'\r' | b'\n') || (byte == b',' && self.place != Place::Tail);
                // A byte order mark, and the NUL padding of a block device, stand between values too.
                let padding = self.place == Place::Top && matches!(byte, 0xef | 0xbb | 0xbf | 0x00);
                if !blank && !padding {
                    return Some(byte);
                }
                self.start += 1;
            }
            if !self.fill(found) {
                return None;
            }
        }
    }

    /// Reads more into the buffer, dropping what was dealt with; false at the end of the input.
    fn fill(&mut self, found: &mut impl FnMut(Item<'_>)) -> bool {
        if self.ended {
            return false;
        }
        while !self.buffer.is_char_boundary(self.start) {
            self.start += 1;
        }
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.base += self.start as u64;
            self.scan.index = self.scan.index.saturating_sub(self.start);
            self.scan.string_start = self.scan.string_start.saturating_sub(self.start);
            self.start = 0;
        }
        let offset = self.base + (self.buffer.len() + self.partial) as u64;
        if offset >= self.limits.file_bytes {
            self.ended = true;
            found(Item::Problem(Problem { offset, kind: ProblemKind::FileTooLarge(self.limits.file_bytes) }));
            return false;
        }
        let outcome = self.read_chunk();
        self.take_in(self.partial + outcome.as_ref().copied().unwrap_or(0));
        match outcome {
            Ok(0) => self.ended = true,
            Ok(_) => return true,
            Err(error) => {
                self.ended = true;
                let kind = match error.kind() {
                    io::ErrorKind::UnexpectedEof if self.zipped => ProblemKind::Truncated,
                    _ if self.zipped => ProblemKind::Gzip(error.to_string()),
                    _ => ProblemKind::Read(error.to_string()),
                };
                found(Item::Problem(Problem { offset, kind }));
            }
        }
        false
    }

    /// Fills the chunk behind what is left over in it. A decompressor drops what a call gave before it met damage, so it
    /// is asked for little at a time, and what came before counts.
    fn read_chunk(&mut self) -> io::Result<usize> {
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        let piece = if self.zipped { ZIPPED_PIECE } else { CHUNK };
        let mut filled = self.partial;
        while filled < self.chunk.len() {
            let end = (filled + piece).min(self.chunk.len());
            match self.input.read(self.chunk.get_mut(filled..end).unwrap_or_default()) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) if filled == self.partial => return Err(error),
                Err(error) => {
                    self.failure = Some(error);
                    break;
                }
            }
            if !self.zipped {
                break;
            }
        }
        Ok(filled - self.partial)
    }

    /// Appends the first `count` bytes of the chunk as text.
    fn take_in(&mut self, count: usize) {
        let mut at = 0;
        loop {
            let rest = self.chunk.get(at..count).unwrap_or_default();
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.buffer.push_str(text);
                    self.partial = 0;
                    return;
                }
                Err(error) => {
                    let valid = rest.get(..error.valid_up_to()).unwrap_or_default();
                    self.buffer.push_str(std::str::from_utf8(valid).unwrap_or_default());
                    at += valid.len();
                    let Some(bad) = error.error_len() else {
                        self.chunk.copy_within(at..count, 0);
                        self.partial = count - at;
                        return;
                    };
                    self.buffer.extend(std::iter::repeat_n(NO_TEXT, bad));
                    at += bad;
                }
            }
        }
    }

    fn bytes(&self) -> &[u8] {
        self.buffer.as_bytes()
    }

    fn problem(&self, index: usize, kind: ProblemKind, found: &mut impl FnMut(Item<'_>)) {
        found(Item::Problem(Problem { offset: self.base + index as u64, kind }));
    }
}

fn is_insight(record: &Record<'_>) -> bool {
    &*record.event_category == "Insight" || &*record.event_type == "AwsCloudTrailInsight"
}

fn other_kind(text: &str) -> Option<Other> {
    let holds = |needle: &str| text.contains(needle);
    if holds("\"digestStartTime\"") {
        Some(Other::Digest)
    } else if holds("\"s3:TestEvent\"") {
        Some(Other::TestEvent)
    } else {
        None
    }
}

/// serde_json counts lines and columns from the start of the record, which would mislead beside our byte offset.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(at) => text.get(..at).unwrap_or(&text).to_owned(),
        None => text,
    }
}
