//! The catalog as plain owned values: what the generator fills in and [`crate::pack`] writes.
//!
//! Names keep AWS's spelling; the keys of the maps are the same names in lower case, so that there is one order.

use crate::{AccessLevel, Provenance, RuleEffect};
use std::collections::{BTreeMap, BTreeSet};

/// All that a catalog holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// What the catalog was made from, in the order it was applied.
    pub release: Vec<ReleaseFacts>,
    /// Services by IAM prefix.
    pub services: BTreeMap<String, ServiceFacts>,
    /// Actions that AWS has withdrawn: (service, action or `*`) -> why.
    pub retired_actions: BTreeMap<(String, String), String>,
    /// CloudTrail event sources without `.amazonaws.com`.
    pub event_sources: BTreeMap<String, EventSourceFacts>,
    /// Operations by (API, operation name); an API is what event sources share.
    pub operations: BTreeMap<(String, String), OperationFacts>,
    /// Service principals that appear in `aws:CalledVia`.
    pub called_via: BTreeSet<String>,
    /// EC2 identifier prefixes without the hyphen -> (service, resource type).
    pub id_prefixes: BTreeMap<String, (String, String)>,
}

/// One source that a catalog was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseFacts {
    /// Package or publication.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its date, `YYYY-MM-DD`, empty when it has none.
    pub date: String,
    /// Its licence.
    pub licence: String,
    /// What was taken from it.
    pub what: String,
}

/// One service that IAM knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceFacts {
    /// IAM prefix, such as `s3`.
    pub prefix: String,
    /// AWS's name for it.
    pub title: String,
    /// Why the service is withdrawn; empty while it lives.
    pub retired: String,
    /// Actions by name.
    pub actions: BTreeMap<String, ActionFacts>,
    /// Resource types by name.
    pub resource_types: BTreeMap<String, ResourceTypeFacts>,
    /// Condition keys by name.
    pub condition_keys: BTreeMap<String, ConditionKeyFacts>,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionFacts {
    /// Its name without the service prefix.
    pub name: String,
    /// AWS's classification.
    pub access_level: AccessLevel,
    /// Names of resource types of the service, with "is required".
    pub resources: Vec<(String, bool)>,
    /// Condition keys that the action supports.
    pub condition_keys: Vec<String>,
    /// Permissions that a caller may need beside it, as `service:Action`.
    pub dependent_actions: Vec<String>,
    /// Roles that the action hands to a service.
    pub passed_roles: Vec<PassedRoleFacts>,
    /// Where the action is listed.
    pub provenance: Provenance,
}

/// A role that an action hands to a service.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassedRoleFacts {
    /// The request parameter with the role's ARN or name, or an instance profile.
    pub parameter: String,
    /// The service principal for `iam:PassedToService`; empty when not known.
    pub passed_to: String,
}

/// One resource type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResourceTypeFacts {
    /// Its name in the service.
    pub name: String,
    /// ARN formats with `${Variable}`s, the usual one first.
    pub arn_formats: Vec<String>,
    /// Condition keys that the resource type supports.
    pub condition_keys: Vec<String>,
    /// The variables of its ARN formats other than partition, region and account.
    pub variables: Vec<VariableFacts>,
}

/// A variable of an ARN format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableFacts {
    /// Name as in `${Name}`; empty stands for the whole ARN.
    pub name: String,
    /// Request parameters that carry it somewhere in the service, best first.
    pub parameters: Vec<String>,
}

/// One condition key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionKeyFacts {
    /// The key, such as `s3:prefix`.
    pub name: String,
    /// AWS's type for it, such as `String` or `ArrayOfARN`.
    pub kind: String,
}

/// What stands behind one CloudTrail event source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventSourceFacts {
    /// APIs whose operations are looked up, in order.
    pub apis: Vec<String>,
    /// IAM services in which an action of the event's name is looked up, in order.
    pub services: Vec<String>,
    /// Why the source is withdrawn; empty while it lives.
    pub retired: String,
}

/// (service prefix, action name), spelled as AWS spells them.
pub type ActionName = (String, String);

/// What an operation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// These permissions, together.
    Actions(Vec<ActionName>),
    /// At least one of these permissions; what the request asks for decides which.
    OneOf(Vec<ActionName>),
    /// No permission, and why.
    Nothing(String),
    /// The operation is withdrawn, and why.
    Retired(String),
}

/// One API operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationFacts {
    /// Its name.
    pub name: String,
    /// What it needs.
    pub need: Need,
    /// How that was found.
    pub provenance: Provenance,
    /// What else the request decides.
    pub rules: Vec<RuleFacts>,
    /// Which request parameter gives which part of which ARN.
    pub bindings: Vec<BindingFacts>,
}

/// "When the request has this parameter, these actions are needed."
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleFacts {
    /// The parameter that must be present and not empty.
    pub when: String,
    /// The value that it must have; empty: any.
    pub equals: String,
    /// In place of the operation's actions, or beside them.
    pub effect: RuleEffect,
    /// The actions.
    pub actions: Vec<ActionName>,
}

/// "This parameter gives that part of the ARN."
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BindingFacts {
    /// Service of the resource type.
    pub service: String,
    /// The resource type.
    pub resource_type: String,
    /// The ARN variable; empty: the parameter holds a whole ARN.
    pub variable: String,
    /// The request parameter.
    pub parameter: String,
    /// How that was found.
    pub provenance: Provenance,
}
