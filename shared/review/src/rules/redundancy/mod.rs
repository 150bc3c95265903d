//! What is said twice.

mod redundant_action;
mod redundant_condition_value_num;
mod redundant_resource;
mod redundant_statement;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &redundant_action::RULE,
    &redundant_condition_value_num::RULE,
    &redundant_resource::RULE,
    &redundant_statement::RULE,
];
