//! Laws that hold for every policy, and witnesses as scripts read them.

use authz::{Comparison, Layer, Verdict, compare};
use policy::{ActionBlock, Document, Effect, ResourceBlock, Statement};
use proptest::prelude::*;
use serde_json::json;

use crate::{
    decide::{allowed_on_the_wire, false_witness, shown_pair, verdict},
    generate::{document, pair},
};

fn layers() -> impl Strategy<Value = Layer> {
    prop_oneof![Just(Layer::Identity), Just(Layer::Resource)]
}

/// A policy of some kind, a third of them with variables.
fn one() -> impl Strategy<Value = (Layer, Document)> {
    (layers(), prop::bool::weighted(0.3)).prop_flat_map(|(layer, with_variables)| {
        document(layer, with_variables).prop_map(move |document| (layer, document))
    })
}

fn two() -> impl Strategy<Value = (Layer, Document, Document)> {
    (layers(), prop::bool::weighted(0.3)).prop_flat_map(|(layer, with_variables)| {
        pair(layer, with_variables).prop_map(move |(old, new)| (layer, old, new))
    })
}

/// Whether it was found that `new` is no wider than `old`; that it is wider must not be found. Where variables stand in
/// the way nothing may be found.
fn is_within(layer: Layer, old: &Document, new: &Document) -> Result<bool, TestCaseError> {
    let verdict = verdict(layer, old, new);
    prop_assert!(verdict.witness().is_none(), "{:?}\n{}", verdict, shown_pair(old, new));
    Ok(verdict == Verdict::NoNewAccess)
}

/// The same policy, written otherwise.
fn rewritten(document: &Document, salt: usize) -> Document {
    let mut statements: Vec<Statement> = Vec::new();
    for (index, statement) in document.statements.iter().enumerate() {
        let mut statement = statement.clone();
        let turn = |texts: &mut Vec<String>| {
            let by = salt % texts.len().max(1);
            texts.rotate_left(by);
            texts.extend(texts.first().cloned());
        };
        let flip = |text: &String| if salt.is_multiple_of(2) { text.to_uppercase() } else { text.to_lowercase() };
        match &mut statement.action {
            ActionBlock::Action(patterns) | ActionBlock::NotAction(patterns) => {
                turn(patterns);
                *patterns = patterns.iter().map(flip).collect();
            }
        }
        if let Some(ResourceBlock::Resource(patterns) | ResourceBlock::NotResource(patterns)) = &mut statement.resource
        {
            turn(patterns);
        }
        let by = salt % statement.conditions.len().max(1);
        statement.conditions.rotate_left(by);
        for condition in &mut statement.conditions {
            if !condition.values.is_empty() {
                turn(&mut condition.values);
            }
            condition.key = flip(&condition.key);
            condition.operator = flip(&condition.operator);
        }
        match statement.action.clone() {
            // One statement for each action, or twice the same.
            ActionBlock::Action(patterns) if (salt + index).is_multiple_of(3) => {
                statements.extend(
                    patterns
                        .into_iter()
                        .map(|pattern| Statement { action: ActionBlock::Action(vec![pattern]), ..statement.clone() }),
                );
            }
            _ if (salt + index) % 3 == 1 => statements.extend([statement.clone(), statement]),
            _ => statements.push(statement),
        }
    }
    let middle = salt % statements.len().max(1);
    statements.rotate_left(middle);
    Document { statements, ..document.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_policy_allows_nothing_that_itself_does_not((layer, document) in one()) {
        prop_assert!(is_within(layer, &document, &document)?, "{}", shown_pair(&document, &document));
    }

    #[test]
    fn adding_a_deny_never_widens((layer, old, other) in two()) {
        let mut new = old.clone();
        for statement in &other.statements {
            new.statements.push(Statement { effect: Effect::Deny, ..statement.clone() });
        }
        new.statements.rotate_left(1);
        prop_assert!(is_within(layer, &old, &new)?, "{}", shown_pair(&old, &new));
    }

    #[test]
    fn without_denies_the_union_contains_both((layer, mut a, mut b) in two()) {
        b.version = a.version;
        for document in [&mut a, &mut b] {
            document.statements.retain(|statement| statement.effect == Effect::Allow);
        }
        let both = [b.clone(), a.clone()];
        for part in [&a, &b] {
            let verdict = compare(&both, std::slice::from_ref(part), &Comparison::of(layer)).unwrap();
            prop_assert_eq!(verdict, Verdict::NoNewAccess, "{}", shown_pair(&a, &b));
        }
    }

    #[test]
    fn what_is_within_what_is_within_is_within((layer, a, b) in two(), salt in 0_usize..8) {
        // From two that are nested a chain of three, in which the outer two are written otherwise.
        if verdict(layer, &a, &b) == Verdict::NoNewAccess {
            let mut c = rewritten(&b, salt);
            if c.statements.len() > 1 {
                let allow = c.statements.iter().position(|statement| statement.effect == Effect::Allow);
                allow.map(|index| c.statements.remove(index));
            }
            if verdict(layer, &b, &c) == Verdict::NoNewAccess {
                is_within(layer, &rewritten(&a, salt + 1), &c)?;
            }
        }
    }

    #[test]
    fn however_it_is_written_it_means_the_same((layer, document) in one(), salt in 0_usize..24) {
        let other = rewritten(&document, salt);
        prop_assert!(is_within(layer, &document, &other)?, "{}", shown_pair(&document, &other));
        prop_assert!(is_within(layer, &other, &document)?, "{}", shown_pair(&other, &document));
    }

    #[test]
    fn access_that_is_new_with_known_actions_is_new((layer, old, new) in two()) {
        let how = Comparison::of(layer).service_aware(catalog::builtin());
        let known = compare(std::slice::from_ref(&old), std::slice::from_ref(&new), &how).unwrap();
        prop_assert_eq!(false_witness(layer, &old, &new, &known), None);
        let plain = verdict(layer, &old, &new);
        if let Some(witness) = known.witness() {
            prop_assert!(plain != Verdict::NoNewAccess, "{}", shown_pair(&old, &new));
            let (service, action) = witness.action().split_once(':').unwrap();
            prop_assert!(catalog::builtin().action(service, action).is_some(), "{}", witness.action());
        }
        if plain == Verdict::NoNewAccess {
            prop_assert!(known == Verdict::NoNewAccess, "{:?}\n{}", known, shown_pair(&old, &new));
        }
    }

    #[test]
    fn witnesses_replay_on_the_wire((layer, old, new) in two()) {
        let word = if layer == Layer::Resource { "resource" } else { "identity" };
        let line = json!({"id": 7, "type": word, "old": policy::to_value(&old), "new": policy::to_value(&new)});
        let answer = compare::wire::answer(&line, catalog::builtin()).unwrap();
        prop_assert_eq!(&answer["id"], 7);
        prop_assert!(!answer["reason"].as_str().unwrap().is_empty());
        let direct = verdict(layer, &old, &new);
        prop_assert_eq!(answer["verdict"].as_str().unwrap(), direct.as_str());
        prop_assert_eq!(answer["witness"].is_object(), direct.witness().is_some());
        if answer["witness"].is_object() {
            prop_assert!(allowed_on_the_wire(layer, &new, &answer["witness"]), "{}\n{}", answer, shown_pair(&old, &new));
            prop_assert!(!allowed_on_the_wire(layer, &old, &answer["witness"]), "{}\n{}", answer, shown_pair(&old, &new));
            let read = authz::wire::request(&answer["witness"]).unwrap();
            prop_assert_eq!(Some(&read), direct.witness());
        }
    }
}
