//! The resources, cut into classes that no statement tells apart.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use policy::{Arn, Version};

use super::{
    Exhausted, keys,
    language::{Language, classes, is_open},
    set::Set,
    statements::Statements,
    values::only,
    variables::canonical,
};
use crate::resource::ArnPattern;

/// How many patterns with variables may meet in one class before it is given up.
const MOST_OPEN: usize = 6;

/// A resource, by one of its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ResourceClass {
    pub resource: String,
    /// The account that owns it, where the ARN does not say and a condition asks.
    pub account: Option<Vec<String>>,
}

/// Resources that one of several patterns matches, and one more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Domain<'d> {
    pub any_of: &'d [Language],
    pub within: Option<&'d Language>,
}

/// The patterns of all statements, each once.
pub(super) struct Resources<'s> {
    statements: &'s Statements,
    languages: Vec<Language>,
    /// Where each stands in `languages`.
    places: HashMap<(Language, Option<String>), usize, foldhash::fast::FixedState>,
    /// The text of a pattern with variables, by which it is told from others.
    open: Vec<Option<String>>,
    /// For each statement, its patterns.
    patterns: Vec<Option<Vec<usize>>>,
    /// Of accounts that conditions on the resource's account name.
    accounts: Vec<Language>,
}

impl<'s> Resources<'s> {
    pub fn new(statements: &'s Statements) -> Self {
        let mut resources = Resources {
            statements,
            languages: Vec::new(),
            places: HashMap::default(),
            open: Vec::new(),
            patterns: Vec::new(),
            accounts: Vec::new(),
        };
        for entry in &statements.entries {
            let patterns = entry.resource.as_ref().map(|resource| {
                resource.patterns.iter().filter_map(|(text, pattern)| resources.add(text, pattern)).collect()
            });
            resources.patterns.push(patterns);
        }
        let asked = || statements.asked(keys::RESOURCE_ACCOUNT).map(|(_, asked)| asked);
        if asked().next().is_some() && !asked().any(|asked| asked.is_beyond) {
            for value in asked().flat_map(|asked| &asked.text.values).filter(|value| !value.contains(':')) {
                resources.accounts.extend(pattern(&format!("arn:*:*:*:{value}:*")));
            }
            resources.accounts.extend(pattern("arn:*:*:*::*"));
        }
        resources
    }

    fn add(&mut self, text: &str, pattern: &ArnPattern) -> Option<usize> {
        let language = Language::arn(pattern)?;
        let open = is_open(pattern).then(|| canonical(text, Version::V2012));
        let next = self.languages.len();
        let place = *self.places.entry((language.clone(), open.clone())).or_insert(next);
        if place == next {
            self.languages.push(language);
            self.open.push(open);
        }
        Some(place)
    }

    /// Whether the account that an ARN names answers the conditions on the resource's account.
    pub fn couples(&self) -> bool {
        !self.accounts.is_empty()
    }

    /// The patterns that count where only `active` statements can match: equal ones give equal classes.
    fn relevant(&self, active: &Set) -> Vec<usize> {
        let mut found: Vec<usize> =
            active.iter().filter_map(|index| self.patterns.get(index)?.as_ref()).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Each set of `active` statements that match one resource of `domain`.
    pub fn classes(
        &self,
        active: &Set,
        domain: Domain<'_>,
        accounts: &[Vec<String>],
        budget: &mut usize,
    ) -> Result<Vec<(Set, ResourceClass)>, Exhausted> {
        let size = self.statements.size();
        // What is told of a resource: the statements with a pattern that matches it, whether it is in the domain, and
        // which patterns with variables may match it.
        let mut languages = Vec::new();
        let mut open = Vec::new();
        let mut naming: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for statement in active.iter() {
            for &index in self.patterns.get(statement).and_then(Option::as_ref).into_iter().flatten() {
                naming.entry(index).or_default().push(statement);
            }
        }
        for (index, naming) in naming {
            let Some(language) = self.languages.get(index) else { continue };
            match self.open.get(index) {
                Some(Some(_)) => {
                    languages.push((language.clone(), vec![size + 1 + open.len()]));
                    open.push(naming);
                }
                _ => languages.push((language.clone(), naming)),
            }
        }
        languages.extend(domain.any_of.iter().map(|language| (language.clone(), vec![size])));
        let within = size + 1 + open.len();
        languages.extend(domain.within.map(|language| (language.clone(), vec![within])));
        let accounts_from = within + 1;
        let accounts_of_classes = self.accounts.iter().enumerate();
        languages.extend(accounts_of_classes.map(|(at, language)| (language.clone(), vec![accounts_from + at])));
        let total = accounts_from + self.accounts.len();
        let languages: Vec<_> =
            languages.into_iter().map(|(language, told)| (language, Set::of(total, told))).collect();
        let mut found = Vec::new();
        for class in classes(&languages, total, budget)? {
            if !class.told.contains(size) || (domain.within.is_some() && !class.told.contains(within)) {
                continue;
            }
            let may: Vec<&Vec<usize>> = open
                .iter()
                .enumerate()
                .filter(|(at, _)| class.told.contains(size + 1 + at))
                .map(|(_, naming)| naming)
                .collect();
            if may.len() > MOST_OPEN {
                return Err(Exhausted);
            }
            // A pattern with variables may match or not.
            for chosen in 0..1_usize << may.len() {
                let taken =
                    may.iter().enumerate().filter(|(bit, _)| chosen >> bit & 1 == 1).flat_map(|(_, naming)| *naming);
                let named = class.told.iter().filter(|&statement| statement < size).chain(taken.copied());
                let set = self.matching(active, &Set::of(size, named));
                self.add_accounts(set, &class.text, accounts, &mut found);
            }
        }
        Ok(found)
    }

    /// Those of `domain` that a pattern of some of `active` can meet; of statements without `Resource` all.
    pub fn reachable(&self, active: &Set, domain: &[Language]) -> Vec<Language> {
        let unlimited = |index: usize| {
            let resource = self.statements.entries.get(index).and_then(|entry| entry.resource.as_ref());
            resource.is_none_or(|resource| resource.negated)
        };
        if active.iter().any(unlimited) {
            return domain.to_vec();
        }
        let relevant = self.relevant(active);
        let patterns = || relevant.iter().filter_map(|&index| self.languages.get(index));
        domain.iter().filter(|language| patterns().any(|pattern| pattern.meets(language))).cloned().collect()
    }

    fn matching(&self, active: &Set, named: &Set) -> Set {
        let chosen = active.iter().filter(|&index| {
            let resource = self.statements.entries.get(index).and_then(|entry| entry.resource.as_ref());
            resource.is_none_or(|resource| named.contains(index) != resource.negated)
        });
        Set::of(self.statements.size(), chosen)
    }

    /// Conditions on the resource's account: the ARN answers them if it names one.
    fn add_accounts(&self, set: Set, resource: &str, accounts: &[Vec<String>], found: &mut Vec<(Set, ResourceClass)>) {
        let class = |account| ResourceClass { resource: resource.to_owned(), account };
        if self.accounts.is_empty() {
            found.push((set, class(None)));
            return;
        }
        let named = Arn::parse(resource).ok().map(|arn| arn.account).filter(|account| !account.is_empty());
        let choices = match named {
            Some(account) => vec![vec![account.to_owned()]],
            None => accounts.to_vec(),
        };
        for values in choices {
            let narrowed =
                self.statements.holding(&set, keys::RESOURCE_ACCOUNT, &only(keys::RESOURCE_ACCOUNT, &values));
            found.push((narrowed, class(named.is_none().then_some(values))));
        }
    }
}

/// All resources that a request can name: ARNs, and `*` for actions without a resource.
pub(super) fn every_resource() -> Vec<Language> {
    let mut domain: Vec<Language> = pattern("arn:?*:?*:*:*:?*").into_iter().collect();
    domain.push(Language::literal("*", crate::resource::Case::Kept));
    domain
}

/// The resources of a pattern without variables.
pub(super) fn pattern(text: &str) -> Option<Language> {
    Language::arn(&ArnPattern::of_resource(text, Version::V2008))
}
