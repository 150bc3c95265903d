//! What a proposal has to pass before anybody sees it.

use authz::{Comparison, Request, Verdict, compare, compare::refused};
use catalog::Catalog;
use policy::{Document, Node};
use review::{PolicyType, Severity, validate_node};
use serde_json::Value;

/// What a proposal that passed gives, compared with the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Less: no longer this request.
    Narrower(Box<Request>),
}

/// Why a proposal does not pass, in words for people and for another round.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Objection {
    /// It is no policy.
    #[error("it is no policy: {0}")]
    NoPolicy(String),
    /// A rule finds an error in it.
    #[error("{code} at `{path}`: {message}")]
    Error {
        /// The rule.
        code: &'static str,
        /// Where.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// It allows what the original does not.
    #[error("it allows {action} on {resource}, which the original does not")]
    Wider {
        /// An action that it allows.
        action: String,
        /// On what.
        resource: String,
    },
    /// Whether it allows more could not be decided.
    #[error("it cannot be told that it allows nothing new: {0}")]
    Undecided(String),
    /// It refuses what is in use.
    #[error("it refuses {action} on {resource}, which is in use")]
    InUse {
        /// The action in use.
        action: String,
        /// On what.
        resource: String,
    },
    /// It allows just what the original allows.
    #[error("it allows as much as the original")]
    NoBetter,
}

/// Checks a proposal against the original and what is in use.
///
/// # Errors
/// Everything that speaks against it.
pub fn verify(
    proposal: &Value,
    original: &Document,
    policy_type: PolicyType,
    observed: &[Request],
    catalog: &Catalog,
) -> Result<(Document, Effect), Vec<Objection>> {
    let no_policy = |error: policy::ParseError| vec![Objection::NoPolicy(error.to_string())];
    let node = Node::of(proposal).map_err(no_policy)?;
    let document = policy::from_node(&node, None).map_err(no_policy)?;
    let errors = validate_node(&node, None, policy_type, catalog).findings.into_iter();
    let mut objections: Vec<Objection> = errors
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| Objection::Error { code: finding.code, path: finding.location.path, message: finding.message })
        .collect();
    let layer = policy_type.layer();
    let (old, new) = (std::slice::from_ref(original), std::slice::from_ref(&document));
    let undecided = |error: authz::PrepareError| vec![Objection::Undecided(error.to_string())];
    match compare(old, new, &Comparison::of(layer)).map_err(undecided)? {
        Verdict::NoNewAccess => {}
        Verdict::NewAccess(request) => objections
            .push(Objection::Wider { action: request.action().to_owned(), resource: request.resource().to_owned() }),
        Verdict::Inconclusive(doubt) => objections.push(Objection::Undecided(doubt.to_string())),
    }
    let before = refused(old, observed, layer).map_err(undecided)?;
    let used = observed.iter().filter(|request| !before.iter().any(|one| std::ptr::eq(*one, *request)));
    for request in refused(new, used, layer).map_err(undecided)?.into_iter().take(5) {
        objections
            .push(Objection::InUse { action: request.action().to_owned(), resource: request.resource().to_owned() });
    }
    if !objections.is_empty() {
        return Err(objections);
    }
    match compare(new, old, &Comparison::of(layer)).map_err(undecided)? {
        Verdict::NewAccess(request) => Ok((document, Effect::Narrower(request))),
        Verdict::NoNewAccess => Err(vec![Objection::NoBetter]),
        Verdict::Inconclusive(doubt) => Err(vec![Objection::Undecided(doubt.to_string())]),
    }
}
