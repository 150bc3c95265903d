//! Statements that allow something of all roles: what the rules on PassRole and on service-linked roles look for.

use policy::Node;

use crate::{
    findings::{Findings, shown},
    subject::{Condition, Statement, Subject},
};

/// An action on roles, and the condition that says for which service.
pub(crate) struct Grant {
    action: &'static str,
    condition: &'static str,
    what: &'static str,
}

pub(crate) static GRANT_PASS_ROLE: Grant =
    Grant { action: "iam:PassRole", condition: "iam:PassedToService", what: "pass any role to any service" };

pub(crate) static GRANT_CREATE_SLR: Grant = Grant {
    action: "iam:CreateServiceLinkedRole",
    condition: "iam:AWSServiceName",
    what: "make service-linked roles of any service",
};

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
            let (Some(action), Some(resource)) = (self.action(statement, way), roles(statement, reach)) else {
                continue;
            };
            findings.add(action, format!("the statement allows to {}", shown(self.what))).with(resource);
        }
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
}

/// Whether a condition on the service leaves out any: it must be asked for, by more than a wildcard.
fn names_a_service(condition: &Condition<'_>) -> bool {
    let is_asked_for = condition.operator.is_some_and(|operator| !operator.if_exists && !operator.negated);
    is_asked_for && condition.values().all(|(_, value)| !value.starts_with('*'))
}

/// The element that stands for all roles, or for all but some.
fn roles<'a>(statement: &Statement<'a>, reach: Reach) -> Option<&'a Node<'a>> {
    match reach {
        Reach::NotResource if statement.resources.is_negated => statement.resources.member.map(|member| &member.node),
        Reach::Star if statement.resources.is_positive() => {
            let is_star = |text: &str| {
                let role = text.splitn(6, ':').nth(5).filter(|_| text.starts_with("arn:"));
                text == "*" || role.is_some_and(|role| role == "*" || role == "role/*")
            };
            statement.resources.items.iter().find(|resource| is_star(resource.text)).map(|resource| resource.node)
        }
        _ => None,
    }
}
