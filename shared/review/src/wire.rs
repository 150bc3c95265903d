//! Findings and reviews as JSON, for batch answers and for the API.

use catalog::Catalog;
use policy::{Document, Node, ParseError, json::Value as Json};
use serde_json::{Map, Value, json};

use crate::compliance::{Status, Summary};
use crate::{
    PolicyType,
    access::Inventory,
    escalation::{Escalation, escalations},
    findings::{Change, Edit, Finding, Location, OwnedStep},
    policy_type::UnknownPolicyType,
    rule,
    score::{Breakdown, Driver, Score},
    validate::{Review, unreadable, validate_node},
};

/// The most documents that one principal has in one request.
pub const MOST_DOCUMENTS: usize = 100;

/// Why a request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The request has no policy, or something else in its place.
    #[error("`policy` must be a document, the text of one, or a list of documents")]
    Policy,
    /// Too many documents.
    #[error("`policy` has {0} documents, more than {MOST_DOCUMENTS}")]
    TooMany(usize),
    /// The type is none.
    #[error("`type`: {0}")]
    Type(#[from] UnknownPolicyType),
    /// The type is no text.
    #[error("`type` must be a string")]
    TypeOfType,
    /// A document is nested too deeply, or has a key that is too long.
    #[error(transparent)]
    Document(#[from] ParseError),
}

/// The answer to `{"policy": document | text | [documents], "type"}`: `{"findings"}`.
///
/// # Errors
/// When the request is no such object.
pub fn validate(request: &Value, catalog: &Catalog) -> Result<Map<String, Value>, WireError> {
    let reviews = Request::read(request)?.reviews(catalog)?;
    let findings: Vec<Value> = reviews.iter().flat_map(|review| &review.findings).map(finding).collect();
    Ok(Map::from_iter([("findings".to_owned(), Value::Array(findings))]))
}

/// The answer to the same request: `{"score", "risk", "breakdown", "drivers", "findings", "escalations"}`.
///
/// # Errors
/// When the request is no such object.
pub fn score(request: &Value, inventory: &Inventory<'_>) -> Result<Map<String, Value>, WireError> {
    let request = Request::read(request)?;
    let reviews = request.reviews(inventory.catalog())?;
    let documents: Vec<Document> = reviews.iter().filter_map(|review| review.document.clone()).collect();
    let access = inventory.access(&documents, request.policy_type, &[]);
    let mut answer = scored(&inventory.score_of(&access, &documents, request.policy_type));
    let findings: Vec<Value> = reviews.iter().flat_map(|review| &review.findings).map(finding).collect();
    answer.insert("findings".to_owned(), findings.into());
    // Who is named in a policy of a resource has other policies, too.
    let paths = if request.policy_type == PolicyType::Identity { escalations(&access) } else { Vec::new() };
    answer.insert("escalations".to_owned(), paths.iter().map(escalation).collect());
    if documents.len() < reviews.len() || reviews.is_empty() {
        // What cannot be read grants nothing that could be counted: that is no 10.
        answer.insert("score".to_owned(), Value::Null);
        answer.insert("risk".to_owned(), Value::Null);
        answer.insert("unreadable".to_owned(), (reviews.len() - documents.len()).into());
    }
    Ok(answer)
}

/// A score: `{"score", "risk", "breakdown": {"actions", "resources", "conditions", "effect"}, "drivers": [..]}`.
#[must_use]
pub fn scored(score: &Score) -> Map<String, Value> {
    /// Drivers that are told; those behind add next to nothing.
    const DRIVERS: usize = 10;
    let driver = |driver: &Driver| {
        json!({
            "capability": driver.capability.as_str(),
            "service": driver.service,
            "risk": driver.risk,
            "exposure": (driver.exposure * 100.0).round() / 100.0,
            "actions": driver.actions,
            "examples": driver.examples,
        })
    };
    let drivers: Vec<Value> = score.drivers.iter().take(DRIVERS).map(driver).collect();
    let Breakdown { actions, resources, conditions, effect } = score.breakdown;
    Map::from_iter([
        ("score".to_owned(), score.score.into()),
        ("risk".to_owned(), score.risk.into()),
        (
            "breakdown".to_owned(),
            json!({"actions": actions, "resources": resources, "conditions": conditions, "effect": effect}),
        ),
        ("drivers".to_owned(), drivers.into()),
    ])
}

/// An open path: `{"path", "title", "category", "actions", "prerequisites", "references"}`.
#[must_use]
pub fn escalation(escalation: &Escalation) -> Value {
    json!({
        "path": escalation.id,
        "title": escalation.title,
        "category": escalation.category.as_str(),
        "actions": escalation.actions,
        "prerequisites": escalation.prerequisites,
        "references": escalation.references,
    })
}

/// What is to be looked at: the documents of one principal or resource.
pub struct Request<'r> {
    /// What they are attached as.
    pub policy_type: PolicyType,
    documents: Documents<'r>,
}

enum Documents<'r> {
    /// As they stand in the request.
    Values(Vec<&'r Value>),
    /// As text, so that findings have places.
    Text(&'r str),
}

impl<'r> Request<'r> {
    /// Reads a request; without `type` it is about an identity policy.
    ///
    /// # Errors
    /// When it is no such object.
    pub fn read(request: &'r Value) -> Result<Self, WireError> {
        let policy_type = match request.get("type") {
            None | Some(Value::Null) => PolicyType::Identity,
            Some(Value::String(name)) => name.parse()?,
            Some(_) => return Err(WireError::TypeOfType),
        };
        let documents = match request.get("policy") {
            Some(Value::String(text)) => Documents::Text(text),
            Some(Value::Array(list)) if list.len() > MOST_DOCUMENTS => return Err(WireError::TooMany(list.len())),
            Some(Value::Array(list)) => Documents::Values(list.iter().collect()),
            Some(document @ Value::Object(_)) => Documents::Values(vec![document]),
            _ => return Err(WireError::Policy),
        };
        Ok(Request { policy_type, documents })
    }

    /// One review a document.
    ///
    /// # Errors
    /// When a document is nested too deeply, or has a key that is too long.
    pub fn reviews(&self, catalog: &Catalog) -> Result<Vec<Review>, WireError> {
        match &self.documents {
            Documents::Text(text) => Ok(validate_text(text, self.policy_type, catalog)),
            Documents::Values(values) => {
                let several = values.len() > 1;
                let review = |(index, value): (usize, &&'r Value)| {
                    // A document may be given as its text among others, too.
                    let mut review = match value {
                        Value::String(text) => crate::validate(text, self.policy_type, catalog),
                        value => validate_node(&Node::of(value)?, None, self.policy_type, catalog),
                    };
                    if several {
                        within_list(&mut review, index);
                    }
                    Ok(review)
                };
                values.iter().enumerate().map(review).collect()
            }
        }
    }
}

/// Looks at a text that is one document or a list of them; paths and places are those of the whole text.
#[must_use]
pub fn validate_text(text: &str, policy_type: PolicyType, catalog: &Catalog) -> Vec<Review> {
    let root = match Node::read(text) {
        Ok(root) => root,
        Err(error) => return vec![unreadable(&error)],
    };
    match &root.value {
        Json::Array(documents) if documents.is_empty() => vec![unreadable(&ParseError {
            message: "the list holds no policy".to_owned(),
            path: String::new(),
            line: 1,
            column: 1,
            hint: None,
        })],
        Json::Array(documents) => {
            let review = |(index, node)| {
                let mut review = validate_node(node, Some(text), policy_type, catalog);
                within_list(&mut review, index);
                review
            };
            documents.iter().enumerate().map(review).collect()
        }
        _ => vec![validate_node(&root, Some(text), policy_type, catalog)],
    }
}

/// Makes paths start at the list that the document is in.
fn within_list(review: &mut Review, index: usize) {
    for finding in &mut review.findings {
        for location in std::iter::once(&mut finding.location).chain(&mut finding.related) {
            let dot = if location.path.is_empty() || location.path.starts_with('[') { "" } else { "." };
            location.path = format!("[{index}]{dot}{}", location.path);
        }
    }
}

/// How a policy stands with frameworks: `[{"framework", "title", "pass", "fail", "unknown", "controls": [{"control", "title", "status", "codes"}]}]`
#[must_use]
pub fn compliance(summaries: &[Summary]) -> Vec<Value> {
    let summary = |summary: &Summary| {
        let count = |word: &str| summary.controls.iter().filter(|(_, status)| status.as_str() == word).count();
        let controls: Vec<Value> = summary
            .controls
            .iter()
            .map(|(control, status)| {
                let codes = if let Status::Fail(codes) = status { codes.as_slice() } else { &[] };
                json!({"control": control.id, "title": control.title, "status": status.as_str(), "codes": codes})
            })
            .collect();
        json!({
            "framework": summary.framework.id,
            "title": summary.framework.title,
            "pass": count("pass"),
            "fail": count("fail"),
            "unknown": count("unknown"),
            "controls": controls,
        })
    };
    summaries.iter().map(summary).collect()
}

/// A finding: `{"code", "severity", "path", "line", "column", "end_line", "end_column", "message", "sid"?, "related"?,
/// "fix"?}`; line and column are 0 where the policy came from no text.
#[must_use]
pub fn finding(finding: &Finding) -> Value {
    let mut answer = Map::new();
    answer.insert("code".to_owned(), finding.code.into());
    answer.insert("severity".to_owned(), finding.severity.as_str().into());
    answer.extend(location(&finding.location));
    answer.insert("message".to_owned(), finding.message.as_str().into());
    if let Some(sid) = &finding.sid {
        answer.insert("sid".to_owned(), sid.as_str().into());
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|one| Value::Object(location(one))).collect();
        answer.insert("related".to_owned(), Value::Array(related));
    }
    if let Some(fix) = &finding.fix {
        let edits: Vec<Value> = fix.edits.iter().map(edit).collect();
        answer.insert("fix".to_owned(), json!({"title": fix.title, "edits": edits}));
    }
    Value::Object(answer)
}

/// As [`finding`], with what the rule says and the controls that it fails: `"title"`, `"why"`, `"instead"`, `"controls"`.
#[must_use]
pub fn explained(one: &Finding) -> Value {
    let mut answer = finding(one);
    if let (Some(members), Some(rule)) = (answer.as_object_mut(), rule(one.code)) {
        let controls: Vec<Value> = crate::compliance::controls(one.code)
            .map(|(framework, control)| json!({"framework": framework.id, "control": control.id}))
            .collect();
        members.insert("title".to_owned(), rule.title.into());
        members.insert("why".to_owned(), rule.why.into());
        members.insert("instead".to_owned(), rule.instead.into());
        members.insert("controls".to_owned(), controls.into());
    }
    answer
}

fn location(location: &Location) -> Map<String, Value> {
    Map::from_iter([
        ("path".to_owned(), location.path.as_str().into()),
        ("line".to_owned(), location.place.line.into()),
        ("column".to_owned(), location.place.column.into()),
        ("end_line".to_owned(), location.end.line.into()),
        ("end_column".to_owned(), location.end.column.into()),
    ])
}

/// An edit as JSON Patch has it (RFC 6902), with one difference: paths are those before any of the edits.
fn edit(edit: &Edit) -> Value {
    let pointer: String = edit.path.iter().map(|step| format!("/{}", escaped(step))).collect();
    match &edit.change {
        Change::Replace(value) => json!({"op": "replace", "path": pointer, "value": value}),
        Change::Remove => json!({"op": "remove", "path": pointer}),
        Change::Append(value) => json!({"op": "add", "path": format!("{pointer}/-"), "value": value}),
        Change::Set(key, value) => {
            let key = escaped(&OwnedStep::Key(key.clone()));
            json!({"op": "add", "path": format!("{pointer}/{key}"), "value": value})
        }
    }
}

/// One step of a JSON pointer (RFC 6901).
fn escaped(step: &OwnedStep) -> String {
    match step {
        OwnedStep::Key(key) => key.replace('~', "~0").replace('/', "~1"),
        OwnedStep::Index(index) => index.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(request: Value) -> Value {
        validate(&request, catalog::builtin()).unwrap().remove("findings").unwrap()
    }

    #[test]
    fn a_document_its_text_and_a_list_are_answered_alike() {
        let document =
            json!({"Statement": {"Sid": "A", "Effect": "Allow", "Action": "dynamodb:GetItems", "Resource": "*"}});
        let of_value = findings(json!({"policy": document}));
        let of_text = findings(json!({"policy": document.to_string()}));
        let of_list = findings(json!({"policy": [document, document]}));
        let codes = |findings: &Value, field: &str| -> Vec<String> {
            findings.as_array().unwrap().iter().map(|one| one[field].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(codes(&of_value, "path"), codes(&of_text, "path"));
        assert!(codes(&of_value, "path").contains(&"Statement.Action".to_owned()));
        assert!(codes(&of_list, "path").contains(&"[1].Statement.Action".to_owned()));
        assert_eq!(of_value[0]["line"], 0);
        assert_eq!(of_text[0]["line"], 1);
    }

    #[test]
    fn what_is_no_request_says_what_is_wrong() {
        let error = |request: Value| validate(&request, catalog::builtin()).unwrap_err().to_string();
        assert!(error(json!({})).starts_with("`policy` must be"));
        assert!(error(json!({"policy": {}, "type": "role"})).starts_with("`type`: `role` is no type of policy"));
    }

    #[test]
    fn fixes_are_json_patches() {
        let found = findings(json!({"policy": {"Statement": []}}));
        let fix = found.as_array().unwrap().iter().find(|one| one["code"] == "MISSING_VERSION").unwrap();
        assert_eq!(fix["fix"]["edits"], json!([{"op": "add", "path": "/Version", "value": "2012-10-17"}]));
    }
}
