//! How two policies differ, in each format, one a file.

pub mod human;
pub mod markdown;
pub mod sarif;

use crate::arguments::PolicyType;
use crate::input::PolicyFile;
use crate::output::safe_source;
use authz::compare::{Block, Change, Difference, wire};
use authz::{Context, Principal, Request, Verdict};
use catalog::Catalog;
use policy::{ActionBlock, Place, Statement, action_matches};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A difference, and the files that it is between.
pub struct Compared<'f> {
    pub old: &'f PolicyFile,
    pub new: &'f PolicyFile,
    pub kind: PolicyType,
    pub service_aware: bool,
    pub difference: Difference,
    pub catalog: &'f Catalog,
}

impl Compared<'_> {
    /// The verdict in a line.
    pub fn headline(&self) -> String {
        let (added, removed) = (&self.difference.added, &self.difference.removed);
        match (&added.verdict, &removed.verdict) {
            (Verdict::NoNewAccess, Verdict::NoNewAccess) => {
                "no new access, and none removed: both allow exactly the same".to_owned()
            }
            (Verdict::NoNewAccess, Verdict::NewAccess(_)) => {
                "no new access: whatever the new policy allows, the old one allows too".to_owned()
            }
            (Verdict::NoNewAccess, Verdict::Inconclusive(doubt)) => {
                format!("no new access; whether any is removed is inconclusive: {doubt}")
            }
            (verdict @ Verdict::NewAccess(_), _) => format!("new access: {}", wire::reason(verdict)),
            (Verdict::Inconclusive(doubt), _) => {
                format!("inconclusive, which counts as new access: {doubt}")
            }
        }
    }

    /// The two directions, with the file whose statements grant what each adds.
    fn directions(&self) -> [(&'static str, &Change, &PolicyFile); 2] {
        [("added", &self.difference.added, self.new), ("removed", &self.difference.removed, self.old)]
    }
}

/// Everything, for programs.
pub fn json(compared: &Compared<'_>) -> String {
    let added = &compared.difference.added.verdict;
    let doubts: Map<String, Value> = compared
        .directions()
        .into_iter()
        .filter_map(|(name, change, _)| match &change.verdict {
            Verdict::Inconclusive(doubt) => Some((name.to_owned(), doubt.to_string().into())),
            _ => None,
        })
        .collect();
    let blocks = |change: &Change, file| change.blocks.iter().map(|block| block_value(block, file)).collect::<Value>();
    let difference = &compared.difference;
    let out = json!({
        "verdict": added.as_str(),
        "witness": added.witness().map(wire::request),
        "reason": wire::reason(added),
        "old": compared.old.name,
        "new": compared.new.name,
        "type": compared.kind.as_str(),
        "service_aware": compared.service_aware,
        "inconclusive": if doubts.is_empty() { Value::Null } else { Value::Object(doubts) },
        "added": blocks(&difference.added, compared.new),
        "removed": blocks(&difference.removed, compared.old),
    });
    format!("{}\n", safe_source(&format!("{out:#}")))
}

fn block_value(block: &Block, file: &PolicyFile) -> Value {
    let place = file.place(block.policy, block.statement);
    let mut out = Map::new();
    out.insert("policy".to_owned(), block.policy.into());
    out.insert("statement".to_owned(), block.statement.into());
    if let Some(sid) = file.statement(block.policy, block.statement).and_then(|statement| statement.sid.as_ref()) {
        out.insert("sid".to_owned(), sid.as_str().into());
    }
    out.insert("line".to_owned(), place.line.into());
    out.insert("column".to_owned(), place.column.into());
    out.insert("allows".to_owned(), wire::allows(block));
    out.insert("whole".to_owned(), block.whole.into());
    out.insert("witness".to_owned(), wire::request(&block.witness));
    Value::Object(out)
}

/// One element of a block: its name, as `NotAction`, and its values.
struct Element {
    name: &'static str,
    values: Vec<String>,
}

/// Who, what and on what, as the block names them, for reading.
fn elements(block: &Block, file: &PolicyFile, catalog: &Catalog) -> Vec<Element> {
    let allows = wire::allows(block);
    let statement = file.statement(block.policy, block.statement);
    ["Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource"]
        .into_iter()
        .filter_map(|name| {
            let values = values_of(allows.get(name)?);
            let values = match statement {
                Some(statement) if name == "Action" => shortened(values, statement, catalog),
                _ => values,
            };
            Some(Element { name, values })
        })
        .collect()
}

/// How many actions may be left out of a pattern that is shown in place of a list.
const EXCEPTIONS: usize = 5;

/// Actions, with those of a pattern of the statement as the pattern and what is left out: `s3:Get* but s3:GetObject`.
fn shortened(actions: Vec<String>, statement: &Statement, catalog: &Catalog) -> Vec<String> {
    let ActionBlock::Action(patterns) = &statement.action else { return actions };
    let mut left: BTreeSet<String> = actions.into_iter().collect();
    let mut shown = Vec::new();
    for pattern in patterns.iter().filter(|pattern| pattern.contains(['*', '?'])) {
        let Some(service) = pattern.split_once(':').and_then(|(prefix, _)| catalog.service(prefix)) else { continue };
        let names = service.actions().map(|action| format!("{}:{}", service.prefix(), action.name()));
        let (listed, missing): (Vec<String>, Vec<String>) =
            names.filter(|name| action_matches(pattern, name)).partition(|name| left.contains(name));
        if missing.len() <= EXCEPTIONS && listed.len() > missing.len() + 1 {
            left.retain(|action| !listed.contains(action));
            let but = if missing.is_empty() { String::new() } else { format!(" but {}", missing.join(", ")) };
            shown.push(format!("{pattern}{but}"));
        }
    }
    shown.extend(left);
    shown
}

fn values_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(several) => several.iter().flat_map(values_of).collect(),
        Value::Object(kinds) => kinds
            .iter()
            .flat_map(|(kind, names)| values_of(names).into_iter().map(move |name| format!("{kind} {name}")))
            .collect(),
        other => vec![other.to_string()],
    }
}

/// Each condition in a line: `StringEquals aws:PrincipalTag/team = a, b`.
fn conditions(block: &Block) -> Vec<String> {
    let line = |condition: &policy::Condition| {
        format!("{} {} = {}", condition.operator, condition.key, condition.values.join(", "))
    };
    block.conditions.iter().map(line).collect()
}

/// The statement that a block comes from: its Sid if it has one, and its place.
fn source(block: &Block, file: &PolicyFile) -> (Option<String>, Place) {
    let sid = file.statement(block.policy, block.statement).and_then(|statement| statement.sid.clone());
    (sid, file.place(block.policy, block.statement))
}

/// How much of a block is concerned.
fn extent(title: &str, block: &Block) -> &'static str {
    match (title, block.whole) {
        ("Removed", true) => "gone",
        ("Removed", false) => "gone in part",
        (_, true) => "new",
        (_, false) => "new in part",
    }
}

/// Who asks in a witness.
fn caller(request: &Request) -> &str {
    match request.principal() {
        Principal::Service(name) | Principal::Federated(name) => name,
        principal => principal.arn().unwrap_or("anonymous"),
    }
}

/// The condition keys of a block's witness that do not follow from who asks for what, as the policy writes them:
/// `key = value`.
fn circumstances(block: &Block) -> Vec<String> {
    let request = &block.witness;
    let written = |key: &str| {
        let condition = block.conditions.iter().find(|condition| condition.key.eq_ignore_ascii_case(key));
        condition.map_or_else(|| key.to_owned(), |condition| condition.key.clone())
    };
    let bare = Request::new(request.principal().clone(), request.action(), request.resource(), Context::default());
    let told = request.context().iter().filter(|(key, values)| bare.context().get(key) != Some(*values));
    told.map(|(key, values)| format!("{} = {}", written(key), values.join(", "))).collect()
}
