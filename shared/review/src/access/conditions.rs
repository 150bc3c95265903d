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
        left *= one(operator, condition);
    }
    Some(f64::max(left, LEAST))
}

/// Whether conditions that leave everything also hold always, so that a Deny under them denies always: those on keys that
/// are missing in some requests do not.
pub(crate) fn never_fails(conditions: &[Condition]) -> bool {
    conditions.iter().all(|condition| {
        let always_there =
            ["aws:principalarn", "aws:principalaccount", "aws:currenttime", "aws:epochtime", "aws:securetransport"];
        let operator = Operator::parse(&condition.operator);
        is_vacuous(condition)
            && (always_there.contains(&condition.key.to_ascii_lowercase().as_str())
                || operator.is_some_and(|operator| operator.if_exists))
    })
}

fn one(operator: Operator, condition: &Condition) -> f64 {
    let key = condition.key.to_ascii_lowercase();
    // The caller sets these as he likes, or leaves them out.
    let is_spoofable = matches!(key.as_str(), "aws:referer" | "aws:useragent");
    let is_optional = operator.if_exists || operator.set == Set::All;
    if is_spoofable || is_optional || is_vacuous(condition) {
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

/// Whether a positive condition holds for whatever value there is.
fn is_vacuous(condition: &Condition) -> bool {
    let Some(operator) = Operator::parse(&condition.operator) else { return false };
    let stars = |value: &String| !value.is_empty() && value.bytes().all(|byte| byte == b'*');
    let any_arn = |value: &String| {
        let mut parts = value.splitn(6, ':');
        parts.next() == Some("arn") && parts.clone().count() == 5 && parts.all(|part| matches!(part, "*" | "aws*"))
    };
    !operator.negated
        && match operator.compare {
            Compare::StringLike => condition.values.iter().any(stars),
            Compare::Arn => condition.values.iter().any(|value| stars(value) || any_arn(value)),
            Compare::Ip => {
                condition.values.iter().any(|value| value == "0.0.0.0/0")
                    && condition.values.iter().any(|value| value == "::/0" || value == "0.0.0.0/0")
            }
            Compare::Bool => ["true", "false"].iter().all(|word| condition.values.iter().any(|value| value == word)),
            _ => false,
        }
}

/// Whether a condition asks for a time that is past.
fn is_over(operator: Operator, condition: &Condition, today: &str) -> bool {
    let about_now = ["aws:currenttime", "aws:tokenissuetime"].iter().any(|key| condition.key.eq_ignore_ascii_case(key));
    let before = matches!(operator.compare, Compare::Date(Order::Less | Order::LessOrEqual | Order::Equal));
    let is_past = |value: &String| {
        let day = value.get(..10).filter(|day| day.len() == today.len() && day.as_bytes().get(4) == Some(&b'-'));
        day.is_some_and(|day| day < today)
    };
    about_now
        && before
        && !operator.negated
        && !operator.if_exists
        && !condition.values.is_empty()
        && condition.values.iter().all(is_past)
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
        ] {
            assert_eq!(left(operator, key, values), Some(1.0), "{operator} {key}");
        }
    }

    #[test]
    fn a_time_that_is_past_leaves_nothing() {
        assert_eq!(left("DateLessThan", "aws:TokenIssueTime", &["2020-01-01T00:00:01Z"]), None);
        assert_eq!(left("DateGreaterThan", "aws:TokenIssueTime", &["2020-01-01T00:00:01Z"]), Some(EXCLUDES));
        assert_eq!(left("NoSuchOperator", "aws:TokenIssueTime", &["x"]), None);
    }
}
