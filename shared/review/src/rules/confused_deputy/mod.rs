//! Services and accounts that act on behalf of somebody.

mod restrict_access_to_service_principal;
mod trust_of_account_without_condition;
mod trust_of_service_without_source;

use authz::operators::Operator;

use crate::{callers::names_callers, rule::Rule, subject::Condition};

pub(super) static RULES: &[&Rule] = &[
    &restrict_access_to_service_principal::RULE,
    &trust_of_account_without_condition::RULE,
    &trust_of_service_without_source::RULE,
];

/// Keys that say for whom a service acts.
const SOURCES: [&str; 4] = ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"];

/// Whether a condition says for whom a service acts.
fn says_for_whom(condition: &Condition<'_>) -> bool {
    let values = condition.values().map(|(_, value)| value);
    // The services always send the keys.
    let operator = condition.operator.map(|operator| Operator { if_exists: false, ..operator });
    SOURCES.iter().any(|key| condition.is_about(key))
        && operator.is_some_and(|operator| names_callers(operator, condition.key(), values))
}
