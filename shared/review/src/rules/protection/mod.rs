//! What a policy could ask for and does not: TLS, encryption, a second factor.

mod s3_without_given_key;
mod s3_without_tls;
mod sensitive_without_mfa;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[&s3_without_given_key::RULE, &s3_without_tls::RULE, &sensitive_without_mfa::RULE];
