//! The rules, one a file, in folders by what they are about.

mod actions;
mod addresses;
mod conditions;
mod confused_deputy;
mod data;
mod document;
mod empty;
mod exposure;
mod least_privilege;
mod left_out;
mod organizations;
mod pass_role;
mod principals;
mod protection;
mod redundancy;
mod resources;
mod service_linked_roles;
mod sizes;
mod tags;
mod trust;
mod values;
mod variables;

use std::sync::LazyLock;

pub use left_out::LEFT_OUT;

use crate::rule::Rule;

static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let groups: [&[&Rule]; _] = [
        actions::RULES,
        addresses::RULES,
        conditions::RULES,
        confused_deputy::RULES,
        data::RULES,
        document::RULES,
        empty::RULES,
        exposure::RULES,
        least_privilege::RULES,
        organizations::RULES,
        pass_role::RULES,
        principals::RULES,
        protection::RULES,
        redundancy::RULES,
        resources::RULES,
        service_linked_roles::RULES,
        sizes::RULES,
        tags::RULES,
        trust::RULES,
        values::RULES,
        variables::RULES,
    ];
    let mut all = groups.concat();
    all.sort_by_key(|rule| rule.code);
    all
});

/// Every rule, by code.
#[must_use]
pub fn rules() -> &'static [&'static Rule] {
    &ALL
}

/// The rule of this code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    ALL.binary_search_by(|rule| rule.code.cmp(code)).ok().and_then(|index| ALL.get(index)).copied()
}
