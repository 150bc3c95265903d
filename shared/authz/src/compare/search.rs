//! The search for a request that the new policy allows and the old one does not.
//!
//! A request is made of parts: an action, a resource, a principal, a value for each condition key. Each part decides
//! which statements can still match, and a request is matched by those that all of its parts leave. So each part's
//! space is cut into classes that leave the same statements, and the classes are combined. Since more matching
//! Allow statements of NEW (or Deny statements of OLD) only help access to be new, and more of the others only hinder,
//! a class that another one beats in both respects need not be tried: that keeps the combinations few.

use std::collections::{BTreeMap, BTreeSet};

use catalog::Catalog;

use super::{
    Doubt, Exhausted,
    actions::{ActionClass, Actions},
    keys,
    language::Language,
    polish::Draft,
    principals::{is_named, principals},
    resources::{Domain, ResourceClass, Resources, every_resource},
    set::Set,
    statements::Statements,
    values::{Asked, only, values},
    variables::{Valuation, canonical},
};
use crate::{
    condition::Set as OperatorSet,
    policies::Layer,
    principal::Principal,
    request::{Context, Request},
    resource::Case,
    statement::Query,
};

/// Which requests are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Requests that can be written down: what is found is a request.
    Real,
    /// More than those: conditions that are not fully understood may hold or not. That nothing is found is a proof.
    Beyond,
}

/// One comparison under way.
pub(super) struct Search<'s> {
    pub statements: &'s Statements,
    pub layer: Layer,
    /// The actions that exist and their resources, if only those count.
    pub only_known: Option<&'s Catalog>,
    pub valuation: &'s Valuation,
    pub reach: Reach,
    pub budget: usize,
    principals: Option<Vec<(Set, Principal)>>,
    keys: BTreeMap<String, Key>,
    /// What kept the search from looking at real requests only.
    pub doubts: BTreeSet<Doubt>,
}

/// The values of one condition key, with the statements that each leaves.
#[derive(Clone, Default)]
struct Key {
    choices: Vec<(Set, Vec<String>)>,
    /// Conditions whose truth is left open: those who have it in this or in the opposite sense.
    open: Vec<(Set, Set)>,
}

/// What a request is made of, found so far.
#[derive(Clone, Default)]
struct Parts {
    resource: Option<ResourceClass>,
    principal: Option<Principal>,
    values: Vec<(String, Vec<String>)>,
}

impl<'s> Search<'s> {
    pub fn new(
        statements: &'s Statements,
        layer: Layer,
        only_known: Option<&'s Catalog>,
        valuation: &'s Valuation,
        reach: Reach,
        budget: usize,
    ) -> Self {
        Search {
            statements,
            layer,
            only_known,
            valuation,
            reach,
            budget,
            principals: None,
            keys: BTreeMap::new(),
            doubts: BTreeSet::new(),
        }
    }

    /// A request that the new policy allows and the old one does not; with [`Reach::Beyond`] perhaps none that exists.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn find(&mut self) -> Result<Option<Draft>, Exhausted> {
        let actions = Actions::new(self.statements);
        let resources = Resources::new(self.statements);
        let every = every_resource();
        let every = Domain { any_of: &every, within: None };
        let Some(catalog) = self.only_known else {
            // Classes in which nothing is new; what they beat need not be looked at.
            let mut done: Vec<Set> = Vec::new();
            for service in actions.services() {
                for (set, action) in self.statements.prune(actions.of_service(&service, &mut self.budget)?) {
                    if done.iter().any(|done| self.statements.dominates(done, &set)) {
                        continue;
                    }
                    if let Some(found) = self.within(&set, &action, &resources, every)? {
                        return Ok(Some(found));
                    }
                    done.push(set);
                }
            }
            return Ok(None);
        };
        // Of what the catalog does not know it is not known either what cannot be.
        for (set, action) in self.statements.prune(actions.unlisted(catalog, &mut self.budget)?) {
            if let Some(found) = self.within(&set, &action, &resources, every)? {
                return Ok(Some(found));
            }
        }
        let mut by_set: BTreeMap<Set, Vec<ActionClass>> = BTreeMap::new();
        for (set, action) in actions.known(catalog) {
            by_set.entry(set).or_default().push(action);
        }
        for (set, known) in by_set {
            let Some(first) = known.first() else { continue };
            // What is not new for any resource at all is not new for those that exist.
            if self.within(&set, first, &resources, every)?.is_none() {
                continue;
            }
            let mut tried: BTreeSet<Vec<&str>> = BTreeSet::new();
            for action in &known {
                let formats = formats(catalog, action);
                if !tried.insert(formats.clone()) {
                    continue;
                }
                if let Some(found) = self.known(&set, action, &resources, None, catalog)? {
                    return Ok(Some(found));
                }
            }
        }
        Ok(None)
    }

    /// As [`Search::find`], for one known action on what it can be about.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn known(
        &mut self,
        set: &Set,
        action: &ActionClass,
        resources: &Resources<'_>,
        within: Option<&Language>,
        catalog: &Catalog,
    ) -> Result<Option<Draft>, Exhausted> {
        let existing = existing_resources(catalog, action, &formats(catalog, action));
        let domain = resources.reachable(&self.statements.granting(set), &existing);
        if domain.is_empty() {
            return Ok(None);
        }
        self.within(set, action, resources, Domain { any_of: &domain, within })
    }

    /// As [`Search::find`], for one class of actions.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn within(
        &mut self,
        set: &Set,
        action: &ActionClass,
        resources: &Resources<'_>,
        domain: Domain<'_>,
    ) -> Result<Option<Draft>, Exhausted> {
        let statements = self.statements;
        let couples = resources.couples();
        let accounts: Vec<Vec<String>> = if couples && self.uses(set, keys::RESOURCE_ACCOUNT) {
            self.key(keys::RESOURCE_ACCOUNT)?.choices.into_iter().map(|(_, values)| values).collect()
        } else {
            vec![Vec::new()]
        };
        let classes = resources.classes(set, domain, &accounts, &mut self.budget)?;
        let mut states: Vec<(Set, Parts)> = statements.prune(
            classes
                .into_iter()
                .map(|(left, resource)| (left, Parts { resource: Some(resource), ..Parts::default() }))
                .collect(),
        );
        if states.is_empty() {
            return Ok(None);
        }
        if self.principals.is_none() {
            let found = principals(statements, self.layer, self.valuation, self.reach, &mut self.budget)?;
            let asks = |key: &&str| statements.asked(key).next().is_some();
            if self.layer == Layer::Identity && keys::OF_PRINCIPAL.iter().any(asks) {
                self.doubts.insert(Doubt::Principal("a federated user".to_owned()));
            }
            self.principals = Some(found);
        }
        let principals = self.principals.take().unwrap_or_default();
        states = self.combine(states, &principals, |parts, principal| parts.principal = Some(principal.clone()))?;
        self.principals = Some(principals);
        let mut names: BTreeSet<String> = BTreeSet::new();
        for (left, _) in &states {
            for entry in left.iter().filter_map(|index| statements.entries.get(index)) {
                names.extend(entry.conditions.iter().map(|(key, _)| key.clone()));
            }
        }
        for name in names {
            let key = self.key(&name)?;
            // What follows from the other parts of a request has been looked at with them.
            let settled = keys::follows_from_principal(&name) || (name == keys::RESOURCE_ACCOUNT && couples);
            if !settled {
                states = self.combine(states, &key.choices, |parts, values| {
                    parts.values.push((name.clone(), values.clone()));
                })?;
            }
            for (positive, negative) in &key.open {
                let full = Set::full(statements.size());
                let (no, yes) = (full.xor(positive), full.xor(negative));
                states = self.combine(states, &[(yes, ()), (no, ())], |_, ()| {})?;
            }
            if states.is_empty() {
                return Ok(None);
            }
        }
        let found = states.into_iter().find(|(left, _)| statements.is_new(left));
        Ok(found.map(|(_, parts)| self.draft(action, parts)))
    }

    fn combine<T>(
        &mut self,
        states: Vec<(Set, Parts)>,
        choices: &[(Set, T)],
        take: impl Fn(&mut Parts, &T),
    ) -> Result<Vec<(Set, Parts)>, Exhausted> {
        // A combination costs about as much as this many steps of an automaton, one that is kept much more.
        const TRIED: usize = 10;
        const KEPT: usize = 500;
        let tried = states.len().saturating_mul(choices.len()).saturating_mul(TRIED);
        self.budget = self.budget.checked_sub(tried).ok_or(Exhausted)?;
        let mut next = Vec::new();
        for (state, parts) in states {
            let narrowed: Vec<(Set, &T)> = choices.iter().map(|(set, choice)| (state.and(set), choice)).collect();
            for (set, choice) in self.statements.prune(narrowed) {
                let mut parts = parts.clone();
                take(&mut parts, choice);
                next.push((set, parts));
            }
        }
        self.budget = self.budget.checked_sub(next.len().saturating_mul(KEPT)).ok_or(Exhausted)?;
        Ok(self.statements.prune(next))
    }

    fn uses(&self, set: &Set, key: &str) -> bool {
        let mut entries = set.iter().filter_map(|index| self.statements.entries.get(index));
        entries.any(|entry| entry.conditions.iter().any(|(have, _)| have == key))
    }

    /// The values of a key, cut by the conditions of all statements.
    fn key(&mut self, name: &str) -> Result<Key, Exhausted> {
        if let Some(key) = self.keys.get(name) {
            return Ok(key.clone());
        }
        let statements = self.statements;
        let (beyond, asked): (Vec<_>, Vec<_>) = statements.asked(name).partition(|(_, asked)| asked.is_beyond);
        let asked: Vec<Asked<'_>> = asked.into_iter().map(|(_, asked)| asked).collect();
        let found = values(name, &asked, &mut self.budget)?;
        if !beyond.is_empty() || !found.complete {
            self.doubts.insert(Doubt::Values(name.to_owned()));
        }
        let all_open = !found.complete && self.reach == Reach::Beyond;
        let choices = match self.valuation.get(name) {
            Some(value) => vec![value.map(str::to_owned).into_iter().collect()],
            None => found.choices,
        };
        let mut key = Key::default();
        if all_open {
            key.choices.push((Set::full(statements.size()), Vec::new()));
        } else {
            for choice in choices {
                let context = only(name, &choice);
                let holding = statements.entries.iter().enumerate().filter(|(_, entry)| {
                    entry.asked(name).filter(|asked| !asked.is_beyond).all(|a| a.compiled.holds(&context))
                });
                key.choices.push((Set::of(statements.size(), holding.map(|(index, _)| index)), choice));
            }
        }
        if self.reach == Reach::Beyond {
            let mut open: BTreeMap<_, (Set, Set)> = BTreeMap::new();
            for (index, asked) in statements.asked(name).filter(|(_, asked)| all_open || asked.is_beyond) {
                let operator = asked.compiled.operator();
                // Only these are exact opposites of each other.
                let paired = operator.set == OperatorSet::None && !operator.if_exists;
                let values = asked.text.values.iter().map(|value| canonical(value, asked.version));
                let values: BTreeSet<String> = values.collect();
                let name = if paired { format!("{:?}", operator.compare) } else { asked.text.operator.to_lowercase() };
                let empty = || Set::empty(statements.size());
                let (positive, negative) = open.entry((name, values)).or_insert_with(|| (empty(), empty()));
                let side = if paired && operator.negated { negative } else { positive };
                side.insert(index);
            }
            key.open = open.into_values().collect();
        }
        self.keys.insert(name.to_owned(), key.clone());
        Ok(key)
    }

    fn draft(&self, action: &ActionClass, parts: Parts) -> Draft {
        let mut context = Context::default();
        for (key, value) in self.valuation.iter().filter(|(key, _)| !keys::follows_from_principal(key)) {
            if let Some(value) = value {
                context.insert(key, vec![value.to_owned()]);
            }
        }
        for (key, values) in parts.values.into_iter().filter(|(_, values)| !values.is_empty()) {
            context.insert(&key, values);
        }
        let resource = parts.resource.unwrap_or(ResourceClass { resource: "*".to_owned(), account: None });
        if let Some(account) = resource.account.filter(|values| !values.is_empty()) {
            context.insert(keys::RESOURCE_ACCOUNT, account);
        }
        let principal = parts.principal.unwrap_or(Principal::Anonymous);
        Draft {
            principal,
            service: action.service.clone(),
            action: action.name.clone(),
            resource: resource.resource,
            context,
        }
    }
}

/// Whether a request shows what it should, as the evaluator matches statements, whoever those are whom only AWS knows.
pub(super) fn replays(statements: &Statements, request: &Request) -> bool {
    let query = Query::new(request);
    statements.fenced(&query)
        && statements.shows(&query)
        && !(statements.name_unknown() && is_named(statements, request.principal()) && !statements.surely_shows(&query))
}

/// The ARN formats of what a known action can be about.
pub(super) fn formats<'c>(catalog: &'c Catalog, action: &ActionClass) -> Vec<&'c str> {
    let known = catalog.action(&action.service, &action.name);
    let resources = known.into_iter().flat_map(|action| action.resources());
    let mut formats: Vec<&str> = resources.flat_map(|resource| resource.resource_type.arn_formats()).collect();
    formats.sort_unstable();
    formats.dedup();
    formats
}

/// The resources that an action can be about: those of its formats, or `*` if it has none; all if it is not known.
fn existing_resources(catalog: &Catalog, action: &ActionClass, formats: &[&str]) -> Vec<Language> {
    if catalog.action(&action.service, &action.name).is_none() {
        return every_resource();
    }
    if formats.is_empty() {
        return vec![Language::literal("*", Case::Kept)];
    }
    let siblings: Vec<&str> = catalog
        .service(&action.service)
        .into_iter()
        .flat_map(|service| service.resource_types())
        .flat_map(|sibling| sibling.arn_formats())
        .collect();
    let language = |format: &&str| {
        // Where another type's ARN goes on with a slash, a name of this type holds none.
        let goes_on =
            siblings.iter().any(|sibling| sibling.strip_prefix(*format).is_some_and(|rest| rest.starts_with('/')));
        Language::arn_format(format, goes_on.then_some('/'))
    };
    formats.iter().map(language).collect()
}
