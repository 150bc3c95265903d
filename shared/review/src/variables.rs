//! What can be wrong with a policy variable.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

/// A mistake in how a variable is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// `${}`
    Empty,
    /// `${aws:username`
    Open,
    /// `${aws:PrincipalTag/team, 'none}`
    Quote,
    /// `${ aws:username }`
    Space,
}

/// The first mistake in a text's variables.
pub(crate) fn flaw(text: &str) -> Option<Flaw> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("${") {
        let Some((inside, after)) = after.split_once('}') else { return Some(Flaw::Open) };
        let (name, default) = match inside.split_once(',') {
            Some((name, default)) => (name, Some(default.trim_matches(' '))),
            None => (inside, None),
        };
        if inside.is_empty() || name.trim().is_empty() {
            return Some(Flaw::Empty);
        }
        // A star is written `${*}`; a tag's key may hold spaces.
        if name.trim() != name || (name.contains(' ') && !name.contains('/')) {
            return Some(Flaw::Space);
        }
        if default.is_some_and(|default| default.len() < 2 || !default.starts_with('\'') || !default.ends_with('\'')) {
            return Some(Flaw::Quote);
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flaws_are_told_apart() {
        let cases = [
            ("home/${aws:username}/${*}", None),
            ("${aws:PrincipalTag/cost center, 'none'}", None),
            ("${}", Some(Flaw::Empty)),
            ("a${aws:username", Some(Flaw::Open)),
            ("${aws:username, none}", Some(Flaw::Quote)),
            ("${aws: username}", Some(Flaw::Space)),
        ];
        for (text, expected) in cases {
            assert_eq!(flaw(text), expected, "{text}");
        }
    }
}
