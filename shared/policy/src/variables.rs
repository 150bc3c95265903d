//! Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'company-wide'}`, `${*}`.
//!
//! Follows <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>.

use crate::{
    document::Version,
    pattern::{Pattern, Token},
};

/// A text with wildcards and policy variables, split into its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The parts, in their order.
    pub parts: Vec<Part>,
}

/// One part of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A character or a wildcard; `${*}`, `${?}` and `${$}` are literal characters.
    Token(Token),
    /// A variable.
    Variable {
        /// The condition key whose value is inserted.
        key: String,
        /// What is inserted where the request does not have the key.
        default: Option<String>,
    },
}

impl Template {
    /// Splits `text`. Variables exist only in [`Version::V2012`]; before, `${` is as literal as any other text.
    /// An opening `${` without its `}`, and an empty `${}`, are literal too.
    #[must_use]
    pub fn parse(text: &str, version: Version) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            if version == Version::V2012
                && let Some((part, after)) = variable(rest)
            {
                parts.push(part);
                rest = after;
            } else {
                parts.push(Part::Token(Token::of(character)));
                rest = rest.get(character.len_utf8()..).unwrap_or_default();
            }
        }
        Template { parts }
    }

    /// The pattern, if there is no variable in it.
    #[must_use]
    pub fn pattern(&self) -> Option<Pattern> {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Token(token) => Some(*token),
                Part::Variable { .. } => None,
            })
            .collect::<Option<Vec<_>>>()
            .map(Pattern::from_tokens)
    }

    /// The variables' keys, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Variable { key, .. } => Some(key.as_str()),
            Part::Token(_) => None,
        })
    }
}

/// The variable at the start of `text`, and what follows it.
fn variable(text: &str) -> Option<(Part, &str)> {
    let inside = text.strip_prefix("${")?;
    for literal in ['*', '?', '$'] {
        if let Some(after) = inside.strip_prefix(literal).and_then(|after| after.strip_prefix('}')) {
            return Some((Part::Token(Token::Literal(literal)), after));
        }
    }
    let end = inside.find(['}', '\''])?;
    let (key, after) = inside.split_at_checked(end)?;
    let (key, default, after) = match after.strip_prefix('\'') {
        None => (key, None, after.strip_prefix('}')?),
        Some(quoted) => {
            let (default, after) = quoted.split_once('\'')?;
            (key.trim_end().strip_suffix(',')?, Some(default.to_owned()), after.trim_start().strip_prefix('}')?)
        }
    };
    let key = key.trim();
    (!key.is_empty()).then(|| (Part::Variable { key: key.to_owned(), default }, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, version: Version) -> String {
        let template = Template::parse(text, version);
        let mut out = String::new();
        for part in template.parts {
            match part {
                Part::Token(Token::Literal(character)) => out.push(character),
                Part::Token(Token::Many) => out.push_str("<many>"),
                Part::Token(Token::One) => out.push_str("<one>"),
                Part::Variable { key, default } => out.push_str(&format!("<{key}={default:?}>")),
            }
        }
        out
    }

    #[test]
    fn variables_are_found_in_the_current_version_only() {
        let text = "home/${aws:username}/*";
        assert_eq!(shown(text, Version::V2012), "home/<aws:username=None>/<many>");
        assert_eq!(shown(text, Version::V2008), "home/${aws:username}/<many>");
    }

    #[test]
    fn each_spelling_of_a_variable() {
        let cases = [
            ("${*}${?}${$}", "*?$"),
            ("$${a}", "$<a=None>"),
            ("${aws:PrincipalTag/team, 'company-wide'}/x", "<aws:PrincipalTag/team=Some(\"company-wide\")>/x"),
            ("${a,'}*'}", "<a=Some(\"}*\")>"),
            ("${ a }", "<a=None>"),
            ("${}", "${}"),
            ("${a", "${a"),
            ("${a 'b'}", "${a 'b'}"),
            ("${a, 'b}", "${a, 'b}"),
            ("é${é}", "é<é=None>"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text, Version::V2012), expected, "{text}");
        }
    }
}
