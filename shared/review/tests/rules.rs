//! What holds for every rule.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails may panic"
)]

use leastwise_review::{Rule, rules, validate};

fn codes(rule: &Rule, policy: &str) -> Vec<&'static str> {
    let review = validate(policy, rule.example.policy_type, catalog::builtin());
    review.findings.into_iter().map(|finding| finding.code).collect()
}

#[test]
fn every_rule_flags_its_example_and_not_the_mended_one() {
    for rule in rules() {
        let flagged = codes(rule, rule.example.flagged);
        assert!(flagged.contains(&rule.code), "{}: {flagged:?}", rule.code);
        let clean = codes(rule, rule.example.clean);
        assert!(clean.is_empty(), "{}: the mended example has {clean:?}", rule.code);
    }
}

#[test]
fn codes_are_unique_and_every_rule_says_what_why_and_what_instead() {
    for pair in rules().windows(2) {
        assert!(pair[0].code < pair[1].code, "{}", pair[1].code);
    }
    for rule in rules() {
        assert!(rule.applies_to.contains(&rule.example.policy_type), "{}", rule.code);
        for text in [rule.what, rule.why, rule.instead] {
            assert!(
                text.ends_with('.') && text.starts_with(|first: char| first.is_uppercase()),
                "{}: {text}",
                rule.code
            );
        }
    }
}
