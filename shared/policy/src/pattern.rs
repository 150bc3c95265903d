//! Glob patterns as policies write them: `*` is any run of characters, `?` is any one character.
//!
//! Follows <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>.

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Token {
    /// Exactly this character.
    Literal(char),
    /// `?`: any one character.
    One,
    /// `*`: any run of characters, also none.
    Many,
}

impl Token {
    /// The meaning of one written character.
    #[must_use]
    pub fn of(character: char) -> Self {
        match character {
            '*' => Token::Many,
            '?' => Token::One,
            other => Token::Literal(other),
        }
    }
}

/// A compiled pattern. A literal `*` or `?` (which policies write `${*}` and `${?}`) is a [`Token::Literal`].
///
/// Matching takes at most (tokens x characters) steps, whatever the pattern, and allocates nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    // INVARIANT: `prefix` holds the literal characters before the first wildcard, so `rest` is empty or starts with one.
    // INVARIANT: a run of wildcards is written `??..*`: its `?`s, then at most one `*`, so equal runs are equal tokens.
    prefix: Box<str>,
    rest: Box<[Token]>,
}

impl Pattern {
    /// Compiles `text`, in which every `*` and `?` is a wildcard.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Pattern::from_tokens(text.chars().map(Token::of))
    }

    /// A pattern that matches `text` and nothing else.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        Pattern { prefix: text.into(), rest: Box::default() }
    }

    /// A pattern from its steps.
    #[must_use]
    pub fn from_tokens(tokens: impl IntoIterator<Item = Token>) -> Self {
        let mut prefix = String::new();
        let mut rest: Vec<Token> = Vec::new();
        let mut many = false;
        for token in tokens {
            match token {
                Token::Literal(character) if rest.is_empty() && !many => prefix.push(character),
                Token::Many => many = true,
                Token::One => rest.push(Token::One),
                Token::Literal(_) => {
                    if std::mem::take(&mut many) {
                        rest.push(Token::Many);
                    }
                    rest.push(token);
                }
            }
        }
        if many {
            rest.push(Token::Many);
        }
        Pattern { prefix: prefix.into(), rest: rest.into() }
    }

    /// The steps of the pattern, in normal form.
    pub fn tokens(&self) -> impl Iterator<Item = Token> {
        self.prefix.chars().map(Token::Literal).chain(self.rest.iter().copied())
    }

    /// Whether the whole of `text` matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        match text.strip_prefix(&*self.prefix) {
            Some(text) => rest_matches(&self.rest, text, |a, b| a == b),
            None => false,
        }
    }

    /// Whether the whole of `text` matches where ASCII letters of either case are the same.
    #[must_use]
    pub fn matches_ignoring_case(&self, text: &str) -> bool {
        match text.split_at_checked(self.prefix.len()) {
            Some((start, text)) if start.eq_ignore_ascii_case(&self.prefix) => {
                rest_matches(&self.rest, text, |a, b| a.eq_ignore_ascii_case(&b))
            }
            _ => false,
        }
    }

    /// Whether it is `*`, which matches everything.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.prefix.is_empty() && *self.rest == [Token::Many]
    }

    /// The one text that it matches, if it has no wildcard.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        self.rest.is_empty().then_some(&*self.prefix)
    }
}

/// Whether the glob `pattern` matches the whole of `text`.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern).matches(text)
}

/// Whether the glob `pattern` matches the whole of `text` where ASCII letters of either case are the same.
#[must_use]
pub fn matches_ignoring_case(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern).matches_ignoring_case(text)
}

/// Whether the action pattern (`s3:Get*`, `*`) matches `action` (`s3:GetObject`).
///
/// Case is ignored; the service prefix is no pattern and must be the same.
/// Follows <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>.
#[must_use]
pub fn action_matches(pattern: &str, action: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    match (pattern.split_once(':'), action.split_once(':')) {
        (Some((service, name)), Some((actual_service, actual_name))) => {
            service.eq_ignore_ascii_case(actual_service) && matches_ignoring_case(name, actual_name)
        }
        _ => false,
    }
}

/// Whether the ARN pattern matches `arn`, segment by segment.
///
/// Partition, service, region and account ignore case; the resource part does not. Within the resource part `*` and
/// `?` cross `/` and `:`; no wildcard crosses from one segment into the next. A bare `*` matches every text, also one
/// that is no ARN. Segments that the pattern leaves out at its end stand for `*`, as IAM reads them.
/// A text that is no ARN is matched by an equal pattern only.
#[must_use]
pub fn arn_matches(pattern: &str, arn: &str) -> bool {
    if pattern == "*" || pattern == arn {
        return true;
    }
    let mut actual = arn.splitn(6, ':');
    let mut wanted = pattern.splitn(6, ':');
    if wanted.next() != Some("arn") || actual.next() != Some("arn") {
        return false;
    }
    let mut segments = 0;
    for segment in actual {
        segments += 1;
        let matched = match wanted.next() {
            None => true,
            Some(want) if segments == 5 => matches(want, segment),
            Some(want) => matches_ignoring_case(want, segment),
        };
        if !matched {
            return false;
        }
    }
    segments == 5
}

/// Greedy matching that remembers only the latest `*`: if the text after it does not fit, that `*` takes one
/// character more. An earlier `*` never has to be tried again, because whatever it could take the latest can take too.
fn rest_matches(tokens: &[Token], text: &str, same: impl Fn(char, char) -> bool) -> bool {
    match tokens {
        [] => return text.is_empty(),
        [Token::Many] => return true,
        _ => {}
    }
    let (mut tokens, mut text) = (tokens, text.chars());
    let mut retry = None;
    loop {
        if let [Token::Many, after @ ..] = tokens {
            if after.is_empty() {
                return true;
            }
            tokens = after;
            retry = Some((after, text.clone()));
            continue;
        }
        let mut ahead = text.clone();
        match (tokens.split_first(), ahead.next()) {
            (None, None) => return true,
            (Some((Token::One, after)), Some(_)) => (tokens, text) = (after, ahead),
            (Some((Token::Literal(want), after)), Some(got)) if same(*want, got) => (tokens, text) = (after, ahead),
            // No later start can help once the text has run out.
            (Some(_), None) => return false,
            _ => {
                let Some((after, start)) = &mut retry else {
                    return false;
                };
                if start.next().is_none() {
                    return false;
                }
                (tokens, text) = (after, start.clone());
            }
        }
    }
}
