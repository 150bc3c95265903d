//! Finding the patterns that could match a name, without trying them all.

use policy::variables::Part;
use policy::{Template, Token, Version};
use std::collections::{BTreeMap, BTreeSet};

/// Values by the resource pattern that each belongs to.
///
/// Whatever a pattern matches begins with the text before its first wildcard. ASCII case is ignored, as matching ignores
/// it in the first segments of an ARN.
pub(crate) struct ByStart<T> {
    /// Of patterns that are plain names, by the name.
    plain: BTreeMap<String, Vec<T>>,
    /// Of the others, by what they begin with.
    open: BTreeMap<String, Vec<T>>,
    /// The lengths of what the others begin with: a name is looked up cut to each.
    lengths: BTreeSet<usize>,
}

impl<T> Default for ByStart<T> {
    fn default() -> Self {
        ByStart { plain: BTreeMap::new(), open: BTreeMap::new(), lengths: BTreeSet::new() }
    }
}

impl<T> ByStart<T> {
    /// Adds a value under a pattern as policies write it.
    pub fn insert(&mut self, pattern: &str, value: T) {
        let parts = Template::parse(pattern, Version::V2012).parts;
        let literal = |part: &Part| match part {
            Part::Token(Token::Literal(character)) => Some(character.to_ascii_lowercase()),
            _ => None,
        };
        let start: String = parts.iter().map_while(literal).collect();
        if parts.iter().all(|part| literal(part).is_some()) {
            self.plain.entry(start).or_default().push(value);
        } else {
            self.lengths.insert(start.len());
            self.open.entry(start).or_default().push(value);
        }
    }

    /// The values of all patterns that could match `name`, in which nothing is escaped; some of them may not.
    pub fn could_match<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s T> + use<'s, T> {
        let name = name.to_ascii_lowercase();
        let plain = self.plain.get(&name);
        let open = self.lengths.range(..=name.len()).filter_map(move |&length| self.open.get(name.get(..length)?));
        plain.into_iter().chain(open).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_of_many_patterns_could_match() {
        let mut patterns = ByStart::default();
        let secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:";
        for index in 0..1000 {
            patterns.insert(&format!("{secret}app{index:03}-??????"), format!("app{index:03}-??????"));
            patterns.insert(&format!("{secret}app{index:03}-a1B2c3"), format!("app{index:03}-a1B2c3"));
        }
        patterns.insert("arn:aws:secretsmanager:*:111122223333:secret:app*", "another Region".to_owned());
        let could = |name: &str| patterns.could_match(name).cloned().collect::<Vec<_>>();
        assert_eq!(
            could(&format!("{secret}app042-a1B2c3")),
            ["app042-a1B2c3", "another Region", "app042-??????"],
            "plain names first, then those with wildcards, the shortest start first"
        );
        assert_eq!(could("arn:aws:s3:::reports"), [""; 0]);
    }

    #[test]
    fn what_is_escaped_is_text() {
        let mut patterns = ByStart::default();
        patterns.insert("arn:aws:s3:::reports/we${*}kly/*", "prefix");
        patterns.insert("arn:aws:s3:::reports/we${*}kly/1", "name");
        let could = |name: &str| patterns.could_match(name).copied().collect::<Vec<_>>();
        assert_eq!(could("arn:aws:s3:::reports/we*kly/1"), ["name", "prefix"]);
        assert_eq!(could("arn:aws:s3:::reports/weekly/1"), [""; 0]);
    }

    #[test]
    fn the_first_segments_of_an_arn_ignore_case() {
        let mut patterns = ByStart::default();
        patterns.insert("arn:aws:sqs:EU-WEST-1:111122223333:*", ());
        assert_eq!(patterns.could_match("arn:aws:sqs:eu-west-1:111122223333:orders").count(), 1);
    }
}
