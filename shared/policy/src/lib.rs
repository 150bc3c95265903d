//! The IAM policy language: documents, ARNs, patterns, sizes, rendering.
//!
//! Everything here is pure: text and values in, text and values out, the same bytes every time.

pub mod arn;
pub mod contain;
pub mod document;
pub mod json;
pub mod parse;
pub mod pattern;
pub mod render;
mod serde;
pub mod size;
pub mod variables;

pub use arn::{Arn, ArnError};
pub use contain::{action_contains, arn_contains, contains};
pub use document::{
    ActionBlock, Condition, Document, Effect, PrincipalBlock, PrincipalKind, Principals, ResourceBlock, Statement,
    Version,
};
pub use json::{Node, Place, Step};
pub use parse::{ParseError, Spans, from_node, from_value, nearest, parse, parse_with_spans};
pub use pattern::{Pattern, Token, action_matches, arn_matches};
pub use render::to_value;
pub use size::Quota;
pub use variables::Template;
