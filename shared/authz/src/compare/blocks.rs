//! What one policy allows beyond another, as few readable blocks: actions on resources under conditions.
//!
//! A block is a part of one Allow statement in which something is new. The statement's elements are kept as they were
//! written where all of them are concerned, and cut down to the patterns and actions that are where they are not.

use std::collections::{BTreeMap, BTreeSet};

use catalog::Catalog;
use policy::{ActionBlock, Condition, Document, Effect, Pattern, PrincipalBlock, ResourceBlock, Statement, Version};

use super::{
    Comparison, Verdict,
    actions::{ActionClass, Actions},
    compare,
    language::Language,
    placeholders,
    polish::Draft,
    resources::{Domain, Resources, every_resource},
    search::{Reach, Search, formats, replays},
    set::Set,
    statements::{Entry, Side, Statements},
    variables::{Valuation, valuations},
};
use crate::{
    policies::PrepareError,
    request::Request,
    resource::{ArnPattern, Subject},
    statement::Query,
};

/// A part of one Allow statement in which something is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The index of the document that holds the statement.
    pub policy: usize,
    /// The index of the statement in it.
    pub statement: usize,
    /// The actions: patterns as written where something of each is new, known actions where a pattern is too wide to say.
    pub actions: ActionBlock,
    /// The resources; `None` where the policy's kind leaves them out.
    pub resources: Option<ResourceBlock>,
    /// Who, as written.
    pub principal: Option<PrincipalBlock>,
    /// The conditions, as written.
    pub conditions: Vec<Condition>,
    /// Whether the other policy allows nothing of it.
    pub whole: bool,
    /// A request in it that shows it.
    pub witness: Request,
}

/// What `of` allows beyond another policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whether there is anything.
    pub verdict: Verdict,
    /// What there is; empty without new access.
    pub blocks: Vec<Block>,
}

/// How two policies differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What the new one allows and the old one does not.
    pub added: Change,
    /// What the old one allows and the new one does not.
    pub removed: Change,
}

/// Tells what `new` allows beyond `old`, and the other way round. `catalog` names the actions that patterns stand for.
///
/// # Errors
/// When a Deny statement of either cannot be understood.
pub fn difference(
    old: &[Document],
    new: &[Document],
    how: &Comparison<'_>,
    catalog: &Catalog,
) -> Result<Difference, PrepareError> {
    Ok(Difference { added: change(old, new, how, catalog)?, removed: change(new, old, how, catalog)? })
}

fn change(old: &[Document], new: &[Document], how: &Comparison<'_>, catalog: &Catalog) -> Result<Change, PrepareError> {
    let verdict = compare(old, new, how)?;
    let Some(witness) = verdict.witness() else { return Ok(Change { verdict, blocks: Vec::new() }) };
    let (filled_in, written) = (placeholders::fill(old, new, &how.fences), new);
    let (old, new) = (filled_in.0.as_slice(), filled_in.1.as_slice());
    let how = &Comparison { fences: filled_in.2, ..how.clone() };
    let valuation = valuations(old, new).next().unwrap_or_default();
    let (filled_old, filled_new) = (valuation.fill(old), valuation.fill(new));
    let whole = Statements::new(old, new, &how.fences, how.layer)?;
    let statements = Statements::new(&filled_old, &filled_new, &how.fences, how.layer)?;
    let mut blocks = Vec::new();
    let nothing = Valuation::default();
    let mut added = Cells::new(&statements, &valuation, Reach::Real, how, catalog);
    let mut known = KnownActions::new();
    let mut budget = how.budget;
    let unlisted = how.only_known.and_then(|catalog| added.actions.unlisted(catalog, &mut budget).ok());
    for (set, action) in added.actions.known(catalog).into_iter().chain(unlisted.into_iter().flatten()) {
        known.entry(action.service.clone()).or_default().push((set, action));
    }
    for (grant, entry) in statements.entries.iter().enumerate() {
        let original = new.get(entry.at.0).and_then(|document| document.statements.get(entry.at.1));
        let (Some(original), Side::New, Effect::Allow) = (original, entry.side, entry.effect) else { continue };
        // What the old policies allow of this statement, to tell what is new as a whole: whatever variables stand for.
        let fences = [how.fences.as_slice(), std::slice::from_ref(original)].concat();
        let before = Statements::new(&[], old, &fences, how.layer)?;
        let reach = if valuation.is_empty() { Reach::Real } else { Reach::Beyond };
        let mut part = Part {
            grant,
            original,
            at: entry.at,
            filled: entry.version == Version::V2012,
            whole: &whole,
            known: &known,
            added: &mut added,
            before: Cells::new(&before, &nothing, reach, how, catalog),
        };
        blocks.extend(part.blocks());
    }
    if blocks.is_empty() {
        // It depends on what variables stand for: the statements that allow the witness are told as they are.
        blocks.extend(as_they_are(new, &whole, witness));
    }
    let mut blocks = merge(blocks);
    for block in &mut blocks {
        let statement = |documents: &[Document]| documents.get(block.policy)?.statements.get(block.statement).cloned();
        if let (Some(filled), Some(written)) = (statement(new), statement(written)) {
            block.as_written(&filled, &written);
        }
    }
    Ok(Change { blocks, verdict })
}

impl Block {
    /// Takes the elements of `filled` for those of `written`, the same statement with its placeholders.
    fn as_written(&mut self, filled: &Statement, written: &Statement) {
        self.principal.clone_from(&written.principal);
        self.conditions.clone_from(&written.conditions);
        let (Some(filled), Some(written)) = (&filled.resource, &written.resource) else { return };
        if let Some(ResourceBlock::Resource(patterns) | ResourceBlock::NotResource(patterns)) = &mut self.resources {
            for pattern in patterns {
                let mut pairs = filled.patterns().iter().zip(written.patterns());
                if let Some((_, written)) = pairs.find(|(filled, _)| *filled == pattern) {
                    pattern.clone_from(written);
                }
            }
        }
    }
}

fn as_they_are(new: &[Document], whole: &Statements, witness: &Request) -> Vec<Block> {
    let query = Query::new(witness);
    let granting = whole
        .entries
        .iter()
        .filter(|entry| (entry.side, entry.effect) == (Side::New, Effect::Allow) && entry.matches(&query));
    let block = |entry: &Entry| {
        let original = new.get(entry.at.0)?.statements.get(entry.at.1)?.clone();
        Some(Block {
            policy: entry.at.0,
            statement: entry.at.1,
            actions: original.action,
            resources: original.resource,
            principal: original.principal,
            conditions: original.conditions,
            whole: false,
            witness: witness.clone(),
        })
    };
    granting.filter_map(block).collect()
}

/// A space of requests, asked cell by cell: an action on the resources of one pattern.
struct Cells<'c> {
    search: Search<'c>,
    actions: Actions<'c>,
    resources: Resources<'c>,
    every: Vec<Language>,
    catalog: &'c Catalog,
    /// Answers, by the statements that name the action, the resources, and the ARN formats if only existing ones count.
    answers: BTreeMap<(Set, usize, Vec<&'c str>), Option<Draft>>,
}

impl<'c> Cells<'c> {
    fn new(
        statements: &'c Statements,
        valuation: &'c Valuation,
        reach: Reach,
        how: &Comparison<'c>,
        catalog: &'c Catalog,
    ) -> Self {
        Cells {
            search: Search::new(statements, how.layer, how.only_known, valuation, reach, Comparison::BUDGET),
            actions: Actions::new(statements),
            resources: Resources::new(statements),
            every: every_resource(),
            catalog: how.only_known.unwrap_or(catalog),
            answers: BTreeMap::new(),
        }
    }

    /// A request of the cell that is new; `number` tells the resource patterns apart.
    fn ask(&mut self, set: Set, action: &ActionClass, number: usize, within: Option<&Language>) -> Option<Draft> {
        let existing = if self.search.only_known.is_some() { formats(self.catalog, action) } else { Vec::new() };
        let key = (set, number, existing);
        // What was found for one action of a class is so for the others: the same statements name them.
        let of_action = |draft: Draft| Draft { service: action.service.clone(), action: action.name.clone(), ..draft };
        if let Some(answer) = self.answers.get(&key) {
            return answer.clone().map(of_action);
        }
        self.search.budget = Comparison::BUDGET;
        let found = if self.search.only_known.is_some() {
            self.search.known(&key.0, action, &self.resources, within, self.catalog)
        } else {
            let domain = Domain { any_of: &self.every, within };
            self.search.within(&key.0, action, &self.resources, domain)
        };
        let found = found.ok().flatten();
        self.answers.insert(key, found.clone());
        found
    }
}

/// The actions that exist, by service, with the statements that name each.
type KnownActions = BTreeMap<String, Vec<(Set, ActionClass)>>;

/// Those that a pattern matches.
fn matched<'k>(known: &'k KnownActions, pattern: &str) -> Vec<&'k (Set, ActionClass)> {
    let Some((service, name)) = pattern.split_once(':') else {
        return known.values().flatten().filter(|_| pattern == "*").collect();
    };
    let name = Pattern::new(name);
    let of_service = known.get(&service.to_ascii_lowercase()).into_iter().flatten();
    of_service.filter(|(_, action)| name.matches_ignoring_case(&action.name)).collect()
}

/// One Allow statement under the question.
struct Part<'p, 'c> {
    grant: usize,
    original: &'p Statement,
    at: (usize, usize),
    /// Whether the statement can have variables.
    filled: bool,
    whole: &'p Statements,
    known: &'p KnownActions,
    added: &'p mut Cells<'c>,
    before: Cells<'p>,
}

/// An action in which something is new.
struct Found {
    action: String,
    service: String,
    whole: bool,
    draft: Draft,
}

impl Part<'_, '_> {
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (number, (resources, within)) in self.resources().into_iter().enumerate() {
            let number = self.grant.saturating_mul(1 << 20).saturating_add(number);
            match &self.original.action {
                ActionBlock::Action(patterns) => {
                    for pattern in patterns {
                        let parts = self.pattern(pattern, number, within.as_ref());
                        blocks.extend(parts.into_iter().map(|part| self.block(part, resources.clone())));
                    }
                }
                but @ ActionBlock::NotAction(_) => {
                    let classes = self.classes("*");
                    let found: Vec<Found> = classes
                        .iter()
                        .filter_map(|(set, action)| self.ask(set, action, number, within.as_ref()))
                        .collect();
                    let whole = found.len() == classes.len() && found.iter().all(|found| found.whole);
                    let first = found.into_iter().next();
                    blocks.extend(first.map(|found| self.block((but.clone(), whole, found.draft), resources.clone())));
                }
            }
        }
        blocks
    }

    fn block(&self, (actions, whole, draft): (ActionBlock, bool, Draft), resources: Option<ResourceBlock>) -> Block {
        let polished = draft.clone().polished(self.whole, self.added.catalog);
        let named = actions.patterns().iter().any(|pattern| policy::action_matches(pattern, polished.action()));
        let version = if self.filled { Version::V2012 } else { Version::V2008 };
        let subject = Subject::new(polished.resource());
        let about = |pattern: &String| ArnPattern::of_resource(pattern, version).matches(&subject, polished.context());
        let inside = match &resources {
            Some(ResourceBlock::Resource(patterns)) => patterns.iter().any(about),
            Some(ResourceBlock::NotResource(patterns)) => !patterns.iter().any(about),
            None => true,
        };
        // A familiar name must not lead out of the block.
        let fits = inside && named == matches!(actions, ActionBlock::Action(_));
        Block {
            policy: self.at.0,
            statement: self.at.1,
            actions,
            resources,
            principal: self.original.principal.clone(),
            conditions: self.original.conditions.clone(),
            whole,
            witness: if fits { polished } else { draft.request() },
        }
    }

    /// The resource patterns, each on its own; `NotResource` cannot be split.
    fn resources(&self) -> Vec<(Option<ResourceBlock>, Option<Language>)> {
        let Some(ResourceBlock::Resource(patterns)) = &self.original.resource else {
            return vec![(self.original.resource.clone(), None)];
        };
        let one = |pattern: &String| {
            let (text, version) = if self.filled {
                (self.added.search.valuation.fill_text(pattern)?, Version::V2012)
            } else {
                (pattern.clone(), Version::V2008)
            };
            let language = Language::arn(&ArnPattern::of_resource(&text, version))?;
            Some((Some(ResourceBlock::Resource(vec![pattern.clone()])), Some(language)))
        };
        patterns.iter().filter_map(one).collect()
    }

    /// Whether something is new of one class of actions on the resources.
    fn ask(&mut self, set: &Set, action: &ActionClass, number: usize, within: Option<&Language>) -> Option<Found> {
        let set = self.added.search.statements.with_one_grant(set, self.grant);
        let draft = self.added.ask(set, action, number, within)?;
        if !replays(self.whole, &draft.request()) {
            return None;
        }
        let before = self.before.actions.of(action);
        // A pattern that was filled in is one of those that it stands for.
        let within = within.filter(|_| self.before.search.reach == Reach::Real);
        let whole = !self.before.search.statements.is_possible(&before)
            || self.before.ask(before, action, number, within).is_none();
        Some(Found { action: action.to_string(), service: action.service.clone(), whole, draft })
    }

    /// The classes of actions inside a pattern.
    fn classes(&mut self, pattern: &str) -> Vec<(Set, ActionClass)> {
        let mut budget = Comparison::BUDGET;
        if self.added.search.only_known.is_some() {
            return matched(self.known, pattern).into_iter().cloned().collect();
        }
        let actions = &self.added.actions;
        let services: Vec<(String, &str)> = match pattern.split_once(':') {
            Some((service, name)) => vec![(service.to_ascii_lowercase(), name)],
            None => actions.services().into_iter().map(|service| (service, "*")).collect(),
        };
        let inside = services.iter().filter_map(|(service, name)| actions.inside(service, name, &mut budget).ok());
        inside.flatten().collect()
    }

    /// What is new of an action pattern: the pattern where all of it is, known actions where some are.
    fn pattern(&mut self, pattern: &str, number: usize, within: Option<&Language>) -> Vec<(ActionBlock, bool, Draft)> {
        let classes = self.classes(pattern);
        let of_pattern: Vec<Found> =
            classes.iter().filter_map(|(set, action)| self.ask(set, action, number, within)).collect();
        let all_whole = of_pattern.len() == classes.len() && of_pattern.iter().all(|found| found.whole);
        let Some(first) = of_pattern.into_iter().next() else { return Vec::new() };
        let mut services: BTreeMap<&str, Known> = BTreeMap::new();
        let mut found: Vec<Found> = Vec::new();
        for (set, action) in matched(self.known, pattern) {
            let of_service = services.entry(&action.service).or_default();
            of_service.all += 1;
            match self.ask(set, action, number, within) {
                Some(new) => {
                    of_service.new += 1;
                    found.push(new);
                }
                None => of_service.rest.push(action.to_string()),
            }
        }
        let is_plain = !pattern.contains(['*', '?']);
        let all = services.values().map(|known| known.all).sum::<usize>();
        // All of it, or nothing but actions that do not exist yet.
        if is_plain || found.len() == all || found.is_empty() {
            return vec![(ActionBlock::Action(vec![pattern.to_owned()]), all_whole, first.draft)];
        }
        let rest: Vec<String> = services
            .iter()
            .flat_map(|(service, known)| match known.new {
                0 => vec![format!("{service}:*")],
                _ => known.rest.clone(),
            })
            .collect();
        let entire = services.values().filter(|known| known.new == known.all).count();
        if pattern == "*" && rest.len() < found.len().min(entire.max(1)) {
            let whole = found.iter().all(|found| found.whole);
            // The first class of all may lie in what is left out.
            let draft = found.into_iter().next().map_or(first.draft, |found| found.draft);
            return vec![(ActionBlock::NotAction(rest), whole, draft)];
        }
        // By service where a service is new as a whole, and apart where the other policy allows a part.
        let mut parts: BTreeMap<bool, (BTreeSet<String>, Draft)> = BTreeMap::new();
        let mut alike: BTreeMap<String, BTreeSet<bool>> = BTreeMap::new();
        for one in &found {
            alike.entry(one.service.clone()).or_default().insert(one.whole);
        }
        for one in found {
            let entirely = pattern == "*"
                && services.get(one.service.as_str()).is_some_and(|known| known.rest.is_empty())
                && alike.get(&one.service).is_some_and(|whole| whole.len() == 1);
            let name = if entirely { format!("{}:*", one.service) } else { one.action };
            parts.entry(!one.whole).or_insert_with(|| (BTreeSet::new(), one.draft)).0.insert(name);
        }
        let listed = |(part, (names, draft)): (bool, (BTreeSet<String>, Draft))| {
            (ActionBlock::Action(names.into_iter().collect()), !part, draft)
        };
        parts.into_iter().map(listed).collect()
    }
}

/// The known actions of a service that a pattern stands for.
#[derive(Default)]
struct Known {
    all: usize,
    new: usize,
    rest: Vec<String>,
}

/// Joins blocks that differ in their actions only, then those that differ in their resources only.
fn merge(blocks: Vec<Block>) -> Vec<Block> {
    let mut by_resource: Vec<Block> = Vec::new();
    for block in blocks {
        let same = |have: &&mut Block| {
            let alike = (have.policy, have.statement, have.whole) == (block.policy, block.statement, block.whole);
            alike && have.resources == block.resources
        };
        match (by_resource.iter_mut().find(same).map(|have| &mut have.actions), &block.actions) {
            (Some(ActionBlock::Action(have)), ActionBlock::Action(more)) => have.extend(more.iter().cloned()),
            _ => by_resource.push(block),
        }
    }
    let mut merged: Vec<Block> = Vec::new();
    for block in by_resource {
        let same = |have: &&mut Block| {
            let alike = (have.policy, have.statement, have.whole) == (block.policy, block.statement, block.whole);
            alike && have.actions == block.actions
        };
        match (merged.iter_mut().find(same).map(|have| &mut have.resources), &block.resources) {
            (Some(Some(ResourceBlock::Resource(have))), Some(ResourceBlock::Resource(more))) => {
                have.extend(more.iter().cloned());
            }
            _ => merged.push(block),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::Layer;

    fn told(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
        let read =
            |text: &str| policy::parse(&format!(r#"{{"Version": "2012-10-17", "Statement": [{text}]}}"#)).unwrap();
        let how = Comparison::of(Layer::Identity);
        let found = difference(&[read(old)], &[read(new)], &how, catalog::builtin()).unwrap();
        let tell = |change: Change| {
            let line = |block: &Block| {
                let but = if matches!(block.actions, ActionBlock::NotAction(_)) { "all but " } else { "" };
                let resources = block.resources.as_ref().map(|r| r.patterns().join(" ")).unwrap_or_default();
                let partly = if block.whole { "" } else { ", in part" };
                format!("{but}{} on {resources}{partly}", block.actions.patterns().join(" "))
            };
            change.blocks.iter().map(line).collect()
        };
        (tell(found.added), tell(found.removed))
    }

    #[test]
    fn an_added_action_and_a_removed_resource() {
        let old =
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]}"#;
        let new = r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::a/*"}"#;
        assert_eq!(
            told(old, new),
            (vec!["s3:PutObject on arn:aws:s3:::a/*".to_owned()], vec!["s3:GetObject on arn:aws:s3:::b/*".to_owned()])
        );
    }

    #[test]
    fn a_pattern_of_which_a_part_is_new() {
        let old = r#"{"Effect": "Allow", "Action": ["sqs:Get*", "sqs:ReceiveMessage"], "Resource": "*"}"#;
        let new = r#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"},
                     {"Effect": "Deny", "Action": ["sqs:Send*", "sqs:*Permission", "sqs:*Task*", "sqs:*ag*", "sqs:L*"], "Resource": "*"}"#;
        assert_eq!(told(old, new).0, ["sqs:CreateQueue sqs:DeleteQueue sqs:PurgeQueue sqs:SetQueueAttributes on *"]);
    }

    #[test]
    fn everything_but_little_is_told_as_such() {
        let old = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#;
        let new = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
        assert_eq!(told(old, new), (vec!["all but s3:* on *".to_owned()], vec![]));
    }

    #[test]
    fn what_was_allowed_in_part_is_said_to_be_so() {
        let old = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/x/*"}"#;
        let new = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}"#;
        assert_eq!(told(old, new).0, ["s3:GetObject on arn:aws:s3:::a/*, in part"]);
    }

    #[test]
    fn a_deny_taken_away_adds_what_it_denied() {
        let allow = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
        let deny = r#"{"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}"#;
        let (added, removed) = told(&format!("{allow}, {deny}"), allow);
        assert_eq!((added, removed), (vec!["iam:PassRole on *".to_owned()], vec![]));
    }
}
