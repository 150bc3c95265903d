//! How good a policy is, why, and what should stand there instead.
//!
//! Everything here is pure and exact: the same policy gives the same findings, the same escalation paths and the same
//! score, wherever it is asked.

mod findings;
mod policy_type;
mod rule;
mod rules;
mod subject;
mod validate;

pub use findings::{Change, Edit, Finding, Fix, Location, OwnedStep};
pub use policy_type::{PolicyType, UnknownPolicyType};
pub use rule::{Example, Origin, Rule, Severity};
pub use rules::{rule, rules};
pub use validate::{Review, validate, validate_node};
