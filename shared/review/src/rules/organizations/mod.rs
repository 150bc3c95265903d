//! What service and resource control policies leave out of the language.

mod rcp_syntax_error_action;
mod rcp_syntax_error_allow;
mod rcp_syntax_error_notaction;
mod rcp_syntax_error_principal;
mod scp_syntax_error_principal;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &rcp_syntax_error_action::RULE,
    &rcp_syntax_error_allow::RULE,
    &rcp_syntax_error_notaction::RULE,
    &rcp_syntax_error_principal::RULE,
    &scp_syntax_error_principal::RULE,
];
