//! Comparisons as JSON, as `diff --jsonl` reads and writes them.
//!
//! ```json
//! {"id": 1, "type": "identity", "service_aware": true, "old": {}, "new": {}}
//! ```

use catalog::Catalog;
use policy::{Document, Effect, Statement};
use serde_json::{Map, Value, json};

use super::{Block, Change, Comparison, Verdict, compare, difference};
use crate::{
    policies::Layer,
    principal::Principal,
    request::Request,
    wire::{WireError, documents, wrong},
};

/// Answers one object with `old` and `new` by `verdict`, `witness` and `reason`; an `id` is echoed.
///
/// # Errors
/// When a field or a document cannot be read, or a Deny statement cannot be understood.
pub fn answer(value: &Value, catalog: &Catalog) -> Result<Value, WireError> {
    let asked = Asked::read(value, catalog)?;
    let verdict = compare(&asked.old, &asked.new, &asked.how)?;
    let mut out = Map::new();
    if let Some(id) = value.get("id") {
        out.insert("id".into(), id.clone());
    }
    out.extend(told(&verdict));
    Ok(Value::Object(out))
}

/// As [`answer`], with what is added and removed:
/// `"added": [{"policy", "statement", "allows": {"Action", ..}, "whole", "witness"}], "removed": [..]`.
///
/// # Errors
/// As [`answer`].
pub fn answer_in_blocks(value: &Value, catalog: &Catalog) -> Result<Value, WireError> {
    let asked = Asked::read(value, catalog)?;
    let found = difference(&asked.old, &asked.new, &asked.how, catalog)?;
    let blocks = |change: &Change| change.blocks.iter().map(block).collect::<Value>();
    let mut out = told(&found.added.verdict);
    out.insert("added".into(), blocks(&found.added));
    out.insert("removed".into(), blocks(&found.removed));
    Ok(Value::Object(out))
}

/// What a line asks.
struct Asked<'c> {
    old: Vec<Document>,
    new: Vec<Document>,
    how: Comparison<'c>,
}

impl<'c> Asked<'c> {
    fn read(value: &Value, catalog: &'c Catalog) -> Result<Self, WireError> {
        let Value::Object(fields) = value else { return Err(wrong("line", "an object")) };
        let layer = match fields.get("type") {
            None | Some(Value::Null) => Layer::Identity,
            Some(Value::String(name)) => layer(name).ok_or_else(|| wrong("type", TYPES))?,
            Some(_) => return Err(wrong("type", TYPES)),
        };
        let mut how = Comparison::of(layer);
        match fields.get("service_aware") {
            None | Some(Value::Null | Value::Bool(false)) => {}
            Some(Value::Bool(true)) => how = how.service_aware(catalog),
            Some(_) => return Err(wrong("service_aware", "true or false")),
        }
        let side = |name: &str| -> Result<Vec<Document>, WireError> {
            let value =
                fields.get(name).filter(|value| !value.is_null()).ok_or_else(|| wrong(name, "a policy document"))?;
            documents(value, name)
        };
        Ok(Asked { old: side("old")?, new: side("new")?, how })
    }
}

fn told(verdict: &Verdict) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("verdict".into(), verdict.as_str().into());
    out.insert("witness".into(), verdict.witness().map_or(Value::Null, request));
    out.insert("reason".into(), reason(verdict).into());
    out
}

fn block(block: &Block) -> Value {
    json!({
        "policy": block.policy,
        "statement": block.statement,
        "allows": allows(block),
        "whole": block.whole,
        "witness": request(&block.witness),
    })
}

/// A block's elements as a policy writes them: `{"Action", "Resource", "Condition", ..}`.
#[must_use]
pub fn allows(block: &Block) -> Value {
    let statement = Statement {
        sid: None,
        effect: Effect::Allow,
        principal: block.principal.clone(),
        action: block.actions.clone(),
        resource: block.resources.clone(),
        conditions: block.conditions.clone(),
    };
    let mut document = policy::to_value(&Document::new(vec![statement]));
    let mut elements = document.pointer_mut("/Statement/0").map(Value::take).unwrap_or_default();
    if let Value::Object(elements) = &mut elements {
        elements.shift_remove("Effect");
    }
    elements
}

const TYPES: &str = "one of identity, resource, trust, boundary, session, scp, rcp, endpoint";

/// The kind of policy that a word stands for.
#[must_use]
pub fn layer(name: &str) -> Option<Layer> {
    Some(match name {
        "identity" => Layer::Identity,
        "resource" | "trust" => Layer::Resource,
        "boundary" => Layer::Boundary,
        "session" => Layer::Session,
        "scp" => Layer::Scp,
        "rcp" => Layer::Rcp,
        "endpoint" => Layer::Endpoint,
        _ => return None,
    })
}

/// A sentence for a verdict.
#[must_use]
pub fn reason(verdict: &Verdict) -> String {
    match verdict {
        Verdict::NoNewAccess => "whatever the new policy allows, the old one allows too".to_owned(),
        Verdict::NewAccess(request) => format!(
            "the new policy allows {} on {} to {}, and the old one does not",
            request.action(),
            request.resource(),
            spoken(request.principal())
        ),
        Verdict::Inconclusive(doubt) => doubt.to_string(),
    }
}

/// A request as `simulate` reads it.
#[must_use]
pub fn request(request: &Request) -> Value {
    let mut out = Map::new();
    out.insert("principal".into(), principal(request.principal()));
    out.insert("action".into(), request.action().into());
    out.insert("resource".into(), request.resource().into());
    if let Some(account) = request.resource_account() {
        out.insert("resource_account".into(), account.into());
    }
    let context = request.context().iter().map(|(key, values)| {
        let value = match values {
            [one] => Value::String(one.clone()),
            several => several.iter().cloned().collect(),
        };
        (key.to_owned(), value)
    });
    out.insert("context".into(), Value::Object(context.collect()));
    Value::Object(out)
}

fn principal(principal: &Principal) -> Value {
    match principal {
        // A provider's name may look like a service's.
        Principal::Federated(name) => {
            [("Federated".to_owned(), Value::from(name.as_str()))].into_iter().collect::<Map<_, _>>().into()
        }
        Principal::Service(name) => {
            [("Service".to_owned(), Value::from(name.as_str()))].into_iter().collect::<Map<_, _>>().into()
        }
        other => spoken(other).into(),
    }
}

fn spoken(principal: &Principal) -> &str {
    match principal {
        Principal::Federated(name) | Principal::Service(name) => name,
        Principal::Anonymous => "anonymous",
        other => other.arn().unwrap_or("anonymous"),
    }
}
