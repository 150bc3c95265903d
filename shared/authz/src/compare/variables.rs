//! Policy variables: values to try for them, and policies with the values filled in.
//!
//! With a value for each variable a policy is one without variables, about which everything can be said exactly. That
//! finds new access. That there is none is shown with the variables left open.

use std::collections::{BTreeMap, BTreeSet};

use policy::{Condition, Document, ResourceBlock, Statement, Template, Token, Version, variables::Part};

use super::keys;

/// How many ways to fill the variables are tried.
const MOST_VALUATIONS: usize = 64;

/// What each variable's key holds in the request; `None` if the request does not have it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Valuation(BTreeMap<String, Option<String>>);

impl Valuation {
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_deref()))
    }

    /// Whether there are no variables.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key in lower case; outer `None` if it is no variable's.
    pub fn get(&self, key: &str) -> Option<Option<&str>> {
        self.0.get(key).map(Option::as_deref)
    }

    /// The documents with the variables filled. A text whose variable has no value matches nothing and is left out.
    pub fn fill(&self, documents: &[Document]) -> Vec<Document> {
        let mut documents = documents.to_vec();
        for document in documents.iter_mut().filter(|document| document.version == Version::V2012) {
            for statement in &mut document.statements {
                if let Some(ResourceBlock::Resource(texts) | ResourceBlock::NotResource(texts)) =
                    &mut statement.resource
                {
                    self.fill_all(texts);
                }
                for condition in &mut statement.conditions {
                    self.fill_all(&mut condition.values);
                }
            }
        }
        documents
    }

    fn fill_all(&self, texts: &mut Vec<String>) {
        if texts.iter().any(|text| text.contains("${")) {
            *texts = texts.iter().filter_map(|text| self.fill_text(text)).collect();
        }
    }

    /// One text of the current version, filled; `None` where a variable has no value.
    pub fn fill_text(&self, text: &str) -> Option<String> {
        let mut filled = String::new();
        for part in Template::parse(text, Version::V2012).parts {
            match part {
                Part::Token(Token::Literal(character)) => literal(character, &mut filled),
                Part::Token(Token::One) => filled.push('?'),
                Part::Token(Token::Many) => filled.push('*'),
                Part::Variable { key, default } => {
                    let value = self.get(&key.to_lowercase()).flatten().map(str::to_owned).or(default)?;
                    value.chars().for_each(|character| literal(character, &mut filled));
                }
            }
        }
        Some(filled)
    }
}

/// Adds a character that means itself.
fn literal(character: char, text: &mut String) {
    match character {
        '*' | '?' | '$' => {
            text.push_str("${");
            text.push(character);
            text.push('}');
        }
        other => text.push(other),
    }
}

/// A text with variables in one of the ways to write it, so that equal ones are equal texts.
pub(super) fn canonical(text: &str, version: Version) -> String {
    let mut written = String::new();
    for part in Template::parse(text, version).parts {
        match part {
            Part::Token(Token::Literal(character)) => literal(character, &mut written),
            Part::Token(Token::One) => written.push('?'),
            Part::Token(Token::Many) => written.push('*'),
            Part::Variable { key, default } => {
                let default = default.map(|default| format!(", '{default}'")).unwrap_or_default();
                written.push_str(&format!("${{{}{default}}}", key.to_lowercase()));
            }
        }
    }
    written
}

/// The keys of the variables in the documents, in lower case.
pub(super) fn variables<'d>(documents: impl IntoIterator<Item = &'d Document>) -> BTreeSet<String> {
    documents
        .into_iter()
        .flat_map(texts)
        .flat_map(|text| Template::parse(text, Version::V2012).keys().map(str::to_lowercase).collect::<Vec<_>>())
        .collect()
}

/// Whether a condition of a document in this version has variables.
pub(super) fn has_variables(condition: &Condition, version: Version) -> bool {
    condition.values.iter().any(|value| value.contains("${") && Template::parse(value, version).keys().next().is_some())
}

/// The keys of the variables of one statement, in lower case.
pub(super) fn variables_of(statement: &Statement, version: Version) -> BTreeSet<String> {
    statement_texts(statement)
        .filter(|text| text.contains("${"))
        .flat_map(|text| Template::parse(text, version).keys().map(str::to_lowercase).collect::<Vec<_>>())
        .collect()
}

fn texts(document: &Document) -> impl Iterator<Item = &str> {
    let read = document.version == Version::V2012;
    document.statements.iter().filter(move |_| read).flat_map(statement_texts).filter(|text| text.contains("${"))
}

fn statement_texts(statement: &Statement) -> impl Iterator<Item = &str> {
    let resources = statement.resource.iter().flat_map(|block| block.patterns());
    resources.chain(statement.conditions.iter().flat_map(|condition| &condition.values)).map(String::as_str)
}

/// Ways to fill the variables, the likeliest to show a difference first: with values that stand nowhere else, then with
/// those that other statements name, one variable at a time and two.
pub(super) fn valuations<'d>(old: &'d [Document], new: &'d [Document]) -> impl Iterator<Item = Valuation> + 'd {
    let keys = variables(old.iter().chain(new));
    let fresh: Valuation =
        Valuation(keys.iter().enumerate().map(|(number, key)| (key.clone(), Some(fresh(key, number)))).collect());
    let first = fresh.clone();
    // Most comparisons are settled by the first.
    let rest = std::iter::once_with(move || beside(&fresh, &keys, old, new)).flatten();
    std::iter::once(first).chain(rest).take(MOST_VALUATIONS)
}

/// The valuations that differ from `fresh` in one variable, then those that differ in two.
fn beside(fresh: &Valuation, keys: &BTreeSet<String>, old: &[Document], new: &[Document]) -> Vec<Valuation> {
    let mut others: Vec<(&String, Option<String>)> = Vec::new();
    for key in keys {
        if !keys::is_always_present(key) {
            others.push((key, None));
        }
        others.extend(named_values(key, old.iter().chain(new)).into_iter().map(|value| (key, Some(value))));
    }
    let with = |base: &Valuation, (key, value): &(&String, Option<String>)| {
        let mut valuation = base.clone();
        valuation.0.insert((*key).clone(), value.clone());
        valuation
    };
    let ones = others.iter().map(|other| with(fresh, other));
    let pairs =
        others.iter().enumerate().flat_map(|(at, first)| others.iter().skip(at + 1).map(move |second| (first, second)));
    let twos =
        pairs.filter(|(first, second)| first.0 != second.0).map(|(first, second)| with(&with(fresh, first), second));
    ones.chain(twos).take(MOST_VALUATIONS).collect()
}

fn fresh(key: &str, number: usize) -> String {
    match key {
        "aws:username" => "someone".to_owned(),
        "aws:principalaccount" | keys::RESOURCE_ACCOUNT => format!("7777888899{number:02}"),
        "aws:principalarn" => "arn:aws:iam::777788889999:user/someone".to_owned(),
        _ => format!("value{number}"),
    }
}

/// Values of `key` that the documents name: in conditions on it, and where a text with the variable and another text
/// are alike but for the variable.
fn named_values<'d>(key: &str, documents: impl Iterator<Item = &'d Document> + Clone) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let plain = |text: &str| !text.is_empty() && !text.contains(['*', '?', '$']);
    let mut around: Vec<(String, String)> = Vec::new();
    for text in documents.clone().flat_map(texts) {
        let lower = text.to_lowercase();
        let Some(start) = lower.find(&format!("${{{key}")) else { continue };
        let (Some(before), Some(rest)) = (text.get(..start), text.get(start..)) else { continue };
        let Some((_, after)) = rest.split_once('}') else { continue };
        around.push((before.to_owned(), after.to_owned()));
    }
    for statement in documents.flat_map(|document| &document.statements) {
        for condition in statement.conditions.iter().filter(|condition| condition.key.eq_ignore_ascii_case(key)) {
            found.extend(condition.values.iter().filter(|value| plain(value)).cloned());
        }
        for text in statement_texts(statement) {
            for (before, after) in &around {
                let Some(rest) = text.strip_prefix(before.as_str()) else { continue };
                let end = after.chars().next().filter(|next| !"*?$".contains(*next));
                let middle = end.and_then(|end| rest.split_once(end)).map_or(rest, |(middle, _)| middle);
                let middle = middle.trim_end_matches(['*', '/']);
                if plain(middle) {
                    found.insert(middle.to_owned());
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(resource: &str) -> Document {
        Document::new(vec![Statement::allow(["s3:GetObject"], [resource])])
    }

    #[test]
    fn variables_are_filled_with_text() {
        let mut valuation = Valuation::default();
        valuation.0.insert("aws:username".to_owned(), Some("a*b".to_owned()));
        let cases = [
            ("arn:aws:s3:::b/${aws:UserName}/*", Some("arn:aws:s3:::b/a${*}b/*")),
            ("arn:aws:s3:::b/${other, 'd'}", Some("arn:aws:s3:::b/d")),
            ("arn:aws:s3:::b/${other}", None),
            ("arn:aws:s3:::b/${$}{x}", Some("arn:aws:s3:::b/${$}{x}")),
        ];
        for (text, expected) in cases {
            assert_eq!(valuation.fill_text(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn values_that_other_statements_name_are_tried() {
        let (old, new) = (document("arn:aws:s3:::b/alice/*"), document("arn:aws:s3:::b/${aws:username}/*"));
        let tried: Vec<_> = valuations(&[old], &[new])
            .map(|valuation| valuation.get("aws:username").flatten().map(str::to_owned))
            .collect();
        assert_eq!(tried, [Some("someone".to_owned()), None, Some("alice".to_owned())]);
    }
}
