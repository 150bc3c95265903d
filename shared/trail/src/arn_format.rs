//! The ARN formats of the service authorization reference: `arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}`.
//!
//! What is built from them are resource patterns as a policy writes them: a known part stands literally
//! (with `*`, `?` and `${` escaped), an unknown part as `*`.

use std::borrow::Cow;

/// A parsed ARN format.
#[derive(Clone, Debug)]
pub struct ArnFormat {
    service: String,
    region: Field,
    account: Field,
    resource: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq)]
enum Field {
    Variable,
    Literal(String),
}

/// A part of an ARN's resource.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Stands as it is.
    Literal(String),
    /// The name of a variable.
    Variable(String),
}

/// Where a call was made, which is where the resources are that it names without an ARN.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, ...
    pub partition: &'a str,
    /// The Region.
    pub region: &'a str,
    /// The account: 12 digits.
    pub account: &'a str,
}

impl<'a> Site<'a> {
    /// The site of a call in `region` and `account`; what is not known becomes `*`. Without a partition, the Region
    /// tells it.
    pub fn new(partition: Option<&'a str>, region: &'a str, account: &'a str) -> Site<'a> {
        let known = |text: &'a str| if text.is_empty() { "*" } else { text };
        let partition = partition.filter(|partition| partition.starts_with("aws")).unwrap_or(partition_of(region));
        Site { partition, region: known(region), account: known(account) }
    }
}

/// <https://docs.aws.amazon.com/general/latest/gr/rande.html>: the partition follows from the Region's name.
fn partition_of(region: &str) -> &'static str {
    const PARTITIONS: [(&str, &str); 7] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-isob-", "aws-iso-b"),
        ("us-isof-", "aws-iso-f"),
        ("us-iso-", "aws-iso"),
        ("eu-isoe-", "aws-iso-e"),
        ("eusc-", "aws-eusc"),
    ];
    PARTITIONS.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or("aws", |(_, partition)| partition)
}

impl ArnFormat {
    /// Parses a format; `None` for what is no ARN format.
    pub fn parse(format: &str) -> Option<ArnFormat> {
        // Variables hold no colon, so the first five colons are those of the ARN.
        let mut fields = format.splitn(6, ':');
        let (arn, _partition, service, region, account, resource) =
            (fields.next()?, fields.next()?, fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let field = |text: &str| if text.starts_with("${") { Field::Variable } else { Field::Literal(text.to_owned()) };
        (arn == "arn").then(|| ArnFormat {
            service: service.to_owned(),
            region: field(region),
            account: field(account),
            resource: pieces(resource),
        })
    }

    /// The variables of the resource part, in order.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.resource.iter().filter_map(|piece| match piece {
            Piece::Variable(name) => Some(name.as_str()),
            Piece::Literal(_) => None,
        })
    }

    /// The resource pattern of this format at `site`; `value` gives a variable's text as it is to stand in the pattern.
    pub fn fill<'v>(&self, site: Site<'_>, mut value: impl FnMut(&str) -> Option<Cow<'v, str>>) -> String {
        let mut arn = String::with_capacity(96);
        arn.push_str("arn:");
        arn.push_str(site.partition);
        arn.push(':');
        arn.push_str(&self.service);
        for (field, known) in [(&self.region, site.region), (&self.account, site.account)] {
            arn.push(':');
            arn.push_str(match field {
                Field::Variable => known,
                Field::Literal(text) => text,
            });
        }
        arn.push(':');
        for piece in &self.resource {
            match piece {
                Piece::Literal(text) => arn.push_str(text),
                Piece::Variable(name) => match value(name) {
                    Some(text) => arn.push_str(&text),
                    None => arn.push('*'),
                },
            }
        }
        arn
    }

    /// Whether `arn` names a resource of this format.
    pub fn fits(&self, arn: &str) -> bool {
        let mut fields = arn.splitn(6, ':');
        let head = (fields.next(), fields.next(), fields.next());
        if head.0 != Some("arn") || head.2.is_none_or(|service| service != self.service) {
            return false;
        }
        let (Some(_region), Some(_account), Some(resource)) = (fields.next(), fields.next(), fields.next()) else {
            return false;
        };
        pieces_fit(&self.resource, resource, self.is_bare())
    }

    /// How much of the resource part stands literally: of two formats that fit, the longer tells more.
    pub fn literal_length(&self) -> usize {
        self.resource.iter().map(|piece| if let Piece::Literal(text) = piece { text.len() } else { 0 }).sum()
    }

    /// What the resource part begins with, as `instance/`.
    pub fn leading_literal(&self) -> &str {
        match self.resource.first() {
            Some(Piece::Literal(text)) => text,
            _ => "",
        }
    }

    /// The resource part is a single name without a type before it, as in `arn:aws:sns:eu-west-1:111122223333:topic`.
    fn is_bare(&self) -> bool {
        matches!(self.resource.as_slice(), [Piece::Variable(_)])
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once("${") {
        let Some((name, after)) = after.split_once('}') else { break };
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal.to_owned()));
        }
        pieces.push(Piece::Variable(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    pieces
}

/// A variable takes the shortest text up to the next literal; the last one takes the rest.
fn pieces_fit(pieces: &[Piece], text: &str, bare: bool) -> bool {
    match pieces {
        [] => text.is_empty(),
        [Piece::Literal(literal), rest @ ..] => {
            text.strip_prefix(literal.as_str()).is_some_and(|after| pieces_fit(rest, after, bare))
        }
        [Piece::Variable(_)] => !(text.is_empty() || bare && text.contains(['/', ':'])),
        [Piece::Variable(_), Piece::Literal(literal), rest @ ..] => {
            text.match_indices(literal.as_str()).any(|(at, found)| {
                at > 0 && text.get(at + found.len()..).is_some_and(|after| pieces_fit(rest, after, bare))
            })
        }
        [Piece::Variable(_), rest @ ..] => !text.is_empty() && pieces_fit(rest, text, bare),
    }
}

/// Whether `text` can stand as a resource in a policy: `*`, or an ARN whose parts before the resource are plain words
/// or `*`.
pub fn is_pattern(text: &str) -> bool {
    let mut fields = text.splitn(6, ':');
    let plain = |field: Option<&str>| {
        field
            .is_some_and(|field| field == "*" || field.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
    };
    let word = |field: Option<&str>| plain(field) && field.is_some_and(|field| !field.is_empty());
    text == "*"
        || (fields.next() == Some("arn")
            && word(fields.next())
            && word(fields.next())
            && plain(fields.next())
            && plain(fields.next())
            && fields.next().is_some_and(|resource| !resource.is_empty()))
}

/// `text` as a pattern that matches it alone: the wildcards and the start of a policy variable are escaped.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars>
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['*', '?']) && !text.contains("${") {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '*' => escaped.push_str("${*}"),
            '?' => escaped.push_str("${?}"),
            '$' if characters.peek() == Some(&'{') => escaped.push_str("${$}"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

/// The text that a pattern made with [`escape`] stands for; wildcards of the pattern stay as they are.
pub fn unescape(pattern: &str) -> Cow<'_, str> {
    if !pattern.contains("${") {
        return Cow::Borrowed(pattern);
    }
    Cow::Owned(pattern.replace("${*}", "*").replace("${?}", "?").replace("${$}", "$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(text: &str) -> ArnFormat {
        ArnFormat::parse(text).unwrap()
    }

    #[test]
    fn formats_are_filled_where_the_call_was_made() {
        let instance = format("arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}");
        let filled = |region, account| instance.fill(Site::new(None, region, account), |_| Some("i-1".into()));
        assert_eq!(filled("eu-west-1", "111122223333"), "arn:aws:ec2:eu-west-1:111122223333:instance/i-1");
        assert_eq!(filled("cn-north-1", "111122223333"), "arn:aws-cn:ec2:cn-north-1:111122223333:instance/i-1");
        assert_eq!(filled("us-gov-west-1", ""), "arn:aws-us-gov:ec2:us-gov-west-1:*:instance/i-1");
        assert_eq!(
            filled("eusc-de-east-1", "111122223333"),
            "arn:aws-eusc:ec2:eusc-de-east-1:111122223333:instance/i-1"
        );
        let role = format("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}");
        assert_eq!(
            role.fill(Site::new(Some("aws"), "us-east-1", "111122223333"), |_| None),
            "arn:aws:iam::111122223333:role/*"
        );
        assert!(ArnFormat::parse("*").is_none() && ArnFormat::parse("").is_none());
    }

    #[test]
    fn an_arn_fits_its_format_and_no_other() {
        let stream =
            format("arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:log-stream:${LogStreamName}");
        let bucket = format("arn:${Partition}:s3:::${BucketName}");
        let object = format("arn:${Partition}:s3:::${BucketName}/${ObjectName}");
        let role = format("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}");
        assert!(stream.fits("arn:aws:logs:eu-west-1:111122223333:log-group:/a/b:log-stream:x:y"));
        assert!(!stream.fits("arn:aws:logs:eu-west-1:111122223333:log-group:/a/b"));
        assert!(bucket.fits("arn:aws:s3:::b") && !bucket.fits("arn:aws:s3:::b/k"));
        assert!(object.fits("arn:aws:s3:::b/k/l") && !object.fits("arn:aws:s3:::b") && !object.fits("arn:aws:s3:::/k"));
        assert!(role.fits("arn:aws:iam::111122223333:role/a/b") && !role.fits("arn:aws:iam::111122223333:user/a"));
        for hostile in ["", "arn", "arn:::::", "arn:aws:s3", "arn:aws:s3:::"] {
            assert!(!bucket.fits(hostile), "{hostile}");
        }
    }

    #[test]
    fn only_stars_and_whole_arns_are_patterns() {
        for pattern in [
            "*",
            "arn:aws:s3:::b/k:*",
            "arn:aws:ec2:*:111122223333:instance/*",
            "arn:aws:iam::aws:policy/x",
            "arn:aws-us-gov:sqs:us-gov-west-1:111122223333:q",
        ] {
            assert!(is_pattern(pattern), "{pattern}");
        }
        for hostile in [
            "",
            "arn",
            "b/k",
            "arn:aws:s3",
            "arn:aws:s3:::",
            "arn:::::x",
            "arn:aws:ec2:*:111122223333instance/**",
            "arn:aws:sqs:${x}:1:q",
            "arn:aws:sqs:eu*:1:q",
        ] {
            assert!(!is_pattern(hostile), "{hostile}");
        }
    }

    #[test]
    fn escaping_is_undone_by_unescaping() {
        assert_eq!(escape("a*b?c${d}$e"), "a${*}b${?}c${$}{d}$e");
        for text in ["a*b?c${d}$e", "plain", "${*}", "$$${{", "${$}{", "$LATEST"] {
            assert_eq!(unescape(&escape(text)), text, "{text}");
        }
    }
}
