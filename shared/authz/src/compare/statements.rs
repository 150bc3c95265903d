//! The statements of both sides, as the sets that a comparison is about.

use std::collections::BTreeSet;

use hashbrown::HashSet;
use policy::{ActionBlock, Document, Effect, PrincipalBlock, Principals, ResourceBlock, Statement, Version};

use super::{
    set::Set,
    unknown_names,
    values::{Asked, is_beyond},
    variables::variables_of,
};
use crate::{
    condition::Condition,
    policies::{Layer, PrepareError, Problem},
    principal::PrincipalMatcher,
    request::Context,
    resource::ArnPattern,
    statement::{Compiled, Query},
};

/// Whose statement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
    /// Of neither policy: it fences in what is asked about.
    Fence,
}

/// One statement.
#[derive(Debug)]
pub(super) struct Entry {
    pub side: Side,
    /// The index of its document, and of the statement in it.
    pub at: (usize, usize),
    pub effect: Effect,
    pub action: ActionBlock,
    pub principal: Option<PrincipalMatcher>,
    pub resource: Option<Resource>,
    /// Each with its key in lower case.
    pub conditions: Vec<(String, Condition)>,
    /// Of each condition, see [`is_beyond`].
    beyond: Vec<bool>,
    pub statement: Statement,
    pub version: Version,
    compiled: Compiled,
    /// The statement as one about everyone, where it names somebody whom only AWS knows.
    for_everyone: Option<Compiled>,
}

/// A `Resource` or `NotResource` element.
#[derive(Debug)]
pub(super) struct Resource {
    pub negated: bool,
    pub patterns: Vec<(String, ArnPattern)>,
}

/// All statements of a comparison. A [`Set`] of them says which ones match a request.
#[derive(Debug)]
pub(super) struct Statements {
    pub entries: Vec<Entry>,
    new_allow: Set,
    new_deny: Set,
    old_allow: Set,
    old_deny: Set,
    fence: Set,
    /// Those whose match can only help to make access new, and those whose match can only hinder.
    helps: Set,
    hinders: Set,
}

impl Statements {
    /// Takes both policies. An Allow that cannot be understood allows nothing, as for the evaluator.
    ///
    /// # Errors
    /// When a Deny cannot be understood.
    pub fn new(old: &[Document], new: &[Document], fences: &[Statement], layer: Layer) -> Result<Self, PrepareError> {
        let mut entries = Vec::new();
        for (side, documents) in [(Side::New, new), (Side::Old, old)] {
            for (policy, document) in documents.iter().enumerate() {
                for (index, statement) in document.statements.iter().enumerate() {
                    match Entry::new(side, (policy, index), statement, document.version, layer) {
                        Ok(entry) => entries.push(entry),
                        Err(problem) if statement.effect == Effect::Deny => {
                            return Err(PrepareError { layer, policy, statement: index, problem });
                        }
                        Err(_) => {}
                    }
                }
            }
        }
        for (index, fence) in fences.iter().enumerate() {
            // A fence says nothing of principals, and needs no resource.
            let entry = Entry::new(Side::Fence, (0, index), fence, Version::V2012, Layer::Resource)
                .or_else(|_| Entry::new(Side::Fence, (0, index), fence, Version::V2012, Layer::Identity))
                .map_err(|problem| PrepareError { layer, policy: 0, statement: index, problem })?;
            entries.push(entry);
        }
        let size = entries.len();
        let of = |side: Side, effect: Option<Effect>| {
            let chosen = entries
                .iter()
                .enumerate()
                .filter(|(_, entry)| entry.side == side && effect.is_none_or(|effect| entry.effect == effect));
            Set::of(size, chosen.map(|(index, _)| index))
        };
        let (new_allow, new_deny) = (of(Side::New, Some(Effect::Allow)), of(Side::New, Some(Effect::Deny)));
        let (old_allow, old_deny) = (of(Side::Old, Some(Effect::Allow)), of(Side::Old, Some(Effect::Deny)));
        let fence = of(Side::Fence, None);
        let helps = Set::of(size, new_allow.iter().chain(old_deny.iter()).chain(fence.iter()));
        let hinders = Set::of(size, new_deny.iter().chain(old_allow.iter()));
        Ok(Statements { entries, new_allow, new_deny, old_allow, old_deny, fence, helps, hinders })
    }

    /// The keys of all policy variables, in lower case.
    pub fn variables(&self) -> BTreeSet<String> {
        self.entries.iter().flat_map(|entry| variables_of(&entry.statement, entry.version)).collect()
    }

    pub fn size(&self) -> usize {
        self.entries.len()
    }

    /// Whether a request that exactly these statements match is allowed by the new policy and not by the old one.
    pub fn is_new(&self, matched: &Set) -> bool {
        self.is_possible(matched)
            && !matched.meets(&self.new_deny)
            && (matched.meets(&self.old_deny) || !matched.meets(&self.old_allow))
    }

    /// Whether it could still become so if fewer statements matched.
    pub fn is_possible(&self, matched: &Set) -> bool {
        matched.meets(&self.new_allow) && self.fence.is_subset(matched)
    }

    /// Whether access that is new for `b` is new for `a` too, and stays so however both are narrowed alike.
    pub fn dominates(&self, a: &Set, b: &Set) -> bool {
        b.is_subset_among(a, &self.helps) && a.is_subset_among(b, &self.hinders)
    }

    /// Of several sets that may be the one, that in which access is new only if it is new in all.
    pub fn at_worst(&self, first: &Set, others: &[Set]) -> Set {
        let common = others.iter().fold(first.clone(), |common, set| common.and(set));
        let any = others.iter().fold(first.clone(), |any, set| any.or(set));
        common.and(&self.helps).or(&any.and(&self.hinders))
    }

    /// Of `matched`, the statements of the new policy that allow.
    pub fn granting(&self, matched: &Set) -> Set {
        matched.and(&self.new_allow)
    }

    /// As if `index` were the only statement of the new policy that allows.
    pub fn with_one_grant(&self, set: &Set, index: usize) -> Set {
        let others = self.new_allow.iter().filter(|&other| other != index);
        set.and(&Set::full(self.size()).xor(&Set::of(self.size(), others)))
    }

    /// Keeps the sets that no other dominates, the first of equal ones. Where there are very many, only the first of
    /// them are compared with each: what is kept needlessly costs time and nothing else.
    pub fn prune<T>(&self, choices: Vec<(Set, T)>) -> Vec<(Set, T)> {
        const COMPARED: usize = 100;
        let mut kept: Vec<(Set, T)> = Vec::new();
        let mut seen: HashSet<Set, foldhash::fast::FixedState> = HashSet::default();
        for (set, choice) in choices {
            if !self.is_possible(&set)
                || !seen.insert(set.clone())
                || kept.iter().take(COMPARED).any(|(have, _)| self.dominates(have, &set))
            {
                continue;
            }
            if kept.len() < COMPARED {
                kept.retain(|(have, _)| !self.dominates(&set, have));
            }
            kept.push((set, choice));
        }
        kept
    }

    /// The conditions on `key`, each with the index of its statement. `key` is in lower case.
    pub fn asked<'s>(&'s self, key: &'s str) -> impl Iterator<Item = (usize, Asked<'s>)> {
        self.entries
            .iter()
            .enumerate()
            .flat_map(move |(index, entry)| entry.asked(key).map(move |asked| (index, asked)))
    }

    /// Those of `among` whose conditions on `key` all hold. `key` is in lower case.
    pub fn holding(&self, among: &Set, key: &str, context: &Context) -> Set {
        let chosen = among.iter().filter(|&index| {
            self.entries.get(index).is_some_and(|entry| {
                entry.conditions.iter().filter(|(have, _)| have == key).all(|(_, condition)| condition.holds(context))
            })
        });
        Set::of(self.size(), chosen)
    }

    /// Whether one side allows a request, as the evaluator matches statements.
    pub fn allows(&self, side: Side, query: &Query<'_>) -> bool {
        let mut allowed = false;
        for entry in self.entries.iter().filter(|entry| entry.side == side) {
            if entry.compiled.matches(query).is_some() {
                match entry.effect {
                    Effect::Deny => return false,
                    Effect::Allow => allowed = true,
                }
            }
        }
        allowed
    }

    /// Whether the new policy allows a request and the old one does not, as the evaluator matches statements.
    pub fn shows(&self, query: &Query<'_>) -> bool {
        self.allows(Side::New, query) && !self.allows(Side::Old, query)
    }

    /// Whether a statement names somebody whom only AWS knows.
    pub fn name_unknown(&self) -> bool {
        self.entries.iter().any(|entry| entry.for_everyone.is_some())
    }

    /// As [`Statements::shows`], whether or not the caller is one of those whom only AWS knows.
    pub fn surely_shows(&self, query: &Query<'_>) -> bool {
        let any = |side: Side, effect: Effect, matches: fn(&Entry, &Query<'_>) -> bool| {
            let mut entries = self.entries.iter().filter(|entry| (entry.side, entry.effect) == (side, effect));
            entries.any(|entry| matches(entry, query))
        };
        any(Side::New, Effect::Allow, Entry::surely_matches)
            && !any(Side::New, Effect::Deny, Entry::perhaps_matches)
            && (any(Side::Old, Effect::Deny, Entry::surely_matches)
                || !any(Side::Old, Effect::Allow, Entry::perhaps_matches))
    }

    /// Whether a request lies inside all fences.
    pub fn fenced(&self, query: &Query<'_>) -> bool {
        self.fence
            .iter()
            .filter_map(|index| self.entries.get(index))
            .all(|entry| entry.compiled.matches(query).is_some())
    }
}

impl Entry {
    /// Whether the evaluator takes the statement for one about this request.
    pub fn matches(&self, query: &Query<'_>) -> bool {
        self.compiled.matches(query).is_some()
    }

    /// Whether it is about this request even if its caller is one of those whom only AWS knows.
    fn surely_matches(&self, query: &Query<'_>) -> bool {
        let spares = matches!(self.statement.principal, Some(PrincipalBlock::NotPrincipal(_)));
        self.matches(query) && !(self.for_everyone.is_some() && spares)
    }

    /// Whether it is about this request, or would be if its caller were one of those whom only AWS knows.
    fn perhaps_matches(&self, query: &Query<'_>) -> bool {
        self.matches(query)
            || (matches!(self.statement.principal, Some(PrincipalBlock::Principal(_)))
                && self.for_everyone.as_ref().is_some_and(|everyone| everyone.matches(query).is_some()))
    }

    /// Its conditions on `key`, which is in lower case.
    pub fn asked<'s>(&'s self, key: &'s str) -> impl Iterator<Item = Asked<'s>> {
        let texts = self.statement.conditions.iter().zip(&self.conditions).zip(&self.beyond);
        texts.filter(move |((_, (have, _)), _)| have == key).map(|((text, (_, compiled)), is_beyond)| Asked {
            text,
            version: self.version,
            compiled,
            is_beyond: *is_beyond,
        })
    }

    fn new(
        side: Side,
        at: (usize, usize),
        statement: &Statement,
        version: Version,
        layer: Layer,
    ) -> Result<Self, Problem> {
        let compiled = Compiled::new(statement, version, layer)?;
        let names_unknown = statement.principal.as_ref().is_some_and(|block| unknown_names(block).next().is_some());
        let for_everyone = names_unknown.then(|| {
            let principal = Some(PrincipalBlock::Principal(Principals::Everyone));
            Compiled::new(&Statement { principal, ..statement.clone() }, version, layer)
        });
        let resource = statement.resource.as_ref().map(|block| Resource {
            negated: matches!(block, ResourceBlock::NotResource(_)),
            patterns: block
                .patterns()
                .iter()
                .map(|pattern| (pattern.clone(), ArnPattern::of_resource(pattern, version)))
                .collect(),
        });
        let conditions = statement
            .conditions
            .iter()
            .map(|condition| Ok((condition.key.to_lowercase(), Condition::new(condition, version)?)))
            .collect::<Result<Vec<(String, Condition)>, _>>()?;
        let texts = statement.conditions.iter().zip(&conditions);
        let beyond = texts.map(|(text, (key, compiled))| is_beyond(key, text, version, compiled)).collect();
        Ok(Entry {
            beyond,
            side,
            at,
            effect: statement.effect,
            action: statement.action.clone(),
            principal: statement.principal.as_ref().map(|block| PrincipalMatcher::new(block, statement.effect)),
            resource,
            conditions,
            statement: statement.clone(),
            version,
            compiled,
            for_everyone: for_everyone.transpose()?,
        })
    }
}
