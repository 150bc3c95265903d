//! The values of one condition key, cut into classes that no condition tells apart.

use std::{cmp::Ordering, collections::BTreeSet, net::IpAddr};

use hashbrown::HashMap;
use policy::{Pattern, Template, Version};

use super::{
    Exhausted,
    keys::{self, Kind},
    language::{Language, classes},
    set::Set,
    variables::has_variables,
};
use crate::{
    condition::{Compare, Condition, Operator, date},
    request::Context,
    resource::{ArnPattern, Case},
};

/// How many different sets of values are looked at for one key.
const MOST_SETS: usize = 512;

/// A condition on the key, as the statement has it.
pub(super) struct Asked<'c> {
    pub text: &'c policy::Condition,
    pub version: Version,
    pub compiled: &'c Condition,
    /// See [`is_beyond`].
    pub is_beyond: bool,
}

/// Whether the classes of a key's values do not tell all that a condition asks: it has variables, or it asks of the
/// principal what is not looked at there. `key` is in lower case.
pub(super) fn is_beyond(key: &str, text: &policy::Condition, version: Version, compiled: &Condition) -> bool {
    let told = match compiled.operator().compare {
        Compare::String | Compare::StringLike | Compare::Arn | Compare::Bool | Compare::Null => true,
        Compare::StringIgnoringCase => key != "aws:principalarn" && key != "aws:principalaccount",
        _ => false,
    };
    has_variables(text, version) || (keys::follows_from_principal(key) && !told)
}

/// Values to try. An empty list is an absent key.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub choices: Vec<Vec<String>>,
    /// Whether they stand for all values there are. If not, conditions on this key are not fully understood.
    pub complete: bool,
}

/// Values of `key` such that each combination of answers that the conditions can give is given for one of them.
/// `key` is in lower case. The conditions hold no variables.
///
/// # Errors
/// When that takes more than `budget` steps.
pub(super) fn values(key: &str, asked: &[Asked<'_>], budget: &mut usize) -> Result<Values, Exhausted> {
    let mut singles = Singles::default();
    for one in asked {
        singles.add(one);
    }
    let mut choices: Vec<String> = Vec::new();
    let kind = keys::kind(key);
    let complete = kind == Kind::Boolean || (singles.kinds() <= 1 && singles.understood);
    if kind == Kind::Boolean {
        choices.extend(["true".to_owned(), "false".to_owned()]);
    } else {
        singles.texts(&mut choices, budget)?;
        singles.points(&mut choices);
        if kind == Kind::Text && !singles.texts {
            // A text of no type, and the empty one, which set operators take for no value.
            choices.extend(["any other value".to_owned(), String::new()]);
        }
    }
    if choices.is_empty() {
        choices.push(match kind {
            Kind::Number => "1".to_owned(),
            Kind::Date => "2026-01-01T00:00:00Z".to_owned(),
            Kind::Address => "203.0.113.7".to_owned(),
            Kind::Boolean => "true".to_owned(),
            Kind::Text => "any other value".to_owned(),
        });
    }
    let mut found: Vec<Vec<String>> = choices.iter().map(|value| vec![value.clone()]).collect();
    let whole = keys::is_single(key) || add_sets(key, asked, &choices, &mut found);
    if !keys::is_always_present(key) {
        found.push(Vec::new());
    }
    Ok(Values { choices: found, complete: complete && whole })
}

fn operator(asked: &Asked<'_>) -> Operator {
    asked.compiled.operator()
}

/// A context with nothing but this key.
pub(super) fn only(key: &str, values: &[String]) -> Context {
    let mut context = Context::default();
    if !values.is_empty() {
        context.insert(key, values.to_vec());
    }
    context
}

/// Adds sets of values: what conditions with set operators say of a union follows from what they say of its parts, and
/// what the others say is the same for all sets, so it is enough to build unions until no new combination of answers
/// appears. False if there are too many.
fn add_sets(key: &str, asked: &[Asked<'_>], singles: &[String], sets: &mut Vec<Vec<String>>) -> bool {
    let answers = |values: &[String]| -> Vec<bool> {
        let context = only(key, values);
        asked.iter().map(|one| one.compiled.holds(&context)).collect()
    };
    let mut seen: BTreeSet<Vec<bool>> = BTreeSet::new();
    let mut grown: Vec<Vec<String>> = Vec::new();
    let mut grow = |set: Vec<String>, grown: &mut Vec<Vec<String>>| {
        if seen.insert(answers(&set)) {
            grown.push(set);
        }
        seen.len() <= MOST_SETS
    };
    // Two values of one class: one that stands twice tells as much as another of its kind.
    for value in singles {
        if !grow(vec![value.clone(), value.clone()], &mut grown) {
            return false;
        }
    }
    let mut at = 0;
    while let Some(set) = grown.get(at).cloned() {
        at += 1;
        for value in singles {
            if !set.contains(value) && !grow([set.as_slice(), std::slice::from_ref(value)].concat(), &mut grown) {
                return false;
            }
        }
    }
    sets.extend(grown);
    true
}

/// What conditions compare a key's single values with, by kind.
#[derive(Default)]
struct Singles {
    /// Each with the conditions that name it.
    languages: Vec<(Language, Vec<usize>)>,
    /// Where each stands in `languages`.
    places: HashMap<Language, usize, foldhash::fast::FixedState>,
    conditions: usize,
    /// Texts that ignoring case makes equal to others.
    others: Vec<String>,
    numbers: Vec<String>,
    dates: Vec<i128>,
    networks: Vec<(IpAddr, u8)>,
    binaries: Vec<String>,
    booleans: bool,
    texts: bool,
    ips: bool,
    understood: bool,
    begun: bool,
}

impl Singles {
    fn add(&mut self, asked: &Asked<'_>) {
        if !std::mem::replace(&mut self.begun, true) {
            self.understood = true;
        }
        for value in &asked.text.values {
            self.add_value(operator(asked).compare, value, asked.version);
        }
        self.conditions += 1;
    }

    fn add_value(&mut self, compare: Compare, value: &str, version: Version) {
        // Without variables a template is a pattern; where it is not, the caller has to treat the condition as a whole.
        let Some(pattern) = Template::parse(value, version).pattern() else {
            self.understood = false;
            return;
        };
        match compare {
            Compare::String => {
                self.texts = true;
                // `Pattern` reorders wildcards, which are literal here.
                let literal = Pattern::literal(&without_escapes(value, version));
                self.push(Language::glob(&literal));
            }
            Compare::StringIgnoringCase => {
                self.texts = true;
                let text = without_escapes(value, version);
                self.understood &= text.is_ascii();
                // The one letter outside ASCII whose lower case is in it.
                let kelvin = text.replace(['k', 'K'], "\u{212a}");
                self.others.extend((kelvin != text).then_some(kelvin));
                self.push(Language::literal(&text, Case::Ignored));
            }
            Compare::StringLike => {
                self.texts = true;
                self.push(Language::glob(&pattern));
            }
            Compare::Arn => {
                self.texts = true;
                if let Some(language) = Language::arn(&ArnPattern::of_condition(value, version)) {
                    self.push(language);
                }
            }
            Compare::Number(_) => self.numbers.push(value.to_owned()),
            Compare::Date(_) => self.dates.extend(date(value)),
            Compare::Bool => self.booleans = true,
            Compare::Binary => self.binaries.push(value.to_owned()),
            Compare::Ip => {
                self.ips = true;
                self.networks.extend(network(value));
            }
            Compare::Null => {}
        }
    }

    fn push(&mut self, language: Language) {
        let next = self.languages.len();
        let place = *self.places.entry(language.clone()).or_insert(next);
        match self.languages.get_mut(place) {
            Some((_, conditions)) => conditions.push(self.conditions),
            None => self.languages.push((language, vec![self.conditions])),
        }
    }

    /// How many kinds of values conditions compare the key with.
    fn kinds(&self) -> usize {
        [
            self.texts,
            !self.numbers.is_empty(),
            !self.dates.is_empty(),
            self.ips,
            self.booleans,
            !self.binaries.is_empty(),
        ]
        .into_iter()
        .filter(|&present| present)
        .count()
    }

    fn texts(&self, choices: &mut Vec<String>, budget: &mut usize) -> Result<(), Exhausted> {
        if self.texts {
            let size = self.conditions;
            let telling =
                self.languages.iter().map(|(language, told)| (language.clone(), Set::of(size, told.iter().copied())));
            choices.extend(classes(&telling.collect::<Vec<_>>(), size, budget)?.into_iter().map(|class| class.text));
            choices.extend(self.others.iter().cloned());
            choices.push(String::new());
        }
        Ok(())
    }

    fn points(&self, choices: &mut Vec<String>) {
        if self.booleans {
            choices.extend(["true".to_owned(), "false".to_owned()]);
        }
        choices.extend(around_numbers(&self.numbers));
        choices.extend(around_dates(&self.dates));
        if self.ips {
            choices.extend(addresses(&self.networks));
        }
        if !self.binaries.is_empty() {
            choices.extend(self.binaries.iter().cloned());
            let fresh = (0_u32..).map(|number| format!("{number:08}"));
            choices.extend(fresh.into_iter().find(|text| !self.binaries.contains(text)));
        }
    }
}

/// The text that a value means where wildcards are literal.
fn without_escapes(value: &str, version: Version) -> String {
    Template::parse(value, version)
        .parts
        .iter()
        .filter_map(|part| match part {
            policy::variables::Part::Token(policy::Token::Literal(character)) => Some(*character),
            policy::variables::Part::Token(policy::Token::Many) => Some('*'),
            policy::variables::Part::Token(policy::Token::One) => Some('?'),
            policy::variables::Part::Variable { .. } => None,
        })
        .collect()
}

/// Each number, one between each two neighbours, one below and one above all.
fn around_numbers(texts: &[String]) -> Vec<String> {
    let mut numbers: Vec<(f64, Option<i128>, &String)> = texts
        .iter()
        .filter_map(|text| {
            text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|n| (n, text.parse().ok(), text))
        })
        .collect();
    // Whole numbers too large for a float to tell apart are ordered among themselves.
    numbers.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    let mut found: Vec<String> = numbers.iter().map(|(_, _, text)| (*text).clone()).collect();
    for pair in numbers.windows(2) {
        let [(low, low_whole, _), (high, high_whole, _)] = pair else { continue };
        let middle = match (low_whole, high_whole) {
            (Some(low), Some(high)) if high.saturating_sub(*low) > 1 => {
                Some(low.saturating_add(high.saturating_sub(*low) / 2).to_string())
            }
            _ => {
                let middle = low / 2.0 + high / 2.0;
                let between = middle.total_cmp(low) == Ordering::Greater && middle.total_cmp(high) == Ordering::Less;
                between.then(|| middle.to_string())
            }
        };
        found.extend(middle);
    }
    let beyond = |number: f64, by: f64| (number + by * number.abs().max(1.0)).clamp(f64::MIN, f64::MAX).to_string();
    found.extend(numbers.first().map(|(number, _, _)| beyond(*number, -1.0)));
    found.extend(numbers.last().map(|(number, _, _)| beyond(*number, 1.0)));
    found
}

/// Each date, one between each two neighbours, one before and one after all.
fn around_dates(dates: &[i128]) -> Vec<String> {
    const SECOND: i128 = 1_000_000_000;
    const DAY: i128 = 86_400 * SECOND;
    let mut sorted = dates.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut points = sorted.clone();
    for pair in sorted.windows(2) {
        if let [low, high] = pair
            && high.saturating_sub(*low) > 1
        {
            let middle = low.saturating_add(high.saturating_sub(*low) / 2);
            let rounded = middle - middle.rem_euclid(SECOND);
            points.push(if rounded > *low { rounded } else { middle });
        }
    }
    points.extend(sorted.first().map(|first| first.saturating_sub(DAY)));
    points.extend(sorted.last().map(|last| last.saturating_add(DAY)));
    let text = |point: i128| match jiff::Timestamp::from_nanosecond(point) {
        Ok(timestamp) => Some(timestamp.to_string()),
        // After the year 9999 there are only seconds, before the first year nothing.
        Err(_) => (point > 0).then(|| (point / SECOND).to_string()),
    };
    points.into_iter().filter_map(text).collect()
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.map_or(Some(most), |prefix| prefix.parse().ok().filter(|&prefix: &u8| prefix <= most))?;
    Some((address, prefix))
}

/// One address of each stretch between the bounds of networks, in both families. The addresses kept for documentation
/// come first, so that they stand for "any other".
fn addresses(networks: &[(IpAddr, u8)]) -> Vec<String> {
    let mut v4: Vec<u32> = vec![0];
    let mut v6: Vec<u128> = vec![0];
    let mut nice = vec!["203.0.113.7".to_owned(), "2001:db8::7".to_owned()];
    for (address, prefix) in networks {
        match address {
            IpAddr::V4(address) => {
                let size = 1_u64 << (32 - u32::from(*prefix));
                let first = u64::from(address.to_bits()) & !(size - 1);
                v4.extend(u32::try_from(first).ok());
                v4.extend(u32::try_from(first + size).ok());
            }
            IpAddr::V6(address) => {
                let shift = 128 - u32::from(*prefix);
                let first = address.to_bits().checked_shr(shift).and_then(|kept| kept.checked_shl(shift)).unwrap_or(0);
                v6.push(first);
                v6.extend(1_u128.checked_shl(shift).and_then(|size| first.checked_add(size)));
            }
        }
    }
    v4.sort_unstable();
    v4.dedup();
    v6.sort_unstable();
    v6.dedup();
    nice.extend(v4.into_iter().map(|bits| std::net::Ipv4Addr::from_bits(bits).to_string()));
    nice.extend(v6.into_iter().map(|bits| std::net::Ipv6Addr::from_bits(bits).to_string()));
    nice
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str, conditions: &[(&str, &[&str])]) -> Values {
        let texts: Vec<_> = conditions
            .iter()
            .map(|(operator, values)| policy::Condition::new(*operator, key, values.iter().copied()))
            .collect();
        let compiled: Vec<_> = texts.iter().map(|text| Condition::new(text, Version::V2012).unwrap()).collect();
        let asked: Vec<_> = texts
            .iter()
            .zip(&compiled)
            .map(|(text, compiled)| Asked { text, version: Version::V2012, compiled, is_beyond: false })
            .collect();
        values(&key.to_lowercase(), &asked, &mut 1_000_000).unwrap()
    }

    /// The combinations of answers that the chosen values give.
    fn answers(key: &str, conditions: &[(&str, &[&str])]) -> Vec<String> {
        let found = of(key, conditions);
        let mut all: Vec<String> = found
            .choices
            .iter()
            .map(|values| {
                conditions
                    .iter()
                    .map(|(operator, wanted)| {
                        let text = policy::Condition::new(*operator, key, wanted.iter().copied());
                        let condition = Condition::new(&text, Version::V2012).unwrap();
                        if condition.holds(&only(&key.to_lowercase(), values)) { 'T' } else { 'F' }
                    })
                    .collect()
            })
            .collect();
        all.sort();
        all.dedup();
        all
    }

    #[test]
    fn every_combination_of_answers_is_given() {
        type Conditions = &'static [(&'static str, &'static [&'static str])];
        let cases: [(&str, Conditions, &[&str]); 10] = [
            ("s3:prefix", &[("StringEquals", &["a"]), ("StringLike", &["a*"])], &["FF", "FT", "TT"]),
            ("k:n", &[("NumericLessThan", &["5"]), ("NumericGreaterThan", &["3"])], &["FF", "FT", "TF", "TT"]),
            (
                "aws:MultiFactorAuthAge",
                &[("NumericLessThanIfExists", &["5"]), ("NumericGreaterThanEqualsIfExists", &["5"])],
                &["FT", "TF", "TT"],
            ),
            ("k:n", &[("NumericLessThanEquals", &["5"]), ("NumericGreaterThan", &["5"])], &["FF", "FT", "TF"]),
            ("aws:SecureTransport", &[("Bool", &["true"]), ("StringEquals", &["false"])], &["FT", "TF"]),
            ("aws:SourceIp", &[("IpAddress", &["10.0.0.0/8"]), ("IpAddress", &["10.1.0.0/16"])], &["FF", "TF", "TT"]),
            ("aws:SourceIp", &[("IpAddress", &["0.0.0.0/1", "128.0.0.0/1", "::/0"])], &["F", "T"]),
            ("aws:CurrentTime", &[("DateLessThan", &["2026-01-01T00:00:00Z"])], &["F", "T"]),
            (
                "aws:TagKeys",
                &[("ForAllValues:StringEquals", &["a", "b"]), ("ForAnyValue:StringEquals", &["b"])],
                &["FF", "FT", "TF", "TT"],
            ),
            ("k:x", &[("Null", &["true"])], &["F", "T"]),
        ];
        for (key, conditions, expected) in cases {
            assert_eq!(answers(key, conditions), expected, "{key} {conditions:?}");
        }
    }

    #[test]
    fn kinds_that_are_mixed_are_not_complete() {
        assert!(!of("k:x", &[("StringEquals", &["5"]), ("NumericEquals", &["5"])]).complete);
        assert!(of("k:x", &[("StringEquals", &["5"]), ("StringLike", &["5*"])]).complete);
        assert!(!of("k:x", &[("StringEqualsIgnoreCase", &["İ"])]).complete);
    }
}
