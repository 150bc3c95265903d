//! A JSON reader that remembers where everything stood, for errors and findings that point at a place.

use std::collections::BTreeSet;

/// The longest text that is read: 1 MB, many times what AWS accepts anywhere.
pub(crate) const MAX_BYTES: usize = 1 << 20;
/// The deepest nesting that is read; a policy needs six levels.
pub(crate) const MAX_DEPTH: usize = 32;
/// The longest key that is read, so that paths, which repeat keys, stay short. AWS's longest is about 300.
pub(crate) const MAX_KEY: usize = 512;

/// A place in a text: line and column, both from 1, the column in characters. 0 and 0 for what came from no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A JSON value and where it starts.
pub(crate) struct Node {
    pub place: Place,
    pub value: Value,
}

pub(crate) enum Value {
    Null,
    Bool(bool),
    /// The number as written: `1.0` and `1` differ as condition values.
    Number(String),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Member>),
}

pub(crate) struct Member {
    pub key: String,
    pub place: Place,
    pub node: Node,
}

impl Value {
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

/// Why a text is no JSON.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    pub place: Place,
    pub path: String,
    pub message: String,
    pub hint: Option<&'static str>,
}

type Result<T> = std::result::Result<T, SyntaxError>;

/// Reads one JSON value that fills the whole text.
pub(crate) fn read(text: &str) -> Result<Node> {
    let mut reader = Reader { rest: text, place: Place { line: 1, column: 1 }, path: String::new() };
    if text.len() > MAX_BYTES {
        return reader.fail(format!("the document has {} bytes, more than {MAX_BYTES}", text.len()), None);
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

/// Extends a JSON path by a key: `a.b`, or `a["b:c"]` where the key is no plain word.
pub(crate) fn push_key(path: &mut String, key: &str) {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    } else {
        path.push_str(&format!("[{key:?}]"));
    }
}

/// Extends a JSON path by an index: `a[0]`.
pub(crate) fn push_index(path: &mut String, index: usize) {
    path.push_str(&format!("[{index}]"));
}

struct Reader<'a> {
    rest: &'a str,
    place: Place,
    path: String,
}

impl Reader<'_> {
    fn node(&mut self, depth: usize) -> Result<Node> {
        if depth > MAX_DEPTH {
            return self.fail(format!("nested deeper than {MAX_DEPTH} levels"), None);
        }
        let place = self.place;
        let value = match self.peek() {
            Some('{') => self.object(depth)?,
            Some('[') => self.array(depth)?,
            Some('"') => Value::String(self.string()?),
            Some('-' | '0'..='9') => Value::Number(self.number()?),
            Some('\'') => return self.fail("a string in single quotes", Some("JSON strings stand in double quotes")),
            Some('}' | ']' | ',' | ':') => return self.fail("a value is missing here", None),
            Some(_) => self.word()?,
            None => return self.fail("the document ends too early", Some("a bracket or brace is not closed")),
        };
        Ok(Node { place, value })
    }

    fn object(&mut self, depth: usize) -> Result<Value> {
        self.bump();
        let mut members: Vec<Member> = Vec::new();
        let mut keys = BTreeSet::new();
        let outer = self.path.len();
        self.space()?;
        if self.eat('}') {
            return Ok(Value::Object(members));
        }
        loop {
            let place = self.place;
            if self.peek() != Some('"') {
                return self.fail("a key is missing here", Some("keys stand in double quotes"));
            }
            let key = self.string()?;
            if key.len() > MAX_KEY {
                return self.fail_at(place, format!("a key of {} bytes, more than {MAX_KEY}", key.len()), None);
            }
            push_key(&mut self.path, &key);
            if !keys.insert(key.clone()) {
                return self.fail_at(place, format!("`{key}` stands twice in one object"), Some("keep one of them"));
            }
            self.space()?;
            if !self.eat(':') {
                return self.fail(format!("a colon is missing after `{key}`"), None);
            }
            self.space()?;
            let node = self.node(depth + 1)?;
            self.path.truncate(outer);
            members.push(Member { key, place, node });
            self.space()?;
            if self.eat('}') {
                return Ok(Value::Object(members));
            }
            self.comma('}')?;
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value> {
        self.bump();
        let mut nodes = Vec::new();
        let outer = self.path.len();
        self.space()?;
        if self.eat(']') {
            return Ok(Value::Array(nodes));
        }
        loop {
            push_index(&mut self.path, nodes.len());
            nodes.push(self.node(depth + 1)?);
            self.path.truncate(outer);
            self.space()?;
            if self.eat(']') {
                return Ok(Value::Array(nodes));
            }
            self.comma(']')?;
        }
    }

    /// The comma between two elements, which must be followed by another one.
    fn comma(&mut self, close: char) -> Result<()> {
        let place = self.place;
        if !self.eat(',') {
            return match self.peek() {
                None => self.fail("the document ends too early", Some("a bracket or brace is not closed")),
                Some(_) => self.fail(format!("a comma or `{close}` is missing here"), None),
            };
        }
        self.space()?;
        if self.peek() == Some(close) {
            return self.fail_at(place, "a trailing comma", Some("remove it: JSON has no trailing commas"));
        }
        Ok(())
    }

    fn string(&mut self) -> Result<String> {
        let start = self.place;
        self.bump();
        let mut out = String::new();
        loop {
            let place = self.place;
            match self.bump() {
                Some('"') => return Ok(out),
                Some('\\') => out.push(self.escape(place)?),
                Some(control) if control < ' ' => {
                    return self.fail_at(
                        place,
                        "a control character in a string",
                        Some("write it as an escape, such as \\n"),
                    );
                }
                Some(character) => out.push(character),
                None => return self.fail_at(start, "a string without its closing quote", None),
            }
        }
    }

    fn escape(&mut self, place: Place) -> Result<char> {
        Ok(match self.bump() {
            Some(same @ ('"' | '\\' | '/')) => same,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let mut units = vec![self.unit(place)?];
                if matches!(units.first(), Some(0xD800..=0xDBFF)) && self.rest.starts_with("\\u") {
                    self.bump();
                    self.bump();
                    units.push(self.unit(place)?);
                }
                match char::decode_utf16(units).next() {
                    Some(Ok(character)) => character,
                    _ => return self.fail_at(place, "half of a surrogate pair", None),
                }
            }
            _ => return self.fail_at(place, "an unknown escape in a string", Some("write a backslash as \\\\")),
        })
    }

    fn unit(&mut self, place: Place) -> Result<u16> {
        let mut unit = 0;
        for _ in 0..4 {
            match self.bump().and_then(|digit| digit.to_digit(16)) {
                Some(digit) => unit = unit * 16 + digit,
                None => return self.fail_at(place, "an escape without its four hexadecimal digits", None),
            }
        }
        Ok(u16::try_from(unit).unwrap_or_default())
    }

    fn number(&mut self) -> Result<String> {
        let place = self.place;
        let mut out = String::new();
        while let Some(character @ ('0'..='9' | '-' | '+' | '.' | 'e' | 'E')) = self.peek() {
            out.push(character);
            self.bump();
        }
        // The grammar of JSON numbers, asked of a reader that has it: `01`, `1.` and `--1` are none.
        match serde_json::from_str::<&serde_json::value::RawValue>(&out) {
            Ok(_) => Ok(out),
            Err(_) => self.fail_at(place, format!("`{out}` is not a number"), None),
        }
    }

    fn word(&mut self) -> Result<Value> {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let value = match self.rest.get(..end).unwrap_or_default() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            "" => return self.fail("an unexpected character", None),
            word => {
                let word: String = word.chars().take(40).collect();
                return self.fail(format!("`{word}` is not a JSON value"), Some("strings stand in double quotes"));
            }
        };
        for _ in 0..end {
            self.bump();
        }
        Ok(value)
    }

    fn space(&mut self) -> Result<()> {
        while let Some(' ' | '\n' | '\r' | '\t') = self.peek() {
            self.bump();
        }
        match self.peek() {
            Some('/' | '#') => self.fail("a comment", Some("remove it: JSON has no comments")),
            _ => Ok(()),
        }
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.bump();
        }
        found
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next()?;
        self.rest = characters.as_str();
        if character == '\n' {
            self.place = Place { line: self.place.line + 1, column: 1 };
        } else {
            self.place.column += 1;
        }
        Some(character)
    }

    fn fail<T>(&self, message: impl Into<String>, hint: Option<&'static str>) -> Result<T> {
        self.fail_at(self.place, message, hint)
    }

    fn fail_at<T>(&self, place: Place, message: impl Into<String>, hint: Option<&'static str>) -> Result<T> {
        Err(SyntaxError { place, path: self.path.clone(), message: message.into(), hint })
    }
}
