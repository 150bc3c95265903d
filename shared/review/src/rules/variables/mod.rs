//! Policy variables that are none.

mod empty_variable;
mod missing_brace_in_variable;
mod missing_quote_in_variable;
mod unsupported_space_in_variable;
mod variable_unsupported_in_element;
mod variable_unsupported_in_version;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &empty_variable::RULE,
    &missing_brace_in_variable::RULE,
    &missing_quote_in_variable::RULE,
    &unsupported_space_in_variable::RULE,
    &variable_unsupported_in_element::RULE,
    &variable_unsupported_in_version::RULE,
];
