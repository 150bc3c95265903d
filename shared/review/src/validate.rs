//! From a policy to its findings.

use catalog::Catalog;
use policy::{Document, Node, ParseError};

use crate::{
    PolicyType,
    findings::{Finding, Findings},
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
        let subject = Subject::new(root, document.as_ref(), policy_type, catalog);
        let mut findings = Findings::new(root, text, first);
        for rule in rules().iter().filter(|rule| rule.applies_to.contains(&policy_type)) {
            (rule.check)(&subject, findings.of(rule));
        }
        found = findings.finish();
    }
    found.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.location.place.cmp(&b.location.place)));
    Review { findings: found, document }
}

pub(crate) fn unreadable(_error: &ParseError) -> Review {
    Review { findings: Vec::new(), document: None }
}
