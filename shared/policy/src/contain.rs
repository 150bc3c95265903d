//! Containment of patterns: is everything that one matches matched by another?

use std::collections::BTreeMap;

use crate::pattern::{Pattern, Token};

/// How many steps the search takes before it gives up. Patterns in real policies need fewer than a hundred.
const BUDGET: usize = 200_000;

/// Whether every text that the glob `inner` matches is matched by the glob `outer`.
///
/// `true` is always proved. `false` means that some text is matched by `inner` only, except for patterns made to
/// exhaust the search (dozens of alternating `*` and `?`), where it means "not proved".
#[must_use]
pub fn contains(outer: &str, inner: &str) -> bool {
    pattern_contains(&Pattern::new(outer), &Pattern::new(inner))
}

/// As [`contains`], for action patterns: `*` contains all, otherwise the service prefixes must be the same.
#[must_use]
pub fn action_contains(outer: &str, inner: &str) -> bool {
    if outer == "*" {
        return true;
    }
    match (outer.split_once(':'), inner.split_once(':')) {
        (Some((service, name)), Some((inner_service, inner_name))) => {
            service.eq_ignore_ascii_case(inner_service)
                && contains(&name.to_ascii_lowercase(), &inner_name.to_ascii_lowercase())
        }
        _ => false,
    }
}

/// As [`contains`], for ARN patterns, segment by segment as [`crate::arn_matches`] reads them.
#[must_use]
pub fn arn_contains(outer: &str, inner: &str) -> bool {
    if outer == "*" || outer == inner {
        return true;
    }
    let (mut wide, mut narrow) = (outer.splitn(6, ':'), inner.splitn(6, ':'));
    if wide.next() != Some("arn") || narrow.next() != Some("arn") {
        return false;
    }
    (1..=5).all(|segment| {
        // A segment left out at the end stands for `*`.
        let (wide, narrow) = (wide.next().unwrap_or("*"), narrow.next().unwrap_or("*"));
        if segment == 5 {
            contains(wide, narrow)
        } else {
            contains(&wide.to_ascii_lowercase(), &narrow.to_ascii_lowercase())
        }
    })
}

/// As [`contains`], for compiled patterns.
///
/// A character that stands in neither pattern is the hardest one for `outer`: only its wildcards match it. So where
/// `inner` has a wildcard it is enough to try that character, and `inner` becomes a path with loops, along which
/// the set of places that `outer` can be at is followed. A set that is a superset of one that was followed from the
/// same place needs no second look.
#[must_use]
pub fn pattern_contains(outer: &Pattern, inner: &Pattern) -> bool {
    let outer: Vec<Token> = outer.tokens().collect();
    let inner: Vec<Token> = inner.tokens().collect();
    let mut seen: BTreeMap<usize, Vec<Places>> = BTreeMap::new();
    let mut open = vec![(0, Places::start(&outer))];
    for _ in 0..BUDGET {
        let Some((at, places)) = open.pop() else { return true };
        if places.none() {
            return false;
        }
        let known = seen.entry(at).or_default();
        if known.iter().any(|smaller| smaller.is_subset(&places)) {
            continue;
        }
        known.retain(|larger| !places.is_subset(larger));
        known.push(places.clone());
        match inner.get(at) {
            None => {
                if !places.at_end(&outer) {
                    return false;
                }
            }
            Some(Token::Literal(character)) => open.push((at + 1, places.step(&outer, Some(*character)))),
            Some(Token::One) => open.push((at + 1, places.step(&outer, None))),
            Some(Token::Many) => {
                open.push((at, places.step(&outer, None)));
                open.push((at + 1, places));
            }
        }
    }
    false
}

/// A set of places in a token list, one bit each.
#[derive(Clone, PartialEq, Eq)]
struct Places(Vec<u64>);

impl Places {
    fn start(tokens: &[Token]) -> Self {
        let mut places = Places(vec![0; tokens.len() / 64 + 1]);
        places.enter(tokens, 0);
        places
    }

    /// Adds a place, and those that can be reached from it without reading.
    fn enter(&mut self, tokens: &[Token], mut place: usize) {
        loop {
            if let Some(word) = self.0.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
            if tokens.get(place) != Some(&Token::Many) {
                return;
            }
            place += 1;
        }
    }

    /// The places after reading `character`; `None` is the character that no pattern names.
    fn step(&self, tokens: &[Token], character: Option<char>) -> Self {
        let mut next = Places(vec![0; self.0.len()]);
        for place in self.iter() {
            match tokens.get(place) {
                Some(Token::Many) => next.enter(tokens, place),
                Some(Token::One) => next.enter(tokens, place + 1),
                Some(Token::Literal(wanted)) if character == Some(*wanted) => next.enter(tokens, place + 1),
                _ => {}
            }
        }
        next.forget_what_a_star_covers(tokens);
        next
    }

    /// Whatever can still match from before a `*` can match from that `*` too, so only the last one reached counts.
    fn forget_what_a_star_covers(&mut self, tokens: &[Token]) {
        let Some(last) = self.iter().filter(|&place| tokens.get(place) == Some(&Token::Many)).last() else { return };
        for (index, word) in self.0.iter_mut().enumerate() {
            if index < last / 64 {
                *word = 0;
            } else if index == last / 64 {
                *word &= u64::MAX << (last % 64);
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0
            .iter()
            .enumerate()
            .flat_map(|(index, &word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| index * 64 + bit))
    }

    fn at_end(&self, tokens: &[Token]) -> bool {
        self.iter().any(|place| place == tokens.len())
    }

    fn none(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }
}
