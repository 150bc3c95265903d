//! Small analyses, written by hand.
#![allow(dead_code, reason = "each test takes what it needs")]

use leastwise_generate::{Generated, Options, PrincipalPolicies, generate};
use policy::{ActionBlock, Document};
use serde_json::Value;
use trail::{Outcome, PrincipalKind};
use usage::{PrincipalRow, Row, Rows, StatRow, Usage};

pub const APP: &str = "arn:aws:iam::111122223333:role/app";

/// A use of `action` on `resource` by the role `app`: one call, on 2026-11-10.
pub fn used(action: &str, resource: &str) -> Row {
    Row {
        account: "111122223333".into(),
        principal: APP.into(),
        action: action.into(),
        resource: resource.into(),
        generalized: false,
        via: None,
        outcome: Outcome::Allowed,
        credentials_refused: false,
        context: Default::default(),
        stat: stat(&[("2026-11-10", 1)]),
    }
}

/// Calls per day.
pub fn stat(days: &[(&str, u64)]) -> StatRow {
    StatRow {
        calls: days.iter().map(|(_, calls)| calls).sum(),
        first_seen: days.first().map(|(day, _)| format!("{day}T08:00:00Z")),
        last_seen: days.last().map(|(day, _)| format!("{day}T09:00:00Z")),
        regions: vec!["eu-west-1".into()],
        days: days.iter().map(|(day, calls)| ((*day).to_owned(), *calls)).collect(),
        samples: Vec::new(),
    }
}

pub trait RowParts {
    fn by(self, principal: &str) -> Self;
    fn times(self, calls: u64) -> Self;
    fn on(self, days: &[(&str, u64)]) -> Self;
    fn through(self, service: &str, key: &str, value: &str) -> Self;
    fn under(self, key: &str, value: &str) -> Self;
    fn became(self, outcome: Outcome) -> Self;
}

impl RowParts for Row {
    fn by(mut self, principal: &str) -> Self {
        self.principal = principal.into();
        self
    }
    fn times(self, calls: u64) -> Self {
        self.on(&[("2026-11-10", calls)])
    }
    fn on(mut self, days: &[(&str, u64)]) -> Self {
        self.stat = stat(days);
        self
    }
    fn through(mut self, service: &str, key: &str, value: &str) -> Self {
        self.via = Some(service.into());
        self.under(key, value)
    }
    fn under(mut self, key: &str, value: &str) -> Self {
        self.context.insert(key.into(), value.into());
        self
    }
    fn became(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }
}

/// An analysis of these uses, as the aggregate writes it; roles are told by their ARNs.
pub fn analysis(usage: impl IntoIterator<Item = Row>) -> Rows {
    let usage: Vec<Row> = usage.into_iter().collect();
    let mut principals: Vec<PrincipalRow> = Vec::new();
    for row in &usage {
        if principals.iter().all(|known| known.principal != row.principal) {
            principals.push(principal(&row.principal, kind_of(&row.principal)));
        }
    }
    Usage::from_rows(&Rows { principals, usage, ..Rows::default() }).rows()
}

fn kind_of(arn: &str) -> PrincipalKind {
    match arn {
        _ if arn.ends_with(":root") => PrincipalKind::Root,
        _ if arn.contains("AWSReservedSSO_") => PrincipalKind::PermissionSet,
        _ if arn.contains(":user/") => PrincipalKind::User,
        _ if arn.ends_with(".amazonaws.com") => PrincipalKind::Service,
        _ => PrincipalKind::Role,
    }
}

pub fn principal(arn: &str, kind: PrincipalKind) -> PrincipalRow {
    PrincipalRow { principal: arn.into(), kind, account: "111122223333".into(), events: 1 }
}

pub fn generated(rows: &Rows, options: &Options) -> Generated {
    generate(rows, &[], catalog::builtin(), options).unwrap()
}

/// The policies of the role `app`, which is the only principal.
pub fn for_app(rows: impl IntoIterator<Item = Row>, options: &Options) -> PrincipalPolicies {
    let mut generated = generated(&analysis(rows), options);
    assert_eq!(generated.principals.len(), 1, "one principal was expected");
    generated.principals.remove(0)
}

/// The statements of all policies, as JSON, without their Sids.
pub fn statements(policies: &PrincipalPolicies) -> Vec<Value> {
    let documents = policies.policies.iter().map(|policy| policy::to_value(&policy.document));
    documents
        .flat_map(|document| {
            document["Statement"].as_array().cloned().unwrap_or_else(|| vec![document["Statement"].clone()])
        })
        .map(|mut statement| {
            statement.as_object_mut().unwrap().remove("Sid");
            statement
        })
        .collect()
}

/// What a document grants, wildcards expanded over the catalog: (action, resource pattern).
pub fn expanded(document: &Document) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for statement in &document.statements {
        let ActionBlock::Action(patterns) = &statement.action else { panic!("generation writes no NotAction") };
        let resources = statement.resource.as_ref().unwrap().patterns();
        for pattern in patterns {
            for action in actions_of(pattern) {
                pairs.extend(resources.iter().map(|resource| (action.clone(), resource.clone())));
            }
        }
    }
    pairs
}

fn actions_of(pattern: &str) -> Vec<String> {
    if !pattern.contains('*') {
        return vec![pattern.to_owned()];
    }
    let (service, _) = pattern.split_once(':').unwrap();
    let actions = catalog::builtin().service(service).unwrap().actions();
    actions
        .map(|action| format!("{service}:{}", action.name()))
        .filter(|action| policy::action_matches(pattern, action))
        .collect()
}
