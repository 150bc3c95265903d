//! Amazon Resource Names, and patterns of them.

use std::borrow::Cow;

/// A borrowed view of an ARN's six parts: `arn:partition:service:region:account:resource`.
///
/// Patterns of ARNs parse too: any part may hold `*` and `?`. The resource part keeps its own colons and slashes.
/// Follows <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arn<'a> {
    /// The partition: `aws`, `aws-cn`, `aws-us-gov`, ...
    pub partition: &'a str,
    /// The service namespace: `s3`, `iam`, ...
    pub service: &'a str,
    /// The region, empty for global resources.
    pub region: &'a str,
    /// The account id, empty where the service leaves it out (`arn:aws:s3:::bucket`).
    pub account: &'a str,
    /// All that follows the fifth colon.
    pub resource: &'a str,
    text: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits `text` at its first five colons; those in a policy variable (`${aws:PrincipalAccount}`) do not count.
    ///
    /// # Errors
    /// When `text` does not start with `arn:`, has fewer than six parts, or leaves out the partition, the service
    /// or the resource.
    pub fn parse(text: &'a str) -> Result<Self, ArnError> {
        let mut parts = parts(text);
        if parts.next() != Some("arn") {
            return Err(ArnError::Prefix(shown(text)));
        }
        let (Some(partition), Some(service), Some(region), Some(account), Some(resource)) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ArnError::Parts(shown(text)));
        };
        for (name, part) in [("partition", partition), ("service", service), ("resource", resource)] {
            if part.is_empty() {
                return Err(ArnError::Empty { part: name, text: shown(text) });
            }
        }
        Ok(Arn { partition, service, region, account, resource, text })
    }

    /// The ARN as it was written.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.text
    }
}

/// A pattern of a `Resource` element with API Gateway's short form, `execute-api:/stage/GET/pets`, written out: it stands for
/// the API that the policy belongs to, whose id nobody knows, so that any API's fits.
///
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html>
#[must_use]
pub fn written_out(pattern: &str) -> Cow<'_, str> {
    match pattern.strip_prefix("execute-api:/") {
        Some(rest) => Cow::Owned(format!("arn:*:execute-api:*:*:*/{rest}")),
        None => Cow::Borrowed(pattern),
    }
}

/// The parts of an ARN, or of a pattern of ARNs: six at most, fewer where it is cut short.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    (1..=6).map_while(move |part| {
        let text = rest?;
        let end = if part < 6 { colon(text) } else { None };
        rest = end.and_then(|end| text.get(end + 1..));
        Some(text.get(..end.unwrap_or(text.len())).unwrap_or_default())
    })
}

/// The first colon that stands in no variable.
fn colon(text: &str) -> Option<usize> {
    let mut start = 0;
    loop {
        let rest = text.get(start..)?;
        let colon = rest.find(':')?;
        let open = rest.find("${").filter(|open| *open < colon);
        match open.and_then(|open| rest.get(open..)?.find('}').map(|close| open + close)) {
            // It stands behind the variable, or the variable has none.
            Some(close) => start += close + 1,
            None => return Some(start + colon),
        }
    }
}

impl std::fmt::Display for Arn<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text)
    }
}

/// Why a text is no ARN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArnError {
    /// It does not start with `arn:`.
    #[error("`{0}` does not start with `arn:`")]
    Prefix(String),
    /// It has fewer than six parts.
    #[error("`{0}` has fewer than the six parts of an ARN")]
    Parts(String),
    /// A part that every ARN has is empty.
    #[error("the {part} of `{text}` is empty")]
    Empty {
        /// Which part.
        part: &'static str,
        /// The whole text, cut to a readable length.
        text: String,
    },
}

/// Error messages quote hostile input, so they quote only the start of it.
fn shown(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_has_six_parts_and_the_resource_keeps_its_colons() {
        let arn = Arn::parse("arn:aws-cn:logs:cn-north-1:111122223333:log-group:/app/x:log-stream:*").unwrap();
        assert_eq!(
            (arn.partition, arn.service, arn.region, arn.account, arn.resource),
            ("aws-cn", "logs", "cn-north-1", "111122223333", "log-group:/app/x:log-stream:*")
        );
        assert_eq!(arn.as_str(), "arn:aws-cn:logs:cn-north-1:111122223333:log-group:/app/x:log-stream:*");
    }

    #[test]
    fn colons_in_variables_part_nothing() {
        let cases = [
            (
                "arn:aws:iam:${aws:RequestedRegion}:${aws:PrincipalAccount}:role/${aws:username}",
                vec!["arn", "aws", "iam", "${aws:RequestedRegion}", "${aws:PrincipalAccount}", "role/${aws:username}"],
            ),
            ("arn:aws:sqs:*:a${b:c}d${e}:q", vec!["arn", "aws", "sqs", "*", "a${b:c}d${e}", "q"]),
            ("arn:aws:iam::${aws:PrincipalAccount}", vec!["arn", "aws", "iam", "", "${aws:PrincipalAccount}"]),
            ("arn:aws:s3:::${a:b", vec!["arn", "aws", "s3", "", "", "${a:b"]),
            ("arn:${aws:s3:::b", vec!["arn", "${aws", "s3", "", "", "b"]),
            ("", vec![""]),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text).collect::<Vec<_>>(), expected, "{text}");
        }
        assert_eq!(Arn::parse("arn:aws:iam::${aws:PrincipalAccount}:role/a").unwrap().resource, "role/a");
    }

    #[test]
    fn region_and_account_may_be_empty() {
        let arn = Arn::parse("arn:aws:s3:::example-bucket/*").unwrap();
        assert_eq!((arn.region, arn.account, arn.resource), ("", "", "example-bucket/*"));
    }

    #[test]
    fn what_is_no_arn_says_why() {
        let cases = [
            ("", "`` does not start with `arn:`"),
            ("*", "`*` does not start with `arn:`"),
            ("ARN:aws:s3:::b", "`ARN:aws:s3:::b` does not start with `arn:`"),
            ("arn:aws:s3::b", "`arn:aws:s3::b` has fewer than the six parts of an ARN"),
            ("arn::s3:::b", "the partition of `arn::s3:::b` is empty"),
            ("arn:aws::::b", "the service of `arn:aws::::b` is empty"),
            ("arn:aws:s3:::", "the resource of `arn:aws:s3:::` is empty"),
        ];
        for (text, message) in cases {
            assert_eq!(Arn::parse(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn long_input_is_quoted_in_part() {
        let message = Arn::parse(&"é".repeat(100_000)).unwrap_err().to_string();
        assert!(message.len() < 400, "{message}");
    }
}
