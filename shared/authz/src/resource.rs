//! ARN patterns with variables, in `Resource` elements and ARN conditions.

use policy::{Pattern, Template, Token, Version, variables::Part};

use crate::{
    request::Context,
    text::{Text, filled, with_lower_keys},
    unknown::{Truth, View},
};

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
    /// In a condition, a text that its variables make an ARN: `${aws:PrincipalArn}`.
    Open(Vec<Part>),
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

    /// The account that an ARN names, if it does.
    pub fn account(&self) -> Option<&'a str> {
        self.segments.map(|[_, _, _, account, _]| account).filter(|account| !account.is_empty())
    }

    /// Whether it is an ARN of this service whose resource starts like this.
    pub fn is_of(&self, wanted: &str, start: &str) -> bool {
        self.segments.is_some_and(|[_, service, _, _, resource]| {
            service.eq_ignore_ascii_case(wanted) && resource.starts_with(start)
        })
    }
}

impl ArnPattern {
    /// A pattern of a `Resource` element. Segments left out at the end stand for `*`, as IAM reads them.
    pub fn of_resource(text: &str, version: Version) -> Self {
        ArnPattern::new(&policy::arn::written_out(text), version, Case::Ignored)
    }

    /// A pattern of an ARN condition, which AWS matches in all segments with regard to case.
    pub fn of_condition(text: &str, version: Version) -> Self {
        ArnPattern::new(text, version, Case::Kept)
    }

    fn new(text: &str, version: Version, case: Case) -> Self {
        if text == "*" {
            return ArnPattern::Any;
        }
        let parts = Template::parse(text, version).parts;
        let is_open = parts.iter().any(|part| matches!(part, Part::Variable { .. }));
        match ArnPattern::split(&parts, case) {
            Some(segments) => ArnPattern::Segments(segments, case),
            None if case == Case::Ignored => ArnPattern::Exactly(text.to_owned()),
            None if is_open => ArnPattern::Open(with_lower_keys(parts)),
            None => ArnPattern::Nothing,
        }
    }

    /// The five segments after `arn:`, if it is an ARN.
    fn split(parts: &[Part], case: Case) -> Option<Box<[Text; 5]>> {
        let mut segments: Vec<Vec<Part>> = vec![Vec::new()];
        for part in parts {
            let open = segments.len() < 6;
            match (part, segments.last_mut()) {
                (Part::Token(Token::Literal(':')), _) if open => segments.push(Vec::new()),
                (part, Some(last)) => last.push(part.clone()),
                (_, None) => {}
            }
        }
        let mut segments = segments.into_iter();
        let scheme = segments.next().unwrap_or_default();
        let arn = ['a', 'r', 'n'].map(|c| Part::Token(Token::Literal(c)));
        let least = if case == Case::Ignored { 1 } else { 5 };
        if scheme != arn || segments.len() < least {
            return None;
        }
        let mut next = || Text::new(segments.next().unwrap_or_else(|| vec![Part::Token(Token::Many)]));
        Some(Box::new([next(), next(), next(), next(), next()]))
    }

    pub fn matches(&self, subject: &Subject<'_>, context: &Context) -> bool {
        match self {
            ArnPattern::Any => true,
            ArnPattern::Nothing => false,
            ArnPattern::Exactly(text) => text == subject.text,
            ArnPattern::Open(parts) => filled(parts, context)
                .map(|tokens| tokens.into_iter().map(Part::Token).collect::<Vec<_>>())
                .and_then(|parts| ArnPattern::split(&parts, Case::Kept))
                .is_some_and(|segments| ArnPattern::Segments(segments, Case::Kept).matches(subject, context)),
            ArnPattern::Segments(patterns, case) => {
                let Some(segments) = &subject.segments else { return false };
                patterns
                    .iter()
                    .zip(segments)
                    .enumerate()
                    .all(|(index, (text, segment))| text.test(context, |pattern| case.matches(index, pattern, segment)))
            }
        }
    }

    /// As [`ArnPattern::matches`], where some keys are not known.
    pub fn truth(&self, subject: &Subject<'_>, view: &View<'_>) -> Truth {
        match self {
            ArnPattern::Open(parts) if parts.iter().any(|part| view.is_open(part)) => Truth::Open,
            ArnPattern::Segments(patterns, case) => {
                let Some(segments) = &subject.segments else { return Truth::No };
                let each =
                    patterns.iter().zip(segments).enumerate().map(|(index, (text, segment))| {
                        text.truth(view, |pattern| case.matches(index, pattern, segment))
                    });
                each.min().unwrap_or(Truth::Yes)
            }
            known => known.matches(subject, view.context).into(),
        }
    }
}

impl Case {
    fn matches(self, segment: usize, pattern: &Pattern, text: &str) -> bool {
        if self == Case::Ignored && segment < 4 { pattern.matches_ignoring_case(text) } else { pattern.matches(text) }
    }
}
