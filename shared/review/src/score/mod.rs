//! How far policies are from least privilege: a number with a definition.
//!
//! What policies allow is told apart by service and [`Capability`]. Each such group has an exposure from 0 to 1: that of the
//! action in it which reaches most, that is, how much of its resources it reaches times what conditions leave of it. The risk
//! is a noisy-or of the groups, each with its severity; the score is the risk on a scale of ten. So it is a function of what is
//! allowed, and no wording moves it.

mod constants;

use std::collections::BTreeMap;

use policy::{Document, Effect};

use self::constants::{MOST, MOST_OPEN, SHARPNESS, STEPS, open_severity, severity};
use crate::{
    PolicyType,
    access::{Access, Capability, Inventory, Reached},
};

/// How far policies are from least privilege.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// From 1 (everything is allowed) to 10.
    pub score: u8,
    /// From 0 (nothing is allowed) to 100.
    pub risk: u8,
    /// What it is made of, the worst first.
    pub drivers: Vec<Driver>,
    /// What each kind of element does to it.
    pub breakdown: Breakdown,
}

/// One capability in one service.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// What can be done.
    pub capability: Capability,
    /// The service's prefix.
    pub service: String,
    /// The risk from this alone, from 0 to 100.
    pub risk: u8,
    /// How many actions there are.
    pub actions: usize,
    /// The first of those that reach most, as `service:Name`; at most [`EXAMPLES`].
    pub examples: Vec<String>,
    /// How much of their resources they reach, conditions included, from 0 to 1.
    pub exposure: f64,
}

/// What each kind of element does to the risk, in points of 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Breakdown {
    /// The risk if the actions were allowed on everything, always.
    pub actions: u8,
    /// What `Resource` elements take away from that.
    pub resources: u8,
    /// What conditions, and in policies of resources the principals, take away.
    pub conditions: u8,
    /// What Deny statements take away.
    pub effect: u8,
}

/// The most actions that a driver names.
pub const EXAMPLES: usize = 5;

/// Groups by service and capability, with the exposure of each.
type Groups = BTreeMap<(Capability, usize), Group>;

#[derive(Default)]
struct Group {
    exposure: Exposure,
    actions: Vec<usize>,
    /// Those that reach most.
    worst: Vec<usize>,
}

/// How much of its resources an action reaches, from 0 to 1.
#[derive(Clone, Copy, Default)]
struct Exposure {
    /// In the hands of those whom the owner knows.
    contained: f64,
    /// In everyone's hands, where it does not matter how much there is.
    open: f64,
}

impl Exposure {
    fn of(breadth: f64, factor: f64, reached: Reached) -> Self {
        if breadth <= 0.0 {
            return Exposure::default();
        }
        let openness = reached.openness();
        Exposure { contained: (1.0 - openness) * reached.share() * (breadth * factor), open: openness * factor }
    }

    fn total(self) -> f64 {
        self.contained + self.open
    }

    /// From 0 to 1.
    fn risk(self, capability: Capability) -> f64 {
        MOST * severity(capability).powi(SHARPNESS) * self.contained
            + MOST_OPEN * open_severity(capability).powi(SHARPNESS) * self.open
    }

    fn is_more_than(self, other: Exposure, capability: Capability) -> bool {
        if self.open <= 0.0 && other.open <= 0.0 {
            return self.contained > other.contained;
        }
        self.risk(capability) > other.risk(capability)
    }
}

/// Which limits count.
#[derive(Clone, Copy)]
struct Limits {
    resources: bool,
    conditions: bool,
}

const ALL: Limits = Limits { resources: true, conditions: true };

impl<'i> Inventory<'i> {
    /// Scores what documents of this type allow together; a `boundary` limits them, where there is one.
    ///
    /// Policies that only limit, and those that only deny, allow nothing: 10 and 0.
    #[must_use]
    pub fn score(&'i self, documents: &[Document], policy_type: PolicyType, boundary: &[Document]) -> Score {
        self.score_of(&self.access(documents, policy_type, boundary), documents, policy_type)
    }

    /// As [`Inventory::score`], of the access that these documents give.
    #[must_use]
    pub fn score_of(&'i self, access: &Access<'i>, documents: &[Document], policy_type: PolicyType) -> Score {
        let groups = groups(access, ALL);
        let risk = risk(&groups);
        let breakdown = self.breakdown(access, risk, documents, policy_type);
        Score { score: points(risk), risk: percent(risk), drivers: drivers(access, &groups), breakdown }
    }

    fn breakdown(
        &'i self,
        access: &Access<'i>,
        with_all: f64,
        documents: &[Document],
        policy_type: PolicyType,
    ) -> Breakdown {
        let denies = documents.iter().flat_map(|document| &document.statements).any(|one| one.effect == Effect::Deny);
        let allowed: Vec<Document> = match denies {
            true => documents.iter().map(without_denies).collect(),
            false => Vec::new(),
        };
        let undenied = denies.then(|| self.access(&allowed, policy_type, &[]));
        let whole = undenied.as_ref().unwrap_or(access);
        let of = |access: &Access<'_>, limits: Limits| risk(&groups(access, limits));
        // Each limit is taken away from what the limits before it leave.
        let actions = of(whole, Limits { resources: false, conditions: false });
        let resources = of(whole, Limits { resources: true, conditions: false });
        let conditions = of(whole, ALL);
        Breakdown {
            actions: percent(actions),
            resources: percent(actions).saturating_sub(percent(resources)),
            conditions: percent(resources).saturating_sub(percent(conditions)),
            effect: percent(conditions).saturating_sub(percent(with_all)),
        }
    }
}

fn without_denies(document: &Document) -> Document {
    let statements = document.statements.iter().filter(|statement| statement.effect == Effect::Allow);
    Document { statements: statements.cloned().collect(), id: document.id.clone(), version: document.version }
}

fn groups(access: &Access<'_>, limits: Limits) -> Groups {
    let inventory = access.inventory;
    let mut groups = Groups::new();
    // An action counts once, by the statement that gives most of it.
    let mut exposures: Vec<Exposure> = vec![Exposure::default(); inventory.len()];
    for cell in &access.cells {
        let (factor, reached) =
            if limits.conditions { (cell.factor, cell.reached) } else { (1.0, cell.reached.unlimited()) };
        let mut breadths = cell.breadths.clone();
        for action in cell.actions.iter() {
            let breadth = if limits.resources { access.breadth(action, &cell.reach, &mut breadths) } else { 1.0 };
            let exposure = Exposure::of(breadth, factor, reached);
            if let Some(most) = exposures.get_mut(action)
                && exposure.is_more_than(*most, inventory.capability(action))
            {
                *most = exposure;
            }
        }
    }
    for (action, exposure) in exposures.into_iter().enumerate().filter(|(_, exposure)| exposure.total() > 0.0) {
        let capability = inventory.capability(action);
        let key = (capability, inventory.service_of(action));
        let group = groups.entry(key).or_default();
        group.actions.push(action);
        if exposure.is_more_than(group.exposure, capability) {
            group.exposure = exposure;
            group.worst.clear();
        }
        if !group.exposure.is_more_than(exposure, capability) && group.worst.len() < EXAMPLES {
            group.worst.push(action);
        }
    }
    groups
}

/// From 0 to 1: a noisy-or of the groups.
fn risk(groups: &Groups) -> f64 {
    let left: f64 = groups.iter().map(|((capability, _), group)| 1.0 - group.exposure.risk(*capability)).product();
    1.0 - left
}

/// From 0 to 100.
fn percent(risk: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
    let percent = (risk.clamp(0.0, 1.0) * 100.0).round() as u8;
    percent
}

/// From 10 down to 1.
fn points(risk: f64) -> u8 {
    let lost = STEPS.iter().filter(|step| risk >= **step).count();
    10 - u8::try_from(lost).unwrap_or(9)
}

fn drivers(access: &Access<'_>, groups: &Groups) -> Vec<Driver> {
    let inventory = access.inventory;
    let driver = |((capability, service), group): (&(Capability, usize), &Group)| Driver {
        capability: *capability,
        service: inventory.service_name(*service).to_owned(),
        risk: percent(group.exposure.risk(*capability)),
        actions: group.actions.len(),
        examples: group.worst.iter().filter_map(|action| inventory.name(*action)).collect(),
        exposure: group.exposure.total(),
    };
    let mut weighted: Vec<(f64, &(Capability, usize), &Group)> =
        groups.iter().map(|(key, group)| (group.exposure.risk(key.0), key, group)).collect();
    weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    weighted.into_iter().map(|(_, key, group)| driver((key, group))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(statements: &str) -> Score {
        let document = policy::parse(&format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)).unwrap();
        Inventory::new(catalog::builtin()).score(&[document], PolicyType::Identity, &[])
    }

    #[test]
    fn everything_is_1_and_100_and_nothing_is_10_and_0() {
        let all = score(r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#);
        assert_eq!((all.score, all.risk), (1, 100));
        let none = score(r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#);
        assert_eq!((none.score, none.risk), (10, 0));
        let limit = policy::parse(r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#).unwrap();
        for policy_type in [PolicyType::Scp, PolicyType::Boundary, PolicyType::Rcp, PolicyType::Session] {
            let score = Inventory::new(catalog::builtin()).score(std::slice::from_ref(&limit), policy_type, &[]);
            assert_eq!((score.score, score.risk), (10, 0));
        }
    }

    #[test]
    fn drivers_name_the_worst_first() {
        let score = score(
            r#"{"Effect": "Allow", "Action": ["sqs:SendMessage", "iam:PutUserPolicy", "s3:ListAllMyBuckets"], "Resource": "*"}"#,
        );
        let named: Vec<&str> = score.drivers.iter().map(|driver| driver.service.as_str()).collect();
        assert_eq!(named, ["iam", "sqs", "s3"]);
        assert_eq!(score.drivers[0].examples, ["iam:PutUserPolicy"]);
    }

    #[test]
    fn the_breakdown_says_what_each_kind_of_element_takes_away() {
        let limited = score(
            r#"{"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "arn:aws:iam::111122223333:user/orders",
                "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
               {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"},
               {"Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*"}"#,
        );
        let Breakdown { actions, resources, conditions, effect } = limited.breakdown;
        assert!(actions > 90 && resources > 20 && conditions > 1 && effect > 20, "{:?}", limited.breakdown);
        assert_eq!(actions - resources - conditions - effect, limited.risk);
    }
}
