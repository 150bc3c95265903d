//! Data and secrets that can be copied away.

mod credential_exposure;
mod data_exfiltration;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[&credential_exposure::RULE, &data_exfiltration::RULE];
