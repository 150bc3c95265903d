//! Templates of policies name accounts by placeholders: `arn:aws:iam::<ACCOUNT ID>:role/deploy`, `${AWS::AccountId}`.
//!
//! A placeholder stands for one account, which is not known: an answer has to hold whichever it is. One reading is taken
//! without asking: where the two policies name one account in all, and a name with that account is what a name with the
//! placeholder becomes when it is filled in, then that is how it was filled in.

use std::collections::BTreeSet;

use policy::{Arn, Document, PrincipalBlock, Principals, Statement};

use super::{Doubt, Verdict};
use crate::{policies::PrepareError, principal::is_account};

/// The most ways to fill placeholders in that are looked at.
const MOST_READINGS: usize = 64;

/// What `compare` says of the policies with their placeholders filled in, where it says the same of every way to do so.
///
/// # Errors
/// Those of `compare`.
pub(super) fn decide(
    old: &[Document],
    new: &[Document],
    mut compare: impl FnMut(&[Document], &[Document]) -> Result<Verdict, PrepareError>,
) -> Result<Verdict, PrepareError> {
    let Some(template) = Template::of(old, new) else { return compare(old, new) };
    let doubt = || Verdict::Inconclusive(Doubt::Account(template.placeholders.first().cloned().unwrap_or_default()));
    let Some(readings) = template.readings() else { return Ok(doubt()) };
    let mut said: Option<Verdict> = None;
    for reading in readings {
        let (old, new) = template.filled(&reading, old, new);
        let verdict = compare(&old, &new)?;
        match &said {
            _ if matches!(verdict, Verdict::Inconclusive(_)) => return Ok(verdict),
            Some(before) if before.as_str() != verdict.as_str() => return Ok(doubt()),
            Some(_) => {}
            None => said = Some(verdict),
        }
    }
    Ok(said.unwrap_or_else(doubt))
}

/// The policies with their placeholders filled in one way: that in which they are told apart.
pub(super) fn fill(old: &[Document], new: &[Document]) -> (Vec<Document>, Vec<Document>) {
    match Template::of(old, new) {
        Some(template) => {
            let reading = template.readings().and_then(|readings| readings.into_iter().next()).unwrap_or_default();
            template.filled(&reading, old, new)
        }
        None => (old.to_vec(), new.to_vec()),
    }
}

/// Two policies with placeholders.
struct Template {
    /// As they are written, each once.
    placeholders: Vec<String>,
    /// The accounts that the policies name.
    accounts: BTreeSet<String>,
    /// Whether a name with the one account is a name with a placeholder, filled in.
    was_filled_in: bool,
}

impl Template {
    fn of(old: &[Document], new: &[Document]) -> Option<Self> {
        let statements = || old.iter().chain(new).flat_map(|document| &document.statements);
        let placeholders: BTreeSet<&str> = statements().flat_map(names).filter_map(placeholder).collect();
        if placeholders.is_empty() {
            return None;
        }
        let accounts: BTreeSet<String> = statements()
            .flat_map(names)
            .filter_map(|name| if is_account(name) { Some(name) } else { Arn::parse(name).ok().map(|arn| arn.account) })
            .filter(|account| is_account(account))
            .map(str::to_owned)
            .collect();
        let plain: BTreeSet<&str> = statements().flat_map(names).collect();
        let was_filled_in = accounts.iter().any(|account| {
            let filled = |name: &str| Some(name.replacen(placeholder(name)?, account, 1));
            statements().flat_map(names).filter_map(filled).any(|name| plain.contains(name.as_str()))
        });
        let placeholders = placeholders.into_iter().map(str::to_owned).collect();
        Some(Template { placeholders, accounts, was_filled_in })
    }

    /// An account for each placeholder, in all ways that can make a difference; `None` where these are too many.
    fn readings(&self) -> Option<Vec<Vec<String>>> {
        if let (1, true, Some(account)) = (self.accounts.len(), self.was_filled_in, self.accounts.first()) {
            return Some(vec![vec![account.clone(); self.placeholders.len()]]);
        }
        // Accounts that no policy names: one for each placeholder, since two of them may be two.
        let strangers = (1_u64..).map(|number| format!("{:012}", 111_122_223_333 + number * 1_000_000));
        let strangers = strangers.filter(|account| !self.accounts.contains(account)).take(self.placeholders.len());
        let choices: Vec<String> = strangers.chain(self.accounts.iter().cloned()).collect();
        let exponent = u32::try_from(self.placeholders.len()).ok()?;
        choices.len().checked_pow(exponent).filter(|ways| *ways <= MOST_READINGS)?;
        let mut readings = vec![Vec::new()];
        for _ in &self.placeholders {
            readings = readings
                .into_iter()
                .flat_map(|reading: Vec<String>| {
                    choices.iter().map(move |choice| [reading.as_slice(), std::slice::from_ref(choice)].concat())
                })
                .collect();
        }
        Some(readings)
    }

    fn filled(&self, reading: &[String], old: &[Document], new: &[Document]) -> (Vec<Document>, Vec<Document>) {
        let (mut old, mut new) = (old.to_vec(), new.to_vec());
        for statement in old.iter_mut().chain(&mut new).flat_map(|document| &mut document.statements) {
            let Some(PrincipalBlock::Principal(block) | PrincipalBlock::NotPrincipal(block)) = &mut statement.principal
            else {
                continue;
            };
            let Principals::ByKind(kinds) = block else { continue };
            for name in kinds.iter_mut().flat_map(|(_, names)| names) {
                let Some(text) = placeholder(name) else { continue };
                let of_text = self.placeholders.iter().zip(reading).find(|(placeholder, _)| *placeholder == text);
                if let Some((_, account)) = of_text {
                    *name = name.replacen(text, account, 1);
                }
            }
        }
        (old, new)
    }
}

fn names(statement: &Statement) -> impl Iterator<Item = &str> {
    let block = statement.principal.as_ref().map(PrincipalBlock::principals);
    let kinds = match block {
        Some(Principals::ByKind(kinds)) => kinds.as_slice(),
        _ => &[],
    };
    kinds.iter().flat_map(|(_, names)| names).map(String::as_str)
}

/// The placeholder in the account's place.
fn placeholder(name: &str) -> Option<&str> {
    const OF_STACK: &str = "${AWS::AccountId}";
    if name.contains(OF_STACK) {
        return Some(OF_STACK);
    }
    let account = if name.starts_with("arn:") { Arn::parse(name).ok()?.account } else { name };
    let is_placeholder = ["<", "${", "{", "["].iter().any(|open| account.starts_with(open));
    is_placeholder.then_some(account)
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
        let (old, new) = fill(
            &[document("arn:aws:iam::<ACCOUNT ID>:role/deploy")],
            &[document("arn:aws:iam::111122223333:role/deploy")],
        );
        assert_eq!(old, new);
    }

    #[test]
    fn otherwise_a_placeholder_may_be_any_account() {
        let old = [document("arn:aws:iam::${AWS::AccountId}:root")];
        let template = Template::of(&old, &[document("444455556666")]).unwrap();
        let readings = template.readings().unwrap();
        assert_eq!(readings.len(), 2);
        assert!(readings.contains(&vec!["444455556666".to_owned()]));
    }

    #[test]
    fn two_placeholders_may_be_two_accounts_or_one() {
        let template = Template::of(&[document("<A>")], &[document("<B>")]).unwrap();
        assert_eq!(template.readings().unwrap().len(), 4);
    }
}
