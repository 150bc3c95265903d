//! How good a policy is, why, and what should stand there instead.
//!
//! Everything here is pure and exact: the same policy gives the same findings, the same escalation paths and the same
//! score, wherever it is asked.

mod policy_type;

pub use policy_type::PolicyType;
