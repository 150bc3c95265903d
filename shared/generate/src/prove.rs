//! Trying the finished policies: every use that counts is decided again and must be allowed, and every (action,
//! resource) pair must be one that some use cannot do without.

use crate::output::{LeftOut, Proof};
use crate::select::{Context, Used};
use authz::{Policies, Prepared, Principal, Request};
use policy::{Document, action_matches, arn_matches};
use std::collections::BTreeMap;

/// What was tried, and the uses that the policies do not allow (none, unless there is a bug to find).
pub(crate) fn prove(principal: &str, used: &[Used], documents: &[Document]) -> (Proof, Vec<Used>) {
    let mut proof = Proof { calls: used.iter().map(|used| used.calls).sum(), ..Proof::default() };
    let mut refused = Vec::new();
    let policies = Policies { identity: documents.to_vec(), ..Policies::default() };
    let Ok(prepared) = Prepared::new(&policies) else {
        return (Proof { requests: used.len(), ..proof }, used.to_vec());
    };
    let mut pairs = pairs(documents);
    let mut seen = BTreeMap::new();
    for one in used {
        let key = (one.action.as_str(), one.resource.as_str(), &one.context);
        if seen.insert(key, ()).is_some() {
            continue;
        }
        proof.requests += 1;
        if prepared.evaluate(&request(principal, one)).is_allowed() {
            proof.allowed += 1;
        } else {
            refused.push(one.clone());
        }
        mark_needed(one, &mut pairs);
    }
    proof.pairs = pairs.len();
    proof.needed = pairs.iter().filter(|pair| pair.needed).count();
    (proof, refused)
}

/// The request that a use was, for the evaluator.
pub(crate) fn request(principal: &str, used: &Used) -> Request {
    let context = used.context.iter().map(|(key, value)| (key, [value.as_str()])).collect();
    // No resource policy and no resource account: what identity policies grant is what is tried here.
    Request::new(Principal::parse(principal), used.action.as_str(), used.resource.as_str(), context)
}

/// Marks what is left out and yet allowed, which a wildcard may do; gives how much of it there is.
pub(crate) fn mark_allowed(principal: &str, left_out: &mut [LeftOut], documents: &[Document]) -> usize {
    let Ok(prepared) = Prepared::new(&Policies { identity: documents.to_vec(), ..Policies::default() }) else {
        return 0;
    };
    for one in left_out.iter_mut() {
        let resource = trail::arn_format::unescape(&one.resource);
        let context = authz::Context::default();
        let request = Request::new(Principal::parse(principal), one.action.as_str(), resource, context);
        one.allowed_all_the_same = prepared.evaluate(&request).is_allowed();
    }
    left_out.iter().filter(|one| one.allowed_all_the_same).count()
}

struct Pair<'d> {
    action: &'d str,
    resource: &'d str,
    conditions: &'d [policy::Condition],
    /// The resource is a plain name, which matches itself alone: most are, and comparing them is quick.
    plain: bool,
    needed: bool,
}

fn pairs(documents: &[Document]) -> Vec<Pair<'_>> {
    let statements = documents.iter().flat_map(|document| &document.statements);
    statements
        .flat_map(|statement| {
            let resources = statement.resource.as_ref().map(|block| block.patterns()).unwrap_or_default();
            statement.action.patterns().iter().flat_map(move |action| {
                resources.iter().map(move |resource| Pair {
                    action,
                    resource,
                    conditions: &statement.conditions,
                    plain: !resource.contains(['*', '?', '$']),
                    needed: false,
                })
            })
        })
        .collect()
}

/// A use that only one pair allows needs that pair.
fn mark_needed(used: &Used, pairs: &mut [Pair<'_>]) {
    let mut only = None;
    for (index, pair) in pairs.iter().enumerate() {
        if !resource_matches(pair, used)
            || !holds(pair.conditions, &used.context)
            || !action_matches(pair.action, &used.action)
        {
            continue;
        }
        if only.replace(index).is_some() {
            return;
        }
    }
    if let Some(pair) = only.and_then(|index| pairs.get_mut(index)) {
        pair.needed = true;
    }
}

/// The conditions that generation writes: each key equals one value.
fn holds(conditions: &[policy::Condition], context: &Context) -> bool {
    conditions.iter().all(|condition| context.get(&condition.key).is_some_and(|value| condition.values.contains(value)))
}

fn resource_matches(pair: &Pair<'_>, used: &Used) -> bool {
    let pattern = pair.resource;
    pattern == "*"
        || pattern == used.resource
        || pattern == used.grant.resource
        || (!pair.plain && arn_matches(pattern, &used.resource))
}
