//! Services and accounts that act on behalf of somebody.

mod restrict_access_to_service_principal;
mod trust_of_account_without_condition;
mod trust_of_service_without_source;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &restrict_access_to_service_principal::RULE,
    &trust_of_account_without_condition::RULE,
    &trust_of_service_without_source::RULE,
];
