//! The better version of a whole text: one document, or a list of them.

use authz::Request;
use catalog::Catalog;
use policy::{Document, Node};
use serde_json::{Value, json};

use crate::{Commands, Finding, PolicyType, Score, Step, commands, edits::to_value, improve, rewrite::rewrite};

/// A better version of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Better {
    /// The text's JSON, changed.
    pub policy: Value,
    /// Its documents.
    pub documents: Vec<Document>,
    /// The fixes that are in it.
    pub applied: Vec<Step>,
    /// The fixes that could not be made, each with its reason.
    pub left: Vec<Step>,
    /// What it gives, compared with the original: [`Effect::as_str`](crate::Effect::as_str).
    pub effect: &'static str,
    /// How it is put in place.
    pub commands: Commands,
}

/// The better version of a text whose findings `wanted` picks; `None` where there is none. `observed` must stay allowed.
#[must_use]
pub fn better(
    text: &str,
    policy_type: PolicyType,
    catalog: &Catalog,
    observed: &[Request],
    wanted: &dyn Fn(&Finding) -> bool,
) -> Option<Better> {
    let root = Node::read(text).ok()?;
    let mut policy = to_value(&root);
    let parts: Vec<(&Node<'_>, &mut Value)> = match &mut policy {
        Value::Array(values) => root.elements().iter().zip(values).collect(),
        value => vec![(&root, value)],
    };
    let (mut applied, mut left, mut documents, mut effects) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (node, value) in parts {
        match improve(node, policy_type, catalog, observed, wanted) {
            Some(remedy) => {
                applied.extend(remedy.applied);
                left.extend(remedy.left);
                effects.push(remedy.effect.as_str());
                documents.push(remedy.document);
                *value = remedy.policy;
            }
            None => documents.extend(policy::from_node(node, None)),
        }
    }
    // Of several documents the change that is known least counts.
    let effect =
        ["nothing-to-compare", "no-wider", "narrower", "same"].into_iter().find(|one| effects.contains(one))?;
    // A command takes one document, and no list of them.
    let commands = match documents.as_slice() {
        [document] if !policy.is_array() => commands(policy_type, document),
        _ => Commands::default(),
    };
    Some(Better { policy, documents, applied, left, effect, commands })
}

impl Better {
    /// The better version of this text, laid out as the text is: only what was changed is written anew.
    #[must_use]
    pub fn text(&self, original: &str) -> String {
        rewrite(original, &self.policy)
    }

    /// `{"policy", "effect", "applied": [..], "left": [..], "apply": [..], "roll_back": [..], "score"?, "risk"?}`
    #[must_use]
    pub fn to_json(&self, score: Option<&Score>) -> Value {
        let mut answer = json!({
            "policy": self.policy,
            "effect": self.effect,
            "applied": self.applied.iter().map(step).collect::<Vec<_>>(),
            "left": self.left.iter().map(step).collect::<Vec<_>>(),
            "apply": self.commands.apply,
            "roll_back": self.commands.roll_back,
        });
        if let (Some(members), Some(score)) = (answer.as_object_mut(), score) {
            members.insert("score".to_owned(), score.score.into());
            members.insert("risk".to_owned(), score.risk.into());
        }
        answer
    }
}

fn step(step: &Step) -> Value {
    let mut answer = json!({"code": step.code, "path": step.path, "title": step.title});
    if let (false, Some(members)) = (step.reason.is_empty(), answer.as_object_mut()) {
        members.insert("reason".to_owned(), step.reason.as_str().into());
    }
    answer
}
