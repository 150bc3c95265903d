//! Conditions that say who may call, or from where.

use authz::operators::{Compare, Operator, Set};

use crate::addresses::Range;

/// What the values of a key are.
#[derive(Clone, Copy)]
enum Values {
    /// Accounts, organizations, networks, ids: what stands before the first `/` or `:` says which.
    Names,
    Arns,
    Addresses,
    Truth,
}

/// Keys that name callers or where they call from, and that nobody gets by his own doing: names of users and tags are not
/// among them, since everyone has those that he likes in his own account. `aws:SourceOwner` stands in the policies that SNS
/// makes by itself, `elasticfilesystem:AccessedViaMountTarget` in those of EFS.
const KEYS: [(&str, Values); 22] = [
    ("aws:PrincipalAccount", Values::Names),
    ("aws:PrincipalArn", Values::Arns),
    ("aws:PrincipalOrgID", Values::Names),
    ("aws:PrincipalOrgPaths", Values::Names),
    ("aws:PrincipalServiceName", Values::Names),
    ("aws:SourceAccount", Values::Names),
    ("aws:SourceArn", Values::Arns),
    ("aws:SourceIp", Values::Addresses),
    ("aws:SourceOrgID", Values::Names),
    ("aws:SourceOrgPaths", Values::Names),
    ("aws:SourceOwner", Values::Names),
    ("aws:SourceVpc", Values::Names),
    ("aws:SourceVpcArn", Values::Arns),
    ("aws:SourceVpce", Values::Names),
    ("aws:VpceAccount", Values::Names),
    ("aws:VpceOrgID", Values::Names),
    ("aws:VpceOrgPaths", Values::Names),
    ("aws:userid", Values::Names),
    ("elasticfilesystem:AccessedViaMountTarget", Values::Truth),
    ("kms:CallerAccount", Values::Names),
    ("s3:DataAccessPointAccount", Values::Names),
    ("s3:DataAccessPointArn", Values::Arns),
];

/// Variables that stand for whoever has the resource.
const OWN: [&str; 3] = ["${aws:resourceaccount}", "${aws:resourceorgid}", "${aws:resourceorgpaths}"];

/// Whether a condition holds only for callers that it names: each of its values says which account, organization, network
/// or principal, without a wildcard where that is said, and it does not hold where the key is missing.
pub(crate) fn names_callers<'v>(operator: Operator, key: &str, mut values: impl Iterator<Item = &'v str>) -> bool {
    if operator.negated || operator.if_exists || operator.set == Set::All {
        return false;
    }
    let Some((_, kind)) = KEYS.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)) else { return false };
    let is_text =
        matches!(operator.compare, Compare::String | Compare::StringIgnoringCase | Compare::StringLike | Compare::Arn);
    match kind {
        Values::Names => is_text && values.all(is_name),
        Values::Arns => is_text && values.all(names_owner),
        Values::Addresses => operator.compare == Compare::Ip && are_narrow(values),
        Values::Truth => operator.compare == Compare::Bool && values.all(|value| value.eq_ignore_ascii_case("true")),
    }
}

/// Whether all that a Deny under these conditions leaves is callers that they name, and services of AWS: operators, keys, values.
pub(crate) fn leaves_named<'v, V: Iterator<Item = &'v str> + Clone>(
    conditions: impl Iterator<Item = (Option<Operator>, &'v str, V)>,
) -> bool {
    let mut others = conditions.filter(|(_, key, values)| {
        let is_false = values.clone().all(|value| value.eq_ignore_ascii_case("false"));
        !(key.eq_ignore_ascii_case("aws:PrincipalIsAWSService") && is_false)
    });
    match (others.next(), others.next()) {
        (Some((Some(operator), key, values)), None) => leaves_callers(operator, key, values),
        _ => false,
    }
}

/// Whether a Deny under a condition leaves only callers that it names: it holds for all others, also where the key is missing.
fn leaves_callers<'v>(operator: Operator, key: &str, values: impl Iterator<Item = &'v str>) -> bool {
    let kept = Operator { set: Set::None, negated: false, if_exists: false, ..operator };
    operator.negated && operator.set != Set::Any && names_callers(kept, key, values)
}

fn is_name(value: &str) -> bool {
    let value = with_own(value);
    is_fixed(value.split(['/', ':']).next().unwrap_or_default())
}

/// Whether an ARN says whose it is: by its account, or by its name where names belong to one account, as those of buckets.
fn names_owner(value: &str) -> bool {
    let value = with_own(value);
    let mut parts = value.splitn(6, ':').skip(2);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        // No two buckets have one name; some write stars where their ARNs have no account.
        (Some("s3"), Some(_), Some("" | "*"), Some(resource)) | (Some(_), Some(_), Some(""), Some(resource)) => {
            is_fixed(resource.split('/').next().unwrap_or_default())
        }
        (Some(_), Some(_), Some(account), Some(_)) => is_fixed(account),
        _ => false,
    }
}

/// Whether ranges are narrow, each and together. S3 takes what is wider for public:
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>.
fn are_narrow<'v>(values: impl Iterator<Item = &'v str>) -> bool {
    const MOST: f64 = 0.25;
    let ranges: Option<Vec<Range>> = values.map(Range::parse).collect();
    ranges.is_some_and(|ranges| {
        !ranges.iter().any(|range| range.is_wider_than(8, 32)) && ranges.iter().map(Range::share).sum::<f64>() <= MOST
    })
}

fn is_fixed(text: &str) -> bool {
    !text.is_empty() && !text.contains(['*', '?', '$'])
}

fn with_own(value: &str) -> String {
    let value = value.to_ascii_lowercase();
    OWN.iter().fold(value, |value, variable| value.replace(variable, "own"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(operator: &str, key: &str, value: &str) -> bool {
        names_callers(Operator::parse(operator).unwrap(), key, [value].into_iter())
    }

    #[test]
    fn a_condition_names_callers_where_each_value_says_which() {
        for (operator, key, value) in [
            ("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
            ("StringEquals", "AWS:principalorgid", "${aws:ResourceOrgID}"),
            ("StringEquals", "aws:SourceAccount", "111122223333"),
            ("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*"),
            ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*"),
            ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:ResourceAccount}:role/orders"),
            ("ArnEquals", "aws:SourceArn", "arn:aws:s3:::example-orders"),
            ("ArnLike", "aws:SourceArn", "arn:aws:s3:*:*:example-orders"),
            ("StringLike", "aws:userid", "AROAEXAMPLE:*"),
            ("IpAddress", "aws:SourceIp", "203.0.113.0/24"),
            ("Bool", "elasticfilesystem:AccessedViaMountTarget", "true"),
        ] {
            assert!(names(operator, key, value), "{operator} {key} {value}");
        }
    }

    #[test]
    fn wildcards_wide_ranges_and_what_callers_choose_name_nobody() {
        for (operator, key, value) in [
            ("StringLike", "aws:PrincipalOrgID", "o-*"),
            ("StringEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
            ("StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
            ("ForAllValues:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*"),
            ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/admin"),
            ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:role/admin"),
            ("StringLike", "aws:PrincipalArn", "*:role/admin"),
            ("ArnLike", "aws:SourceArn", "arn:aws:s3:::*"),
            ("ArnLike", "aws:SourceArn", "arn:aws:s3:*:*:*"),
            ("ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:example-orders"),
            ("StringEquals", "aws:PrincipalTag/team", "orders"),
            ("StringEquals", "aws:username", "anna"),
            ("StringEquals", "sts:ExternalId", "example"),
            ("IpAddress", "aws:SourceIp", "0.0.0.0/1"),
            ("IpAddress", "aws:SourceIp", "a.b.c.d/8"),
            ("IpAddress", "aws:SourceIp", "::/0"),
            ("Null", "aws:PrincipalOrgID", "false"),
            ("Bool", "aws:SecureTransport", "true"),
        ] {
            assert!(!names(operator, key, value), "{operator} {key} {value}");
        }
    }

    #[test]
    fn many_narrow_ranges_are_wide() {
        let all: Vec<String> = (0..256).map(|first| format!("{first}.0.0.0/8")).collect();
        let names = |some: &[String]| {
            let operator = Operator::parse("IpAddress").unwrap();
            names_callers(operator, "aws:SourceIp", some.iter().map(String::as_str))
        };
        assert!(names(&all[..8]) && !names(&all));
    }
}
