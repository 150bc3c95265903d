//! Two evaluators that share no code must agree; and laws that hold for every policy.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod generate;
mod naive;
mod unknown;

use std::collections::BTreeMap;

use generate::{ask, given, statement};
use leastwise_authz::{Context, Policies, Prepared, Principal, Request};
use naive::{Ask, Given};
use policy::{Document, Effect};
use proptest::{collection::vec, prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

fn request((caller, ask): &(&str, Ask)) -> Request {
    let context: Context = ask.context.iter().map(|(key, values)| (key, values.clone())).collect();
    Request::new(Principal::parse(caller), &ask.action, &ask.resource, context).in_account(&ask.resource_account)
}

fn policies(given: &Given) -> Policies {
    Policies {
        identity: given.identity.clone(),
        resource: given.resource.clone(),
        boundary: Some(given.boundary.clone()),
        session: given.session.clone(),
        scps: given.scps.clone(),
        rcps: given.rcps.clone(),
        endpoint: given.endpoint.clone(),
    }
}

fn decide(ask: &(&str, Ask), given: &Given) -> &'static str {
    Prepared::new(&policies(given)).unwrap().evaluate(&request(ask)).outcome.as_str()
}

#[test]
fn the_generated_cases_are_decided_in_each_way() {
    let mut runner = TestRunner::deterministic();
    let mut counts: BTreeMap<_, BTreeMap<_, u32>> = BTreeMap::new();
    for _ in 0..10_000 {
        let (given, ask) = (given(), ask()).new_tree(&mut runner).unwrap().current();
        *counts.entry(ask.0).or_default().entry(decide(&ask, &given)).or_default() += 1;
    }
    assert_eq!(counts.len(), generate::CALLERS.len(), "{counts:#?}");
    for (caller, outcomes) in &counts {
        let all: u32 = outcomes.values().sum();
        for outcome in ["allowed", "implicit-deny", "explicit-deny"] {
            assert!(outcomes[outcome] * 40 > all, "{caller}: {outcomes:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_200))]

    #[test]
    fn both_evaluators_agree(given in given(), asks in vec(ask(), 50)) {
        let prepared = Prepared::new(&policies(&given)).unwrap();
        for ask in &asks {
            let decision = prepared.evaluate(&request(ask));
            prop_assert_eq!(decision.outcome.as_str(), naive::decide(&ask.1, &given), "{:?}", ask);
        }
    }

    #[test]
    fn adding_a_deny_never_widens(given in given(), ask in ask(), mut more in statement(false), to_identity in any::<bool>()) {
        more.effect = Effect::Deny;
        let before = decide(&ask, &given);
        let mut after = given;
        let list = if to_identity { &mut after.identity } else { &mut after.session };
        list.push(Document::new(vec![more]));
        prop_assert!(before == "allowed" || decide(&ask, &after) != "allowed");
    }

    #[test]
    fn adding_an_allow_to_a_policy_never_narrows(given in given(), ask in ask(), mut more in statement(false)) {
        more.effect = Effect::Allow;
        let before = decide(&ask, &given);
        let mut after = given;
        for document in after.identity.iter_mut().chain(&mut after.boundary).chain(&mut after.session) {
            document.statements.push(more.clone());
        }
        prop_assert!(before != "allowed" || decide(&ask, &after) == "allowed");
    }

    #[test]
    fn reasons_point_at_statements_that_decide(given in given(), ask in ask()) {
        let policies = policies(&given);
        let decision = Prepared::new(&policies).unwrap().evaluate(&request(&ask));
        let effect = if decision.is_allowed() { Effect::Allow } else { Effect::Deny };
        for reason in &decision.by {
            let list = match reason.layer.as_str() {
                "identity" => policies.identity.clone(),
                "resource" => policies.resource.clone().into_iter().collect(),
                "boundary" => policies.boundary.clone().unwrap(),
                "session" => policies.session.clone(),
                "scp" => policies.scps[reason.level.unwrap()].clone(),
                "rcp" => policies.rcps[reason.level.unwrap()].clone(),
                "endpoint" => policies.endpoint.clone().into_iter().collect(),
                other => panic!("{other} was not given"),
            };
            prop_assert_eq!(list[reason.policy].statements[reason.statement].effect, effect);
        }
    }
}
