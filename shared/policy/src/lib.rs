//! The IAM policy language: documents, ARNs, patterns, sizes, rendering.
//!
//! Everything here is pure: text and values in, text and values out, the same bytes every time.

pub mod arn;
pub mod document;
pub mod pattern;

pub use arn::{Arn, ArnError};
pub use document::{
    ActionBlock, Condition, Document, Effect, PrincipalBlock, PrincipalKind, Principals,
    ResourceBlock, Statement, Version,
};
pub use pattern::{Pattern, action_matches, arn_matches};
