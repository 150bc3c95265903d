//! Which actions hand a role to a service: those with `iam:PassRole` as a dependent action, and those of the override
//! file. The parameter is found by its name; the service by the override file.

use super::Result;
use super::botocore::{Kind, Member, Model, plain};
use super::event_sources::Apis;
use super::overrides::{Overrides, action_name};
use catalog::{Facts, Need, PassedRoleFacts};
use std::collections::{BTreeMap, BTreeSet};

/// Fills in `passed_roles` of the actions.
pub fn derive(models: &[Model], apis: &Apis, overrides: &Overrides, facts: &mut Facts) -> Result<()> {
    let mut found: BTreeMap<(String, String), Vec<PassedRoleFacts>> = BTreeMap::new();
    let mut parameters: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for ((api, _), operation) in &facts.operations {
        let (Need::Actions(actions) | Need::OneOf(actions)) = &operation.need else { continue };
        let numbers = apis.get(api).into_iter().flat_map(|api| &api.models);
        let members: Vec<&Member> = numbers
            .filter_map(|&number| models.get(number)?.operations.get(&operation.name))
            .flat_map(|operation| &operation.members)
            .collect();
        for (service, action) in actions {
            let key = (service.to_ascii_lowercase(), action.to_ascii_lowercase());
            let names = members.iter().flat_map(|member| &member.names).map(|name| plain(name));
            parameters.entry(key.clone()).or_default().extend(names);
            let Some(facts_of) = facts.services.get(&key.0).and_then(|facts| facts.actions.get(&key.1)) else {
                continue;
            };
            // IAM's own calls name roles to work on them; the one that hands a role over stands in the override file.
            if service == "iam"
                || !facts_of.dependent_actions.iter().any(|name| name.eq_ignore_ascii_case("iam:PassRole"))
            {
                continue;
            }
            // DMS calls a configuration of its own an instance profile.
            let foreign =
                |member: &Member| service == "dms" && member.names.iter().any(|name| name == "InstanceProfileName");
            let roles = members.iter().filter(|member| holds_role(member) && !foreign(member));
            let roles = roles.filter_map(|member| member.names.first()).map(|name| PassedRoleFacts {
                parameter: name.clone(),
                passed_to: principal(overrides, service, &plain(name)),
            });
            found.entry(key).or_default().extend(roles);
        }
    }
    for row in &overrides.pass_role {
        for action in &row.actions {
            let (service, name) = action_name(facts, action)?;
            let key = (service.to_ascii_lowercase(), name.to_ascii_lowercase());
            let known = parameters.get(&key);
            let roles = found.entry(key).or_default();
            for parameter in &row.parameters {
                if !row.only_in_cloudtrail && !known.is_some_and(|names| names.contains(&plain(parameter))) {
                    return Err(format!("overrides.toml: `{action}` has no parameter `{parameter}`").into());
                }
                roles.retain(|role| plain(&role.parameter) != plain(parameter));
                roles.push(PassedRoleFacts { parameter: parameter.clone(), passed_to: row.passed_to.clone() });
            }
        }
    }
    for ((service, action), mut roles) in found {
        roles.sort();
        roles.dedup();
        if let Some(action) = facts.services.get_mut(&service).and_then(|facts| facts.actions.get_mut(&action)) {
            action.passed_roles = roles;
        }
    }
    Ok(())
}

/// The principal that a role is handed to; empty when nobody has checked.
fn principal(overrides: &Overrides, service: &str, parameter: &str) -> String {
    // Roles with other names are often for another service that the first one works with.
    const OWN: [&str; 14] = [
        "role",
        "rolearn",
        "roles",
        "rolearns",
        "iamrole",
        "iamrolearn",
        "iamroles",
        "executionrole",
        "executionrolearn",
        "servicerole",
        "servicerolearn",
        "serviceexecutionrole",
        "accessrole",
        "loggingrole",
    ];
    if parameter.contains("instanceprofile") {
        return "ec2.amazonaws.com".to_owned();
    }
    let row = overrides.role_service.iter().find(|row| row.services.iter().any(|name| name == service));
    match row {
        Some(row) if OWN.contains(&parameter) && row.passed_to.is_empty() => format!("{service}.amazonaws.com"),
        Some(row) if OWN.contains(&parameter) => row.passed_to.clone(),
        _ => String::new(),
    }
}

/// Whether a member holds a role (ARN or name) or an instance profile that the service will use.
fn holds_role(member: &Member) -> bool {
    const ENDINGS: [&str; 9] = [
        "role",
        "rolearn",
        "rolename",
        "roles",
        "rolearns",
        "iaminstanceprofile",
        "instanceprofilearn",
        "instanceprofilename",
        "iaminstanceprofilearn",
    ];
    // Roles of somebody else, and roles that only name a person or a permission.
    const FOREIGN: [&str; 10] = [
        "assumerole",
        "assumablerole",
        "crossaccount",
        "consumeraccount",
        "external",
        "userrole",
        "memberrole",
        "sourcerole",
        "callerrole",
        "principalrole",
    ];
    let Some(name) = member.names.first().map(|name| plain(name)) else { return false };
    member.kind == Kind::Text
        && ENDINGS.iter().any(|ending| name.ends_with(ending))
        && !FOREIGN.iter().any(|word| name.contains(word))
}
