//! Texts of a policy that may hold wildcards and variables.

use policy::{Pattern, Template, Token, Version, variables::Part};

use crate::{
    request::Context,
    unknown::{Truth, View},
};

/// A pattern that is compiled as far as it does not depend on the request.
#[derive(Debug)]
pub(crate) enum Text {
    Fixed(Pattern),
    /// With policy variables, which each request fills anew.
    Open(Vec<Part>),
}

impl Text {
    pub fn new(parts: Vec<Part>) -> Self {
        let template = Template { parts };
        match template.pattern() {
            Some(pattern) => Text::Fixed(pattern),
            None => Text::Open(with_lower_keys(template.parts)),
        }
    }

    /// A text in which `*` and `?` mean themselves.
    pub fn without_wildcards(text: &str, version: Version) -> Self {
        let literal = |part| match part {
            Part::Token(Token::Many) => Part::Token(Token::Literal('*')),
            Part::Token(Token::One) => Part::Token(Token::Literal('?')),
            other => other,
        };
        Text::new(Template::parse(text, version).parts.into_iter().map(literal).collect())
    }

    /// Whether `test` holds for the pattern under this request. A variable without exactly one value, and without a
    /// default, leaves no pattern that anything could match.
    pub fn test(&self, context: &Context, test: impl FnOnce(&Pattern) -> bool) -> bool {
        match self {
            Text::Fixed(pattern) => test(pattern),
            Text::Open(parts) => filled(parts, context).is_some_and(|tokens| test(&Pattern::from_tokens(tokens))),
        }
    }

    /// As [`Text::test`], where some keys are not known. Whatever stands for an unknown variable, `*` stands for it too.
    pub fn truth(&self, view: &View<'_>, test: impl FnOnce(&Pattern) -> bool) -> Truth {
        match self {
            Text::Open(parts) if parts.iter().any(|part| view.is_open(part)) => {
                let widest = |part: &Part| if view.is_open(part) { Part::Token(Token::Many) } else { part.clone() };
                let widest = Text::Open(parts.iter().map(widest).collect());
                if widest.test(view.context, test) { Truth::Open } else { Truth::No }
            }
            known => known.test(view.context, test).into(),
        }
    }

    /// Whether it is `*`.
    pub fn is_any(&self) -> bool {
        matches!(self, Text::Fixed(pattern) if pattern.is_any())
    }
}

/// Keys as the context has them.
pub(crate) fn with_lower_keys(parts: Vec<Part>) -> Vec<Part> {
    parts
        .into_iter()
        .map(|part| match part {
            Part::Variable { key, default } => Part::Variable { key: key.to_lowercase(), default },
            token => token,
        })
        .collect()
}

/// The parts with the values of their variables; `None` if a variable has none.
pub(crate) fn filled(parts: &[Part], context: &Context) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    for part in parts {
        match part {
            Part::Token(token) => tokens.push(*token),
            Part::Variable { key, default } => {
                let value = match context.get_lower(key) {
                    Some([value]) => value,
                    Some([]) | None => default.as_ref()?,
                    Some(_) => return None,
                };
                // What is inserted is text: its `*` is no wildcard.
                tokens.extend(value.chars().map(Token::Literal));
            }
        }
    }
    Some(tokens)
}
