//! How good a policy is, why, and what should stand there instead.
//!
//! Everything here is pure and exact: the same policy gives the same findings, the same escalation paths and the same
//! score, wherever it is asked.

mod access;
mod addresses;
mod apply;
mod arn_formats;
mod better;
mod callers;
pub mod compliance;
mod edits;
mod escalation;
mod findings;
mod globs;
mod identity_providers;
mod keys;
mod narrowing;
mod policy_type;
mod prelude;
mod remedy;
mod rewrite;
mod role_grants;
mod rule;
mod rules;
mod score;
mod subject;
mod suppression;
mod tag_support;
mod validate;
mod variables;
pub mod wire;

pub use access::{Access, Capability, Inventory};
pub use apply::{Commands, commands};
pub use better::{Better, better};
pub use escalation::{Category, Escalation, Path, escalations, paths};
pub use findings::{Change, Edit, Finding, Fix, Location, OwnedStep};
pub use policy_type::{PolicyType, UnknownPolicyType};
pub use remedy::{Effect, LARGEST, MOST_FIXES, Remedy, Step, improve};
pub use rule::{Example, Origin, Rule, Severity};
pub use rules::{LEFT_OUT, rule, rules};
pub use score::{Breakdown, Driver, EXAMPLES, Score};
pub use suppression::{EXPIRED, Sorted, Suppression, SuppressionError, suppress};
pub use validate::{Review, validate, validate_node};
