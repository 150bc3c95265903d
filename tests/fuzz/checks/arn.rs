//! What must hold for any text as an ARN, a pattern, or both; its first line is the pattern, the rest the ARN.

pub fn check(text: &str) {
    let (pattern, arn) = text.split_once('\n').unwrap_or((text, text));
    if let Ok(parsed) = policy::Arn::parse(arn) {
        let parts = [parsed.partition, parsed.service, parsed.region, parsed.account, parsed.resource];
        assert_eq!(format!("arn:{}", parts.join(":")), parsed.as_str());
    }
    assert!(policy::arn_matches(arn, arn));
    assert!(policy::arn_matches("*", arn));
    assert!(policy::Pattern::literal(arn).matches(arn));
    // Short enough that the search for containment is exact and quick.
    if text.len() <= 64 {
        assert!(policy::contains(pattern, pattern));
        let matched = policy::pattern::matches(pattern, arn);
        if policy::contains(pattern, arn) {
            // An ARN without wildcards is contained in what matches it; with them, it matches as a text all the same.
            assert!(matched, "{pattern} contains {arn} and does not match it");
        }
        if policy::arn_contains(pattern, arn) && policy::Arn::parse(arn).is_ok() {
            assert!(policy::arn_matches(pattern, arn), "{pattern} contains {arn} and does not match it");
        }
    }
    let _ = policy::action_matches(pattern, arn);
    let _ = policy::Template::parse(text, policy::Version::V2012);
}
