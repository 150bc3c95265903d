//! ARN patterns with variables, in `Resource` elements and ARN conditions.

use policy::{Template, Token, Version, variables::Part};

use crate::{request::Context, text::Text};

/// An ARN pattern, compiled segment by segment.
#[derive(Debug)]
pub(crate) enum ArnPattern {
    /// `*`
    Any,
    /// Partition, service, region, account, resource.
    Segments(Box<[Text; 5]>, Case),
    /// In a `Resource` element, what is no ARN matches an equal text only.
    Exactly(String),
    /// In a condition, what is no ARN matches nothing.
    Nothing,
}

/// Whether the segments before the resource part ignore case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Ignored,
    Kept,
}

/// A text that patterns are matched against, split once.
pub(crate) struct Subject<'a> {
    text: &'a str,
    segments: Option<[&'a str; 5]>,
}

impl<'a> Subject<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next();
        let segments = match (next(), next(), next(), next(), next(), next()) {
            (Some("arn"), Some(a), Some(b), Some(c), Some(d), Some(e)) => Some([a, b, c, d, e]),
            _ => None,
        };
        Subject { text, segments }
    }
}

impl ArnPattern {
    /// A pattern of a `Resource` element. Segments left out at the end stand for `*`, as IAM reads them.
    pub fn of_resource(text: &str, version: Version) -> Self {
        ArnPattern::new(text, version, Case::Ignored)
    }

    /// A pattern of an ARN condition, which AWS matches in all segments with regard to case.
    pub fn of_condition(text: &str, version: Version) -> Self {
        ArnPattern::new(text, version, Case::Kept)
    }

    fn new(text: &str, version: Version, case: Case) -> Self {
        if text == "*" {
            return ArnPattern::Any;
        }
        let mut segments: Vec<Vec<Part>> = vec![Vec::new()];
        for part in Template::parse(text, version).parts {
            let open = segments.len() < 6;
            match (part, segments.last_mut()) {
                (Part::Token(Token::Literal(':')), _) if open => segments.push(Vec::new()),
                (part, Some(last)) => last.push(part),
                (_, None) => {}
            }
        }
        let mut segments = segments.into_iter();
        let scheme = segments.next().unwrap_or_default();
        let arn = ['a', 'r', 'n'].map(|c| Part::Token(Token::Literal(c)));
        let given = segments.len();
        match case {
            Case::Ignored if scheme != arn || given == 0 => return ArnPattern::Exactly(text.to_owned()),
            Case::Kept if scheme != arn || given < 5 => return ArnPattern::Nothing,
            _ => {}
        }
        let mut next = || Text::new(segments.next().unwrap_or_else(|| vec![Part::Token(Token::Many)]));
        ArnPattern::Segments(Box::new([next(), next(), next(), next(), next()]), case)
    }

    pub fn matches(&self, subject: &Subject<'_>, context: &Context) -> bool {
        match self {
            ArnPattern::Any => true,
            ArnPattern::Nothing => false,
            ArnPattern::Exactly(text) => text == subject.text,
            ArnPattern::Segments(patterns, case) => {
                let Some(segments) = &subject.segments else { return false };
                let ignoring = |index: usize| *case == Case::Ignored && index < 4;
                patterns.iter().zip(segments).enumerate().all(|(index, (text, segment))| {
                    text.test(context, |pattern| {
                        if ignoring(index) { pattern.matches_ignoring_case(segment) } else { pattern.matches(segment) }
                    })
                })
            }
        }
    }
}
