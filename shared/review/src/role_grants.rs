//! Statements that allow something of all roles: what the rules on PassRole and on service-linked roles look for.

use std::collections::BTreeSet;

use policy::Node;
use serde_json::{Map, Value, json};

use crate::{
    edits::to_value,
    findings::{Change, Findings, shown},
    narrowing::{append_statement, with_condition},
    subject::{ActionPattern, Condition, ResourcePattern, Statement, Subject},
};

/// An action on roles, and the condition that says for which service.
pub(crate) struct Grant {
    action: &'static str,
    condition: &'static str,
    /// What stands behind the account in ARNs of all roles that it is about.
    every_role: &'static str,
    what: &'static str,
}

pub(crate) static GRANT_PASS_ROLE: Grant = Grant {
    action: "iam:PassRole",
    condition: "iam:PassedToService",
    every_role: "role/*",
    what: "pass any role to any service",
};

pub(crate) static GRANT_CREATE_SLR: Grant = Grant {
    action: "iam:CreateServiceLinkedRole",
    condition: "iam:AWSServiceName",
    every_role: "role/aws-service-role/*",
    what: "make service-linked roles of any service",
};

/// Elements, and what becomes of them.
type Edits<'n, 'a> = Vec<(&'n Node<'a>, Change)>;

/// The most services that a fix names: a policy that hands roles to more is no narrower for it.
const MOST_SERVICES: usize = 10;

/// How a statement names the action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Named,
    Pattern,
    NotAction,
}

/// How it names the roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    Star,
    NotResource,
}

impl Grant {
    /// Adds a finding for each statement that allows the action in this way.
    pub fn report(&self, subject: &Subject<'_>, way: Way, reach: Reach, findings: &mut Findings<'_, '_>) {
        for statement in subject.statements.iter().filter(|statement| statement.allows()) {
            if statement.conditions_on(self.condition).any(names_a_service) {
                continue;
            }
            let (Some(action), Some(resource)) = (self.action(statement, way), self.roles(statement, reach)) else {
                continue;
            };
            let added = findings.add(action, format!("the statement allows to {}", shown(self.what))).with(resource);
            if let Some((title, edits)) = self.for_services_in_use(subject, statement) {
                added.fix(title, edits);
            }
        }
    }

    /// Keeps PassRole to the services that the policy's other actions hand roles to. None where it has no such action, or
    /// where a pattern stands for PassRole: what else that is for cannot be known.
    fn for_services_in_use<'n, 'a>(
        &self,
        subject: &'n Subject<'a>,
        statement: &'n Statement<'a>,
    ) -> Option<(String, Edits<'n, 'a>)> {
        let is_it = |action: &&ActionPattern<'_>| action.text.eq_ignore_ascii_case(self.action);
        if self.action != GRANT_PASS_ROLE.action || !statement.actions.is_positive() {
            return None;
        }
        let named = statement.actions.items.iter().find(is_it)?;
        let allowing = subject.statements.iter().filter(|one| one.allows() && one.actions.is_positive());
        let actions = allowing.flat_map(|one| one.actions.items.iter()).flat_map(ActionPattern::actions);
        let passed_to = actions.flat_map(|action| action.pass_role().map(|role| role.passed_to).collect::<Vec<_>>());
        let services: BTreeSet<&str> = passed_to.collect();
        // A role that goes to a service whose principal is not known would be refused.
        if services.is_empty() || services.len() > MOST_SERVICES || services.contains("") {
            return None;
        }
        let services: Vec<&str> = services.into_iter().collect();
        let conditions = with_condition(statement, "StringEquals", self.condition, &json!(services))?;
        let title = format!("Pass roles to {} only, as the other actions need", services.join(", "));
        if statement.actions.items.iter().all(|action| is_it(&action)) {
            return Some((title, vec![(statement.node, Change::Set("Condition".to_owned(), conditions))]));
        }
        // The other actions do not know the condition key: PassRole gets a statement of its own.
        let mut own = Map::new();
        own.insert("Effect".to_owned(), json!("Allow"));
        own.insert("Action".to_owned(), json!(self.action));
        let resources = statement.resources.member?;
        own.insert(resources.key.to_string(), to_value(&resources.node));
        own.insert("Condition".to_owned(), conditions);
        let append = append_statement(subject.root, Value::Object(own))?;
        // Where there is one statement and no list of them, both changes would be to the same element.
        matches!(append.1, Change::Append(_)).then(|| (title, vec![(named.node, Change::Remove), append]))
    }

    /// The element that names the action in this way.
    fn action<'a>(&self, statement: &Statement<'a>, way: Way) -> Option<&'a Node<'a>> {
        let mut items = statement.actions.items.iter();
        if statement.actions.is_negated {
            let allowed = way == Way::NotAction && !items.any(|action| action.matches(self.action));
            return statement.actions.member.map(|member| &member.node).filter(|_| allowed);
        }
        // An action that is named counts more than a pattern beside it.
        let named = statement.actions.items.iter().find(|action| action.text.eq_ignore_ascii_case(self.action));
        match (way, named) {
            (Way::Named, Some(action)) => Some(action.node),
            (Way::Pattern, None) => items.find(|action| action.matches(self.action)).map(|action| action.node),
            _ => None,
        }
    }

    /// The element that stands for all roles, or for all but some.
    fn roles<'a>(&self, statement: &Statement<'a>, reach: Reach) -> Option<&'a Node<'a>> {
        match reach {
            Reach::NotResource if statement.resources.is_negated => {
                statement.resources.member.map(|member| &member.node)
            }
            Reach::Star if statement.resources.is_positive() => {
                let is_star = |resource: &&ResourcePattern<'_>| {
                    let names_every_role = |arn: policy::Arn<'_>| policy::contains(arn.resource, self.every_role);
                    resource.text == "*" || resource.arn.is_some_and(names_every_role)
                };
                statement.resources.items.iter().find(is_star).map(|resource| resource.node)
            }
            _ => None,
        }
    }
}

/// Whether a condition on the service leaves out any: it must be asked for, by more than a wildcard.
fn names_a_service(condition: &Condition<'_>) -> bool {
    let is_asked_for = condition.operator.is_some_and(|operator| !operator.if_exists && !operator.negated);
    is_asked_for && condition.values().all(|(_, value)| !value.starts_with('*'))
}
