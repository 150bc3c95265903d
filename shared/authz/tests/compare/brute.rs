//! The comparison agrees with the evaluator on every request of a small world.

use std::collections::BTreeMap;

use authz::{Layer, Verdict};
use policy::Document;
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use crate::{
    decide::{self, false_witness, shown, verdict},
    generate::pair,
    shrink::smallest,
    universe::difference,
};

/// What is wrong with a verdict: its witness, or that there is no new access where the world holds some.
fn complaint(layer: Layer, old: &Document, new: &Document, verdict: &Verdict) -> Option<String> {
    if *verdict == Verdict::NoNewAccess {
        let found = difference(layer, old, new)?;
        return Some(format!("NEW allows this and OLD does not\n{}", shown(layer, old, new, &found)));
    }
    false_witness(layer, old, new, verdict)
}

/// Compares generated pairs; at most `doubtful` of them, in a hundred, may stay open.
fn agree(layer: Layer, with_variables: bool, pairs: u32, doubtful: u32) {
    let mut runner = TestRunner::deterministic();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut doubts: BTreeMap<String, u32> = BTreeMap::new();
    let mut complaints = Vec::new();
    for _ in 0..pairs {
        let (old, new) = pair(layer, with_variables).new_tree(&mut runner).unwrap().current();
        let verdict = verdict(layer, &old, &new);
        *counts.entry(verdict.as_str()).or_default() += 1;
        if let Verdict::Inconclusive(doubt) = &verdict {
            *doubts.entry(doubt.to_string()).or_default() += 1;
        }
        if complaint(layer, &old, &new, &verdict).is_some() {
            let judged = |pair: &(Document, Document)| {
                complaint(layer, &pair.0, &pair.1, &decide::verdict(layer, &pair.0, &pair.1))
            };
            complaints.extend(judged(&smallest((old, new), |pair| judged(pair).is_some())));
        }
    }
    println!("{layer:?} {with_variables} {counts:?}\n{doubts:#?}");
    complaints.sort_by_key(String::len);
    assert!(
        complaints.is_empty(),
        "{} wrong of {pairs}\n{}",
        complaints.len(),
        complaints[..complaints.len().min(10)].join("\n\n")
    );
    let share = |name: &str| counts.get(name).copied().unwrap_or_default() * 100;
    assert!(share("inconclusive") <= doubtful * pairs, "{counts:?} {doubts:#?}");
    assert!(share("no-new-access") > 15 * pairs && share("new-access") > 15 * pairs, "{counts:?}");
}

#[test]
fn identity_policies() {
    agree(Layer::Identity, false, cases(1_000), 1);
}

#[test]
fn resource_policies() {
    agree(Layer::Resource, false, cases(1_000), 1);
}

#[test]
fn identity_policies_with_variables() {
    agree(Layer::Identity, true, cases(200), 5);
}

#[test]
fn resource_policies_with_variables() {
    agree(Layer::Resource, true, cases(200), 5);
}

/// More pairs than the tests' own number are compared by setting the factor.
fn cases(number: u32) -> u32 {
    number * std::env::var("COMPARE_FACTOR").ok().and_then(|factor| factor.parse().ok()).unwrap_or(100) / 100
}
