//! Addresses in conditions.

mod improve_ip_range;
mod private_ip_address;
mod private_ip_address_subset;
mod private_not_ip_address;
mod private_not_ip_address_subset;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &improve_ip_range::RULE,
    &private_ip_address::RULE,
    &private_ip_address_subset::RULE,
    &private_not_ip_address::RULE,
    &private_not_ip_address_subset::RULE,
];
