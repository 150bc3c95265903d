//! The blocks of a difference hold all that is new, and nothing else is said of them than is so.

use authz::{Block, Change, Comparison, Layer, Principal, Request, Verdict, difference};
use policy::{Document, Effect, Statement, Template};
use proptest::{strategy::Strategy as _, strategy::ValueTree as _, test_runner::TestRunner};

use crate::{
    decide::{allowed, shown, shown_pair},
    generate::pair,
    shrink::smallest,
    universe::find,
};

/// A block as the policy that grants it and nothing else, with whatever NEW denies.
fn granted_by(block: &Block) -> Statement {
    Statement {
        sid: None,
        effect: Effect::Allow,
        principal: block.principal.clone(),
        action: block.actions.clone(),
        resource: block.resources.clone(),
        conditions: block.conditions.clone(),
    }
}

fn only(statements: Vec<Statement>, like: &Document) -> Document {
    Document { version: like.version, id: None, statements }
}

fn exists(request: &Request) -> bool {
    let action = request.action().split_once(':');
    action.is_some_and(|(service, name)| catalog::builtin().action(service, name).is_some())
}

fn with_variables(document: &Document) -> bool {
    let texts = document.statements.iter().flat_map(|statement| {
        let resources = statement.resource.iter().flat_map(|block| block.patterns());
        resources.chain(statement.conditions.iter().flat_map(|condition| &condition.values))
    });
    texts.into_iter().any(|text| Template::parse(text, document.version).keys().next().is_some())
}

/// What is wrong with a change.
fn complaint(layer: Layer, old: &Document, new: &Document, change: &Change) -> Option<String> {
    let pair = || shown_pair(old, new);
    let is_new = matches!(change.verdict, Verdict::NewAccess(_));
    if is_new == change.blocks.is_empty() {
        return Some(format!("{} with {} blocks\n{}", change.verdict.as_str(), change.blocks.len(), pair()));
    }
    // What a federated user may do is up to its session policy too: under identity policies it is no witness.
    let counts = |request: &Request| {
        exists(request) && (layer != Layer::Identity || !matches!(request.principal(), Principal::FederatedUser(_)))
    };
    for block in &change.blocks {
        let alone = only(vec![granted_by(block)], new);
        let witness = &block.witness;
        if !allowed(layer, new, witness) || allowed(layer, old, witness) {
            return Some(format!("the witness of a block is not new\n{}", shown(layer, old, new, witness)));
        }
        if !allowed(layer, &alone, witness) {
            return Some(format!("the witness is not in its block {block:#?}\n{}", pair()));
        }
        if block.whole
            && let Some(request) =
                find(layer, &[&alone, old], &|request, allowed| counts(request) && allowed[0] && allowed[1])
        {
            return Some(format!("OLD allows a part of a whole block {block:#?}\n{request:?}\n{}", pair()));
        }
    }
    // What variables stand for is not told in blocks: they show what is new for values that stand nowhere else.
    if with_variables(old) || with_variables(new) {
        return None;
    }
    let blocks = only(change.blocks.iter().map(granted_by).collect(), new);
    let missed = |request: &Request, allowed: &[bool]| counts(request) && allowed[0] && !allowed[1] && !allowed[2];
    let missed = is_new.then(|| find(layer, &[new, old, &blocks], &missed)).flatten()?;
    Some(format!("no block holds this: {:#?}\n{}", change.blocks, shown(layer, old, new, &missed)))
}

fn judged(layer: Layer, (old, new): &(Document, Document)) -> Option<String> {
    let documents = (std::slice::from_ref(old), std::slice::from_ref(new));
    let found = difference(documents.0, documents.1, &Comparison::of(layer), catalog::builtin()).unwrap();
    complaint(layer, old, new, &found.added).or_else(|| complaint(layer, new, old, &found.removed))
}

fn hold(layer: Layer, with_variables: bool, pairs: u32) {
    let mut runner = TestRunner::deterministic();
    let factor = std::env::var("COMPARE_FACTOR").ok().and_then(|factor| factor.parse().ok()).unwrap_or(100_u32);
    for _ in 0..pairs * factor / 100 {
        let generated = pair(layer, with_variables).new_tree(&mut runner).unwrap().current();
        if judged(layer, &generated).is_some() {
            let smallest = smallest(generated, |pair| judged(layer, pair).is_some());
            panic!("{}", judged(layer, &smallest).unwrap());
        }
    }
}

#[test]
fn of_identity_policies() {
    hold(Layer::Identity, false, 150);
}

#[test]
fn of_resource_policies() {
    hold(Layer::Resource, false, 150);
}

#[test]
fn of_policies_with_variables() {
    hold(Layer::Identity, true, 40);
}
