//! Globs against regular expressions: whether a text exists that some patterns match and others do not, by the product of
//! dense DFAs.

use std::collections::{BTreeSet, VecDeque};

use authz::{Layer, Verdict};
use policy::{ActionBlock, Condition, Document, Effect, ResourceBlock, Statement};
use proptest::{collection::vec, prelude::*};
use regex_automata::{
    Anchored, Input,
    dfa::{Automaton as _, dense},
};

use crate::decide::{false_witness, shown_pair, verdict};

/// How a pattern is read.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    /// Every character counts as it is.
    Exact,
    /// ASCII letters of either case are the same.
    Folded,
    /// As an ARN from its region on, in which no wildcard leaves region or account.
    Arn { folded: bool },
}

fn dfa(pattern: &str, reading: Reading) -> dense::DFA<Vec<u32>> {
    let mut colons = 0;
    let regex: String = pattern
        .chars()
        .map(|character| {
            colons += usize::from(character == ':');
            let (inside, folded) = match reading {
                Reading::Exact => (false, false),
                Reading::Folded => (false, true),
                Reading::Arn { folded } => (colons < 2, folded && colons < 2),
            };
            let any = if inside { "[^:]" } else { "(?s:.)" };
            match character {
                '*' => format!("{any}*"),
                '?' => any.to_owned(),
                other if folded && other.is_ascii_alphabetic() => {
                    format!("[{}{}]", other.to_ascii_lowercase(), other.to_ascii_uppercase())
                }
                other => format!("\\x{{{:x}}}", u32::from(other)),
            }
        })
        .collect();
    dense::Builder::new().build(&format!("^(?:{regex})$")).unwrap()
}

/// Whether some text of these characters is matched by the first `inside` of the automata and by none of the others.
fn exists(automata: &[dense::DFA<Vec<u32>>], inside: usize, alphabet: &str, with_empty: bool) -> bool {
    let start: Vec<_> =
        automata.iter().map(|dfa| dfa.start_state_forward(&Input::new("").anchored(Anchored::Yes)).unwrap()).collect();
    let mut seen = BTreeSet::from([start.clone()]);
    let mut open = VecDeque::from([start]);
    let mut first = true;
    while let Some(states) = open.pop_front() {
        let matched = |index: usize| automata[index].is_match_state(automata[index].next_eoi_state(states[index]));
        if (!first || with_empty) && (0..automata.len()).all(|index| matched(index) == (index < inside)) {
            return true;
        }
        first = false;
        for character in alphabet.chars() {
            let mut bytes = [0; 4];
            let next: Vec<_> = automata
                .iter()
                .zip(&states)
                .map(|(dfa, state)| {
                    character.encode_utf8(&mut bytes).bytes().fold(*state, |state, byte| dfa.next_state(state, byte))
                })
                .collect();
            if seen.insert(next.clone()) {
                open.push_back(next);
            }
        }
    }
    false
}

/// What the patterns are of.
#[derive(Debug, Clone, Copy)]
enum Place {
    Action,
    Resource,
    Text,
    Arn,
}

/// A policy that allows what the first `inside` patterns match and the others do not.
fn policy(place: Place, patterns: &[String], inside: usize) -> Document {
    let statement = |pattern: &String, effect: Effect, not: bool| {
        let mut statement = Statement::allow(["*"], ["*"]);
        statement.effect = effect;
        let patterns = vec![pattern.clone()];
        match (place, not) {
            (Place::Action, false) => statement.action = ActionBlock::Action(patterns),
            (Place::Action, true) => statement.action = ActionBlock::NotAction(patterns),
            (Place::Resource, false) => statement.resource = Some(ResourceBlock::Resource(patterns)),
            (Place::Resource, true) => statement.resource = Some(ResourceBlock::NotResource(patterns)),
            (Place::Text, false) => statement.conditions = vec![Condition::new("StringLike", "x", patterns)],
            (Place::Text, true) => statement.conditions = vec![Condition::new("StringNotLike", "x", patterns)],
            (Place::Arn, false) => statement.conditions = vec![Condition::new("ArnLike", "x", patterns)],
            (Place::Arn, true) => statement.conditions = vec![Condition::new("ArnNotLike", "x", patterns)],
        }
        statement
    };
    let mut statements = Vec::new();
    for (index, pattern) in patterns.iter().enumerate() {
        statements.push(match index {
            0 => statement(pattern, Effect::Allow, false),
            _ if index < inside => statement(pattern, Effect::Deny, true),
            _ => statement(pattern, Effect::Deny, false),
        });
    }
    Document::new(statements)
}

fn agree(place: Place, patterns: &[String], inside: usize) -> Result<(), TestCaseError> {
    let inside = inside.clamp(1, patterns.len());
    let (reading, alphabet, with_empty) = match place {
        Place::Action => (Reading::Folded, "abxé", false),
        Place::Text => (Reading::Exact, "abAxé", true),
        Place::Resource => (Reading::Arn { folded: true }, "abAx:", false),
        Place::Arn => (Reading::Arn { folded: false }, "abAx:", true),
    };
    let mut automata: Vec<_> = patterns.iter().map(|pattern| dfa(pattern, reading)).collect();
    // A request names a resource in full.
    let domain = usize::from(matches!(place, Place::Resource));
    if domain == 1 {
        automata.insert(0, dfa("*:*:?*", reading));
    }
    let written: Vec<String> = patterns
        .iter()
        .map(|pattern| match place {
            Place::Action => format!("s3:{pattern}"),
            Place::Text => pattern.clone(),
            Place::Resource | Place::Arn => format!("arn:aws:s3:{pattern}"),
        })
        .collect();
    let new = policy(place, &written, inside);
    let old = Document::new(Vec::new());
    let verdict = verdict(Layer::Identity, &old, &new);
    prop_assert_eq!(false_witness(Layer::Identity, &old, &new, &verdict), None);
    let expected = exists(&automata, inside + domain, alphabet, with_empty);
    let right = if expected { verdict.witness().is_some() } else { verdict == Verdict::NoNewAccess };
    prop_assert!(right, "expected {} and not {:?}\n{}", expected, verdict, shown_pair(&old, &new));
    // The same question put to two policies: does NEW go beyond all of the others together?
    let (first, others) = written.split_first().unwrap();
    let old = Document::new(
        others.iter().flat_map(|other| policy(place, std::slice::from_ref(other), 1).statements).collect(),
    );
    let new = policy(place, std::slice::from_ref(first), 1);
    let verdict = crate::decide::verdict(Layer::Identity, &old, &new);
    let expected = exists(&automata, 1 + domain, alphabet, with_empty);
    let right = if expected { verdict.witness().is_some() } else { verdict == Verdict::NoNewAccess };
    prop_assert!(right, "expected {} and not {:?}\n{}", expected, verdict, shown_pair(&old, &new));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn texts(patterns in vec("[abA*?é]{0,6}", 1..5), inside in 1_usize..4) {
        agree(Place::Text, &patterns, inside)?;
    }

    #[test]
    fn longer_texts(patterns in vec("(\\*[ab]{1,3}|[ab?]{1,2}\\*){1,3}", 2..4), inside in 1_usize..4) {
        agree(Place::Text, &patterns, inside)?;
    }

    #[test]
    fn resources(patterns in vec(arns(), 1..5), inside in 1_usize..4) {
        agree(Place::Resource, &patterns, inside)?;
    }

    #[test]
    fn arns_in_conditions(patterns in vec(arns(), 1..5), inside in 1_usize..4) {
        agree(Place::Arn, &patterns, inside)?;
    }

    #[test]
    fn actions(patterns in vec("[abAé*?]{1,5}", 1..5), inside in 1_usize..4) {
        agree(Place::Action, &patterns, inside)?;
    }
}

/// Of a region, an account and a resource; the automata read what stands before as given.
fn arns() -> impl Strategy<Value = String> {
    ("[aA*?]{0,2}", "[ab*?]{0,2}", "[abA:*?]{1,4}")
        .prop_map(|(region, account, resource)| format!("{region}:{account}:{resource}"))
}
