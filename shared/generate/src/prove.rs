//! Trying the finished policies: every use that counts is decided again and must be allowed, and every (action,
//! resource) pair must be one that some use cannot do without.

use crate::by_start::ByStart;
use crate::output::{LeftOut, Proof};
use crate::select::{Context, Used};
use authz::{Comparison, Layer, Policies, Prepared, Principal, Request, Verdict};
use catalog::Catalog;
use policy::{Document, ResourceBlock, Statement, action_matches};
use std::collections::{BTreeMap, BTreeSet};

/// The finished policies of one principal, compiled once for all that is tried on them.
pub(crate) struct Trial<'d> {
    principal: &'d str,
    /// Each policy by itself: all that they hold is Allow, so that what one of them allows, all of them together do.
    policies: Vec<Option<Prepared>>,
    pairs: Vec<Pair<'d>>,
    /// Indices of `pairs`, by action pattern. A policy of thousands of resources is tried with as many uses: only the
    /// few pairs that could match a use are looked at.
    by_action: BTreeMap<&'d str, ByStart<usize>>,
}

/// One action pattern on one resource pattern.
struct Pair<'d> {
    action: &'d str,
    resource: &'d str,
    /// The statement and the policy that they stand in.
    statement: &'d Statement,
    policy: usize,
}

impl<'d> Trial<'d> {
    pub fn new(principal: &'d str, documents: &'d [Document]) -> Self {
        let policies = documents.iter().map(|document| prepared(document.clone())).collect();
        let pairs: Vec<Pair<'d>> = documents.iter().enumerate().flat_map(|(policy, of)| pairs(policy, of)).collect();
        let mut by_action: BTreeMap<&str, ByStart<usize>> = BTreeMap::new();
        for (index, pair) in pairs.iter().enumerate() {
            by_action.entry(pair.action).or_default().insert(pair.resource, index);
        }
        Trial { principal, policies, pairs, by_action }
    }

    /// What was tried, and the uses that the policies do not allow (none, unless there is a bug to find).
    pub fn prove(&self, used: &[Used]) -> (Proof, Vec<Used>) {
        let mut proof =
            Proof { calls: used.iter().map(|used| used.calls).sum(), pairs: self.pairs.len(), ..Proof::default() };
        let mut refused = Vec::new();
        let mut needed = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for uses in used.chunk_by(|one, next| one.action == next.action) {
            let patterns = self.patterns_of(uses.first().map_or("", |one| &one.action));
            for one in uses {
                if !seen.insert((&one.action, &one.resource, &one.context)) {
                    continue;
                }
                proof.requests += 1;
                let request = request(self.principal, &one.action, &one.resource, &one.context);
                let could_match = self.could_match(&patterns, &one.resource);
                if self.is_allowed(&request, &could_match) {
                    proof.allowed += 1;
                    needed.extend(self.only_one(&request, &could_match));
                } else {
                    refused.push(one.clone());
                }
            }
        }
        proof.needed = needed.len();
        (proof, refused)
    }

    /// Marks what is left out and yet allowed, which a wildcard may do; gives how much of it there is.
    pub fn mark_allowed(&self, left_out: &mut [LeftOut]) -> usize {
        for uses in left_out.chunk_by_mut(|one, next| one.action == next.action) {
            let patterns = self.patterns_of(uses.first().map_or("", |one| &one.action));
            for one in uses {
                let resource = trail::arn_format::unescape(&one.resource);
                let request = request(self.principal, &one.action, &resource, &one.context);
                one.allowed_all_the_same = self.is_allowed(&request, &self.could_match(&patterns, &resource));
            }
        }
        left_out.iter().filter(|one| one.allowed_all_the_same).count()
    }

    /// The pairs of an action, by resource.
    fn patterns_of(&self, action: &str) -> Vec<&ByStart<usize>> {
        let patterns = self.by_action.iter().filter(|(pattern, _)| action_matches(pattern, action));
        patterns.map(|(_, resources)| resources).collect()
    }

    fn could_match(&self, patterns: &[&ByStart<usize>], resource: &str) -> Vec<usize> {
        patterns.iter().flat_map(|resources| resources.could_match(resource)).copied().collect()
    }

    fn is_allowed(&self, request: &Request, could_match: &[usize]) -> bool {
        let policies: BTreeSet<usize> =
            could_match.iter().filter_map(|index| self.pairs.get(*index)).map(|pair| pair.policy).collect();
        policies
            .into_iter()
            .filter_map(|policy| self.policies.get(policy)?.as_ref())
            .any(|policy| policy.evaluate(request).is_allowed())
    }

    /// The pair that a request, which is allowed, cannot do without: the only one that allows it.
    fn only_one(&self, request: &Request, could_match: &[usize]) -> Option<usize> {
        if let [only] = could_match {
            return Some(*only);
        }
        let allows = |index: &&usize| {
            let alone = self.pairs.get(**index).and_then(Pair::alone);
            alone.is_some_and(|alone| alone.evaluate(request).is_allowed())
        };
        let mut allowing = could_match.iter().filter(allows);
        allowing.next().filter(|_| allowing.next().is_none()).copied()
    }
}

impl Pair<'_> {
    /// A policy that allows this pair and nothing else.
    fn alone(&self) -> Option<Prepared> {
        prepared(Document::new(vec![Statement {
            conditions: self.statement.conditions.clone(),
            ..Statement::allow([self.action], [self.resource])
        }]))
    }
}

fn pairs(policy: usize, document: &Document) -> impl Iterator<Item = Pair<'_>> {
    document.statements.iter().flat_map(move |statement| {
        let resources = statement.resource.as_ref().map(ResourceBlock::patterns).unwrap_or_default();
        statement
            .action
            .patterns()
            .iter()
            .flat_map(move |action| resources.iter().map(move |resource| Pair { action, resource, statement, policy }))
    })
}

/// Nothing that generation writes makes this fail, and what cannot be decided allows nothing.
fn prepared(document: Document) -> Option<Prepared> {
    Prepared::new(&Policies { identity: vec![document], ..Policies::default() }).ok()
}

/// The request that a use was, for the evaluator. `resource` is text: nothing in it is escaped.
pub(crate) fn request(principal: &str, action: &str, resource: &str, context: &Context) -> Request {
    let context = context.iter().map(|(key, value)| (key, [value.as_str()])).collect();
    // No resource policy and no resource account: what identity policies grant is what is tried here.
    Request::new(Principal::parse(principal), action, resource, context)
}

/// Whether the finished documents allow nothing beyond the statements that they were packed from; false if that could not
/// be decided. The request shows what they allow too much (nothing, unless there is a bug to find).
pub(crate) fn contained(bound: Document, documents: &[Document], catalog: &Catalog) -> Result<bool, Box<Request>> {
    // A shortened action stands for the same actions only among those that exist.
    let how = Comparison::of(Layer::Identity).service_aware(catalog);
    match authz::compare(&[bound], documents, &how) {
        Ok(Verdict::NoNewAccess) => Ok(true),
        Ok(Verdict::NewAccess(request)) => Err(request),
        Ok(Verdict::Inconclusive(_)) | Err(_) => Ok(false),
    }
}
