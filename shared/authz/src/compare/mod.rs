//! Whether one policy allows anything that another does not: an exact answer, with a request as witness.
//!
//! [`compare`] cuts the space of requests into classes that no statement of the two policies tells apart, and looks for a
//! class that NEW allows and OLD does not. There is no sampling and no solver: patterns are compared as automata,
//! numbers, dates and addresses by their bounds, and what is found is replayed by the evaluator before it is given out.
//! What cannot be decided is [`Verdict::Inconclusive`], never a guess.
//!
//! What a policy "allows" is what its statements grant: a request that an Allow matches and no Deny. Which other policies
//! also have to allow it is not part of the question.

mod actions;
mod blocks;
mod keys;
mod language;
mod placeholders;
mod polish;
mod principals;
mod questions;
mod resources;
mod search;
mod set;
mod statements;
mod values;
mod variables;
pub mod wire;

pub use blocks::{Block, Change, Difference, difference};
pub use questions::{AllowedAction, Needless, Why, allowed_actions, granted, needless, public, refused};

use std::fmt;

use catalog::Catalog;
use policy::{Document, Effect, PrincipalBlock, PrincipalKind, Principals, Statement, Version};

use self::{
    search::{Reach, Search, replays},
    statements::Statements,
    variables::{Valuation, valuations},
};
use crate::{
    policies::{Layer, PrepareError},
    principal::is_account,
    request::Request,
};

/// How policies are compared.
#[derive(Debug, Clone)]
pub struct Comparison<'c> {
    /// What kind of policies they are. Of a trust policy: [`Layer::Resource`].
    pub layer: Layer,
    /// Only actions of this catalog on resources that they can be about; `None`: everything that can be written, since
    /// AWS does not limit policies to what exists today.
    pub only_known: Option<&'c Catalog>,
    /// Only requests that each of these statements matches, whatever its effect.
    pub fences: Vec<Statement>,
    /// How many steps the search may take; each costs some ten nanoseconds.
    pub budget: usize,
}

impl<'c> Comparison<'c> {
    /// The steps that a comparison may take if nothing else is said.
    pub const BUDGET: usize = 5_000_000;

    /// Compares all requests, under policies of this kind.
    #[must_use]
    pub fn of(layer: Layer) -> Self {
        Comparison { layer, only_known: None, fences: Vec::new(), budget: Comparison::BUDGET }
    }

    /// Only with known actions on resources that they can be about.
    #[must_use]
    pub fn service_aware(mut self, catalog: &'c Catalog) -> Self {
        self.only_known = Some(catalog);
        self
    }

    /// Only requests that the statement matches, whatever its effect.
    #[must_use]
    pub fn inside(mut self, fence: Statement) -> Self {
        self.fences.push(fence);
        self
    }
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Whatever NEW allows, OLD allows too.
    NoNewAccess,
    /// NEW allows this request and OLD does not.
    NewAccess(Box<Request>),
    /// It could not be decided.
    Inconclusive(Doubt),
}

impl Verdict {
    /// The word for it in batch answers.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Verdict::NoNewAccess => "no-new-access",
            Verdict::NewAccess(_) => "new-access",
            Verdict::Inconclusive(_) => "inconclusive",
        }
    }

    /// The request that shows new access.
    #[must_use]
    pub fn witness(&self) -> Option<&Request> {
        match self {
            Verdict::NewAccess(request) => Some(request),
            _ => None,
        }
    }
}

/// Why something could not be decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// The policies need more steps than were allowed.
    Budget,
    /// It depends on what these policy variables stand for.
    Variables(Vec<String>),
    /// Conditions on this key compare it with values of several kinds, or in a way that cannot be cut into classes.
    Values(String),
    /// A principal whom only AWS knows: a canonical user, or the id of one that was deleted.
    Principal(String),
    /// It depends on which account this placeholder of a template stands for.
    Account(String),
    /// A request was found that the evaluator does not confirm.
    Witness,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::Budget => f.write_str("the policies are too intricate to compare in the steps allowed"),
            Doubt::Variables(keys) => write!(f, "it depends on what {} stands for", keys.join(", ")),
            Doubt::Values(key) => write!(f, "conditions on `{key}` compare it with values of several kinds"),
            Doubt::Principal(name) => write!(f, "only AWS knows who `{name}` is"),
            Doubt::Account(placeholder) => write!(f, "it depends on which account `{placeholder}` stands for"),
            Doubt::Witness => f.write_str("the request that was found is not confirmed by the evaluator"),
        }
    }
}

/// The budget is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Exhausted;

/// Whether `new` allows a request that `old` does not. Several documents count as one with all their statements.
///
/// # Errors
/// When a Deny statement of either cannot be understood.
pub fn compare(old: &[Document], new: &[Document], how: &Comparison<'_>) -> Result<Verdict, PrepareError> {
    placeholders::decide(old, new, &how.fences, |old, new, fences| {
        compare_filled(old, new, &Comparison { fences: fences.to_vec(), ..how.clone() })
    })
}

/// As [`compare`], of policies without placeholders.
fn compare_filled(old: &[Document], new: &[Document], how: &Comparison<'_>) -> Result<Verdict, PrepareError> {
    let new = without_what_stays(old, new.to_vec());
    let whole = Statements::new(old, &new, &how.fences, how.layer)?;
    let mut budget = how.budget;
    for (number, valuation) in valuations(old, &new).enumerate() {
        let filled = match valuation.is_empty() {
            true => None,
            false => Some(Statements::new(&valuation.fill(old), &valuation.fill(&new), &how.fences, how.layer)?),
        };
        let filled = filled.as_ref().unwrap_or(&whole);
        let mut search = Search::new(filled, how.layer, how.only_known, &valuation, Reach::Real, budget);
        let found = search.find();
        budget = search.budget;
        match found {
            Err(Exhausted) => return Ok(Verdict::Inconclusive(Doubt::Budget)),
            Ok(Some(draft)) if replays(&whole, &draft.request()) => {
                let catalog = how.only_known.unwrap_or(catalog::builtin());
                return Ok(Verdict::NewAccess(Box::new(draft.polished(&whole, catalog))));
            }
            // An approximation that went wrong somewhere; the proof has the last word.
            Ok(Some(_)) => {}
            Ok(None) => {
                if valuation.is_empty() && search.doubts.is_empty() && unknown_name(&whole).is_none() {
                    return Ok(Verdict::NoNewAccess);
                }
            }
        }
        // Most policies that differ do so whatever their variables stand for; of the others most can be proved alike.
        if number == 0 && prove(&whole, how, &mut budget) == Verdict::NoNewAccess {
            return Ok(Verdict::NoNewAccess);
        }
    }
    Ok(prove(&whole, how, &mut budget))
}

/// Where every Deny of the old policy is in the new one too, an Allow that is in both grants nothing new: most changes
/// leave most statements as they are.
fn without_what_stays(old: &[Document], mut new: Vec<Document>) -> Vec<Document> {
    let same = |a: &Statement, b: &Statement| {
        (a.effect, &a.principal, &a.action, &a.resource, &a.conditions)
            == (b.effect, &b.principal, &b.action, &b.resource, &b.conditions)
    };
    let is_in = |documents: &[Document], version: Version, one: &Statement| {
        let alike = documents.iter().filter(|document| document.version == version);
        alike.flat_map(|document| &document.statements).any(|other| same(one, other))
    };
    let mut denies = old.iter().flat_map(|document| document.statements.iter().map(move |one| (document.version, one)));
    if denies.all(|(version, one)| one.effect == Effect::Allow || is_in(&new, version, one)) {
        for document in &mut new {
            let version = document.version;
            document.statements.retain(|one| one.effect == Effect::Deny || !is_in(old, version, one));
        }
    }
    new
}

/// Looks at more than all requests: where none of those is new, none is.
fn prove(statements: &Statements, how: &Comparison<'_>, budget: &mut usize) -> Verdict {
    let valuation = Valuation::default();
    let mut search = Search::new(statements, how.layer, how.only_known, &valuation, Reach::Beyond, *budget);
    let found = search.find();
    *budget = search.budget;
    match found {
        Ok(None) => Verdict::NoNewAccess,
        Err(Exhausted) => Verdict::Inconclusive(Doubt::Budget),
        Ok(Some(_)) => {
            let variables = statements.variables();
            let doubts = std::mem::take(&mut search.doubts);
            Verdict::Inconclusive(match (variables.is_empty(), unknown_name(statements), doubts.into_iter().next()) {
                (false, _, _) => Doubt::Variables(variables.into_iter().collect()),
                (true, Some(name), _) => Doubt::Principal(name),
                (true, None, Some(doubt)) => doubt,
                (true, None, None) => Doubt::Witness,
            })
        }
    }
}

/// A principal whom only AWS knows.
fn unknown_name(statements: &Statements) -> Option<String> {
    let blocks = statements.entries.iter().filter_map(|entry| entry.statement.principal.as_ref());
    blocks.flat_map(unknown_names).next().map(|(_, name)| name.to_owned())
}

/// The names in a `Principal` element that no request can be made for: canonical users, who stand for an account, and ids
/// such as `AROA...`, which stand for a user or a role.
fn unknown_names(block: &PrincipalBlock) -> impl Iterator<Item = (PrincipalKind, &str)> {
    let kinds: &[(PrincipalKind, Vec<String>)] = match block.principals() {
        Principals::Everyone => &[],
        Principals::ByKind(kinds) => kinds,
    };
    kinds.iter().flat_map(|(kind, names)| {
        let unknown = names.iter().map(String::as_str).filter(move |name| match kind {
            PrincipalKind::CanonicalUser => true,
            PrincipalKind::Aws => *name != "*" && !name.starts_with("arn:") && !is_account(name),
            PrincipalKind::Service | PrincipalKind::Federated => false,
        });
        unknown.map(|name| (*kind, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(old: &str, new: &str) -> Verdict {
        let read =
            |text: &str| policy::parse(&format!(r#"{{"Version": "2012-10-17", "Statement": [{text}]}}"#)).unwrap();
        let how = Comparison::of(Layer::Identity).service_aware(catalog::builtin());
        compare(&[read(old)], &[read(new)], &how).unwrap()
    }

    fn allow(action: &str, resource: &str) -> String {
        format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}"#)
    }

    #[test]
    fn with_existing_actions_only_what_can_occur_counts() {
        let object = "arn:aws:s3:::b/*";
        let cases = [
            // Listing a bucket is not about objects, and reading an object not about buckets.
            (allow("s3:ListBucket", "arn:aws:s3:::b"), allow("s3:ListBucket", object), false),
            (allow("s3:GetObject", object), allow("s3:GetObject", "arn:aws:s3:::b*"), true),
            (allow("s3:GetObject", "arn:aws:s3:::b/*"), allow("s3:GetObject", "arn:aws:s3:::b"), false),
            // An ARN's account has twelve digits.
            (
                allow("sqs:SendMessage", "arn:aws:sqs:*:????????????:*"),
                allow("sqs:SendMessage", "arn:aws:sqs:*:*:*"),
                false,
            ),
        ];
        for (old, new, is_new) in cases {
            assert_eq!(verdict(&old, &new).witness().is_some(), is_new, "{old} {new}");
        }
    }

    #[test]
    fn what_the_catalog_does_not_know_is_never_passed_over() {
        for action in ["s3:TeleportObject", "teleport:*", "teleport:Send"] {
            let found = verdict(&allow("s3:GetObject", "*"), &allow(action, "*"));
            let witness = found.witness().unwrap_or_else(|| panic!("{action}"));
            assert!(policy::action_matches(action, witness.action()), "{action} {}", witness.action());
        }
    }

    #[test]
    fn witnesses_are_requests_that_people_know() {
        let found = verdict(&allow("s3:List*", "*"), &allow("s3:*", "arn:aws:s3:::reports/*"));
        let witness = found.witness().unwrap();
        assert!(catalog::builtin().action("s3", witness.action().strip_prefix("s3:").unwrap()).is_some());
        assert!(witness.resource().starts_with("arn:aws:s3:::reports/"), "{}", witness.resource());
    }
}
