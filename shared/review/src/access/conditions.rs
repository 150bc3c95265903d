//! How much a statement's conditions leave of what it allows.

use authz::operators::{Compare, Operator, Order, Set};
use policy::Condition;

/// A condition that says who, from where or on what.
const RESTRICTS: f64 = 0.5;
/// A condition that excludes some, or says when or how.
const EXCLUDES: f64 = 0.85;
/// However many conditions there are, as much is left.
const LEAST: f64 = 0.15;

/// What conditions leave, from [`LEAST`] to 1; `None` where they can never hold again.
///
/// `today` is a day that is past, `YYYY-MM-DD`.
pub(crate) fn strength(conditions: &[Condition], today: &str) -> Option<f64> {
    let mut left = 1.0;
    for condition in conditions {
        let operator = Operator::parse(&condition.operator)?;
        if is_over(operator, condition, today) {
            return None;
        }
        left *= one(operator, condition, today);
    }
    Some(f64::max(left, LEAST))
}

/// What is left of this by one more condition that says who.
pub(crate) fn restricted(left: f64) -> f64 {
    f64::max(left * RESTRICTS, LEAST)
}

/// Keys that every request has.
const ALWAYS_THERE: [&str; 5] =
    ["aws:currenttime", "aws:epochtime", "aws:principalaccount", "aws:principalarn", "aws:securetransport"];

/// Whether conditions that leave everything also hold always, so that a Deny under them denies always: those on keys that
/// are missing in some requests do not.
pub(crate) fn never_fails(conditions: &[Condition], today: &str) -> bool {
    conditions.iter().all(|condition| {
        let Some(operator) = Operator::parse(&condition.operator) else { return false };
        // Of a key that is missing, ForAnyValue finds none.
        let may_be_missing = operator.if_exists && operator.set != Set::Any;
        (is_always_there(condition) || may_be_missing) && is_vacuous(operator, condition, today, "arn:*:*:*:*:*")
    })
}

fn is_always_there(condition: &Condition) -> bool {
    ALWAYS_THERE.contains(&condition.key.to_ascii_lowercase().as_str())
}

fn one(operator: Operator, condition: &Condition, today: &str) -> f64 {
    let key = condition.key.to_ascii_lowercase();
    // The caller sets these as he likes, or leaves them out.
    let is_spoofable = matches!(key.as_str(), "aws:referer" | "aws:useragent");
    let is_optional = operator.if_exists || operator.set == Set::All;
    // Whoever has the policy is of the partition that it is in.
    if is_spoofable || is_optional || is_vacuous(operator, condition, today, "arn:aws:*:*:*:*") {
        return 1.0;
    }
    // Neither does it restrict that a value is of some length.
    let is_wild = |value: &String| value.contains('*') && value.bytes().all(|byte| matches!(byte, b'*' | b'?'));
    if operator.compare == Compare::StringLike && !operator.negated && condition.values.iter().any(is_wild) {
        return 1.0;
    }
    match operator.compare {
        Compare::Date(_) | Compare::Number(_) => EXCLUDES,
        Compare::Null => EXCLUDES,
        Compare::Bool if key == "aws:multifactorauthpresent" => RESTRICTS,
        Compare::Bool => EXCLUDES,
        _ if operator.negated => EXCLUDES,
        _ => RESTRICTS,
    }
}

/// Whether a positive condition holds for whatever value there is; of ARNs, for every one of `arns`.
fn is_vacuous(operator: Operator, condition: &Condition, today: &str, arns: &str) -> bool {
    let stars = |value: &String| !value.is_empty() && value.bytes().all(|byte| byte == b'*');
    let is_key = |key: &str| condition.key.eq_ignore_ascii_case(key);
    !operator.negated
        && match operator.compare {
            Compare::StringLike => condition
                .values
                .iter()
                .any(|value| stars(value) || is_key("aws:PrincipalArn") && policy::contains(value, arns)),
            Compare::Arn => condition.values.iter().any(|value| stars(value) || policy::arn_contains(value, arns)),
            Compare::Ip => {
                condition.values.iter().any(|value| value == "0.0.0.0/0")
                    && condition.values.iter().any(|value| value == "::/0" || value == "0.0.0.0/0")
            }
            Compare::Bool => ["true", "false"].iter().all(|word| condition.values.iter().any(|value| value == word)),
            Compare::Null => is_always_there(condition) && condition.values.iter().any(|value| value == "false"),
            Compare::Date(Order::Greater | Order::GreaterOrEqual) => {
                is_key("aws:CurrentTime") && condition.values.iter().any(|value| is_past(value, today))
            }
            _ => false,
        }
}

/// Whether a condition asks for a time that is past.
fn is_over(operator: Operator, condition: &Condition, today: &str) -> bool {
    let about_now = ["aws:currenttime", "aws:tokenissuetime"].iter().any(|key| condition.key.eq_ignore_ascii_case(key));
    let before = matches!(operator.compare, Compare::Date(Order::Less | Order::LessOrEqual | Order::Equal));
    about_now
        && before
        && !operator.negated
        && !operator.if_exists
        // It holds where the key is missing, as a token's time is without a token.
        && operator.set != Set::All
        && !condition.values.is_empty()
        && condition.values.iter().all(|value| is_past(value, today))
}

/// Whether a date is before this day.
fn is_past(value: &str, today: &str) -> bool {
    let day = value.get(..10).filter(|day| day.len() == today.len() && day.as_bytes().get(4) == Some(&b'-'));
    day.is_some_and(|day| day < today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(operator: &str, key: &str, values: &[&str]) -> Option<f64> {
        strength(&[Condition::new(operator, key, values.iter().copied())], "2026-01-01")
    }

    #[test]
    fn vacuous_and_spoofable_conditions_leave_everything() {
        for (operator, key, values) in [
            ("StringLike", "aws:PrincipalArn", ["*"].as_slice()),
            ("ArnLike", "aws:PrincipalArn", &["arn:*:*:*:*:*"]),
            ("StringEqualsIfExists", "aws:SourceVpc", &["vpc-0123456789abcdef0"]),
            ("ForAllValues:StringEquals", "aws:TagKeys", &["team"]),
            ("StringLike", "aws:Referer", &["https://www.example.com/*"]),
            ("IpAddress", "aws:SourceIp", &["0.0.0.0/0"]),
            ("StringLike", "aws:PrincipalArn", &["arn:*"]),
            ("ArnLike", "aws:PrincipalArn", &["arn:aws:*:*:*:*"]),
            ("StringLike", "aws:userid", &["?*"]),
            ("Null", "aws:PrincipalArn", &["false"]),
            ("DateGreaterThan", "aws:CurrentTime", &["2020-01-01T00:00:00Z"]),
            ("ForAllValues:DateLessThan", "aws:TokenIssueTime", &["2020-01-01T00:00:00Z"]),
        ] {
            assert_eq!(left(operator, key, values), Some(1.0), "{operator} {key}");
        }
    }

    #[test]
    fn a_deny_always_holds_only_under_what_holds_for_everyone() {
        let holds = |operator: &str, key: &str, value: &str| {
            never_fails(&[Condition::new(operator, key, [value])], "2026-01-01")
        };
        for (operator, key, value) in [
            ("ArnLike", "aws:PrincipalArn", "arn:*:*:*:*:*"),
            ("StringLike", "aws:PrincipalArn", "*"),
            ("StringLikeIfExists", "aws:SourceVpc", "*"),
            ("Null", "aws:SecureTransport", "false"),
            ("DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z"),
        ] {
            assert!(holds(operator, key, value), "{operator} {key} {value}");
        }
        for (operator, key, value) in [
            ("ArnLike", "aws:PrincipalArn", "arn:aws:*:*:*:*"),
            ("ArnLike", "aws:PrincipalArn", "arn:*:*:*:*:aws*"),
            ("StringLike", "aws:userid", "?*"),
            ("StringLike", "aws:SourceVpc", "*"),
            ("ForAnyValue:StringLikeIfExists", "aws:TagKeys", "*"),
            ("Null", "aws:SourceVpc", "false"),
        ] {
            assert!(!holds(operator, key, value), "{operator} {key} {value}");
        }
    }

    #[test]
    fn a_time_that_is_past_leaves_nothing() {
        assert_eq!(left("DateLessThan", "aws:TokenIssueTime", &["2020-01-01T00:00:01Z"]), None);
        assert_eq!(left("DateGreaterThan", "aws:TokenIssueTime", &["2020-01-01T00:00:01Z"]), Some(EXCLUDES));
        assert_eq!(left("NoSuchOperator", "aws:TokenIssueTime", &["x"]), None);
    }
}
