//! What is said of requests with unknown keys must be true of each of their completions.

use std::collections::BTreeMap;

use leastwise_authz::{Answer, Dependence, OpenStatement, Policies, Prepared, Request, Unknown};
use policy::{Document, Effect, PrincipalBlock, Principals, Statement};
use proptest::{collection::vec, prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use crate::{
    generate::{ask, completion, given},
    naive::{Ask, Given, Who},
    policies, request,
};

type Completion = BTreeMap<&'static str, Vec<String>>;

/// The request as it turns out to be: what is known stays.
fn completed((caller, ask): &(&'static str, Ask), completion: &Completion) -> (&'static str, Ask) {
    let mut ask = ask.clone();
    for (key, values) in completion {
        ask.context.entry((*key).to_owned()).or_insert_with(|| values.clone());
    }
    (caller, ask)
}

/// Whether the statement is about this request, told by what it alone allows.
fn applies(open: &OpenStatement, given: &Given, (caller, ask): &(&'static str, Ask)) -> bool {
    let reason = open.statement;
    let list = match reason.layer.as_str() {
        "identity" => given.identity.clone(),
        "resource" => given.resource.clone().into_iter().collect(),
        "boundary" => given.boundary.clone(),
        "session" => given.session.clone(),
        "scp" => given.scps[reason.level.unwrap()].clone(),
        "rcp" => given.rcps[reason.level.unwrap()].clone(),
        _ => given.endpoint.clone().into_iter().collect(),
    };
    let Document { version, statements, .. } = &list[reason.policy];
    let statement = Statement {
        effect: Effect::Allow,
        principal: Some(PrincipalBlock::Principal(Principals::Everyone)),
        ..statements[reason.statement].clone()
    };
    let alone = Document { version: *version, id: None, statements: vec![statement] };
    let mut ask = ask.clone();
    if let Who::OfAccount(arn) = &ask.who {
        // In its own account the root user needs no statement, in another's it needs this one only.
        let root = arn.ends_with(":root");
        ask.resource_account = if root { "" } else { arn.split(':').nth(4).unwrap() }.to_owned();
    }
    Prepared::new(&Policies { resource: Some(alone), ..Policies::default() })
        .unwrap()
        .evaluate(&request(&(*caller, ask)))
        .is_allowed()
}

fn says_allowed(dependence: &Dependence, given: &Given, ask: &(&'static str, Ask)) -> bool {
    let applies = |open: &OpenStatement| applies(open, given, ask);
    dependence.if_any.iter().any(|way| way.iter().all(|need| need.any_of.iter().any(applies)))
        && !dependence.unless.iter().any(applies)
}

fn answer(given: &Given, request: &Request, all: bool) -> Answer {
    let unknown = if all { Unknown::Absent } else { Unknown::keys(["X", "y*"]) };
    Prepared::new(&policies(given)).unwrap().evaluate_with_unknown(request, &unknown)
}

#[test]
fn the_generated_cases_are_answered_in_each_way() {
    let mut runner = TestRunner::deterministic();
    let mut counts: BTreeMap<_, u32> = BTreeMap::new();
    for _ in 0..5_000 {
        let (given, ask) = (given(), ask()).new_tree(&mut runner).unwrap().current();
        let kind = match answer(&given, &request(&ask), true) {
            Answer::Decided(decision) => decision.outcome.as_str(),
            Answer::Depends(open) if open.unless.is_empty() => "depends on Allow statements",
            Answer::Depends(open) if open.if_any.iter().any(Vec::is_empty) => "depends on Deny statements",
            Answer::Depends(_) => "depends on both",
        };
        *counts.entry(kind).or_default() += 1;
    }
    assert_eq!(counts.len(), 6, "{counts:?}");
    assert!(counts.values().all(|count| *count >= 20), "{counts:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn answers_hold_whatever_the_unknown_keys_turn_out_to_be(
        given in given(), ask in ask(), all in any::<bool>(), completions in vec(completion(), 12),
    ) {
        let answer = answer(&given, &request(&ask), all);
        let prepared = Prepared::new(&policies(&given)).unwrap();
        for mut completion in completions {
            if !all {
                // `z` is known to be absent.
                completion.remove("z");
            }
            let completed = completed(&ask, &completion);
            let allowed = prepared.evaluate(&request(&completed)).is_allowed();
            match &answer {
                Answer::Decided(decision) => prop_assert_eq!(decision.is_allowed(), allowed, "{:?}", completion),
                Answer::Depends(open) => {
                    prop_assert_eq!(says_allowed(open, &given, &completed), allowed, "{}\n{:?}", open, completion);
                }
            }
        }
    }

    #[test]
    fn with_every_key_known_the_answer_is_the_decision(given in given(), ask in ask()) {
        let prepared = Prepared::new(&policies(&given)).unwrap();
        let known = Unknown::keys(["nothing"]);
        let request = request(&ask);
        prop_assert_eq!(prepared.evaluate_with_unknown(&request, &known), Answer::Decided(prepared.evaluate(&request)));
    }
}
