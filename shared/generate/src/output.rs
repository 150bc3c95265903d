//! What generation gives: policies, what they rest on, and what was left out.

use policy::Document;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use trail::PrincipalKind;
use usage::{StatRow, UnknownRow};

/// Everything that was generated from an analysis.
#[derive(Clone, Debug, Serialize)]
pub struct Generated {
    /// By principal, sorted.
    pub principals: Vec<PrincipalPolicies>,
    /// Principals that get no policy, and why.
    pub not_generated: Vec<NotGenerated>,
    /// Events that no permission could be told for.
    pub unknown: Vec<UnknownRow>,
    /// What was asked for and refused, by all principals.
    pub denied: Vec<Denied>,
}

/// The policies of one principal.
#[derive(Clone, Debug, Serialize)]
pub struct PrincipalPolicies {
    /// ARN of the role or user.
    pub principal: String,
    /// What it is.
    pub kind: PrincipalKind,
    /// The account that owns it.
    pub account: String,
    /// The name of the permission set behind it, if it is one's role.
    pub permission_set: Option<String>,
    /// Together they grant what was used.
    pub policies: Vec<NamedPolicy>,
    /// Resources that were joined to patterns.
    pub generalized: Vec<Generalized>,
    /// What was used or asked for and is not granted.
    pub left_out: Vec<LeftOut>,
    /// What was tried to show that the policies are right.
    pub proof: Proof,
    /// Against the policies that are attached today, where they were given.
    pub comparison: Option<Comparison>,
    /// What to know before attaching them.
    pub warnings: Vec<String>,
}

/// A policy and what each of its statements rests on.
#[derive(Clone, Debug, Serialize)]
pub struct NamedPolicy {
    /// A name that IAM accepts.
    pub name: String,
    /// The policy.
    #[serde(serialize_with = "document_as_json")]
    pub document: Document,
    /// Characters that count against the quota.
    pub size: usize,
    /// In the order of the statements.
    pub evidence: Vec<Evidence>,
}

fn document_as_json<S: serde::Serializer>(document: &Document, serializer: S) -> Result<S::Ok, S::Error> {
    policy::to_value(document).serialize(serializer)
}

/// What a statement rests on.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Evidence {
    /// The statement's Sid.
    pub sid: String,
    /// Over all uses of the statement.
    #[serde(flatten)]
    pub total: StatRow,
    /// By action.
    pub actions: BTreeMap<String, ActionEvidence>,
    /// What to know about the statement.
    pub notes: Vec<String>,
}

/// What an action in a statement rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ActionEvidence {
    /// Calls.
    pub calls: u64,
    /// RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
}

/// Resources that were joined to one pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Generalized {
    /// The action they were used with.
    pub action: String,
    /// What the policy names instead.
    pub pattern: String,
    /// How many there were.
    pub resources: usize,
    /// The analysis had joined them already, and there were at least so many.
    pub at_least: bool,
    /// Some of them.
    pub examples: Vec<String>,
}

/// What is not granted.
#[derive(Clone, Debug, Serialize)]
pub struct LeftOut {
    /// The action.
    pub action: String,
    /// On what.
    pub resource: String,
    /// The service in between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// Condition keys of the use and their values (`iam:PassedToService`, `aws:CalledVia`, ...).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub context: BTreeMap<String, String>,
    /// Why.
    pub reason: LeftOutReason,
    /// The policies allow it all the same, because of a wildcard that was asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allowed_all_the_same: bool,
    /// How often and when.
    #[serde(flatten)]
    pub stat: StatRow,
}

/// Why something is not granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutReason {
    /// AWS refused it.
    Denied,
    /// AWS did not accept the credentials: whether the principal may do this was never asked, and no policy helps.
    CredentialsRefused,
    /// It matches an excluded action.
    Excluded,
    /// It matches none of the allowed actions.
    NotAllowed,
    /// It was used less often than asked.
    BelowMinCount,
}

/// What was asked for and refused.
#[derive(Clone, Debug, Serialize)]
pub struct Denied {
    /// Who asked.
    pub principal: String,
    /// For what.
    pub action: String,
    /// On what.
    pub resource: String,
    /// It was refused because of the credentials: no policy helps.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub credentials_refused: bool,
    /// How often and when.
    #[serde(flatten)]
    pub stat: StatRow,
}

/// A principal that gets no policy.
#[derive(Clone, Debug, Serialize)]
pub struct NotGenerated {
    /// Who.
    pub principal: String,
    /// What it is.
    pub kind: PrincipalKind,
    /// Events that it caused.
    pub events: u64,
    /// Why.
    pub reason: &'static str,
}

/// What was tried on the finished policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Calls that count, all of which were decided again.
    pub calls: u64,
    /// Different (action, resource, context) among them.
    pub requests: usize,
    /// How many of these the policies allow.
    pub allowed: usize,
    /// (action, resource) pairs in the policies.
    pub pairs: usize,
    /// How many of these some request cannot do without.
    pub needed: usize,
    /// Over all actions that exist, the policies allow nothing beyond what was used and generalized: joining, shortening
    /// and splitting statements was compared exactly. False where that could not be decided.
    pub contained: bool,
}

impl Proof {
    /// Everything that was used is allowed, nothing can be taken away, and nothing else is allowed.
    pub fn holds(&self) -> bool {
        self.allowed == self.requests && self.needed == self.pairs && self.contained
    }
}

/// Used against attached.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Comparison {
    /// What the attached policies allow, by service, and how much of it was used.
    pub services: Vec<ServiceComparison>,
    /// Used and not granted by the attached policies.
    pub used_not_granted: Vec<UsedNotGranted>,
    /// Whether the generated policies allow anything that the attached ones do not.
    pub new_access: NewAccess,
}

/// What the generated policies allow beyond the attached ones, by exact comparison.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NewAccess {
    /// `no-new-access`, `new-access` or `inconclusive`.
    pub verdict: &'static str,
    /// A request that shows it.
    pub witness: Option<Value>,
    /// In words.
    pub reason: String,
}

/// One service's part of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ServiceComparison {
    /// Its prefix.
    pub service: String,
    /// Actions that the attached policies grant on some resource.
    pub granted: usize,
    /// How many of them were used.
    pub used: usize,
    /// The others.
    pub unused: Vec<String>,
}

/// A use that the attached policies do not grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UsedNotGranted {
    /// The action.
    pub action: String,
    /// On what.
    pub resource: String,
    /// How often.
    pub calls: u64,
    /// Why not, in words.
    pub reason: String,
}
