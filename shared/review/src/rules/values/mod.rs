//! Values of conditions that their operators do not understand.

mod invalid_condition_data_type;
mod invalid_condition_multiple_boolean;
mod invalid_date_value;
mod invalid_region;
mod invalid_vpc_format;
mod invalid_vpce_format;
mod type_mismatch;
mod type_mismatch_boolean;
mod type_mismatch_date;
mod type_mismatch_ip_range;
mod type_mismatch_number;
mod type_mismatch_string;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &invalid_condition_data_type::RULE,
    &invalid_condition_multiple_boolean::RULE,
    &invalid_date_value::RULE,
    &invalid_region::RULE,
    &invalid_vpc_format::RULE,
    &invalid_vpce_format::RULE,
    &type_mismatch::RULE,
    &type_mismatch_boolean::RULE,
    &type_mismatch_date::RULE,
    &type_mismatch_ip_range::RULE,
    &type_mismatch_number::RULE,
    &type_mismatch_string::RULE,
];
