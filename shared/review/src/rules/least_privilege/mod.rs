//! More access than is needed.

mod administrative_access;
mod allow_not_action;
mod allow_not_resource;
mod unscoped_actions;
mod whole_service;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &administrative_access::RULE,
    &allow_not_action::RULE,
    &allow_not_resource::RULE,
    &unscoped_actions::RULE,
    &whole_service::RULE,
];
