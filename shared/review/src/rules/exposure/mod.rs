//! Access for everyone, and ways to give it.

mod open_address_range;
mod public_access;
mod resource_exposure;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[&open_address_range::RULE, &public_access::RULE, &resource_exposure::RULE];
