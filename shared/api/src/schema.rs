//! What the policy routes take and answer, for the OpenAPI description. Tests hold real answers against it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, Object, OneOf, Schema, Type};

/// A policy as requests give it.
fn policies() -> Schema {
    let document = || Object::builder().schema_type(Type::Object);
    let policies = OneOf::builder()
        .item(Object::builder().schema_type(Type::String))
        .item(document())
        .item(ArrayBuilder::new().items(document()))
        .description(Some("The policy's text, which gives answers their lines; or a document; or a list of one principal's documents."));
    Schema::OneOf(policies.build())
}

/// A policy to look at.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidateRequest {
    /// The policy's text, which gives findings their lines; or a document; or a list of one principal's documents.
    #[schema(schema_with = policies)]
    pub policy: Value,
    /// `identity`, `resource`, `trust`, `boundary`, `session`, `scp`, `rcp`, `endpoint`; told by the policy where it is left out.
    #[serde(default, rename = "type")]
    pub policy_type: Option<String>,
}

/// A policy to grade.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreRequest {
    /// As for `/validate`.
    #[schema(schema_with = policies)]
    pub policy: Value,
    /// As for `/validate`.
    #[serde(default, rename = "type")]
    pub policy_type: Option<String>,
    /// `en`, `es` or `pt`: the language of a model's explanation.
    #[serde(default)]
    pub language: Option<String>,
    /// `general`, `trust`, `resource`, `compliance` or `risk`: what a model is asked to look at.
    #[serde(default)]
    pub ask: Option<String>,
    /// Whether a model is asked at all, where there is one; if nothing is said, it is.
    #[serde(default)]
    pub advisor: Option<bool>,
    /// What a model should change about `previous`, in words; at most 2,000 characters. Its answer is checked like the first.
    #[serde(default)]
    pub follow_up: Option<String>,
    /// The proposal of a model that `follow_up` is about.
    #[serde(default)]
    #[schema(schema_with = policies)]
    pub previous: Option<Value>,
    /// ARN of who has the policy: a better version still allows what they used.
    #[serde(default)]
    pub principal: Option<String>,
    /// The account in which they used it; all accounts if nothing is said.
    #[serde(default)]
    pub account: Option<String>,
    /// Makes the answer a gate: `accepted` says whether the score is at least this, 1 to 10, and at least what the settings ask
    /// of every gate.
    #[serde(default)]
    pub minimum: Option<u8>,
}

/// Two policies to compare.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiffRequest {
    /// A document, or a list of them.
    #[schema(schema_with = policies)]
    pub old: Value,
    /// A document, or a list of them.
    #[schema(schema_with = policies)]
    pub new: Value,
    /// As for `/validate`; identity if nothing is said.
    #[serde(default, rename = "type")]
    pub policy_type: Option<String>,
    /// Whether requests that cannot occur (an action on a resource that it is never about) are left out.
    #[serde(default)]
    pub service_aware: bool,
}

/// A request to decide.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulateRequest {
    /// `{"principal", "action", "resource", "resource_account"?, "context"?, "unknown"?}`
    #[schema(value_type = Object)]
    pub request: Value,
    /// `{"identity", "resource", "boundary", "session", "scps", "rcps", "endpoint"}`, each left out where there is none.
    #[schema(value_type = Object)]
    pub policies: Value,
}

/// Whose use becomes a policy, and how.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GenerateRequest {
    /// Who: an ARN, or a glob over ARNs, names and permission sets.
    pub principal: String,
    /// The account in which it was used; all accounts if nothing is said.
    #[serde(default)]
    pub account: Option<String>,
    /// `resources` (as they were used) or `actions` (on `*`).
    #[serde(default)]
    pub mode: Option<String>,
    /// `action`, or `service` for every action of the services used.
    #[serde(default)]
    pub level: Option<String>,
    /// First UTC day that counts.
    #[serde(default)]
    pub start: Option<String>,
    /// Last UTC day that counts.
    #[serde(default)]
    pub end: Option<String>,
    /// Actions used less often are left out.
    #[serde(default)]
    pub min_count: Option<u64>,
    /// Globs of actions to leave out.
    #[serde(default)]
    pub exclude_actions: Vec<String>,
    /// If there are any, globs of the only actions to take.
    #[serde(default)]
    pub allow_actions: Vec<String>,
    /// Grant what was refused, too.
    #[serde(default)]
    pub include_denied: bool,
    /// More resources than this under one prefix become `prefix/*`.
    #[serde(default)]
    pub generalize: Option<usize>,
    /// `managed`, `role`, `user` or `group`: what the policies will be attached as.
    #[serde(default)]
    pub quota: Option<String>,
    /// Policies that are attached now, to compare with: a document or a list of them.
    #[serde(default)]
    #[schema(schema_with = policies)]
    pub compare: Option<Value>,
}

/// Findings.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidateAnswer {
    /// As it was said, or told by the policy.
    #[serde(rename = "type")]
    pub policy_type: String,
    /// Where they stand and what to do; at most 1,000.
    pub findings: Vec<Finding>,
    /// How many there are beyond those.
    pub more_findings: usize,
    /// Findings that somebody has accepted, by the settings.
    pub suppressed: Vec<Suppressed>,
    /// Per framework.
    pub compliance: Vec<Framework>,
}

/// A finding that somebody has accepted.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub owner: String,
    /// The last day on which it is.
    pub expires: String,
}

/// What holds for everybody who asks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The least score that a gate lets pass, 1 to 10, whatever less is asked for; null where a gate asks alone.
    #[serde(default)]
    pub minimum: Option<u8>,
    /// Globs of actions that no policy is generated for.
    #[serde(default)]
    pub exclude_actions: Vec<String>,
    /// Findings that somebody has accepted.
    #[serde(default)]
    pub suppress: Vec<Suppression>,
}

/// A finding that somebody accepts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// The rule's code; `*` and `?` are wild.
    pub rule: String,
    /// Only in statements with this `Sid`; wild as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// Only in policies of this principal; wild as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepts it.
    pub owner: String,
    /// The last day on which it is: `2027-06-30`.
    pub expires: String,
}

/// The settings, and who wrote them.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsAnswer {
    /// As they are.
    pub settings: Settings,
    /// How often they were written: what `PUT` sends back, so that nobody overwrites what they have not seen.
    pub version: u64,
    /// RFC 3339; null where nobody has yet.
    #[serde(default)]
    pub changed_at: Option<String>,
    /// The subject of who wrote them.
    #[serde(default)]
    pub changed_by: Option<String>,
}

/// Settings to write.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsRequest {
    /// All of them.
    pub settings: Settings,
    /// The version that they replace.
    pub version: u64,
}

/// Something to mend.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// IAM Access Analyzer's code where it has one.
    pub code: String,
    /// `error`, `security-warning`, `warning` or `suggestion`.
    pub severity: String,
    /// `Statement[0].Action[1]`.
    pub path: String,
    /// From 1; 0 where the policy came from no text.
    pub line: usize,
    /// From 1.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// Behind the last column.
    pub end_column: usize,
    /// What is wrong here.
    pub message: String,
    /// The statement's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// Other places that it takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Place>,
    /// What would mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub fix: Option<Value>,
    /// The rule in words.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// What to write instead.
    pub instead: String,
    /// Controls that it fails.
    pub controls: Vec<ControlId>,
}

/// A place in a policy's text.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// `Statement[0].Resource`.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// Behind the last column.
    pub end_column: usize,
}

/// A control of a framework.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ControlId {
    /// The framework's id.
    pub framework: String,
    /// The control's.
    pub control: String,
}

/// How a policy stands with a framework.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its id.
    pub framework: String,
    /// Its name.
    pub title: String,
    /// Controls that it keeps.
    pub pass: usize,
    /// Controls that it breaks.
    pub fail: usize,
    /// Controls that a policy alone cannot tell.
    pub unknown: usize,
    /// Each of them.
    pub controls: Vec<Control>,
}

/// How a policy stands with a control.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// Its id.
    pub control: String,
    /// Its name.
    pub title: String,
    /// `pass`, `fail` or `unknown`.
    pub status: String,
    /// Codes of the findings that break it.
    pub codes: Vec<String>,
}

/// A graded policy.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreAnswer {
    /// As it was said, or told by the policy.
    #[serde(rename = "type")]
    pub policy_type: String,
    /// 1 to 10; null where the policy cannot be read.
    pub score: Option<u8>,
    /// 0 to 100, of the same number as the score.
    #[serde(default)]
    pub risk: Option<u8>,
    /// What drives it.
    #[serde(default)]
    pub breakdown: Option<Breakdown>,
    /// The capabilities that weigh most.
    #[serde(default)]
    pub drivers: Vec<Driver>,
    /// `rules`: a model explains and never grades.
    pub graded_by: String,
    /// What a model said, as far as it passed the checks.
    pub advice: Option<Advice>,
    /// As of `/validate`.
    pub findings: Vec<Finding>,
    /// As of `/validate`.
    pub more_findings: usize,
    /// As of `/validate`.
    pub suppressed: Vec<Suppressed>,
    /// Ways to more access that are open.
    pub escalations: Vec<Escalation>,
    /// Per framework.
    pub compliance: Vec<Framework>,
    /// The policy with its fixes.
    pub better: Option<Better>,
    /// Whether the score is at least the minimum; left out where none was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<bool>,
}

/// Parts of the risk, 0 to 100.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// Of what may be done.
    pub actions: u8,
    /// Of what it may be done to.
    pub resources: u8,
    /// Of conditions that are missing.
    pub conditions: u8,
    /// Of whom it is given to.
    pub effect: u8,
}

/// A capability that a policy gives.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Driver {
    /// `escalation`, `credential-exposure`, ...
    pub capability: String,
    /// Prefix of the service.
    pub service: String,
    /// Its part of the risk.
    pub risk: u8,
    /// 0 to 1: how much of the account it reaches.
    pub exposure: f64,
    /// How many actions.
    pub actions: usize,
    /// Some of them.
    pub examples: Vec<String>,
}

/// A way to more access.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Its id.
    pub path: String,
    /// In words.
    pub title: String,
    /// `new-passrole`, `self-escalation`, ...
    pub category: String,
    /// The actions that it takes.
    pub actions: Vec<String>,
    /// What the account must hold for it.
    #[serde(default)]
    pub prerequisites: Option<String>,
    /// Where it is described.
    pub references: Vec<String>,
}

/// What a model said.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// Its id.
    pub model: String,
    /// Null where it gave none: `notes` say why.
    pub explanation: Option<String>,
    /// Codes of findings.
    pub cited: Vec<String>,
    /// A narrower policy, verified.
    #[schema(value_type = Option<Object>)]
    pub proposal: Option<Value>,
    /// A request that the proposal no longer allows.
    #[schema(value_type = Option<Object>)]
    pub refuses: Option<Value>,
    /// What was dropped, and why.
    pub notes: Vec<String>,
    /// Tokens and cost.
    pub usage: ModelUsage,
    /// Whether it was asked before and cost nothing now.
    pub kept: bool,
}

/// What an answer of a model cost.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelUsage {
    /// Tokens.
    pub input_tokens: u64,
    /// Tokens.
    pub output_tokens: u64,
    /// Null where the price is not known.
    pub dollars: Option<f64>,
}

/// A better version.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Better {
    /// The policy.
    #[schema(value_type = Object)]
    pub policy: Value,
    /// `same`, `narrower`, `no-wider` or `nothing-to-compare`, by exact comparison.
    pub effect: String,
    /// Fixes in it.
    pub applied: Vec<Step>,
    /// Fixes that could not be made.
    pub left: Vec<Step>,
    /// AWS CLI commands that put it in place.
    pub apply: Vec<String>,
    /// And back.
    pub roll_back: Vec<String>,
    /// Its own.
    #[serde(default)]
    pub score: Option<u8>,
    /// Its own.
    #[serde(default)]
    pub risk: Option<u8>,
}

/// A fix.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The finding that it mends.
    pub code: String,
    /// Where that is.
    pub path: String,
    /// What it does.
    pub title: String,
    /// Why it was not made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How two policies differ.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiffAnswer {
    /// `no-new-access`, `new-access` or `inconclusive`.
    pub verdict: String,
    /// A request that the new policy allows and the old does not.
    #[schema(value_type = Option<Object>)]
    pub witness: Option<Value>,
    /// The verdict in words.
    pub reason: String,
    /// What the new one allows beyond the old.
    pub added: Vec<Block>,
    /// What it allows no more.
    pub removed: Vec<Block>,
    /// Statements that cannot be understood, and so allow nothing in this answer.
    #[serde(default)]
    pub warnings: Vec<Ignored>,
}

/// An Allow statement that cannot be understood.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ignored {
    /// `old` or `new`.
    pub policy: String,
    /// Why.
    pub message: String,
    /// Where it begins in the policy's text, from 1; null where the policy came as an object.
    pub line: Option<usize>,
    /// From 1.
    pub column: Option<usize>,
}

/// A part of what is added or removed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// The policy that grants it, from 0.
    pub policy: usize,
    /// Its statement, from 0.
    pub statement: usize,
    /// Actions, resources, principals, conditions, as a policy writes them.
    #[schema(value_type = Object)]
    pub allows: Value,
    /// Whether all of it is meant, not just a part.
    pub whole: bool,
    /// A request in it.
    #[schema(value_type = Object)]
    pub witness: Value,
}

/// A decision.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulateAnswer {
    /// `allowed`, `implicit-deny`, `explicit-deny` or `depends`.
    pub decision: String,
    /// The statements that decided.
    #[schema(value_type = Vec<Object>)]
    pub by: Vec<Value>,
    /// In words.
    pub reason: String,
    /// Where it depends: the ways to be allowed.
    #[serde(default, rename = "if", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Value>>)]
    pub if_: Option<Value>,
    /// Where it depends: the denials of which none may apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Value>>)]
    pub unless: Option<Value>,
}

/// How often and when something was used.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Stat {
    /// Calls.
    pub calls: u64,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// Regions that were called.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Calls per UTC day.
    #[serde(default)]
    pub days: BTreeMap<String, u64>,
    /// The latest few events: time and id.
    #[serde(default)]
    #[schema(value_type = Vec<Vec<String>>)]
    pub samples: Vec<(String, String)>,
}

/// What was generated.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GenerateAnswer {
    /// Policies, by principal.
    pub principals: Vec<PrincipalPolicies>,
    /// Principals that get no policy.
    #[schema(value_type = Vec<Object>)]
    pub not_generated: Vec<Value>,
    /// Events that the catalog does not know.
    #[schema(value_type = Vec<Object>)]
    pub unknown: Vec<Value>,
    /// What was asked for and refused.
    #[schema(value_type = Vec<Object>)]
    pub denied: Vec<Value>,
}

/// The policies of one principal.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrincipalPolicies {
    /// ARN.
    pub principal: String,
    /// What it is.
    pub kind: String,
    /// The account that owns it.
    pub account: String,
    /// Of IAM Identity Center.
    pub permission_set: Option<String>,
    /// The policies.
    pub policies: Vec<NamedPolicy>,
    /// Resources that were joined to a pattern.
    #[schema(value_type = Vec<Object>)]
    pub generalized: Vec<Value>,
    /// What is not granted, and why.
    #[schema(value_type = Vec<Object>)]
    pub left_out: Vec<Value>,
    /// What was tried on the finished policies.
    pub proof: Proof,
    /// Used against attached, where attached policies were given.
    #[schema(value_type = Option<Object>)]
    pub comparison: Option<Value>,
    /// What to know before attaching them.
    pub warnings: Vec<String>,
}

/// A policy, and what its statements rest on.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedPolicy {
    /// A name that IAM takes.
    pub name: String,
    /// The policy.
    #[schema(value_type = Object)]
    pub document: Value,
    /// Characters that count against its quota.
    pub size: usize,
    /// By statement.
    pub evidence: Vec<Evidence>,
}

/// What a statement rests on.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// The statement's.
    pub sid: String,
    /// Over all its uses.
    #[serde(flatten)]
    pub total: Stat,
    /// By action.
    #[schema(value_type = Object)]
    pub actions: BTreeMap<String, Value>,
    /// What to know of it.
    pub notes: Vec<String>,
}

/// What was tried on the finished policies.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Calls that were decided again.
    pub calls: u64,
    /// Different requests among them.
    pub requests: usize,
    /// Of which so many are allowed.
    pub allowed: usize,
    /// Pairs of action and resource that are granted.
    pub pairs: usize,
    /// Of which so many are needed.
    pub needed: usize,
    /// Whether nothing beyond them is allowed.
    pub contained: bool,
}
