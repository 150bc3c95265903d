//! JSON text -> [`Document`], with errors that say what, where and what to write instead.

use std::collections::BTreeMap;

use crate::{
    document::{
        ActionBlock, Condition, Document, Effect, PrincipalBlock, PrincipalKind, Principals, ResourceBlock, Statement,
        Version,
    },
    json::{self, Member, Node, Place, Step, Value},
};

/// Reads a policy document.
///
/// At most 1 MB and 32 levels deep. A single value is accepted wherever AWS accepts a list of them; numbers and
/// booleans in condition values become their text.
///
/// # Errors
/// What is no JSON, and what IAM refuses as a syntax error: unknown or doubled elements, wrong types, an unknown
/// `Version` or `Effect`, a statement without an effect or an action, `Action` beside `NotAction` and the like.
pub fn parse(text: &str) -> Result<Document, ParseError> {
    from_node(&Node::read(text)?, Some(text))
}

/// Reads a policy document from JSON that has been read already; `text` is what it was read from, for places in errors.
///
/// # Errors
/// As [`parse`], but for what is no JSON.
pub fn from_node(node: &Node<'_>, text: Option<&str>) -> Result<Document, ParseError> {
    Reader { text, path: Vec::new(), spans: None, noted: (0, Place { line: 1, column: 1 }) }.document(node)
}

/// As [`parse`], and says where each element stands.
///
/// # Errors
/// As [`parse`].
pub fn parse_with_spans(text: &str) -> Result<(Document, Spans), ParseError> {
    let node = Node::read(text)?;
    let mut reader = Reader {
        text: Some(text),
        path: Vec::new(),
        spans: Some(Spans::default()),
        noted: (0, Place { line: 1, column: 1 }),
    };
    let document = reader.document(&node)?;
    Ok((document, reader.spans.unwrap_or_default()))
}

/// Reads a policy document from a JSON value. Errors carry line and column 0.
///
/// # Errors
/// As [`parse`], but for what only a text can have.
pub fn from_value(value: &serde_json::Value) -> Result<Document, ParseError> {
    from_node(&Node::of(value)?, None)
}

/// Why a text or value is no policy document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ParseError {
    /// What is wrong: one sentence, user input in backticks.
    pub message: String,
    /// The element's JSON path, such as `Statement[0].Action`; empty for the document itself.
    pub path: String,
    /// The line, from 1; 0 where there is no text.
    pub line: usize,
    /// The column in characters, from 1; 0 where there is no text.
    pub column: usize,
    /// What to write instead, where that can be said.
    pub hint: Option<String>,
}

/// Where each element of a parsed document stands.
///
/// Paths number every statement and every element of a list, also where the text has a single value in place of a
/// list: `Statement[0].Action[0]`, `Statement[0].Condition.StringLike["s3:prefix"][0]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spans {
    places: BTreeMap<String, Place>,
}

impl Spans {
    /// Where the element at `path` starts.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Place> {
        self.places.get(path).copied()
    }

    /// All elements, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Place)> {
        self.places.iter().map(|(path, place)| (path.as_str(), *place))
    }
}

type Result<T, E = ParseError> = std::result::Result<T, E>;

const DOCUMENT_ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];
const STATEMENT_ELEMENTS: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

struct Reader<'t> {
    /// What places are counted in.
    text: Option<&'t str>,
    path: Vec<Step<'t>>,
    /// Kept only where somebody asks for them: they cost more than all the rest.
    spans: Option<Spans>,
    /// The offset that was noted last, and its place: elements come in the order of the text.
    noted: (usize, Place),
}

impl<'t> Reader<'t> {
    fn document(&mut self, node: &'t Node<'t>) -> Result<Document> {
        self.note(node);
        let Value::Object(members) = &node.value else {
            return Err(self.wrong(node, "a policy document", "an object"));
        };
        let mut document = Document::default();
        let mut has_statement = false;
        for member in members {
            self.within_key(&member.key, |reader| {
                let node = &member.node;
                match &*member.key {
                    "Version" => document.version = reader.version(node)?,
                    "Id" => document.id = Some(reader.string(node)?),
                    "Statement" => {
                        has_statement = true;
                        document.statements = reader.statements(node)?;
                    }
                    _ => return Err(reader.unknown(member, &DOCUMENT_ELEMENTS)),
                }
                Ok(())
            })?;
        }
        if has_statement { Ok(document) } else { Err(self.error(node.start, "the document has no `Statement`", None)) }
    }

    fn version(&mut self, node: &'t Node<'t>) -> Result<Version> {
        let text = self.string(node)?;
        [Version::V2012, Version::V2008].into_iter().find(|version| version.as_str() == text).ok_or_else(|| {
            self.error(
                node.start,
                format!("`{}` is no version of the policy language", shown(&text)),
                Some("write `2012-10-17`, the current version, or `2008-10-17`".to_owned()),
            )
        })
    }

    fn statements(&mut self, node: &'t Node<'t>) -> Result<Vec<Statement>> {
        self.note(node);
        let nodes = match &node.value {
            Value::Array(nodes) => nodes.as_slice(),
            Value::Object(_) => std::slice::from_ref(node),
            _ => return Err(self.wrong(node, "`Statement`", "an object or a list of objects")),
        };
        nodes
            .iter()
            .enumerate()
            .map(|(index, node)| self.within_index(index, |reader| reader.statement(node)))
            .collect()
    }

    fn statement(&mut self, node: &'t Node<'t>) -> Result<Statement> {
        self.note(node);
        let Value::Object(members) = &node.value else {
            return Err(self.wrong(node, "a statement", "an object"));
        };
        let (mut sid, mut effect, mut principal, mut action, mut resource) = (None, None, None, None, None);
        let mut conditions = Vec::new();
        for member in members {
            self.within_key(&member.key, |reader| {
                let node = &member.node;
                match &*member.key {
                    "Sid" => sid = Some(reader.string(node)?),
                    "Effect" => effect = Some(reader.effect(node)?),
                    "Principal" => {
                        let block = PrincipalBlock::Principal(reader.principals(node)?);
                        reader.only_one(&mut principal, block, member, "Principal", "NotPrincipal")?;
                    }
                    "NotPrincipal" => {
                        let block = PrincipalBlock::NotPrincipal(reader.principals(node)?);
                        reader.only_one(&mut principal, block, member, "Principal", "NotPrincipal")?;
                    }
                    "Action" => {
                        let block = ActionBlock::Action(reader.strings(node)?);
                        reader.only_one(&mut action, block, member, "Action", "NotAction")?;
                    }
                    "NotAction" => {
                        let block = ActionBlock::NotAction(reader.strings(node)?);
                        reader.only_one(&mut action, block, member, "Action", "NotAction")?;
                    }
                    "Resource" => {
                        let block = ResourceBlock::Resource(reader.strings(node)?);
                        reader.only_one(&mut resource, block, member, "Resource", "NotResource")?;
                    }
                    "NotResource" => {
                        let block = ResourceBlock::NotResource(reader.strings(node)?);
                        reader.only_one(&mut resource, block, member, "Resource", "NotResource")?;
                    }
                    "Condition" => conditions = reader.conditions(node)?,
                    _ => return Err(reader.unknown(member, &STATEMENT_ELEMENTS)),
                }
                Ok(())
            })?;
        }
        let missing = |name: &str, hint: &str| {
            self.error(node.start, format!("the statement has no `{name}`"), Some(hint.to_owned()))
        };
        Ok(Statement {
            sid,
            effect: effect.ok_or_else(|| missing("Effect", "write `Allow` or `Deny`"))?,
            principal,
            action: action.ok_or_else(|| missing("Action", "name the actions in `Action` or `NotAction`"))?,
            resource,
            conditions,
        })
    }

    fn effect(&mut self, node: &'t Node<'t>) -> Result<Effect> {
        let text = self.string(node)?;
        match text.as_str() {
            "Allow" => Ok(Effect::Allow),
            "Deny" => Ok(Effect::Deny),
            _ => {
                let hint = nearest(&text, ["Allow", "Deny"], 2).map_or_else(
                    || "write `Allow` or `Deny`".to_owned(),
                    |near| format!("did you mean `{near}`? case matters here"),
                );
                Err(self.error(node.start, format!("`{}` is neither `Allow` nor `Deny`", shown(&text)), Some(hint)))
            }
        }
    }

    fn principals(&mut self, node: &'t Node<'t>) -> Result<Principals> {
        self.note(node);
        let members = match &node.value {
            Value::String(text) if text == "*" => return Ok(Principals::Everyone),
            Value::Object(members) => members,
            Value::String(text) => {
                return Err(self.error(
                    node.start,
                    format!("`{}` is no principal", shown(text)),
                    Some(
                        "write `\"*\"`, or an object such as `{\"AWS\": \"...\"}` or `{\"Service\": \"...\"}`"
                            .to_owned(),
                    ),
                ));
            }
            _ => return Err(self.wrong(node, "a principal element", "`\"*\"` or an object")),
        };
        let mut kinds = Vec::new();
        for member in members {
            self.within_key(&member.key, |reader| {
                let Some(kind) = PrincipalKind::ALL.into_iter().find(|kind| kind.as_str() == member.key) else {
                    return Err(reader.unknown(member, &PrincipalKind::ALL.map(PrincipalKind::as_str)));
                };
                kinds.push((kind, reader.strings(&member.node)?));
                Ok(())
            })?;
        }
        Ok(Principals::ByKind(kinds))
    }

    fn conditions(&mut self, node: &'t Node<'t>) -> Result<Vec<Condition>> {
        self.note(node);
        let Value::Object(operators) = &node.value else {
            return Err(self.wrong(node, "`Condition`", "an object of operators"));
        };
        let mut conditions = Vec::new();
        for operator in operators {
            self.within_key(&operator.key, |reader| {
                reader.note(&operator.node);
                let Value::Object(keys) = &operator.node.value else {
                    return Err(reader.wrong(&operator.node, "a condition operator", "an object of condition keys"));
                };
                for key in keys {
                    let values = reader.within_key(&key.key, |reader| {
                        reader.list(
                            &key.node,
                            "a condition value",
                            "a string, a number, a boolean, or a list of them",
                            scalar,
                        )
                    })?;
                    conditions.push(Condition { operator: operator.key.to_string(), key: key.key.to_string(), values });
                }
                Ok(())
            })?;
        }
        Ok(conditions)
    }

    fn strings(&mut self, node: &'t Node<'t>) -> Result<Vec<String>> {
        let what = self.here();
        self.list(node, &what, "a string or a list of strings", text)
    }

    fn list(
        &mut self,
        node: &'t Node<'t>,
        what: &str,
        wanted: &str,
        read: fn(&Value<'_>) -> Option<String>,
    ) -> Result<Vec<String>> {
        self.note(node);
        let nodes = match &node.value {
            Value::Array(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(node),
        };
        nodes
            .iter()
            .enumerate()
            .map(|(index, node)| {
                self.within_index(index, |reader| {
                    reader.note(node);
                    read(&node.value).ok_or_else(|| reader.wrong(node, what, wanted))
                })
            })
            .collect()
    }

    fn string(&mut self, node: &'t Node<'t>) -> Result<String> {
        self.note(node);
        let what = self.here();
        text(&node.value).ok_or_else(|| self.wrong(node, &what, "a string"))
    }

    fn only_one<T>(&self, slot: &mut Option<T>, block: T, member: &Member<'_>, yes: &str, no: &str) -> Result<()> {
        if slot.is_some() {
            return Err(self.error(
                member.start,
                format!("the statement has both `{yes}` and `{no}`"),
                Some("keep one of them, or write two statements".to_owned()),
            ));
        }
        *slot = Some(block);
        Ok(())
    }

    /// The element that is being read, as errors name it.
    fn here(&self) -> String {
        match self.path.last() {
            Some(Step::Key(key)) => format!("`{}`", shown(key)),
            _ => "an element".to_owned(),
        }
    }

    fn within_key<T>(&mut self, key: &'t str, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.within(Step::Key(key), read)
    }

    fn within_index<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.within(Step::Index(index), read)
    }

    fn within<T>(&mut self, step: Step<'t>, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.path.push(step);
        let result = read(self);
        self.path.pop();
        result
    }

    fn note(&mut self, node: &Node<'_>) {
        if let (Some(spans), Some(text)) = (&mut self.spans, self.text) {
            let (offset, place) = self.noted;
            let between = text.as_bytes().get(offset..node.start).unwrap_or_default();
            self.noted = (node.start, place.after(between));
            spans.places.insert(json::path(&self.path), self.noted.1);
        }
    }

    fn unknown(&self, member: &Member<'_>, known: &[&str]) -> ParseError {
        let hint = nearest(&member.key, known.iter().copied(), 2)
            .map_or_else(|| format!("known here: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
        self.error(member.start, format!("unknown element `{}`", shown(&member.key)), Some(hint))
    }

    fn wrong(&self, node: &'t Node<'t>, what: &str, wanted: &str) -> ParseError {
        self.error(node.start, format!("{what} must be {wanted}, not {}", node.value.kind()), None)
    }

    fn error(&self, offset: usize, message: impl Into<String>, hint: Option<String>) -> ParseError {
        let place = self.text.map(|text| Place::of(text, offset)).unwrap_or_default();
        let path = json::path(&self.path);
        ParseError { message: message.into(), path, line: place.line, column: place.column, hint }
    }
}

fn text(value: &Value<'_>) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        _ => None,
    }
}

fn scalar(value: &Value<'_>) -> Option<String> {
    match value {
        Value::String(text) | Value::Number(text) => Some(text.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// Hostile input is quoted in part.
fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

/// The known word that `text` was probably meant to be: the same but for case, or at most `most` edits away.
#[must_use]
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>, most: usize) -> Option<&'a str> {
    const LONGEST: usize = 80;
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    known
        .into_iter()
        .filter(|word| word.len().abs_diff(text.len()) <= most)
        .map(|word| (edits(&lower, &word.to_lowercase()), word))
        .filter(|(edits, _)| *edits <= most)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, word)| word)
}

/// The Levenshtein distance.
fn edits(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (above, a) in from.chars().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        for (cell, b) in row.iter_mut().zip(std::iter::once(None).chain(to.chars().map(Some))) {
            let Some(b) = b else {
                *cell = left;
                continue;
            };
            let best = (diagonal + usize::from(a != b)).min(left + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
    }
    row.last().copied().unwrap_or_default()
}
