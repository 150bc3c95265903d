//! Actions that do not exist or do not mean what they seem to.

mod invalid_action;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[&invalid_action::RULE];
