//! JSON as it was written: values that know where they stand, for errors, findings and fixes that point at a place.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

use hashbrown::HashSet;
use serde::de::DeserializeOwned;

use crate::parse::ParseError;

/// The longest text that is read: 1 MB, many times what AWS accepts anywhere.
pub const MAX_BYTES: usize = 1 << 20;
/// The deepest nesting that is read; a policy needs six levels.
pub const MAX_DEPTH: usize = 32;
/// The longest key that is read, so that paths, which repeat keys, stay short. AWS's longest is about 300 bytes.
pub const MAX_KEY: usize = 512;

/// A place in a text: line and column, both from 1, the column in characters. 0 and 0 for what came from no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// The place of a byte of `text`; past its end, the end.
    #[must_use]
    pub fn of(text: &str, offset: usize) -> Place {
        Place { line: 1, column: 1 }.after(text.as_bytes().get(..offset).unwrap_or(text.as_bytes()))
    }

    /// The place that follows when these bytes stand between.
    #[must_use]
    pub fn after(self, between: &[u8]) -> Place {
        let newline = memchr::memrchr(b'\n', between);
        let in_line = between.get(newline.map_or(0, |newline| newline + 1)..).unwrap_or_default();
        // Every byte of UTF-8 starts a character, but for those of the form 10xxxxxx.
        let characters = in_line.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        Place {
            line: self.line + memchr::memchr_iter(b'\n', between).count(),
            column: newline.map_or(self.column, |_| 1) + characters,
        }
    }
}

/// A JSON value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'t> {
    /// Its first byte in the text; 0 for what came from no text.
    pub start: usize,
    /// The byte after its last; 0 for what came from no text.
    pub end: usize,
    /// What it is.
    pub value: Value<'t>,
}

/// What JSON has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'t> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as written: `1.0` and `1` differ as condition values.
    Number(Cow<'t, str>),
    /// A string, its escapes resolved.
    String(Cow<'t, str>),
    /// A list.
    Array(Vec<Node<'t>>),
    /// An object, in the order written; no key stands twice.
    Object(Vec<Member<'t>>),
}

/// A key of an object, and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'t> {
    /// The key, its escapes resolved.
    pub key: Cow<'t, str>,
    /// Where the key starts: the byte of its first quote.
    pub start: usize,
    /// The value.
    pub node: Node<'t>,
}

/// Reads a text that is one JSON value. Of a key that stands twice in one object serde would take the last, whose writer may mean
/// the first; it is refused.
///
/// # Errors
/// What is no such value, in words; else as [`Node::read`].
pub fn read_whole<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Node::read(text).map_err(|error| error.to_string())?;
    Ok(value)
}

impl<'t> Node<'t> {
    /// Reads a text that is one JSON value.
    ///
    /// # Errors
    /// What is no JSON, is longer than [`MAX_BYTES`], deeper than [`MAX_DEPTH`], or has a key twice in one object.
    pub fn read(text: &'t str) -> Result<Self, ParseError> {
        read(text).map_err(|error| {
            let place = Place::of(text, error.offset);
            let steps: Vec<Step<'_>> = error.path.iter().rev().map(OwnedStep::as_step).collect();
            ParseError {
                message: error.message,
                path: path(&steps),
                line: place.line,
                column: place.column,
                hint: error.hint.map(str::to_owned),
            }
        })
    }

    /// A value that came from no text.
    ///
    /// # Errors
    /// When it is deeper than [`MAX_DEPTH`] or has a key longer than [`MAX_KEY`].
    pub fn of(value: &'t serde_json::Value) -> Result<Self, ParseError> {
        of_value(value, 0)
    }

    /// The member of this name, if it is an object that has one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.members().iter().find(|member| member.key == key).map(|member| &member.node)
    }

    /// The members, if it is an object; else none.
    #[must_use]
    pub fn members(&self) -> &[Member<'t>] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements, if it is a list; else itself, as AWS reads a single value where a list may stand.
    #[must_use]
    pub fn elements(&self) -> &[Node<'t>] {
        match &self.value {
            Value::Array(nodes) => nodes,
            _ => std::slice::from_ref(self),
        }
    }

    /// The text, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The steps from this node down to `wanted`, which is found by where it lies in memory.
    #[must_use]
    pub fn steps_to(&self, wanted: &Node<'_>) -> Option<Vec<Step<'_>>> {
        let mut steps = Vec::new();
        self.descend(std::ptr::from_ref(wanted).cast(), &mut steps).then_some(steps)
    }

    fn descend<'n>(&'n self, wanted: *const Node<'n>, steps: &mut Vec<Step<'n>>) -> bool {
        if std::ptr::eq(self, wanted) {
            return true;
        }
        let mut within = |step, node: &'n Node<'t>| {
            steps.push(step);
            let found = node.descend(wanted, steps);
            if !found {
                steps.pop();
            }
            found
        };
        match &self.value {
            Value::Array(nodes) => nodes.iter().enumerate().any(|(index, node)| within(Step::Index(index), node)),
            Value::Object(members) => members.iter().any(|member| within(Step::Key(&member.key), &member.node)),
            _ => false,
        }
    }
}

impl Value<'_> {
    /// The kind of value, as errors name it: `a string`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}

/// One step of a JSON path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step<'p> {
    /// Into the member of this name.
    Key(&'p str),
    /// Into the element of this number, from 0.
    Index(usize),
}

/// A JSON path as people write it: `Statement[0].Condition.StringLike["s3:prefix"][1]`; empty for the whole document.
#[must_use]
pub fn path(steps: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in steps {
        push(&mut text, *step);
    }
    text
}

/// Extends a JSON path by a step.
pub(crate) fn push(path: &mut String, step: Step<'_>) {
    let plain = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let _ = match step {
        Step::Key(key) if plain(key) => write!(path, "{}{key}", if path.is_empty() { "" } else { "." }),
        Step::Key(key) => write!(path, "[{key:?}]"),
        Step::Index(index) => write!(path, "[{index}]"),
    };
}

/// A step of the way to a mistake, gathered from the inside out.
#[derive(Debug)]
enum OwnedStep {
    Key(String),
    Index(usize),
}

impl OwnedStep {
    fn as_step(&self) -> Step<'_> {
        match self {
            OwnedStep::Key(key) => Step::Key(key),
            OwnedStep::Index(index) => Step::Index(*index),
        }
    }
}

/// Why a text is no JSON.
#[derive(Debug)]
struct SyntaxError {
    offset: usize,
    message: String,
    hint: Option<&'static str>,
    path: Vec<OwnedStep>,
}

type Result<T, E = Box<SyntaxError>> = std::result::Result<T, E>;

fn read(text: &str) -> Result<Node<'_>> {
    let mut reader = Reader { text, at: 0 };
    if text.len() > MAX_BYTES {
        return reader.fail(format_args!("the document has {} bytes, more than {MAX_BYTES}", text.len()), None);
    }
    if text.starts_with('\u{feff}') {
        return reader.fail("the document starts with a byte order mark", Some("save it as UTF-8 without BOM"));
    }
    reader.space()?;
    let node = reader.node(0)?;
    reader.space()?;
    match reader.peek() {
        None => Ok(node),
        Some(_) => reader.fail("there is more text after the end of the document", None),
    }
}

struct Reader<'t> {
    text: &'t str,
    // INVARIANT: on the border of a character, since it only ever stops at ASCII bytes.
    at: usize,
}

impl<'t> Reader<'t> {
    fn node(&mut self, depth: usize) -> Result<Node<'t>> {
        if depth > MAX_DEPTH {
            return self.fail(format_args!("nested deeper than {MAX_DEPTH} levels"), None);
        }
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            Some(b'\'') => return self.fail("a string in single quotes", Some("JSON strings stand in double quotes")),
            Some(b'}' | b']' | b',' | b':') => return self.fail("a value is missing here", None),
            Some(_) => self.word()?,
            None => return self.fail("the document ends too early", Some("a bracket or brace is not closed")),
        };
        Ok(Node { start, end: self.at, value })
    }

    fn object(&mut self, depth: usize) -> Result<Value<'t>> {
        self.at += 1;
        let mut members: Vec<Member<'t>> = Vec::new();
        let mut keys = Keys::default();
        self.space()?;
        if self.eat(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            let start = self.at;
            if self.peek() != Some(b'"') {
                return self.fail("a key is missing here", Some("keys stand in double quotes"));
            }
            let key = self.string()?;
            let member = self.member(start, &key, &members, &mut keys, depth);
            match member {
                Ok(node) => members.push(Member { key, start, node }),
                Err(mut error) => {
                    error.path.push(OwnedStep::Key(key.chars().take(MAX_KEY).collect()));
                    return Err(error);
                }
            }
            self.space()?;
            if self.eat(b'}') {
                return Ok(Value::Object(members));
            }
            self.comma(b'}')?;
        }
    }

    /// The value of a key that has just been read.
    fn member(
        &mut self,
        start: usize,
        key: &str,
        members: &[Member<'t>],
        keys: &mut Keys,
        depth: usize,
    ) -> Result<Node<'t>> {
        if key.len() > MAX_KEY {
            return fail_at(start, format_args!("a key of {} bytes, more than {MAX_KEY}", key.len()), None);
        }
        if !keys.insert(key, members) {
            return fail_at(start, format_args!("`{key}` stands twice in one object"), Some("keep one of them"));
        }
        self.space()?;
        if !self.eat(b':') {
            return self.fail(format_args!("a colon is missing after `{key}`"), None);
        }
        self.space()?;
        self.node(depth + 1)
    }

    fn array(&mut self, depth: usize) -> Result<Value<'t>> {
        self.at += 1;
        let mut nodes = Vec::new();
        self.space()?;
        if self.eat(b']') {
            return Ok(Value::Array(nodes));
        }
        loop {
            match self.node(depth + 1) {
                Ok(node) => nodes.push(node),
                Err(mut error) => {
                    error.path.push(OwnedStep::Index(nodes.len()));
                    return Err(error);
                }
            }
            self.space()?;
            if self.eat(b']') {
                return Ok(Value::Array(nodes));
            }
            self.comma(b']')?;
        }
    }

    /// The comma between two elements, which must be followed by another one.
    fn comma(&mut self, close: u8) -> Result<()> {
        let comma = self.at;
        if !self.eat(b',') {
            return match self.peek() {
                None => self.fail("the document ends too early", Some("a bracket or brace is not closed")),
                Some(_) => self.fail(format_args!("a comma or `{}` is missing here", char::from(close)), None),
            };
        }
        self.space()?;
        if self.peek() == Some(close) {
            return fail_at(comma, "a trailing comma", Some("remove it: JSON has no trailing commas"));
        }
        Ok(())
    }

    fn string(&mut self) -> Result<Cow<'t, str>> {
        let start = self.at;
        self.at += 1;
        let mut whole: Option<String> = None;
        loop {
            let run = self.at;
            let rest = self.text.as_bytes().get(run..).unwrap_or_default();
            let length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
            let Some(length) = length else {
                return fail_at(start, "a string without its closing quote", None);
            };
            self.at += length;
            let part = self.text.get(run..self.at).unwrap_or_default();
            match rest.get(length) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(match whole {
                        None => Cow::Borrowed(part),
                        Some(whole) => Cow::Owned(whole + part),
                    });
                }
                Some(b'\\') => {
                    let whole = whole.get_or_insert_default();
                    whole.push_str(part);
                    whole.push(self.escape()?);
                }
                _ => {
                    return self.fail("a control character in a string", Some("write it as an escape, such as \\n"));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let start = self.at;
        self.at += 1;
        let kind = self.peek();
        // Only ASCII is stepped over: the rest of a character that is no escape must stay whole.
        self.at += usize::from(kind.is_some_and(|byte| byte.is_ascii()));
        Ok(match kind {
            Some(same @ (b'"' | b'\\' | b'/')) => char::from(same),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let mut units = vec![self.unit(start)?];
                let rest = self.text.get(self.at..).unwrap_or_default();
                if matches!(units.first(), Some(0xD800..=0xDBFF)) && rest.starts_with("\\u") {
                    self.at += 2;
                    units.push(self.unit(start)?);
                }
                match char::decode_utf16(units).next() {
                    Some(Ok(character)) => character,
                    _ => return fail_at(start, "half of a surrogate pair", None),
                }
            }
            _ => return fail_at(start, "an unknown escape in a string", Some("write a backslash as \\\\")),
        })
    }

    fn unit(&mut self, start: usize) -> Result<u16> {
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        self.at += 4;
        match digits.map(|digits| u16::from_str_radix(digits, 16)) {
            Some(Ok(unit)) => Ok(unit),
            _ => fail_at(start, "an escape without its four hexadecimal digits", None),
        }
    }

    fn number(&mut self) -> Result<Cow<'t, str>> {
        let start = self.at;
        while let Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') = self.peek() {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        // The grammar of JSON numbers, asked of a reader that has it: `01`, `1.` and `--1` are none.
        match serde_json::from_str::<&serde_json::value::RawValue>(text) {
            Ok(_) => Ok(Cow::Borrowed(text)),
            Err(_) => fail_at(start, format_args!("`{}` is not a number", shown(text)), None),
        }
    }

    fn word(&mut self) -> Result<Value<'t>> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let value = match rest.get(..end).unwrap_or_default() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            "" => return self.fail("an unexpected character", None),
            word => {
                let message = format_args!("`{}` is not a JSON value", shown(word)).to_string();
                return self.fail(message, Some("strings stand in double quotes"));
            }
        };
        self.at += end;
        Ok(value)
    }

    fn space(&mut self) -> Result<()> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
        match self.peek() {
            Some(b'/' | b'#') => self.fail("a comment", Some("remove it: JSON has no comments")),
            _ => Ok(()),
        }
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fail<T>(&self, message: impl fmt::Display, hint: Option<&'static str>) -> Result<T> {
        fail_at(self.at, message, hint)
    }
}

fn fail_at<T>(offset: usize, message: impl fmt::Display, hint: Option<&'static str>) -> Result<T> {
    Err(Box::new(SyntaxError { offset, message: message.to_string(), hint, path: Vec::new() }))
}

/// Hostile input is quoted in part.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The keys of one object: compared one by one while they are few.
#[derive(Default)]
struct Keys(HashSet<String, foldhash::fast::FixedState>);

impl Keys {
    const FEW: usize = 16;

    /// Whether the key is new to an object that has these members.
    fn insert(&mut self, key: &str, members: &[Member<'_>]) -> bool {
        if members.len() < Keys::FEW {
            return members.iter().all(|member| member.key != key);
        }
        if self.0.is_empty() {
            self.0.extend(members.iter().map(|member| member.key.to_string()));
        }
        self.0.insert(key.to_owned())
    }
}

fn of_value(value: &serde_json::Value, depth: usize) -> Result<Node<'_>, ParseError> {
    use serde_json::Value as Json;
    let fail = |message: String| ParseError { message, path: String::new(), line: 0, column: 0, hint: None };
    if depth > MAX_DEPTH {
        return Err(fail(format!("nested deeper than {MAX_DEPTH} levels")));
    }
    let value = match value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(Cow::Owned(number.to_string())),
        Json::String(text) => Value::String(Cow::Borrowed(text)),
        Json::Array(values) => {
            let nodes: Result<_, ParseError> = values.iter().map(|value| of_value(value, depth + 1)).collect();
            Value::Array(nodes?)
        }
        Json::Object(members) => {
            let members: Result<_, ParseError> = members
                .iter()
                .map(|(key, value)| {
                    if key.len() > MAX_KEY {
                        return Err(fail(format!("a key of {} bytes, more than {MAX_KEY}", key.len())));
                    }
                    Ok(Member { key: Cow::Borrowed(key), start: 0, node: of_value(value, depth + 1)? })
                })
                .collect();
            Value::Object(members?)
        }
    };
    Ok(Node { start: 0, end: 0, value })
}
