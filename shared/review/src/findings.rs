//! What was found, and where.

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use policy::{
    Node, Place,
    json::{Step, Value, path},
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
    /// The list gets this element at its end.
    Append(serde_json::Value),
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
    found: Vec<Draft>,
}

/// A finding whose places are still elements in memory: paths are looked up for all of them together.
struct Draft {
    rule: &'static Rule,
    /// The element, and the related ones.
    nodes: Vec<Address>,
    message: String,
    fix: Option<(String, Vec<(Address, Change)>)>,
}

/// Where an element lies in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Address(usize);

impl Address {
    fn of(node: &Node<'_>) -> Self {
        Address(std::ptr::from_ref(node).addr())
    }
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
        let nodes = vec![Address::of(node)];
        self.found.push(Draft { rule: self.rule, nodes, message: message.into(), fix: None });
        Added { findings: self }
    }

    /// What costs time to say, such as the name that was probably meant: only where there are few findings, which a
    /// person may read.
    pub fn hint(&self, hint: impl FnOnce() -> String) -> String {
        const FEW: usize = 200;
        if self.found.len() < FEW { hint() } else { String::new() }
    }

    /// All findings, with the places that their elements have in the document.
    pub fn finish(self) -> Vec<Finding> {
        if self.found.is_empty() {
            return Vec::new();
        }
        let mut places = Places::default();
        for draft in &self.found {
            places.wanted.extend(&draft.nodes);
            places.wanted.extend(draft.fix.iter().flat_map(|(_, edits)| edits).map(|(node, _)| *node));
        }
        places.walk(self.root);
        places.count(self.text);
        let statements = self.root.get("Statement").map(Node::elements).unwrap_or_default();
        let sid = |statement: &Node<'_>| {
            let sid = statement.get("Sid").and_then(Node::as_str).filter(|sid| !sid.is_empty());
            sid.map(str::to_owned)
        };
        places.sids = statements.iter().map(sid).collect();
        self.found.into_iter().map(|draft| places.finding(draft)).collect()
    }
}

/// The places of the elements that findings are about, looked up in one walk: there may be as many findings as elements.
#[derive(Default)]
struct Places<'n> {
    wanted: HashSet<Address, FixedState>,
    /// The steps down to where the walk is.
    steps: Vec<Step<'n>>,
    elements: HashMap<Address, Element, FixedState>,
    /// The `Sid` of each statement.
    sids: Vec<Option<String>>,
}

struct Element {
    start: usize,
    end: usize,
    steps: Vec<OwnedStep>,
    location: Location,
}

impl<'n> Places<'n> {
    fn walk(&mut self, node: &'n Node<'_>) {
        let address = Address::of(node);
        if self.wanted.contains(&address) {
            let steps = self.steps.iter().copied().map(OwnedStep::from).collect();
            let location = Location { path: path(&self.steps), ..Location::default() };
            self.elements.insert(address, Element { start: node.start, end: node.end, steps, location });
        }
        let mut within = |step, node: &'n Node<'_>| {
            self.steps.push(step);
            self.walk(node);
            self.steps.pop();
        };
        match &node.value {
            Value::Array(nodes) => nodes.iter().enumerate().for_each(|(index, node)| within(Step::Index(index), node)),
            Value::Object(members) => members.iter().for_each(|member| within(Step::Key(&member.key), &member.node)),
            _ => {}
        }
    }

    /// Counts lines and columns, going through the text once.
    fn count(&mut self, text: Option<&str>) {
        let Some(text) = text else { return };
        let ends = self.elements.values().flat_map(|element| [element.start, element.end]);
        let mut offsets: Vec<usize> = ends.collect();
        offsets.sort_unstable();
        offsets.dedup();
        let mut counted: HashMap<usize, Place, FixedState> = HashMap::default();
        let (mut from, mut place) = (0, Place { line: 1, column: 1 });
        for offset in offsets {
            place = place.after(text.as_bytes().get(from..offset).unwrap_or_default());
            from = offset;
            counted.insert(offset, place);
        }
        for element in self.elements.values_mut() {
            element.location.place = counted.get(&element.start).copied().unwrap_or_default();
            element.location.end = counted.get(&element.end).copied().unwrap_or_default();
        }
    }

    fn finding(&self, draft: Draft) -> Finding {
        let element = |address: &Address| self.elements.get(address);
        let locations = draft.nodes.iter().map(|node| element(node).map(|at| at.location.clone()).unwrap_or_default());
        let mut locations: Vec<Location> = locations.collect();
        let related = locations.split_off(1.min(locations.len()));
        let fix = draft.fix.map(|(title, edits)| {
            let edit = |(node, change): (Address, Change)| Edit {
                path: element(&node).map(|at| at.steps.clone()).unwrap_or_default(),
                change,
            };
            Fix { title, edits: edits.into_iter().map(edit).collect() }
        });
        let statement = draft.nodes.first().and_then(element).and_then(|at| match at.steps.as_slice() {
            [OwnedStep::Key(key), OwnedStep::Index(index), ..] if key == "Statement" => Some(*index),
            [OwnedStep::Key(key), ..] if key == "Statement" => Some(0),
            _ => None,
        });
        Finding {
            code: draft.rule.code,
            severity: draft.rule.severity,
            sid: statement.and_then(|index| self.sids.get(index)).cloned().flatten(),
            location: locations.pop().unwrap_or_default(),
            related,
            message: draft.message,
            fix,
        }
    }
}

/// A finding that was just added, to say more about it.
pub(crate) struct Added<'f, 'r, 't> {
    findings: &'f mut Findings<'r, 't>,
}

impl Added<'_, '_, '_> {
    /// Another element that it takes.
    pub fn with(self, node: &Node<'_>) -> Self {
        if let Some(draft) = self.findings.found.last_mut() {
            draft.nodes.push(Address::of(node));
        }
        self
    }

    /// What would mend it: a title, and what becomes of which element.
    pub fn fix<'n, 'm: 'n>(self, title: impl Into<String>, edits: impl IntoIterator<Item = (&'n Node<'m>, Change)>) {
        let edits = edits.into_iter().map(|(node, change)| (Address::of(node), change)).collect();
        if let Some(draft) = self.findings.found.last_mut() {
            draft.fix = Some((title.into(), edits));
        }
    }
}

/// User input as messages quote it: hostile, so only the start of it, and nothing that ends the quotation.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 120;
    let start = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    };
    start.replace('`', "'")
}
