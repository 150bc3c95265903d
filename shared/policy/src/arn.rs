//! Amazon Resource Names, and patterns of them.

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
    /// Splits `text` at its first five colons.
    ///
    /// # Errors
    /// When `text` does not start with `arn:`, has fewer than six parts, or leaves out the partition, the service
    /// or the resource.
    pub fn parse(text: &'a str) -> Result<Self, ArnError> {
        let mut parts = text.splitn(6, ':');
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
