//! Conditions that do not work as they look.

mod deprecated_global_condition_key;
mod duplicate_keys_with_different_case;
mod dynamodb_attributes_without_select;
mod forallvalues_with_single_valued_key;
mod invalid_condition_key_format;
mod invalid_condition_operator;
mod invalid_global_condition_key;
mod invalid_service_condition_key;
mod invalid_variable_for_operator;
mod missing_qualifier;
mod missing_tag_key_in_condition;
mod null_with_if_exists;
mod null_with_qualifier;
mod s3_prefix_in_negative_context;
mod string_like_operator_with_arn_condition_keys;
mod untrustworthy_condition_key;
mod wildcard_without_like_operator;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &deprecated_global_condition_key::RULE,
    &duplicate_keys_with_different_case::RULE,
    &dynamodb_attributes_without_select::RULE,
    &forallvalues_with_single_valued_key::RULE,
    &invalid_condition_key_format::RULE,
    &invalid_condition_operator::RULE,
    &invalid_global_condition_key::RULE,
    &invalid_service_condition_key::RULE,
    &invalid_variable_for_operator::RULE,
    &missing_qualifier::RULE,
    &missing_tag_key_in_condition::RULE,
    &null_with_if_exists::RULE,
    &null_with_qualifier::RULE,
    &s3_prefix_in_negative_context::RULE,
    &string_like_operator_with_arn_condition_keys::RULE,
    &untrustworthy_condition_key::RULE,
    &wildcard_without_like_operator::RULE,
];
