//! Requests, policies and decisions as JSON, as `simulate --jsonl` reads and writes them.
//!
//! ```json
//! {"id": 1,
//!  "request": {"principal": "arn:aws:iam::111122223333:user/u", "action": "s3:GetObject",
//!              "resource": "arn:aws:s3:::example-bucket/a", "resource_account": "444455556666",
//!              "context": {"aws:TagKeys": ["a", "b"], "aws:SecureTransport": true}},
//!  "policies": {"identity": [], "resource": {}, "boundary": [], "session": [], "scps": [[]], "rcps": [[]], "endpoint": {}}}
//! ```
//!
//! A request's `"unknown": true` says that the keys that its context does not hold are not known, instead of absent; a list
//! says which (`["aws:SourceVpce", "aws:PrincipalTag/*"]`). Where it depends on them whether the request is allowed, the
//! decision is `depends`; `if` lists the ways to be allowed, each a list of needs, each a list of statements of which
//! one must apply; and `unless` the Deny statements of which none may:
//!
//! ```json
//! {"id": 1, "decision": "depends", "by": [],
//!  "if": [[[{"layer": "identity", "policy": 0, "statement": 0, "conditions": ["aws:SourceVpce StringEquals vpce-1"]}]]],
//!  "unless": [],
//!  "reason": "allowed if aws:SourceVpce StringEquals vpce-1 (statement 0 of identity policy 0)"}
//! ```

use policy::{Arn, Document, ParseError};
use serde_json::{Map, Value};

use crate::{
    decision::{Decision, Reason},
    evaluate::Prepared,
    policies::{Policies, PrepareError},
    principal::Principal,
    request::{Context, Request},
    unknown::{Answer, Dependence, OpenStatement, Unknown},
};

/// Why a line of a batch cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// A field is missing or has the wrong type.
    #[error("`{field}` must be {wanted}")]
    Field {
        /// The path of the field: `request.action`.
        field: String,
        /// What it must be.
        wanted: &'static str,
    },
    /// A policy document cannot be read.
    #[error("`{field}`: {} (at `{}`)", error.message, error.path)]
    Document {
        /// The path of the document: `policies.identity[0]`.
        field: String,
        /// What is wrong with it.
        error: ParseError,
    },
    /// The policies cannot be evaluated.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
}

/// Answers one object with `request` and `policies` by `decision`, `by` and `reason`; an `id` is echoed.
///
/// # Errors
/// When a field or a document cannot be read, or a Deny statement cannot be understood.
pub fn answer(value: &Value) -> Result<Value, WireError> {
    let asked = value.get("request").unwrap_or(&Value::Null);
    let request = request(asked)?;
    let unknown = unknown(asked.get("unknown"))?;
    let prepared = Prepared::new(&policies(value.get("policies").unwrap_or(&Value::Null))?)?;
    let mut out = Map::new();
    if let Some(id) = value.get("id") {
        out.insert("id".into(), id.clone());
    }
    let answer = match unknown {
        None => Answer::Decided(prepared.evaluate(&request)),
        Some(unknown) => prepared.evaluate_with_unknown(&request, &unknown),
    };
    match answer {
        Answer::Decided(decided) => decision(&decided, &mut out),
        Answer::Depends(open) => dependence(&open, &mut out),
    }
    Ok(Value::Object(out))
}

/// Reads a request. The principal is a text as [`Principal::parse`] takes it, or an object with one of
/// `AWS`, `Service`, `Federated`. Context values are texts, numbers, booleans, or lists of them.
///
/// # Errors
/// When a field is missing or has the wrong type.
pub fn request(value: &Value) -> Result<Request, WireError> {
    let Value::Object(fields) = value else { return Err(wrong("request", "an object")) };
    let text = |name: &str| {
        fields.get(name).and_then(Value::as_str).ok_or_else(|| wrong(format!("request.{name}"), "a string"))
    };
    let resource = match fields.get("resource") {
        None | Some(Value::Null) => "*",
        Some(_) => text("resource")?,
    };
    let action = text("action")?;
    if !action.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty()) {
        return Err(wrong("request.action", "an action, such as `s3:GetObject`"));
    }
    let request = Request::new(caller(fields.get("principal"))?, action, resource, context(fields.get("context"))?);
    match fields.get("resource_account") {
        None | Some(Value::Null) => Ok(request),
        Some(_) => Ok(request.in_account(text("resource_account")?)),
    }
}

/// Reads policies. What is absent, null or empty sets no limit; a document may stand in place of a list of one.
///
/// # Errors
/// When a field has the wrong type, is unknown, or holds something that is no policy document.
pub fn policies(value: &Value) -> Result<Policies, WireError> {
    let mut policies = Policies::default();
    let fields = match value {
        Value::Object(fields) => fields,
        Value::Null => return Ok(policies),
        _ => return Err(wrong("policies", "an object")),
    };
    for (name, value) in fields {
        let field = format!("policies.{name}");
        match name.as_str() {
            "identity" => policies.identity = documents(value, &field)?,
            "resource" => policies.resource = document(value, &field)?,
            "boundary" => policies.boundary = Some(documents(value, &field)?).filter(|list| !list.is_empty()),
            "session" => policies.session = documents(value, &field)?,
            "scps" => policies.scps = levels(value, &field)?,
            "rcps" => policies.rcps = levels(value, &field)?,
            "endpoint" => policies.endpoint = document(value, &field)?,
            _ => return Err(wrong(field, "one of identity, resource, boundary, session, scps, rcps, endpoint")),
        }
    }
    Ok(policies)
}

/// Writes `decision`, `by` and `reason` into `out`.
fn decision(decision: &Decision, out: &mut Map<String, Value>) {
    out.insert("decision".into(), decision.outcome.as_str().into());
    out.insert("by".into(), decision.by.iter().map(reason).map(Value::Object).collect());
    out.insert("reason".into(), decision.to_string().into());
}

/// Writes `decision`, `by`, `if`, `unless` and `reason` into `out`.
fn dependence(dependence: &Dependence, out: &mut Map<String, Value>) {
    fn statements(statements: &[OpenStatement]) -> Value {
        statements
            .iter()
            .map(|open| {
                let mut out = reason(&open.statement);
                out.insert("conditions".into(), open.conditions.clone().into());
                Value::Object(out)
            })
            .collect()
    }
    let ways = dependence.if_any.iter().map(|way| way.iter().map(|need| statements(&need.any_of)).collect::<Value>());
    out.insert("decision".into(), "depends".into());
    out.insert("by".into(), Value::Array(Vec::new()));
    out.insert("if".into(), ways.collect());
    out.insert("unless".into(), statements(&dependence.unless));
    out.insert("reason".into(), dependence.to_string().into());
}

fn reason(reason: &Reason) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("layer".into(), reason.layer.as_str().into());
    if let Some(level) = reason.level {
        out.insert("level".into(), level.into());
    }
    out.insert("policy".into(), reason.policy.into());
    out.insert("statement".into(), reason.statement.into());
    out
}

fn unknown(value: Option<&Value>) -> Result<Option<Unknown>, WireError> {
    let fail = || wrong("request.unknown", "a boolean, or a list of names of condition keys");
    match value {
        None | Some(Value::Null | Value::Bool(false)) => Ok(None),
        Some(Value::Bool(true)) => Ok(Some(Unknown::Absent)),
        Some(Value::Array(names)) => {
            let names: Option<Vec<_>> = names.iter().map(Value::as_str).collect();
            Ok(Some(Unknown::keys(names.ok_or_else(fail)?)))
        }
        Some(_) => Err(fail()),
    }
}

fn caller(value: Option<&Value>) -> Result<Principal, WireError> {
    let fail = || wrong("request.principal", "a string, or an object with one of `AWS`, `Service`, `Federated`");
    match value {
        Some(Value::String(text)) => principal(text),
        Some(Value::Object(fields)) => {
            let mut fields = fields.iter();
            match (fields.next(), fields.next()) {
                (Some((kind, Value::String(name))), None) => match kind.as_str() {
                    "AWS" => principal(name),
                    "Service" => Ok(Principal::Service(name.clone())),
                    "Federated" => Ok(Principal::Federated(name.clone())),
                    _ => Err(fail()),
                },
                _ => Err(fail()),
            }
        }
        _ => Err(fail()),
    }
}

/// Reads a principal as [`Principal::parse`] does, which takes any text, and refuses what is nobody: a mistyped ARN must not
/// pass for somebody whom no policy of an account reaches.
///
/// # Errors
/// When the text names no principal.
pub fn principal(text: &str) -> Result<Principal, WireError> {
    let principal = Principal::parse(text);
    let is_somebody = match (&principal, Arn::parse(principal.arn().unwrap_or(text))) {
        (Principal::Anonymous, _) => !text.is_empty(),
        (Principal::Service(_), _) => true,
        (Principal::Federated(_), Ok(arn)) => !arn.account.is_empty(),
        (Principal::Federated(name), Err(_)) => name.contains('.') && !name.contains([':', '/']),
        (Principal::Role(_), Ok(arn)) => {
            !arn.account.is_empty() && arn.service == "iam" && arn.resource.starts_with("role/")
        }
        (Principal::RoleSession(_), Ok(arn)) => !arn.account.is_empty() && arn.resource.split('/').nth(2).is_some(),
        (_, arn) => arn.is_ok_and(|arn| !arn.account.is_empty()),
    };
    if is_somebody {
        return Ok(principal);
    }
    Err(wrong("request.principal", "the ARN of a user, role, session or provider, an account, a service, or `*`"))
}

fn context(value: Option<&Value>) -> Result<Context, WireError> {
    let keys = match value {
        None | Some(Value::Null) => return Ok(Context::default()),
        Some(Value::Object(keys)) => keys,
        Some(_) => return Err(wrong("request.context", "an object")),
    };
    let keys = keys.iter().filter(|(_, value)| !value.is_null());
    let count = keys.clone().count();
    let context: Context = keys
        .map(|(key, value)| {
            let values = match value {
                Value::Array(values) => values.iter().map(scalar).collect::<Option<Vec<_>>>(),
                one => scalar(one).map(|value| vec![value]),
            };
            let values = values.ok_or_else(|| {
                let key: String = key.chars().take(120).collect();
                wrong(format!("request.context[{key:?}]"), "a string, a number, a boolean, or a list of them")
            })?;
            Ok((key, values))
        })
        .collect::<Result<_, WireError>>()?;
    if context.iter().count() < count {
        return Err(wrong("request.context", "keys that differ in more than their case"));
    }
    Ok(context)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn levels(value: &Value, field: &str) -> Result<Vec<Vec<Document>>, WireError> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(levels) => {
            levels.iter().enumerate().map(|(index, level)| documents(level, &format!("{field}[{index}]"))).collect()
        }
        _ => Err(wrong(field, "a list of levels, each a list of policy documents")),
    }
}

pub(crate) fn documents(value: &Value, field: &str) -> Result<Vec<Document>, WireError> {
    match value {
        Value::Array(values) => values
            .iter()
            .enumerate()
            .map(|(index, value)| {
                let field = format!("{field}[{index}]");
                document(value, &field)?.ok_or_else(|| wrong(field, "a policy document"))
            })
            .collect(),
        one => Ok(document(one, field)?.into_iter().collect()),
    }
}

/// A document as an object, or as its JSON text.
fn document(value: &Value, field: &str) -> Result<Option<Document>, WireError> {
    let document = match value {
        Value::Null => return Ok(None),
        Value::String(text) => policy::parse(text),
        value => policy::from_value(value),
    };
    document.map(Some).map_err(|error| WireError::Document { field: field.to_owned(), error })
}

pub(crate) fn wrong(field: impl Into<String>, wanted: &'static str) -> WireError {
    WireError::Field { field: field.into(), wanted }
}
