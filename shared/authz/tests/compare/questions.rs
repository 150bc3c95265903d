//! The questions that comparisons answer, against the small world.

use authz::{
    Comparison, Layer, Verdict,
    compare::{allowed_actions, granted, needless, refused},
};
use policy::{Document, Effect, Statement};
use proptest::prelude::*;

use crate::{
    decide::{allowed, shown, shown_pair},
    generate::{document, pair, statement_of},
    universe::find,
};

fn layers() -> impl Strategy<Value = Layer> {
    prop_oneof![Just(Layer::Identity), Just(Layer::Resource)]
}

fn alone(statement: Statement, like: &Document) -> Document {
    Document { statements: vec![Statement { effect: Effect::Allow, ..statement }], ..like.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn what_is_granted_inside_a_fence(
        (layer, document, fence) in layers().prop_flat_map(|layer| (Just(layer), document(layer, false), statement_of(layer))),
    ) {
        let like = Document::new(Vec::new());
        let fence = alone(fence, &like);
        let verdict = granted(std::slice::from_ref(&document), fence.statements[0].clone(), layer).unwrap();
        match verdict.witness() {
            Some(witness) => {
                prop_assert!(allowed(layer, &document, witness), "{}", shown(layer, &fence, &document, witness));
                prop_assert!(allowed(layer, &fence, witness), "{}", shown(layer, &fence, &document, witness));
            }
            // What is open counts as granted: federated users, whose policies only AWS knows.
            None if verdict != Verdict::NoNewAccess => {}
            None => {
                let found = find(layer, &[&document, &fence], &|_, allowed| allowed[0] && allowed[1]);
                prop_assert!(found.is_none(), "{:?} {}", found, shown_pair(&fence, &document));
            }
        }
    }

    #[test]
    fn what_is_needless_changes_nothing((layer, document) in layers().prop_flat_map(|layer| (Just(layer), document(layer, false)))) {
        for found in needless(std::slice::from_ref(&document), layer).unwrap() {
            let mut without = document.clone();
            without.statements.remove(found.statement);
            let changed = find(layer, &[&document, &without], &|_, allowed| allowed[0] != allowed[1]);
            prop_assert!(changed.is_none(), "{:?} {:?} {}", found, changed, shown_pair(&document, &without));
        }
    }


    #[test]
    fn actions_that_are_allowed_at_all((layer, document) in layers().prop_flat_map(|layer| (Just(layer), document(layer, false)))) {
        let catalog = catalog::builtin();
        let of = std::slice::from_ref(&document);
        let found = allowed_actions(of, layer, catalog).unwrap();
        for name in ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:GetBucketAcl", "sqs:SendMessage", "iam:PassRole", "ec2:RunInstances"] {
            let how = Comparison::of(layer).service_aware(catalog).inside(Statement::allow([name], ["*"]));
            let verdict = authz::compare(&[], of, &how).unwrap();
            let listed = found.iter().find(|found| format!("{}:{}", found.action.service(), found.action.name()) == name);
            prop_assert_eq!(listed.is_some(), verdict != Verdict::NoNewAccess, "{} {:?}", name, policy::to_value(&document));
        }
    }

    #[test]
    fn refused_requests_are_those_that_are_not_allowed((layer, (old, new)) in layers().prop_flat_map(|layer| (Just(layer), pair(layer, true)))) {
        let verdict = authz::compare(&[], std::slice::from_ref(&old), &Comparison::of(layer)).unwrap();
        if let Some(witness) = verdict.witness() {
            let refused = refused(std::slice::from_ref(&new), [witness], layer).unwrap();
            prop_assert_eq!(refused.is_empty(), allowed(layer, &new, witness), "{}", shown(layer, &old, &new, witness));
        }
    }
}
