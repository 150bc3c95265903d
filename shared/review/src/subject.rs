//! A policy as rules look at it: whatever can be read of it, also where it is wrong, with all lookups done once.

use std::cell::OnceCell;

use authz::operators::{Compare, Operator, Set};
use catalog::{Catalog, Service};
use policy::{
    Arn, Effect, Node, PrincipalKind,
    json::{Member, Value},
};

use crate::{
    PolicyType,
    arn_formats::Shape,
    callers::names_callers,
    keys::{Key, look_up},
    variables::{Flaw, flaw},
};

/// One document.
pub(crate) struct Subject<'a> {
    pub policy_type: PolicyType,
    pub catalog: &'a Catalog,
    /// The whole document.
    pub root: &'a Node<'a>,
    /// Its statements; what stands there and is no object is left out.
    pub statements: Vec<Statement<'a>>,
}

/// One statement.
pub(crate) struct Statement<'a> {
    pub node: &'a Node<'a>,
    /// `None` where it is missing or is neither `Allow` nor `Deny`.
    pub effect: Option<Effect>,
    pub sid: Option<&'a Node<'a>>,
    pub actions: Element<'a, ActionPattern<'a>>,
    pub resources: Element<'a, ResourcePattern<'a>>,
    pub principals: Element<'a, Principal<'a>>,
    pub conditions: Vec<Condition<'a>>,
}

/// An element that can be negated: `Action` or `NotAction`, and so on. What is no text in it is left out.
pub(crate) struct Element<'a, T> {
    /// The element; `None` where the statement has neither. Where it has both, the first.
    pub member: Option<&'a Member<'a>>,
    pub is_negated: bool,
    pub items: Vec<T>,
}

/// A pattern of actions.
#[derive(Clone, Copy)]
pub(crate) struct ActionPattern<'a> {
    pub node: &'a Node<'a>,
    pub text: &'a str,
    /// What stands before the colon; empty for `*` and where there is no colon.
    pub prefix: &'a str,
    /// What stands after the colon; the whole text where there is none.
    pub name: &'a str,
    /// The service that `prefix` names exactly.
    pub service: Option<Service<'a>>,
}

impl<'a> ActionPattern<'a> {
    pub fn has_wildcard(&self) -> bool {
        self.text.contains(['*', '?'])
    }

    /// Whether it matches every action there is.
    pub fn is_everything(&self) -> bool {
        self.text == "*" || (self.prefix == "*" && self.name == "*")
    }

    /// The actions of its service that it matches; none where the service is not known.
    pub fn actions(&self) -> impl Iterator<Item = catalog::Action<'a>> {
        let name = policy::Pattern::new(self.name);
        let actions = self.service.into_iter().flat_map(|service| service.actions());
        actions.filter(move |action| name.matches_ignoring_case(action.name()))
    }

    /// Whether it matches `service:Name`.
    pub fn matches(&self, action: &str) -> bool {
        policy::action_matches(self.text, action)
    }
}

/// A pattern of resources.
pub(crate) struct ResourcePattern<'a> {
    pub node: &'a Node<'a>,
    pub text: &'a str,
    /// Its parts, where it is an ARN.
    pub arn: Option<Arn<'a>>,
    shape: OnceCell<Shape>,
}

impl ResourcePattern<'_> {
    /// What ARNs of such resources look like; nothing is known of what is no ARN.
    pub fn shape(&self, catalog: &Catalog) -> Shape {
        *self.shape.get_or_init(|| self.arn.map(|arn| Shape::of(&arn, catalog)).unwrap_or_default())
    }
}

/// A principal that is named.
#[derive(Clone, Copy)]
pub(crate) struct Principal<'a> {
    pub node: &'a Node<'a>,
    /// `None` for `"*"` in place of an object, and for a key that is none.
    pub kind: Option<PrincipalKind>,
    /// The key that it stands under; `None` for `"*"` in place of an object.
    pub member: Option<&'a Member<'a>>,
    pub text: &'a str,
}

/// A condition: an operator and a key with values.
#[derive(Clone, Copy)]
pub(crate) struct Condition<'a> {
    /// The operator's name, and the object of keys behind it.
    pub operator_member: &'a Member<'a>,
    /// `None` for what is no operator.
    pub operator: Option<Operator>,
    /// The key's name, and its values.
    pub key_member: &'a Member<'a>,
    /// What is known of the key.
    pub known: Key<'a>,
}

impl<'a> Condition<'a> {
    pub fn key(&self) -> &'a str {
        &self.key_member.key
    }

    /// Whether it is about this key; case does not matter.
    pub fn is_about(&self, key: &str) -> bool {
        self.key().eq_ignore_ascii_case(key)
    }

    pub fn operator_name(&self) -> &'a str {
        &self.operator_member.key
    }

    /// Whether it holds only for callers that it names.
    pub fn names_callers(&self) -> bool {
        let values = self.values().map(|(_, value)| value);
        self.operator.is_some_and(|operator| names_callers(operator, self.key(), values))
    }

    /// Whether it asks that the key is there and has one of some values, not any.
    pub fn asks_for_more_than_stars(&self) -> bool {
        let is_any = |value: &str| value.contains('*') && value.bytes().all(|byte| matches!(byte, b'*' | b'?'));
        let holds_without = |one: Operator| one.negated || one.if_exists || one.set == Set::All;
        self.operator.is_some_and(|one| one.compare != Compare::Null && !holds_without(one))
            && !self.values().any(|(_, value)| is_any(value))
    }

    pub fn value_nodes(&self) -> &'a [Node<'a>] {
        self.key_member.node.elements()
    }

    /// The values that are texts, numbers or booleans, as text.
    pub fn values(&self) -> impl Iterator<Item = (&'a Node<'a>, &'a str)> + Clone + use<'a> {
        self.value_nodes().iter().filter_map(|node| match &node.value {
            Value::String(text) | Value::Number(text) => Some((node, text.as_ref())),
            Value::Bool(true) => Some((node, "true")),
            Value::Bool(false) => Some((node, "false")),
            _ => None,
        })
    }
}

impl<'a> Subject<'a> {
    pub fn new(root: &'a Node<'a>, policy_type: PolicyType, catalog: &'a Catalog) -> Self {
        let statements = root.get("Statement").map(Node::elements).unwrap_or_default();
        let objects = statements.iter().filter(|node| matches!(node.value, Value::Object(_)));
        let statements = objects.map(|node| Statement::new(node, catalog)).collect();
        Subject { policy_type, catalog, root, statements }
    }

    /// The resources of all statements.
    pub fn resources(&self) -> impl Iterator<Item = &ResourcePattern<'a>> {
        self.statements.iter().flat_map(|statement| &statement.resources.items)
    }

    /// The principals of all statements.
    pub fn principals(&self) -> impl Iterator<Item = &Principal<'a>> {
        self.statements.iter().flat_map(|statement| &statement.principals.items)
    }

    /// The texts that can have variables: resources and the values of conditions.
    pub fn texts_with_variables(&self) -> impl Iterator<Item = (&'a Node<'a>, &'a str)> {
        let resources = self.resources().map(|resource| (resource.node, resource.text));
        resources.chain(self.conditions().flat_map(|condition| condition.values()))
    }

    /// Those whose variables have this flaw first.
    pub fn with_flaw(&self, wanted: Flaw) -> impl Iterator<Item = &'a Node<'a>> {
        let texts = self.texts_with_variables().filter(|(_, text)| text.contains("${"));
        texts.filter(move |(_, text)| flaw(text) == Some(wanted)).map(|(node, _)| node)
    }

    /// The values of conditions on `key` that are no ids: `start`, and 8 or 17 letters and digits.
    pub fn identifiers(&self, key: &str, start: &str) -> impl Iterator<Item = (&'a Node<'a>, &'a str)> {
        let is_id = move |value: &str| {
            let rest = value.strip_prefix(start);
            rest.is_some_and(|rest| {
                matches!(rest.len(), 8 | 17) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        };
        let compared = self.conditions().filter(move |condition| {
            let is_null = condition.operator.is_some_and(|operator| operator.compare == Compare::Null);
            condition.is_about(key) && !is_null
        });
        let values = compared.flat_map(|condition| condition.values());
        values.filter(move |(_, value)| !value.contains(['*', '?', '$']) && !is_id(value))
    }

    /// The conditions of all statements.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition<'a>> {
        self.statements.iter().flat_map(|statement| &statement.conditions)
    }

    /// The `Sid`s that have stood before, with where they stand again; empty ones do not count.
    pub fn repeated_sids(&self) -> impl Iterator<Item = (&'a str, &'a Node<'a>)> {
        let mut seen = std::collections::BTreeSet::new();
        let sids = self.statements.iter().filter_map(|statement| Some((statement.sid?.as_str()?, statement.sid?)));
        sids.filter(move |(sid, _)| !sid.is_empty() && !seen.insert(*sid))
    }

    /// How many characters AWS counts: those of the JSON without white space between its tokens.
    pub fn size(&self) -> usize {
        size_of(self.root)
    }

    /// Whether the policy has version 2012-10-17, so that it can use variables.
    pub fn has_variables(&self) -> bool {
        self.root.get("Version").and_then(Node::as_str) == Some("2012-10-17")
    }
}

impl<'a> Statement<'a> {
    fn new(node: &'a Node<'a>, catalog: &'a Catalog) -> Self {
        let effect = match node.get("Effect").and_then(Node::as_str) {
            Some("Allow") => Some(Effect::Allow),
            Some("Deny") => Some(Effect::Deny),
            _ => None,
        };
        let mut service: Option<(&str, Option<Service<'_>>)> = None;
        Statement {
            node,
            effect,
            sid: node.get("Sid"),
            actions: Element::new(node, "Action", "NotAction", |member| {
                let action = |(node, text): (&'a Node<'a>, &'a str)| {
                    let (prefix, name) = text.split_once(':').unwrap_or(("", text));
                    // Neighbours are mostly of one service.
                    let found = match service {
                        Some((last, found)) if last == prefix => found,
                        _ => catalog.service(prefix),
                    };
                    service = Some((prefix, found));
                    ActionPattern { node, text, prefix, name, service: found }
                };
                texts(&member.node).map(action).collect()
            }),
            resources: Element::new(node, "Resource", "NotResource", |member| {
                let resource =
                    |(node, text)| ResourcePattern { node, text, arn: Arn::parse(text).ok(), shape: OnceCell::new() };
                texts(&member.node).map(resource).collect()
            }),
            principals: Element::new(node, "Principal", "NotPrincipal", |member| principals(&member.node)),
            conditions: conditions(node, catalog),
        }
    }

    pub fn allows(&self) -> bool {
        self.effect == Some(Effect::Allow)
    }

    pub fn denies(&self) -> bool {
        self.effect == Some(Effect::Deny)
    }

    /// The element by which it is about every resource.
    pub fn every_resource(&self) -> Option<&'a Node<'a>> {
        let is_everything = |text: &str| text == "*" || text == "arn:*:*:*:*:*" || text == "arn:aws:*:*:*:*";
        let positive = self.resources.is_positive();
        self.resources.items.iter().find(|resource| positive && is_everything(resource.text)).map(|one| one.node)
    }

    /// The conditions on this key; case does not matter.
    pub fn conditions_on(&self, key: &str) -> impl Iterator<Item = &Condition<'a>> {
        self.conditions.iter().filter(move |condition| condition.is_about(key))
    }
}

impl<'a, T> Element<'a, T> {
    fn new(statement: &'a Node<'a>, yes: &str, no: &str, mut items: impl FnMut(&'a Member<'a>) -> Vec<T>) -> Self {
        let member = statement.members().iter().find(|member| member.key == yes || member.key == no);
        Element {
            member,
            is_negated: member.is_some_and(|member| member.key == no),
            items: member.map(&mut items).unwrap_or_default(),
        }
    }

    /// Whether the statement has the element, not negated.
    pub fn is_positive(&self) -> bool {
        self.member.is_some() && !self.is_negated
    }
}

fn texts<'a>(node: &'a Node<'a>) -> impl Iterator<Item = (&'a Node<'a>, &'a str)> {
    node.elements().iter().filter_map(|node| Some((node, node.as_str()?)))
}

fn principals<'a>(node: &'a Node<'a>) -> Vec<Principal<'a>> {
    if let Some(text) = node.as_str() {
        return vec![Principal { node, kind: None, member: None, text }];
    }
    let of_member = |member: &'a Member<'a>| {
        let kind = PrincipalKind::ALL.into_iter().find(|kind| kind.as_str() == member.key);
        texts(&member.node).map(move |(node, text)| Principal { node, kind, member: Some(member), text })
    };
    node.members().iter().flat_map(of_member).collect()
}

fn conditions<'a>(statement: &'a Node<'a>, catalog: &Catalog) -> Vec<Condition<'a>> {
    let operators = statement.get("Condition").map(Node::members).unwrap_or_default();
    let of_operator = |operator_member: &'a Member<'a>| {
        let operator = Operator::parse(&operator_member.key);
        let keys = operator_member.node.members().iter();
        keys.map(move |key_member| {
            let known = look_up(&key_member.key, catalog);
            Condition { operator_member, operator, key_member, known }
        })
    };
    operators.iter().flat_map(of_operator).collect()
}

/// The characters of a value as JSON, without white space between its tokens.
pub(crate) fn size_of(node: &Node<'_>) -> usize {
    // Escapes count as they are written, which a tree no longer knows: quotes and backslashes are two characters.
    let text = |text: &str| text.chars().map(|c| if matches!(c, '"' | '\\') { 2 } else { 1 }).sum::<usize>() + 2;
    match &node.value {
        Value::Null => 4,
        Value::Bool(value) => 5 - usize::from(*value),
        Value::Number(number) => number.len(),
        Value::String(string) => text(string),
        Value::Array(nodes) => nodes.iter().map(|node| size_of(node) + 1).sum::<usize>().max(1) + 1,
        Value::Object(members) => {
            members.iter().map(|member| text(&member.key) + size_of(&member.node) + 2).sum::<usize>().max(1) + 1
        }
    }
}
