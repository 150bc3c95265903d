//! The document as a whole.

mod missing_version;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[&missing_version::RULE];
