//! Conditions on tags, for services that have none.

mod allow_notaction_with_unsupported_tag_condition_key;
mod allow_with_unsupported_tag_condition_key;
mod deny_notaction_with_unsupported_tag_condition_key;
mod deny_with_unsupported_tag_condition_key;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &allow_notaction_with_unsupported_tag_condition_key::RULE,
    &allow_with_unsupported_tag_condition_key::RULE,
    &deny_notaction_with_unsupported_tag_condition_key::RULE,
    &deny_with_unsupported_tag_condition_key::RULE,
];
