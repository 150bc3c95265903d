//! What one policy allows beyond another, as few readable blocks: actions on resources under conditions.
//!
//! A block is a part of one Allow statement in which something is new. The statement's elements are kept as they were
//! written where all of them are concerned, and cut down to the patterns and actions that are where they are not.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use policy::{
    ActionBlock, Condition, Document, Effect, PrincipalBlock, ResourceBlock, Statement, Version, action_matches,
};

use catalog::Catalog;

use super::{
    Comparison, Verdict,
    actions::{ActionClass, Actions},
    compare, placeholders,
    search::formats,
    set::Set,
    statements::Statements,
};
use crate::{policies::PrepareError, request::Request};

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
    let (old, new) = placeholders::fill(old, new);
    Ok(Difference { added: change(&old, &new, how, catalog)?, removed: change(&new, &old, how, catalog)? })
}

fn change(old: &[Document], new: &[Document], how: &Comparison<'_>, catalog: &Catalog) -> Result<Change, PrepareError> {
    let verdict = compare(old, new, how)?;
    let mut blocks = Vec::new();
    if verdict.witness().is_some() {
        let statements = Statements::new(old, new, &[], how.layer)?;
        let known = Actions::new(&statements).known(catalog);
        for (policy, document) in new.iter().enumerate() {
            for (index, statement) in document.statements.iter().enumerate() {
                if statement.effect == Effect::Allow {
                    let version = document.version;
                    let part = Part { old, new, how, policy, index, statement, version, known: &known };
                    blocks.extend(part.blocks()?);
                }
            }
        }
    }
    Ok(Change { verdict, blocks: merge(blocks) })
}

/// One Allow statement under the question.
struct Part<'p> {
    old: &'p [Document],
    new: &'p [Document],
    how: &'p Comparison<'p>,
    policy: usize,
    index: usize,
    statement: &'p Statement,
    version: Version,
    /// The actions that exist, with the statements that name each.
    known: &'p [(Set, ActionClass)],
}

impl Part<'_> {
    fn blocks(&self) -> Result<Vec<Block>, PrepareError> {
        if self.new_in(self.statement)?.is_none() {
            return Ok(Vec::new());
        }
        let mut blocks = Vec::new();
        for resources in self.resources()? {
            let narrowed = Statement { resource: resources.clone(), ..self.statement.clone() };
            for action in self.actions(&narrowed)? {
                let one = Statement { action, ..narrowed.clone() };
                let Some(witness) = self.new_in(&one)? else { continue };
                blocks.push(Block {
                    policy: self.policy,
                    statement: self.index,
                    whole: self.is_whole(&one)?,
                    actions: one.action,
                    resources: one.resource,
                    principal: one.principal,
                    conditions: one.conditions,
                    witness,
                });
            }
        }
        Ok(blocks)
    }

    /// A request that the part allows, that the new policies allow, and the old ones do not.
    fn new_in(&self, part: &Statement) -> Result<Option<Request>, PrepareError> {
        let denies = |document: &Document| Document {
            statements: document.statements.iter().filter(|one| one.effect == Effect::Deny).cloned().collect(),
            ..document.clone()
        };
        let mut new: Vec<Document> = self.new.iter().map(denies).collect();
        new.push(Document { version: self.version, id: None, statements: vec![part.clone()] });
        Ok(compare(self.old, &new, self.how)?.witness().cloned())
    }

    /// Whether the old policies allow nothing of the part that the new ones do.
    fn is_whole(&self, part: &Statement) -> Result<bool, PrepareError> {
        let fence = Statement { effect: Effect::Allow, ..part.clone() };
        let how = Comparison { fences: [self.how.fences.clone(), vec![fence]].concat(), ..self.how.clone() };
        Ok(compare(&[], self.old, &how)? == Verdict::NoNewAccess)
    }

    /// The resource patterns in which something is new, each on its own; `NotResource` cannot be split.
    fn resources(&self) -> Result<Vec<Option<ResourceBlock>>, PrepareError> {
        let Some(ResourceBlock::Resource(patterns)) = &self.statement.resource else {
            return Ok(vec![self.statement.resource.clone()]);
        };
        let mut found = Vec::new();
        for pattern in patterns {
            let block = Some(ResourceBlock::Resource(vec![pattern.clone()]));
            let one = Statement { resource: block.clone(), ..self.statement.clone() };
            if patterns.len() == 1 || self.new_in(&one)?.is_some() {
                found.push(block);
            }
        }
        Ok(found)
    }

    /// The action patterns in which something is new. Where a pattern stands for known actions of which only some are
    /// new, it gives those.
    fn actions(&self, narrowed: &Statement) -> Result<Vec<ActionBlock>, PrepareError> {
        let ActionBlock::Action(patterns) = &narrowed.action else { return Ok(vec![narrowed.action.clone()]) };
        let mut found = Vec::new();
        for pattern in patterns {
            let action = ActionBlock::Action(vec![pattern.clone()]);
            if self.new_in(&Statement { action: action.clone(), ..narrowed.clone() })?.is_none() {
                continue;
            }
            found.push(if pattern.contains(['*', '?']) { self.split(pattern, narrowed)? } else { action });
        }
        Ok(found)
    }

    /// What is new of a pattern with wildcards.
    fn split(&self, pattern: &str, narrowed: &Statement) -> Result<ActionBlock, PrepareError> {
        let matched = || self.known.iter().filter(|(_, action)| action_matches(pattern, &action.to_string()));
        // Actions that the same statements name, and that are about the same resources, are new together.
        let kind = |set: &Set, action: &ActionClass| {
            (set.clone(), self.how.only_known.map(|catalog| formats(catalog, action)).unwrap_or_default())
        };
        let mut is_new = BTreeMap::new();
        for (set, action) in matched() {
            if let Entry::Vacant(unknown) = is_new.entry(kind(set, action)) {
                let one = ActionBlock::Action(vec![action.to_string()]);
                let witness = self.new_in(&Statement { action: one, ..narrowed.clone() })?;
                unknown.insert(witness.is_some());
            }
        }
        let all = || ActionBlock::Action(vec![pattern.to_owned()]);
        if is_new.values().all(|&new| new) || is_new.values().all(|&new| !new) {
            // All of it, or nothing but actions that do not exist yet.
            return Ok(all());
        }
        let mut services: BTreeMap<&str, Known> = BTreeMap::new();
        for (set, action) in matched() {
            let of_service = services.entry(&action.service).or_default();
            let new = is_new.get(&kind(set, action)).copied().unwrap_or_default();
            let side = if new { &mut of_service.new } else { &mut of_service.rest };
            side.push(action.to_string());
        }
        let (mut new, mut rest) = (BTreeSet::new(), BTreeSet::new());
        for (service, actions) in services {
            let entirely = pattern == "*" && (actions.new.is_empty() || actions.rest.is_empty());
            for (side, all) in [(actions.new, &mut new), (actions.rest, &mut rest)] {
                match side.is_empty() {
                    true => {}
                    false if entirely => all.extend([format!("{service}:*")]),
                    false => all.extend(side),
                }
            }
        }
        let but = pattern == "*" && rest.len() < new.len();
        let listed = |names: BTreeSet<String>| names.into_iter().collect();
        Ok(if but { ActionBlock::NotAction(listed(rest)) } else { ActionBlock::Action(listed(new)) })
    }
}

/// The known actions of a service that a pattern stands for.
#[derive(Default)]
struct Known {
    new: Vec<String>,
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
