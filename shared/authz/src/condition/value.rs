//! The values of a condition, read once, and how a request's value compares to them.
//!
//! A value that is not of the operator's type (an impossible date, `NaN`, half an address) matches nothing, on either
//! side. Under a negated operator it therefore differs from everything.

use std::{cmp::Ordering, net::IpAddr};

use policy::{Pattern, Template, Version};
use smallvec::SmallVec;

use super::operator::{Compare, Order};
use crate::{
    request::Context,
    resource::{ArnPattern, Subject},
    text::Text,
    unknown::{Truth, View},
};

/// The values that a condition names.
#[derive(Debug)]
pub(super) enum Wanted {
    Exact(Vec<Text>),
    IgnoringCase(Vec<Text>),
    Like(Vec<Text>),
    Arns(Vec<ArnPattern>),
    Numbers(Order, Vec<Number>),
    /// Nanoseconds since 1970.
    Dates(Order, Vec<i128>),
    Bools(Vec<bool>),
    Binaries(Vec<String>),
    Networks(Vec<Network>),
    /// Of `Null`: whether the key must be absent.
    Absent(Vec<bool>),
}

impl Wanted {
    pub fn new(compare: Compare, values: &[String], version: Version) -> Self {
        let exact = || values.iter().map(|value| Text::without_wildcards(value, version)).collect();
        match compare {
            Compare::String => Wanted::Exact(exact()),
            Compare::StringIgnoringCase => Wanted::IgnoringCase(exact()),
            Compare::StringLike => {
                Wanted::Like(values.iter().map(|value| Text::new(Template::parse(value, version).parts)).collect())
            }
            Compare::Arn => Wanted::Arns(values.iter().map(|value| ArnPattern::of_condition(value, version)).collect()),
            Compare::Number(order) => Wanted::Numbers(order, values.iter().filter_map(|v| Number::parse(v)).collect()),
            Compare::Date(order) => Wanted::Dates(order, values.iter().filter_map(|v| date(v)).collect()),
            Compare::Bool => Wanted::Bools(values.iter().filter_map(|v| boolean(v)).collect()),
            Compare::Null => Wanted::Absent(values.iter().filter_map(|v| boolean(v)).collect()),
            Compare::Binary => Wanted::Binaries(values.iter().filter_map(|v| base64(v)).map(str::to_owned).collect()),
            Compare::Ip => Wanted::Networks(values.iter().filter_map(|v| Network::parse(v)).collect()),
        }
    }

    /// Whether one value of the request matches any of the wanted ones.
    pub fn matches(&self, value: &str, context: &Context) -> bool {
        match self {
            Wanted::Exact(texts) | Wanted::Like(texts) => {
                texts.iter().any(|text| text.test(context, |pattern| pattern.matches(value)))
            }
            Wanted::IgnoringCase(texts) => {
                texts.iter().any(|text| text.test(context, |pattern| same_text_ignoring_case(pattern, value)))
            }
            Wanted::Arns(patterns) => {
                let subject = Subject::new(value);
                patterns.iter().any(|pattern| pattern.matches(&subject, context))
            }
            Wanted::Numbers(order, numbers) => {
                Number::parse(value).is_some_and(|value| numbers.iter().any(|number| order.fits(value.compare(number))))
            }
            Wanted::Dates(order, dates) => {
                date(value).is_some_and(|value| dates.iter().any(|date| order.fits(value.cmp(date))))
            }
            Wanted::Bools(wanted) => boolean(value).is_some_and(|value| wanted.contains(&value)),
            Wanted::Binaries(wanted) => base64(value).is_some_and(|value| wanted.iter().any(|wanted| wanted == value)),
            Wanted::Networks(networks) => {
                value.parse().is_ok_and(|address: IpAddr| networks.iter().any(|network| network.holds(address)))
            }
            Wanted::Absent(_) => false,
        }
    }

    /// Whether `Null` is content with the key's presence.
    pub fn allows_presence(&self, present: bool) -> bool {
        matches!(self, Wanted::Absent(wanted) if wanted.contains(&!present))
    }

    /// As [`Wanted::matches`], where some keys are not known, and so some variables. The value is known.
    pub fn truth(&self, value: &str, view: &View<'_>) -> Truth {
        let most = match self {
            Wanted::Exact(texts) | Wanted::Like(texts) => {
                texts.iter().map(|text| text.truth(view, |pattern| pattern.matches(value))).max()
            }
            Wanted::IgnoringCase(texts) => {
                texts.iter().map(|text| text.truth(view, |pattern| same_text_ignoring_case(pattern, value))).max()
            }
            Wanted::Arns(patterns) => {
                let subject = Subject::new(value);
                patterns.iter().map(|pattern| pattern.truth(&subject, view)).max()
            }
            _ => Some(self.matches(value, view.context).into()),
        };
        most.unwrap_or(Truth::No)
    }

    /// Whether there may be a value that matches, or one that does not. In doubt there may.
    pub fn can(&self, matched: bool) -> bool {
        match self {
            Wanted::Like(texts) if !matched => !texts.iter().any(Text::is_any),
            Wanted::Arns(patterns) if !matched => !patterns.iter().any(|pattern| matches!(pattern, ArnPattern::Any)),
            _ if !matched => true,
            Wanted::Exact(texts) | Wanted::IgnoringCase(texts) | Wanted::Like(texts) => !texts.is_empty(),
            Wanted::Arns(patterns) => !patterns.is_empty(),
            Wanted::Numbers(_, numbers) => !numbers.is_empty(),
            Wanted::Dates(_, dates) => !dates.is_empty(),
            Wanted::Bools(wanted) | Wanted::Absent(wanted) => !wanted.is_empty(),
            Wanted::Binaries(wanted) => !wanted.is_empty(),
            Wanted::Networks(networks) => !networks.is_empty(),
        }
    }
}

/// A pattern that is no literal has a part that is not known, and so may be the same.
fn same_text_ignoring_case(pattern: &Pattern, text: &str) -> bool {
    pattern.as_literal().is_none_or(|literal| same_ignoring_case(literal, text))
}

fn same_ignoring_case(a: &str, b: &str) -> bool {
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") { Some(true) } else { text.eq_ignore_ascii_case("false").then_some(false) }
}

/// An integer or decimal value; integers are compared without loss.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    whole: Option<i128>,
    // INVARIANT: finite.
    value: f64,
}

impl Number {
    fn parse(text: &str) -> Option<Self> {
        // Rust also reads `inf`, `NaN` and the like.
        if !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) {
            return None;
        }
        let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
        Some(Number { whole: text.parse().ok(), value })
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self.whole, other.whole) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => self.value.total_cmp(&other.value),
        }
    }
}

/// A date in one of the forms of <https://www.w3.org/TR/NOTE-datetime>, or seconds since 1970; in nanoseconds since 1970.
/// Four digits are a year, as in that note.
pub(crate) fn date(text: &str) -> Option<i128> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && text.len() != 4 {
        return text.parse::<i128>().ok()?.checked_mul(1_000_000_000);
    }
    let rest = match text.len() {
        4 => "-01-01T00:00Z",
        7 => "-01T00:00Z",
        10 => "T00:00Z",
        // What plainly is none is not worth the parser's error, which it allocates.
        0 => return None,
        _ => return text.parse().ok().map(jiff::Timestamp::as_nanosecond),
    };
    let full: SmallVec<[u8; 17]> = text.bytes().chain(rest.bytes()).collect();
    std::str::from_utf8(&full).ok()?.parse().ok().map(jiff::Timestamp::as_nanosecond)
}

/// The text of a base-64 value in one spelling, so that equal texts are equal bytes.
fn base64(text: &str) -> Option<&str> {
    let body = text.trim_end_matches('=');
    let valid = text.len().is_multiple_of(4)
        && text.len() - body.len() <= 2
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/');
    valid.then_some(body)
}

/// An address with a prefix length: `203.0.113.0/24`, `2001:db8::/32`; one address without it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Network {
    address: IpAddr,
    // INVARIANT: at most 32 or 128.
    prefix: u32,
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => most,
            Some(digits) if digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok()?
            }
            Some(_) => return None,
        };
        (prefix <= most).then_some(Network { address, prefix })
    }

    fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let beyond = 32 - self.prefix;
                network.to_bits().checked_shr(beyond) == address.to_bits().checked_shr(beyond)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let beyond = 128 - self.prefix;
                network.to_bits().checked_shr(beyond) == address.to_bits().checked_shr(beyond)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_each_form() {
        let second = 1_000_000_000_i128;
        let cases = [
            ("1970", Some(0)),
            ("1970-01", Some(0)),
            ("1970-01-02", Some(86_400 * second)),
            ("1970-01-01T00:01Z", Some(60 * second)),
            ("1970-01-01T00:00:01Z", Some(second)),
            ("1970-01-01T00:00:00.5Z", Some(second / 2)),
            ("1970-01-01T01:00:00+01:00", Some(0)),
            ("86400", Some(86_400 * second)),
            ("1700000000", Some(1_700_000_000 * second)),
            ("2023-02-29", None),
            ("2023-13", None),
            ("2024-02-30T00:00:00Z", None),
            ("2024-01-01T00:00:00", None),
            ("-1", None),
            ("", None),
            ("tomorrow", None),
            ("99999999999999999999999999999999999999", None),
        ];
        for (text, expected) in cases {
            assert_eq!(date(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_finite_and_whole_ones_exact() {
        for text in ["NaN", "inf", "infinity", "1e999", "", "0x10", "1_000", "one", "-", "."] {
            assert!(Number::parse(text).is_none(), "{text}");
        }
        let compare = |a: &str, b: &str| Number::parse(a).unwrap().compare(&Number::parse(b).unwrap());
        assert_eq!(compare("9007199254740993", "9007199254740992"), Ordering::Greater);
        assert_eq!(compare("10", "10.0"), Ordering::Equal);
        assert_eq!(compare("-1", "0.5"), Ordering::Less);
        assert_eq!(compare("1e3", "1000"), Ordering::Equal);
    }

    #[test]
    fn networks() {
        let cases = [
            ("203.0.113.0/24", "203.0.113.255", true),
            ("203.0.113.7/24", "203.0.113.255", true),
            ("203.0.113.0/24", "203.0.114.0", false),
            ("203.0.113.7", "203.0.113.7", true),
            ("203.0.113.7", "203.0.113.8", false),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true),
            ("2001:DB8:1234:5678::/64", "2001:db8:1234:5678:9::1", true),
            ("2001:db8::/33", "2001:db8:8000::1", false),
        ];
        for (network, address, expected) in cases {
            assert_eq!(
                Network::parse(network).unwrap().holds(address.parse().unwrap()),
                expected,
                "{address} in {network}"
            );
        }
        for text in ["203.0.113.0/33", "203.0.113/24", "::/129", "203.0.113.0/", "203.0.113.0/+8", "x"] {
            assert!(Network::parse(text).is_none(), "{text}");
        }
    }
}
