//! Templates of policies name accounts by placeholders: `arn:aws:iam::<ACCOUNT ID>:role/deploy`, `${AWS::AccountId}`.
//!
//! A placeholder stands for one account, which is not known: an answer has to hold whichever it is. One reading is taken
//! without asking: where the policies name one account in all, only one of the two names it, and the other has in the
//! very same place a text with the placeholder that becomes that policy's text when it is filled in, then that is how it
//! was filled in.

use std::collections::BTreeSet;

use policy::{Arn, Document, Pattern, PrincipalBlock, PrincipalKind, Principals, ResourceBlock, Statement};

use super::{
    Doubt, Verdict,
    language::{Language, classes},
    set::Set,
};
use crate::policies::PrepareError;

/// The most ways to fill placeholders in that are looked at.
const MOST_READINGS: usize = 64;

/// The steps that it may take to tell accounts apart by patterns.
const BUDGET: usize = 100_000;

/// What `compare` says of the policies with their placeholders filled in, where it says the same of every way to do so.
///
/// # Errors
/// Those of `compare`.
pub(super) fn decide(
    old: &[Document],
    new: &[Document],
    fences: &[Statement],
    mut compare: impl FnMut(&[Document], &[Document], &[Statement]) -> Result<Verdict, PrepareError>,
) -> Result<Verdict, PrepareError> {
    let Some(template) = Template::of(old, new, fences) else { return compare(old, new, fences) };
    let doubt = || Verdict::Inconclusive(Doubt::Account(template.placeholders.first().cloned().unwrap_or_default()));
    let Some(readings) = template.readings() else { return Ok(doubt()) };
    let mut said: Option<Verdict> = None;
    for reading in readings {
        let fences: Vec<Statement> = fences.iter().map(|fence| template.fill_statement(&reading, fence)).collect();
        let verdict = compare(&template.fill(&reading, old), &template.fill(&reading, new), &fences)?;
        match &said {
            _ if matches!(verdict, Verdict::Inconclusive(_)) => return Ok(verdict),
            Some(before) if before.as_str() != verdict.as_str() => return Ok(doubt()),
            Some(_) => {}
            None => said = Some(verdict),
        }
    }
    Ok(said.unwrap_or_else(doubt))
}

/// The policies and fences with their placeholders filled in one way: that in which they are told apart.
pub(super) fn fill(
    old: &[Document],
    new: &[Document],
    fences: &[Statement],
) -> (Vec<Document>, Vec<Document>, Vec<Statement>) {
    let Some(template) = Template::of(old, new, fences) else { return (old.to_vec(), new.to_vec(), fences.to_vec()) };
    let reading = template.readings().and_then(|readings| readings.into_iter().next()).unwrap_or_default();
    let fences = fences.iter().map(|fence| template.fill_statement(&reading, fence)).collect();
    (template.fill(&reading, old), template.fill(&reading, new), fences)
}

/// Two policies with placeholders.
struct Template {
    /// As they are written, each once.
    placeholders: Vec<String>,
    /// For each, the account that it was filled in with.
    filled_in: Vec<Option<String>>,
    /// An account of each kind that the policies tell apart.
    accounts: BTreeSet<String>,
    /// Whether patterns tell accounts apart, so that one of a kind may not be enough.
    by_patterns: bool,
    /// Whether these are too many to tell.
    is_too_wide: bool,
}

impl Template {
    fn of(old: &[Document], new: &[Document], fences: &[Statement]) -> Option<Self> {
        fn texts_of<'d>(documents: &'d [Document]) -> impl Iterator<Item = Text<'d>> {
            documents.iter().flat_map(|document| &document.statements).flat_map(texts)
        }
        let all = || texts_of(old).chain(texts_of(new)).chain(fences.iter().flat_map(texts));
        let placeholders: BTreeSet<&str> = all().filter_map(|text| text.placeholder()).collect();
        if placeholders.is_empty() {
            return None;
        }
        let named: BTreeSet<&str> = all().flat_map(|text| accounts_in(text.text)).collect();
        let filled_in = |placeholder: &&str| -> Option<String> {
            let (1, Some(account)) = (named.len(), named.first()) else { return None };
            let of_template = |template: &[Document], other: &[Document]| {
                // Who has both means two.
                let is_apart = !texts_of(template).any(|text| text.text.contains(account))
                    && !texts_of(other).any(|text| text.text.contains(placeholder));
                let becomes = |text: Text<'_>| {
                    let filled = text.text.replace(placeholder, account);
                    texts_of(other).any(|other| other.place == text.place && other.text == filled)
                };
                is_apart && texts_of(template).filter(|text| text.text.contains(placeholder)).any(becomes)
            };
            (of_template(old, new) || of_template(new, old)).then(|| (*account).to_owned())
        };
        let filled_in: Vec<Option<String>> = placeholders.iter().map(filled_in).collect();
        let mut accounts: BTreeSet<String> = named.into_iter().map(str::to_owned).collect();
        let patterns: BTreeSet<&str> =
            all().filter_map(|text| text.account()).filter(|text| is_partial(text)).collect();
        let mut is_too_wide = false;
        if !patterns.is_empty() {
            let size = patterns.len() + accounts.len() + 1;
            let globs = patterns.iter().copied().chain(accounts.iter().map(String::as_str));
            let globs = globs.map(|pattern| Language::glob(&Pattern::new(pattern)));
            let languages = std::iter::once(Language::account()).chain(globs).enumerate();
            let languages: Vec<_> = languages.map(|(at, language)| (language, Set::of(size, [at]))).collect();
            let mut budget = BUDGET;
            match classes(&languages, size, &mut budget) {
                Ok(found) => {
                    accounts.extend(found.into_iter().filter(|class| class.told.contains(0)).map(|class| class.text));
                }
                Err(_) => is_too_wide = true,
            }
        }
        let by_patterns = !patterns.is_empty();
        let placeholders = placeholders.into_iter().map(str::to_owned).collect();
        Some(Template { placeholders, filled_in, accounts, by_patterns, is_too_wide })
    }

    /// An account for each placeholder, in all ways that can make a difference; `None` where these are too many.
    fn readings(&self) -> Option<Vec<Vec<String>>> {
        let open = self.filled_in.iter().filter(|filled| filled.is_none()).count();
        if self.is_too_wide || (self.by_patterns && open > 1) {
            return None;
        }
        // Accounts that no policy names: one for each placeholder, since two of them may be two.
        let strangers = (1_u64..).map(|number| format!("{:012}", 111_122_223_333 + number * 1_000_000));
        let strangers = strangers.filter(|account| !self.accounts.contains(account)).take(open);
        let choices: Vec<String> = strangers.chain(self.accounts.iter().cloned()).collect();
        choices.len().checked_pow(u32::try_from(open).ok()?).filter(|ways| *ways <= MOST_READINGS)?;
        let mut readings = vec![Vec::new()];
        for filled in &self.filled_in {
            let choices = filled.as_ref().map_or(choices.as_slice(), std::slice::from_ref);
            readings = readings
                .into_iter()
                .flat_map(|reading: Vec<String>| {
                    choices.iter().map(move |choice| [reading.as_slice(), std::slice::from_ref(choice)].concat())
                })
                .collect();
        }
        Some(readings)
    }

    fn fill(&self, reading: &[String], documents: &[Document]) -> Vec<Document> {
        let one = |document: &Document| Document {
            statements: document.statements.iter().map(|statement| self.fill_statement(reading, statement)).collect(),
            ..document.clone()
        };
        documents.iter().map(one).collect()
    }

    fn fill_statement(&self, reading: &[String], statement: &Statement) -> Statement {
        let mut statement = statement.clone();
        let names = match &mut statement.principal {
            Some(
                PrincipalBlock::Principal(Principals::ByKind(kinds))
                | PrincipalBlock::NotPrincipal(Principals::ByKind(kinds)),
            ) => kinds.as_mut_slice(),
            _ => &mut [],
        };
        let names = names.iter_mut().flat_map(|(_, names)| names);
        let resources = statement.resource.iter_mut().flat_map(|block| match block {
            ResourceBlock::Resource(patterns) | ResourceBlock::NotResource(patterns) => patterns,
        });
        let values = statement.conditions.iter_mut().flat_map(|condition| &mut condition.values);
        for text in names.chain(resources).chain(values) {
            for (placeholder, account) in self.placeholders.iter().zip(reading) {
                if text.contains(placeholder.as_str()) {
                    *text = text.replace(placeholder, account);
                }
            }
        }
        statement
    }
}

/// Where a text stands in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place<'d> {
    Principal(PrincipalKind),
    Resource,
    /// Compared with the value of this key.
    Condition(&'d str),
}

/// A text that may name an account.
#[derive(Debug, Clone, Copy)]
struct Text<'d> {
    place: Place<'d>,
    text: &'d str,
}

fn texts(statement: &Statement) -> impl Iterator<Item = Text<'_>> {
    let kinds = match statement.principal.as_ref().map(PrincipalBlock::principals) {
        Some(Principals::ByKind(kinds)) => kinds.as_slice(),
        _ => &[],
    };
    let principals = kinds.iter().map(|(kind, names)| (Place::Principal(*kind), names.as_slice()));
    let resources = statement.resource.iter().map(|block| (Place::Resource, block.patterns()));
    let values =
        statement.conditions.iter().map(|condition| (Place::Condition(&condition.key), condition.values.as_slice()));
    let lists = principals.chain(resources).chain(values);
    lists.flat_map(|(place, texts)| texts.iter().map(move |text| Text { place, text }))
}

impl<'d> Text<'d> {
    /// What stands in the account's place.
    fn account(&self) -> Option<&'d str> {
        if self.text.starts_with("arn:") {
            return Arn::parse(self.text).ok().map(|arn| arn.account);
        }
        let is_account = match self.place {
            Place::Principal(kind) => kind == PrincipalKind::Aws,
            Place::Resource => false,
            Place::Condition(key) => key.to_ascii_lowercase().ends_with("account"),
        };
        is_account.then_some(self.text)
    }

    /// The placeholder in the account's place.
    fn placeholder(&self) -> Option<&'d str> {
        const OF_STACK: &str = "${AWS::AccountId}";
        if !self.text.contains(['<', '{', '[']) {
            return None;
        }
        if self.text.contains(OF_STACK) {
            return Some(OF_STACK);
        }
        let account = self.account()?;
        let is_in = |open: &str, close: &str| account.starts_with(open) && account.ends_with(close);
        // Elsewhere it is a policy variable.
        let is_variable = is_in("${", "}") && matches!(self.place, Place::Principal(_));
        let is_placeholder = is_variable || is_in("<", ">") || is_in("{", "}") || is_in("[", "]");
        is_placeholder.then_some(account)
    }
}

/// The runs of twelve digits in a text.
fn accounts_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_ascii_digit()).filter(|run| run.len() == 12)
}

/// Whether a pattern of accounts matches some of them and not all.
fn is_partial(account: &str) -> bool {
    account.contains(['*', '?']) && account.contains(|character: char| character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(principal: &str) -> Document {
        let mut statement = Statement::allow(["sts:AssumeRole"], ["*"]);
        statement.principal = Some(PrincipalBlock::Principal(Principals::aws([principal])));
        Document::new(vec![statement])
    }

    #[test]
    fn a_name_that_was_filled_in_tells_the_account() {
        let (old, new, _) = fill(
            &[document("arn:aws:iam::<ACCOUNT ID>:role/deploy")],
            &[document("arn:aws:iam::111122223333:role/deploy")],
            &[],
        );
        assert_eq!(old, new);
    }

    #[test]
    fn otherwise_a_placeholder_may_be_any_account() {
        let old = [document("arn:aws:iam::${AWS::AccountId}:root")];
        let template = Template::of(&old, &[document("444455556666")], &[]).unwrap();
        let readings = template.readings().unwrap();
        assert_eq!(readings.len(), 2);
        assert!(readings.contains(&vec!["444455556666".to_owned()]));
    }

    #[test]
    fn two_placeholders_may_be_two_accounts_or_one() {
        let template = Template::of(&[document("<A>")], &[document("<B>")], &[]).unwrap();
        assert_eq!(template.readings().unwrap().len(), 4);
    }

    #[test]
    fn policy_variables_are_no_placeholders() {
        let of = |resource: &str| Template::of(&[Document::new(vec![Statement::allow(["*"], [resource])])], &[], &[]);
        assert!(of("arn:aws:sqs:*:${aws:PrincipalAccount}:q").is_none());
        assert!(of("arn:aws:sqs:*:${AWS::AccountId}:q").is_some());
    }

    #[test]
    fn a_placeholder_may_be_an_account_that_a_pattern_matches() {
        let old = [document("<A>")];
        let new = [Document::new(vec![Statement::allow(["*"], ["arn:aws:sqs:*:44*:q"])])];
        let readings = Template::of(&old, &new, &[]).unwrap().readings().unwrap();
        assert!(readings.iter().flatten().any(|account| account.starts_with("44")), "{readings:?}");
    }
}
