//! What leastwise costs, and what that is measured on.
//!
//! [`trail`] makes CloudTrail that looks like AWS's own, from a seed: the same seed gives the same bytes on every
//! machine. [`delivery`] lays it out in files as AWS delivers it. [`limit`] is the least work that any reader of
//! those files must do, and so the bound that leastwise is held against. [`managed`] holds the policies that AWS manages, to
//! measure decisions on. [`invocation`] runs the analyzer as Lambda does.

pub mod actor;
pub mod call;
pub mod calls;
pub mod cast;
pub mod delivery;
pub mod invocation;
pub mod limit;
pub mod managed;
pub mod pipeline;
pub mod random;
pub mod record;
pub mod trail;
