//! Patterns against the cases of AWS's documentation, against regular expressions, and against brute force.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "a test may fail loudly")]

use leastwise_policy as policy;
use policy::{Pattern, action_contains, action_matches, arn_contains, arn_matches, contains, pattern::matches};
use proptest::prelude::*;
use regex_automata::dfa::{Automaton as _, dense};

#[test]
fn globs() {
    let cases = [
        ("", "", true),
        ("", "a", false),
        ("*", "", true),
        ("?", "", false),
        ("?", "é", true),
        ("??", "é", false),
        ("*?", "é", true),
        ("a*b*c", "abbbc", true),
        ("a*b*c", "abbb", false),
        ("*a", "aaab", false),
        ("*ab", "aab", true),
        ("a**?*b", "axb", true),
        ("a?*b", "ab", false),
        ("A", "a", false),
        ("[a]*", "[a]x", true),
        ("a.c", "abc", false),
    ];
    for (pattern, text, expected) in cases {
        assert_eq!(matches(pattern, text), expected, "{pattern} on {text}");
    }
}

#[test]
fn actions_ignore_case_and_keep_their_service() {
    let cases = [
        ("*", "s3:GetObject", true),
        ("s3:*", "s3:GetObject", true),
        ("S3:getobject", "s3:GetObject", true),
        ("s3:Get*", "s3:getobject", true),
        ("s3:Get?bject", "s3:GetObject", true),
        ("s3:Get", "s3:GetObject", false),
        // the service prefix is no pattern
        ("s*:GetObject", "s3:GetObject", false),
        ("s3*", "s3:GetObject", false),
        ("s3:*", "s3express:CreateSession", false),
        ("s3", "s3", false),
    ];
    for (pattern, action, expected) in cases {
        assert_eq!(action_matches(pattern, action), expected, "{pattern} on {action}");
    }
}

#[test]
fn arns_match_by_segment() {
    let bucket = "arn:aws:s3:::example-bucket";
    let object = "arn:aws:s3:::example-bucket/a/b:c";
    let role = "arn:aws:iam::111122223333:role/app/Reader";
    let cases = [
        ("*", object, true),
        ("*", "*", true),
        (bucket, bucket, true),
        (bucket, object, false),
        ("arn:aws:s3:::example-bucket/*", object, true),
        ("arn:aws:s3:::example-bucket/*c", object, true),
        ("arn:aws:s3:::example-bucket/a?b?c", object, true),
        ("arn:aws:s3:::Example-Bucket", bucket, false),
        // partition, service, region and account ignore case
        ("arn:AWS:S3:::example-bucket", bucket, true),
        ("ARN:aws:s3:::example-bucket", bucket, false),
        ("arn:aws:iam::*:role/app/Reader", role, true),
        ("arn:aws:iam::11112222333?:role/*", role, true),
        ("arn:aws:iam:*:role/app/Reader", role, false),
        ("arn:aws:iam::*:Role/app/Reader", role, false),
        ("arn:*:iam::111122223333:role/*", role, true),
        // no wildcard crosses into the next segment
        ("arn:aws:iam*role/app/Reader", role, false),
        ("arn:aws:*:role/app/Reader", role, false),
        ("arn:aws:logs:*:log-group:x", "arn:aws:logs:eu-west-1:111122223333:log-group:x", false),
        // segments left out at the end
        ("arn:aws:iam", role, true),
        ("arn:aws:s3", role, false),
        // what is no ARN
        ("arn:aws:s3:::*", "*", false),
        ("arn:aws:s3:::*", "example-bucket", false),
        ("example-bucket", "example-bucket", true),
        ("example-*", "example-bucket", false),
        ("arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:eu-west-1:111122223333:instance/*", true),
    ];
    for (pattern, arn, expected) in cases {
        assert_eq!(arn_matches(pattern, arn), expected, "{pattern} on {arn}");
    }
}

#[test]
fn containment() {
    let cases = [
        ("*", "anything*?", true),
        ("a*", "a", true),
        ("a*", "a?b*", true),
        ("a?*", "a*", false),
        ("*?*", "*", false),
        ("*?", "?*", true),
        ("?*?", "??*", true),
        ("*a*", "*aa*", true),
        ("*aa*", "*a*a*", false),
        ("*a*a*", "*aa*", true),
        ("a*b", "a*c*b", true),
        ("a*c*b", "a*b", false),
        ("Get*", "GetObject*", true),
        ("GetObject?*", "GetObject*", false),
    ];
    for (outer, inner, expected) in cases {
        assert_eq!(contains(outer, inner), expected, "{inner} in {outer}");
    }
    assert!(action_contains("s3:get*", "S3:GetObject*"));
    assert!(action_contains("*", "s3:*"));
    assert!(!action_contains("s3:*", "*"));
    assert!(!action_contains("s3:*", "s3express:*"));
    assert!(arn_contains("arn:aws:s3:::b/*", "arn:AWS:s3:::b/x/*"));
    assert!(arn_contains("arn:aws:s3:::*", "arn:aws:s3:::b/*"));
    assert!(!arn_contains("arn:aws:s3:::b/*", "arn:aws:s3:::B/*"));
    assert!(!arn_contains("arn:aws:s3:::*", "*"));
    assert!(arn_contains("arn:aws:s3", "arn:aws:s3:::b"));
}

#[test]
fn hostile_patterns_take_no_time() {
    let started = std::time::Instant::now();
    let text = "a".repeat(10_000);
    for pattern in ["*a".repeat(20) + "b", "*".repeat(20) + "b", "*?a".repeat(20) + "b", "?*".repeat(20) + "b"] {
        assert!(!matches(&pattern, &text), "{pattern}");
    }
    for unit in ["*?a", "*a?b", "?*", "*a??????????b*", "*ab?"] {
        let (outer, inner) = (unit.repeat(40), unit.repeat(41));
        let _ = contains(&outer, &inner);
        let _ = contains(&inner, &outer);
        let _ = contains(&outer, &"*a".repeat(60));
    }
    // Generous for a debug build on a busy machine; an exponential search would take years.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

/// The glob as an anchored regular expression.
fn dfa(pattern: &str) -> dense::DFA<Vec<u32>> {
    let regex: String = pattern
        .chars()
        .map(|c| match c {
            '*' => "(?s:.)*".to_owned(),
            '?' => "(?s:.)".to_owned(),
            other => format!("\\x{{{:x}}}", u32::from(other)),
        })
        .collect();
    dense::Builder::new().build(&format!("^(?:{regex})$")).unwrap()
}

fn dfa_matches(dfa: &dense::DFA<Vec<u32>>, text: &str) -> bool {
    dfa.try_search_fwd(&regex_automata::Input::new(text)).unwrap().is_some()
}

/// All texts of at most `longest` characters over a, b and x, which no pattern below has.
fn texts(longest: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..longest {
        last = last.iter().flat_map(|text| ['a', 'b', 'x'].map(|c| format!("{text}{c}"))).collect();
        all.extend(last.iter().cloned());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_pattern_matches_what_its_regular_expression_matches(
        pattern in "[ab*?é]{0,10}",
        texts in proptest::collection::vec("[abé]{0,12}", 1..20),
    ) {
        let dfa = dfa(&pattern);
        for text in texts {
            prop_assert_eq!(matches(&pattern, &text), dfa_matches(&dfa, &text), "{} on {}", pattern, text);
        }
    }

    #[test]
    fn normal_form_keeps_the_meaning_and_is_stable(pattern in "[ab*?]{0,10}") {
        let compiled = Pattern::new(&pattern);
        let again = Pattern::from_tokens(compiled.tokens());
        prop_assert_eq!(&compiled, &again);
        prop_assert!(contains(&pattern, &pattern));
    }

    #[test]
    fn containment_agrees_with_brute_force(outer in "[ab*?]{0,5}", inner in "[ab*?]{0,5}") {
        // A counterexample needs no run of fresh characters longer than the outer pattern; with patterns this short
        // seven characters show every one that eight more would.
        let (wide, narrow) = (Pattern::new(&outer), Pattern::new(&inner));
        let counterexample = texts(7).into_iter().find(|text| narrow.matches(text) && !wide.matches(text));
        prop_assert_eq!(contains(&outer, &inner), counterexample.is_none(), "{} in {}: {:?}", inner, outer, counterexample);
    }

    #[test]
    fn matching_never_panics(pattern in ".{0,40}", text in ".{0,40}") {
        let _ = matches(&pattern, &text);
        let _ = arn_matches(&pattern, &text);
        let _ = action_matches(&pattern, &text);
        let _ = contains(&pattern, &text);
        prop_assert!(Pattern::literal(&text).matches(&text));
    }
}
