//! The actions, cut into classes that no statement tells apart.

use std::{collections::BTreeMap, fmt};

use catalog::Catalog;
use policy::{ActionBlock, Pattern};

use super::{
    Exhausted,
    language::{Language, classes},
    set::Set,
    statements::Statements,
};

/// Actions that the same statements match, by one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ActionClass {
    pub service: String,
    pub name: String,
}

impl fmt::Display for ActionClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.name)
    }
}

/// How the action elements of all statements speak of services.
pub(super) struct Actions<'s> {
    statements: &'s Statements,
    /// Statements whose patterns hold a bare `*`.
    every: Set,
    negated: Set,
    /// By service, then by pattern of a name: the statements that name it.
    named: BTreeMap<String, BTreeMap<String, Set>>,
}

impl<'s> Actions<'s> {
    pub fn new(statements: &'s Statements) -> Self {
        let size = statements.size();
        let mut actions =
            Actions { statements, every: Set::empty(size), negated: Set::empty(size), named: BTreeMap::new() };
        for (index, entry) in statements.entries.iter().enumerate() {
            if matches!(entry.action, ActionBlock::NotAction(_)) {
                actions.negated.insert(index);
            }
            for pattern in entry.action.patterns() {
                if pattern == "*" {
                    actions.every.insert(index);
                }
                let Some((service, name)) = pattern.split_once(':') else { continue };
                actions
                    .named
                    .entry(service.to_ascii_lowercase())
                    .or_default()
                    .entry(name.to_ascii_lowercase())
                    .or_insert_with(|| Set::empty(size))
                    .insert(index);
            }
        }
        // A service's name has no other characters, so nothing can be asked of such a one.
        actions.named.retain(|service, _| !service.is_empty() && service.bytes().all(is_service_character));
        actions
    }

    /// The services that the new policy grants something in, and one that stands for those that no pattern names.
    pub fn services(&self) -> Vec<String> {
        let anywhere = self.every.xor(&self.negated);
        let granted = |names: &BTreeMap<String, Set>| {
            self.statements.is_possible(&names.values().fold(anywhere.clone(), |all, set| all.or(set)))
        };
        let named = self.named.iter().filter(|(_, names)| granted(names));
        std::iter::once(self.unnamed_service()).chain(named.map(|(service, _)| service.clone())).collect()
    }

    /// Every class of a service's actions, known or not: AWS does not limit policies to the actions that exist today.
    pub fn of_service(&self, service: &str, budget: &mut usize) -> Result<Vec<(Set, ActionClass)>, Exhausted> {
        self.inside(service, "*", budget)
    }

    /// As [`Actions::of_service`], for those whose name `pattern` matches.
    pub fn inside(
        &self,
        service: &str,
        pattern: &str,
        budget: &mut usize,
    ) -> Result<Vec<(Set, ActionClass)>, Exhausted> {
        let size = self.statements.size();
        let glob = |pattern: &str| Language::folded_glob(&Pattern::new(pattern));
        let names = self.named.get(&service.to_ascii_lowercase());
        let mut languages: Vec<_> =
            names.into_iter().flatten().map(|(name, set)| (glob(name), Set::of(size + 1, set.iter()))).collect();
        languages.push((glob(pattern), Set::of(size + 1, [size])));
        let found = classes(&languages, size + 1, budget)?;
        let inside = found.into_iter().filter(|class| class.told.contains(size));
        Ok(inside
            .map(|class| {
                let told = Set::of(size, class.told.iter().filter(|&statement| statement < size));
                (self.matching([&told]), ActionClass { service: service.to_owned(), name: class.text })
            })
            .collect())
    }

    /// The statements that match one action.
    pub fn of(&self, action: &ActionClass) -> Set {
        let names = self.named.get(&action.service.to_ascii_lowercase());
        let named = names
            .into_iter()
            .flatten()
            .filter(|(pattern, _)| Pattern::new(pattern).matches_ignoring_case(&action.name));
        self.matching(named.map(|(_, set)| set))
    }

    /// Known actions by the statements that match them.
    pub fn known(&self, catalog: &Catalog) -> Vec<(Set, ActionClass)> {
        let mut found = Vec::new();
        let others = self.matching([]);
        for service in catalog.services() {
            let prefix = service.prefix();
            let Some(names) = self.named.get(prefix) else {
                if self.statements.is_possible(&others) {
                    for action in service.actions() {
                        let class = ActionClass { service: prefix.to_owned(), name: action.name().to_owned() };
                        found.push((others.clone(), class));
                    }
                }
                continue;
            };
            let patterns: Vec<_> = names.iter().map(|(name, set)| (Pattern::new(name), set)).collect();
            for action in service.actions() {
                let named = patterns.iter().filter(|(pattern, _)| pattern.matches_ignoring_case(action.name()));
                let set = self.matching(named.map(|(_, set)| *set));
                if self.statements.is_possible(&set) {
                    let class = ActionClass { service: prefix.to_owned(), name: action.name().to_owned() };
                    found.push((set, class));
                }
            }
        }
        found
    }

    /// Actions that the statements name and the catalog does not know: of a service that it does not know every class, of
    /// others those named in full. What AWS has retired is known to be gone.
    pub fn unlisted(&self, catalog: &Catalog, budget: &mut usize) -> Result<Vec<(Set, ActionClass)>, Exhausted> {
        let mut found = Vec::new();
        for (service, names) in &self.named {
            let Some(known) = catalog.service(service) else {
                found.extend(self.of_service(service, budget)?);
                continue;
            };
            let plain = names.keys().filter(|name| !name.contains(['*', '?']));
            let unknown =
                plain.filter(|name| known.action(name).is_none() && catalog.retired_action(service, name).is_none());
            for name in unknown {
                let action = ActionClass { service: service.clone(), name: name.clone() };
                found.push((self.of(&action), action));
            }
        }
        found.retain(|(set, _)| self.statements.is_possible(set));
        Ok(found)
    }

    fn matching<'a>(&self, named: impl IntoIterator<Item = &'a Set>) -> Set {
        let mut set = self.every.clone();
        for statements in named {
            set = set.or(statements);
        }
        set.xor(&self.negated)
    }

    /// A service that no pattern names: a real one if it can be.
    fn unnamed_service(&self) -> String {
        let real = ["s3", "ec2", "iam", "dynamodb", "lambda", "kms", "sts", "sqs"];
        let invented = (0..).map(|number| format!("service{number}"));
        real.into_iter()
            .map(str::to_owned)
            .chain(invented)
            .find(|service| !self.named.contains_key(service))
            .unwrap_or_default()
    }
}

fn is_service_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}
