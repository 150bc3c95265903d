//! Services that act on behalf of somebody.

mod restrict_access_to_service_principal;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[&restrict_access_to_service_principal::RULE];
