//! Actions that do not exist or do not mean what they seem to.

mod invalid_action;
mod invalid_service_in_action;
mod wildcard_in_service_name;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] =
    &[&invalid_action::RULE, &invalid_service_in_action::RULE, &wildcard_in_service_name::RULE];
