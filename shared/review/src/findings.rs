//! What was found, and where.

use policy::{
    Node, Place,
    json::{Step, path},
};
use serde::Serialize;

use crate::rule::{Rule, Severity};

/// One thing that is wrong with a policy, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's name: [`Rule::code`].
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The `Sid` of the statement that it is in, where that has one.
    pub sid: Option<String>,
    /// Where.
    pub location: Location,
    /// Where else: the other elements that it takes, such as the resource that makes an action dangerous.
    pub related: Vec<Location>,
    /// What is wrong: one sentence, user input in backticks.
    pub message: String,
    /// What would mend it.
    pub fix: Option<Fix>,
}

/// A place in a policy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Location {
    /// The JSON path as it is in the user's document: `Statement[0].Action[1]`, or `Statement.Action` where neither is a
    /// list; empty for the whole document.
    pub path: String,
    /// Where it starts; 0 and 0 for what came from no text.
    pub place: Place,
    /// Where it ends, after its last character.
    pub end: Place,
}

/// A change to a policy that mends a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does: one sentence in the imperative.
    pub title: String,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

/// A change to one element.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// The element.
    pub path: Vec<OwnedStep>,
    /// What becomes of it.
    pub change: Change,
}

/// What becomes of an element.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It becomes this value.
    Replace(serde_json::Value),
    /// It is taken out of its list or object.
    Remove,
    /// The object gets this member, or its value if it has the member.
    Set(String, serde_json::Value),
}

/// One step of an [`Edit`]'s path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum OwnedStep {
    /// Into the member of this name.
    Key(String),
    /// Into the element of this number, from 0.
    Index(usize),
}

impl From<Step<'_>> for OwnedStep {
    fn from(step: Step<'_>) -> Self {
        match step {
            Step::Key(key) => OwnedStep::Key(key.to_owned()),
            Step::Index(index) => OwnedStep::Index(index),
        }
    }
}

/// Where the rules put what they find.
pub(crate) struct Findings<'r, 't> {
    root: &'r Node<'t>,
    text: Option<&'t str>,
    rule: &'static Rule,
    found: Vec<Finding>,
}

impl<'r, 't> Findings<'r, 't> {
    pub fn new(root: &'r Node<'t>, text: Option<&'t str>, first: &'static Rule) -> Self {
        Findings { root, text, rule: first, found: Vec::new() }
    }

    /// From here on, findings are of this rule.
    pub fn of(&mut self, rule: &'static Rule) -> &mut Self {
        self.rule = rule;
        self
    }

    /// A finding about an element of the document.
    pub fn add(&mut self, node: &Node<'_>, message: impl Into<String>) -> Added<'_, 'r, 't> {
        let finding = Finding {
            code: self.rule.code,
            severity: self.rule.severity,
            sid: self.sid(node),
            location: self.location(node),
            related: Vec::new(),
            message: message.into(),
            fix: None,
        };
        self.found.push(finding);
        Added { findings: self }
    }

    pub fn finish(self) -> Vec<Finding> {
        self.found
    }

    fn location(&self, node: &Node<'_>) -> Location {
        let steps = self.root.steps_to(node).unwrap_or_default();
        let place = |offset| self.text.map(|text| Place::of(text, offset)).unwrap_or_default();
        Location { path: path(&steps), place: place(node.start), end: place(node.end) }
    }

    /// The `Sid` of the statement around an element.
    fn sid(&self, node: &Node<'_>) -> Option<String> {
        let statement = match self.root.steps_to(node)?.as_slice() {
            [Step::Key("Statement"), Step::Index(index), ..] => self.root.get("Statement")?.elements().get(*index)?,
            [Step::Key("Statement"), ..] => self.root.get("Statement")?,
            _ => return None,
        };
        statement.get("Sid")?.as_str().filter(|sid| !sid.is_empty()).map(str::to_owned)
    }

    fn owned_path(&self, node: &Node<'_>) -> Vec<OwnedStep> {
        self.root.steps_to(node).unwrap_or_default().into_iter().map(OwnedStep::from).collect()
    }
}

/// A finding that was just added, to say more about it.
pub(crate) struct Added<'f, 'r, 't> {
    findings: &'f mut Findings<'r, 't>,
}

impl Added<'_, '_, '_> {
    /// Another element that it takes.
    pub fn with(self, node: &Node<'_>) -> Self {
        let location = self.findings.location(node);
        if let Some(finding) = self.findings.found.last_mut() {
            finding.related.push(location);
        }
        self
    }

    /// What would mend it: a title, and what becomes of which element.
    pub fn fix<'n, 'm: 'n>(self, title: impl Into<String>, edits: impl IntoIterator<Item = (&'n Node<'m>, Change)>) {
        let edits =
            edits.into_iter().map(|(node, change)| Edit { path: self.findings.owned_path(node), change }).collect();
        if let Some(finding) = self.findings.found.last_mut() {
            finding.fix = Some(Fix { title: title.into(), edits });
        }
    }
}

/// User input as messages quote it: hostile, so only the start of it.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
