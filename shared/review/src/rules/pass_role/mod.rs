//! Roles that can be handed to services.

mod with_not_action_and_not_resource;
mod with_not_resource;
mod with_star_in_action_and_not_resource;
mod with_star_in_action_and_resource;
mod with_star_in_resource;
mod with_star_in_resource_and_not_action;

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[
    &with_not_action_and_not_resource::RULE,
    &with_not_resource::RULE,
    &with_star_in_action_and_not_resource::RULE,
    &with_star_in_action_and_resource::RULE,
    &with_star_in_resource::RULE,
    &with_star_in_resource_and_not_action::RULE,
];
