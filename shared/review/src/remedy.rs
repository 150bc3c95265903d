//! The better version: a policy with the fixes of its findings, each proved to do no harm.

use std::collections::BTreeSet;

use authz::{Comparison, Request, Verdict, compare, compare::refused};
use catalog::Catalog;
use policy::{Document, Node};
use serde_json::Value;

use crate::{
    PolicyType,
    edits::{apply, to_value},
    findings::Finding,
    subject::size_of,
    validate::{Review, validate_node},
};

/// A policy with fixes, and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Remedy {
    /// The better version as JSON, members in the order of the original.
    pub policy: Value,
    /// The same, as a document.
    pub document: Document,
    /// The fixes that are in it, in the order in which they were made.
    pub applied: Vec<Step>,
    /// The fixes that are not, with the reason.
    pub left: Vec<Step>,
    /// What it gives, compared with the original.
    pub effect: Effect,
    /// What rules say about it.
    pub review: Review,
}

/// A fix that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The finding that it mends.
    pub code: &'static str,
    /// Where that was found.
    pub path: String,
    /// What the fix does.
    pub title: String,
    /// Why it was not made; empty for those that were.
    pub reason: String,
}

/// What a better version gives, compared with its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Exactly the same access, written better.
    Same,
    /// Less: no longer this request.
    Narrower(Box<Request>),
    /// Nothing more; whether it is less could not be told.
    NoWider,
    /// IAM takes no document like the original, so there is nothing to compare with.
    NothingToCompare,
}

impl Effect {
    /// The word for it in answers.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Effect::Same => "same",
            Effect::Narrower(_) => "narrower",
            Effect::NoWider => "no-wider",
            Effect::NothingToCompare => "nothing-to-compare",
        }
    }
}

/// The largest policy that fixes are made to, in characters: three times what AWS stores anywhere.
pub const LARGEST: usize = 65_536;

/// The most fixes that are made to one policy.
pub const MOST_FIXES: usize = 200;

/// Applies the fixes of a policy's findings, one after the other; `None` where no fix is left to make, or it is longer than
/// [`LARGEST`].
///
/// Each step is kept only if the policy then allows nothing that the original does not (by exact comparison), and still
/// allows every request of `observed` that the original allows. `wanted` picks the findings to mend: those that are
/// suppressed are no reason to change a policy.
#[must_use]
pub fn improve(
    root: &Node<'_>,
    policy_type: PolicyType,
    catalog: &Catalog,
    observed: &[Request],
    wanted: &dyn Fn(&Finding) -> bool,
) -> Option<Remedy> {
    if size_of(root) > LARGEST {
        return None;
    }
    let original = policy::from_node(root, None).ok();
    let baseline = original.as_ref().map(|document| Baseline::new(document, policy_type, observed));
    let mut current = to_value(root);
    let mut tried: BTreeSet<(&'static str, String, String)> = BTreeSet::new();
    let (mut applied, mut left) = (Vec::new(), Vec::new());
    while applied.len() < MOST_FIXES {
        let Ok(node) = Node::of(&current) else { break };
        let review = validate_node(&node, None, policy_type, catalog);
        let mut candidates = review.findings.into_iter().filter(|finding| wanted(finding)).filter_map(|finding| {
            let fix = finding.fix?;
            let key = (finding.code, finding.location.path, fix.title);
            (!tried.contains(&key)).then_some((key, fix.edits))
        });
        let Some((key, edits)) = candidates.next() else { break };
        let (code, path, title) = key.clone();
        let step = |reason: String| Step { code, path, title, reason };
        let fixed = apply(&current, &edits).ok_or_else(|| "the fix does not fit the policy any more".to_owned());
        match fixed
            .and_then(|fixed| baseline.as_ref().map_or(Ok(()), |baseline| baseline.check(&fixed)).map(|()| fixed))
        {
            // A fix that changes nothing would be tried for ever.
            Ok(fixed) if fixed == current => {
                tried.insert(key);
            }
            Ok(fixed) => {
                // Paths move when something is taken out: what was left stands elsewhere now, and may be tried again.
                applied.push(step(String::new()));
                current = fixed;
            }
            Err(reason) => {
                tried.insert(key);
                left.push(step(reason));
            }
        }
    }
    if applied.is_empty() {
        return None;
    }
    let document = policy::from_value(&current).ok()?;
    let effect = baseline.map_or(Effect::NothingToCompare, |baseline| baseline.effect(&document));
    let review = validate_node(&Node::of(&current).ok()?, None, policy_type, catalog);
    // Of what was refused in the middle, only what is still there at the end is left.
    left.retain(|step: &Step| {
        let mut findings = review.findings.iter();
        findings.any(|finding| finding.code == step.code && finding.location.path == step.path)
    });
    Some(Remedy { document, applied, left, effect, review, policy: current })
}

/// What a better version must stay inside.
struct Baseline<'a> {
    original: &'a Document,
    policy_type: PolicyType,
    /// The observed requests that the original allows.
    used: Vec<&'a Request>,
}

impl<'a> Baseline<'a> {
    fn new(original: &'a Document, policy_type: PolicyType, observed: &'a [Request]) -> Self {
        let not_allowed = refused(std::slice::from_ref(original), observed, policy_type.layer()).unwrap_or_default();
        let used = observed.iter().filter(|request| !not_allowed.iter().any(|one| std::ptr::eq(*one, *request)));
        Baseline { original, policy_type, used: used.collect() }
    }

    /// Whether a changed policy does no harm; else why not.
    fn check(&self, changed: &Value) -> Result<(), String> {
        let document = policy::from_value(changed).map_err(|error| format!("the result is no policy: {error}"))?;
        let changed = std::slice::from_ref(&document);
        let layer = self.policy_type.layer();
        let verdict = compare(std::slice::from_ref(self.original), changed, &Comparison::of(layer));
        match verdict.map_err(|error| error.to_string())? {
            Verdict::NoNewAccess => {}
            Verdict::NewAccess(request) => {
                return Err(format!("it would allow {} on {}", request.action(), request.resource()));
            }
            Verdict::Inconclusive(doubt) => return Err(format!("it is not sure to allow nothing new: {doubt}")),
        }
        let refused = refused(changed, self.used.iter().copied(), layer).map_err(|error| error.to_string())?;
        match refused.first() {
            None => Ok(()),
            Some(request) => {
                Err(format!("it would refuse {} on {}, which is in use", request.action(), request.resource()))
            }
        }
    }

    fn effect(&self, document: &Document) -> Effect {
        let (original, document) = (std::slice::from_ref(self.original), std::slice::from_ref(document));
        match compare(document, original, &Comparison::of(self.policy_type.layer())) {
            Ok(Verdict::NoNewAccess) => Effect::Same,
            Ok(Verdict::NewAccess(request)) => Effect::Narrower(request),
            Ok(Verdict::Inconclusive(_)) | Err(_) => Effect::NoWider,
        }
    }
}
