//! [`Document`]s -> JSON, Terraform, CloudFormation.
//!
//! Elements come in AWS's order (Version, Id, Statement; Sid, Effect, Principal, Action, Resource, Condition), lists
//! in the order of the document. A list of one is written as a plain string: it counts two characters less
//! against AWS's quotas, and it is how AWS's own examples are written.

mod cloudformation;
mod terraform;

use serde_json::{Map, Value};

pub use cloudformation::cloudformation;
pub use terraform::terraform;

use crate::document::{ActionBlock, Condition, Document, PrincipalBlock, Principals, ResourceBlock, Statement};

/// The document as indented JSON text, without a line break at its end.
#[must_use]
pub fn json(document: &Document) -> String {
    format!("{:#}", to_value(document))
}

/// The document as a JSON value.
#[must_use]
pub fn to_value(document: &Document) -> Value {
    let mut out = Map::new();
    out.insert("Version".into(), document.version.as_str().into());
    if let Some(id) = &document.id {
        out.insert("Id".into(), id.as_str().into());
    }
    out.insert("Statement".into(), document.statements.iter().map(statement).collect());
    Value::Object(out)
}

fn statement(statement: &Statement) -> Value {
    let mut out = Map::new();
    if let Some(sid) = &statement.sid {
        out.insert("Sid".into(), sid.as_str().into());
    }
    out.insert("Effect".into(), statement.effect.as_str().into());
    match &statement.principal {
        Some(PrincipalBlock::Principal(who)) => drop(out.insert("Principal".into(), principals(who))),
        Some(PrincipalBlock::NotPrincipal(who)) => drop(out.insert("NotPrincipal".into(), principals(who))),
        None => {}
    }
    match &statement.action {
        ActionBlock::Action(actions) => out.insert("Action".into(), strings(actions)),
        ActionBlock::NotAction(actions) => out.insert("NotAction".into(), strings(actions)),
    };
    match &statement.resource {
        Some(ResourceBlock::Resource(resources)) => drop(out.insert("Resource".into(), strings(resources))),
        Some(ResourceBlock::NotResource(resources)) => drop(out.insert("NotResource".into(), strings(resources))),
        None => {}
    }
    if !statement.conditions.is_empty() {
        out.insert("Condition".into(), conditions(&statement.conditions));
    }
    Value::Object(out)
}

fn principals(principals: &Principals) -> Value {
    match principals {
        Principals::Everyone => "*".into(),
        Principals::ByKind(kinds) => {
            kinds.iter().map(|(kind, names)| (kind.as_str().to_owned(), strings(names))).collect()
        }
    }
}

fn conditions(conditions: &[Condition]) -> Value {
    let mut operators = Map::new();
    for condition in conditions {
        let keys = operators.entry(condition.operator.as_str()).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(keys) = keys {
            keys.insert(condition.key.clone(), strings(&condition.values));
        }
    }
    Value::Object(operators)
}

fn strings(strings: &[String]) -> Value {
    match strings {
        [one] => one.as_str().into(),
        more => more.iter().map(String::as_str).collect(),
    }
}
