//! From a policy to its findings.

use catalog::Catalog;
use policy::{Document, Node, ParseError, Place};

use crate::{
    PolicyType, Severity,
    findings::{Finding, Findings, Location},
    rules::rules,
    subject::Subject,
};

/// What rules say about one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// What is wrong with it: the worst first, then in the order of the text.
    pub findings: Vec<Finding>,
    /// The document, where it can be read as one.
    pub document: Option<Document>,
}

/// The code of the finding that a text is no JSON.
const JSON_SYNTAX_ERROR: &str = "JSON_SYNTAX_ERROR";

/// Looks at the text of a policy. What is no JSON has one finding that says where.
#[must_use]
pub fn validate(text: &str, policy_type: PolicyType, catalog: &Catalog) -> Review {
    match Node::read(text) {
        Ok(root) => validate_node(&root, Some(text), policy_type, catalog),
        Err(error) => unreadable(&error),
    }
}

/// Looks at a policy that is JSON already; `text` is what it was read from, for the places of findings.
#[must_use]
pub fn validate_node(root: &Node<'_>, text: Option<&str>, policy_type: PolicyType, catalog: &Catalog) -> Review {
    let document = policy::from_node(root, text).ok();
    let mut found = Vec::new();
    if let Some(first) = rules().first() {
        let subject = Subject::new(root, policy_type, catalog);
        let mut findings = Findings::new(root, text, first);
        for rule in rules().iter().filter(|rule| rule.applies_to.contains(&policy_type)) {
            (rule.check)(&subject, findings.of(rule));
        }
        found = findings.finish();
    }
    found.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.location.place.cmp(&b.location.place)));
    Review { findings: found, document }
}

/// The review of a text that is no JSON.
pub(crate) fn unreadable(error: &ParseError) -> Review {
    let place = Place { line: error.line, column: error.column };
    let hint = error.hint.as_deref().map(|hint| format!(": {hint}")).unwrap_or_default();
    let finding = Finding {
        code: JSON_SYNTAX_ERROR,
        severity: Severity::Error,
        sid: None,
        location: Location { path: error.path.clone(), place, end: Place { column: place.column + 1, ..place } },
        related: Vec::new(),
        message: format!("{}{hint}", error.message),
        fix: None,
    };
    Review { findings: vec![finding], document: None }
}
