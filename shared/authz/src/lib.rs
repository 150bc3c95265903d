//! Decisions about requests under IAM policies, with their reasons.
//!
//! [`evaluate`] answers one question; [`Prepared`] compiles the policies once and answers many, also where some of a
//! request is not known ([`Prepared::evaluate_with_unknown`]).
//! The rules are those of
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>.

pub mod compare;
mod condition;
mod decision;
mod evaluate;
mod policies;
mod principal;
mod request;
mod resource;
mod statement;
mod text;
mod unknown;
pub mod wire;

pub mod operators {
    //! The names of condition operators, taken apart.
    pub use crate::condition::{Compare, Operator, Order, Set};

    /// Whether a text is a date, or a number of seconds since 1970, as date operators take it.
    #[must_use]
    pub fn is_date(text: &str) -> bool {
        crate::condition::date(text).is_some()
    }
}

pub use compare::{Block, Change, Comparison, Difference, Doubt, Verdict, compare, difference};
pub use decision::{Decision, Outcome, Reason, Reasons, Refusal};
pub use evaluate::{Prepared, evaluate, misunderstood};
pub use policies::{Layer, Policies, PrepareError, Problem};
pub use principal::Principal;
pub use request::{Context, Request};
pub use unknown::{Answer, Dependence, Need, OpenStatement, Unknown, Way};
