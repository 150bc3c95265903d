//! Which request parameter gives which part of which ARN.
//!
//! For every operation and every resource type of the actions it needs, the members of the request are matched against
//! the variables of the ARN format by name: the same name first, then the resource type's name, then plain `Name`, `Id`
//! and `Arn` where only one resource type can be meant. The override file wins.

use super::Result;
use super::botocore::{Kind, Member, Model, Operation, plain};
use super::event_sources::Apis;
use super::overrides::{Overrides, Parameter};
use catalog::{BindingFacts, Facts, Need, Provenance, ResourceTypeFacts, RuleEffect, VariableFacts};
use std::collections::{BTreeMap, BTreeSet};

/// Parameters a variable falls back on, at most.
const FALLBACKS: usize = 6;
/// Endings that a variable and its parameter may have or not.
const ENDINGS: [&str; 7] = ["withpath", "namewithpath", "name", "identifier", "id", "arn", "uuid"];

/// (service, resource type, variable)
type Part = (String, String, String);

/// Fills in the bindings of operations and the variables of resource types.
pub fn bind(models: &[Model], apis: &Apis, overrides: &Overrides, facts: &mut Facts) -> Result<()> {
    check(overrides, facts)?;
    let mut seen: BTreeMap<Part, BTreeMap<String, (usize, usize)>> = BTreeMap::new();
    let mut bound = Vec::new();
    for ((api, event), operation) in &facts.operations {
        let members: Vec<&Member> = numbers_of(apis, api)
            .filter_map(|number| models.get(number)?.operations.get(&operation.name))
            .flat_map(|operation| &operation.members)
            .filter(|member| matches!(member.kind, Kind::Text | Kind::Number))
            .collect();
        if operation.provenance == Provenance::HttpVerb {
            let uris = numbers_of(apis, api).filter_map(|number| {
                let operation = models.get(number)?.operations.get(&operation.name)?;
                Some((operation.http.as_ref()?.request_uri.as_str(), operation))
            });
            let bindings = uris.flat_map(|(uri, request)| by_uri(facts, operation, uri, request)).collect();
            bound.push(((api.clone(), event.clone()), bindings));
            continue;
        }
        let kinds = resource_types(facts, operation);
        let mut bindings = Vec::new();
        for (service, kind, alone) in &kinds {
            let target = Target { kind, event: &plain(&operation.name), alone: *alone };
            // Where the request gives the ARN, a plain `name` is the name of something else.
            let has_arn = members.iter().any(|member| target.rank("", member).is_some_and(|(rank, _)| rank == 1));
            for variable in variables(kind).into_iter().chain([String::new()]) {
                let mut candidates: Vec<(usize, usize, &String, Provenance)> = Vec::new();
                let rows = overrides.parameter.iter().filter(|row| applies(row, service, &kind.name, &variable, event));
                let table = rows.flat_map(|row| &row.parameters).enumerate();
                candidates.extend(table.map(|(order, name)| (0, order, name, Provenance::ParameterTable)));
                for member in &members {
                    if let Some((rank, provenance)) = target.rank(&variable, member)
                        && !(has_arn && rank == GENERIC)
                    {
                        candidates.extend(member.names.iter().map(|name| (rank, member.depth, name, provenance)));
                    }
                }
                candidates.sort();
                let part = (service.clone(), kind.name.clone(), variable.clone());
                let mut names = BTreeSet::new();
                for (rank, _, name, provenance) in candidates {
                    if !names.insert(plain(name)) {
                        continue;
                    }
                    if rank < GENERIC {
                        let tally = seen.entry(part.clone()).or_default().entry(name.clone()).or_insert((rank, 0));
                        *tally = (tally.0.min(rank), tally.1 + 1);
                    }
                    bindings.push(BindingFacts {
                        service: service.clone(),
                        resource_type: kind.name.clone(),
                        variable: variable.clone(),
                        parameter: name.clone(),
                        provenance,
                    });
                }
            }
        }
        bound.push(((api.clone(), event.clone()), bindings));
    }
    for (key, bindings) in bound {
        if let Some(operation) = facts.operations.get_mut(&key) {
            operation.bindings = bindings;
        }
    }
    fall_back(overrides, facts, &seen);
    complete(facts);
    Ok(())
}

fn numbers_of(apis: &Apis, api: &str) -> impl Iterator<Item = usize> {
    apis.get(api).into_iter().flat_map(|api| api.models.clone())
}

/// Where actions are HTTP verbs, the ARN ends in the request's path: `/restapis/{restapi_id}/stages` is
/// `arn:...:apigateway:${Region}::/restapis/${RestApiId}/stages`.
fn by_uri(facts: &Facts, needed: &catalog::OperationFacts, uri: &str, request: &Operation) -> Vec<BindingFacts> {
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let path: Vec<&str> = path.trim_start_matches("/v2").trim_matches('/').split('/').collect();
    let mut bindings = Vec::new();
    for (service, kind, _) in resource_types(facts, needed) {
        for format in &kind.arn_formats {
            let Some((_, resource)) = format.split_once("::/") else { continue };
            let segments: Vec<&str> = resource.split('/').collect();
            let pairs = || segments.iter().zip(&path);
            let label = |text: &str| text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).map(str::to_owned);
            let variable = |text: &str| text.strip_prefix('$').and_then(label);
            let same = segments.len() == path.len()
                && pairs().all(|(format, path)| match (variable(format), label(path)) {
                    (None, None) => format.eq_ignore_ascii_case(path),
                    (Some(_), Some(_)) => true,
                    _ => false,
                });
            if !same {
                continue;
            }
            for (variable, label) in pairs().filter_map(|(format, path)| Some((variable(format)?, label(path)?))) {
                let member = request
                    .members
                    .iter()
                    .find(|member| member.depth == 1 && member.names.iter().any(|name| plain(name) == plain(&label)));
                let names = member.map_or(vec![label.clone()], |member| member.names.clone());
                bindings.extend(names.into_iter().map(|parameter| BindingFacts {
                    service: service.clone(),
                    resource_type: kind.name.clone(),
                    variable: variable.clone(),
                    parameter,
                    provenance: Provenance::ParameterName,
                }));
            }
        }
    }
    bindings
}

/// From here on a name is too general to say anything about another operation.
const GENERIC: usize = 5;

struct Target<'a> {
    kind: &'a ResourceTypeFacts,
    /// The operation's name, plain.
    event: &'a str,
    /// Whether the operation can be about no other resource type.
    alone: bool,
}

impl Target<'_> {
    /// How well a member gives a variable (lower is better), if it does.
    fn rank(&self, variable: &str, member: &Member) -> Option<(usize, Provenance)> {
        let wanted = plain(variable);
        if !variable.is_empty() && member.names.iter().any(|name| !compatible(&wanted, &plain(name))) {
            return None;
        }
        member.names.iter().filter_map(|name| self.rank_name(variable, name, member)).min()
    }

    fn rank_name(&self, variable: &str, name: &str, member: &Member) -> Option<(usize, Provenance)> {
        let name = &plain(name);
        let kind = &plain(&self.kind.name);
        let singular = name.strip_suffix('s').unwrap_or(name);
        let is = |wanted: &str| name == wanted || singular == wanted;
        let text = member.kind == Kind::Text;
        if variable.is_empty() {
            if !text {
                return None;
            }
            let stem = singular.strip_suffix("arn")?;
            let last = variables(self.kind).pop().map(|last| stem_of(&plain(&last)).to_owned());
            if stem == kind || (!stem.is_empty() && (Some(stem) == last.as_deref() || kind.ends_with(stem))) {
                return Some((1, Provenance::ArnParameter));
            }
            let general = ["", "resource", "target", "tagresource", "arnof"].contains(&stem);
            return (general && member.depth == 1).then_some((2, Provenance::ArnParameter));
        }
        let wanted = &plain(variable);
        let stem = stem_of(wanted);
        if is(wanted) && !general(wanted) {
            return Some((1, Provenance::ParameterName));
        }
        if !stem.is_empty() && stem_of(singular) == stem && !general(stem) {
            return Some((2, Provenance::ParameterName));
        }
        let fits = self.alone || (kind.len() > 2 && self.event.contains(kind.as_str()));
        if fits && member.depth == 1 && general(wanted) && is(wanted) {
            return Some((GENERIC, Provenance::GenericName));
        }
        if !text || !self.is_last(variable) {
            return None;
        }
        if stem_of(singular) == kind || is(kind) {
            return Some((3, Provenance::ResourceTypeName));
        }
        // `DBInstanceIdentifier` for the type `db`, `loadBalancerName` for `loadbalancer/app/`.
        if singular != stem_of(singular)
            && kind.len() > 3
            && kind.starts_with(stem_of(singular))
            && stem_of(singular).len() > 3
        {
            return Some((4, Provenance::ResourceTypeName));
        }
        let usual = ["name", "id", "identifier", "resourceid", "resourcename", "resourceidentifier"];
        (fits && member.depth == 1 && usual.contains(&name.as_str())).then_some((GENERIC, Provenance::GenericName))
    }

    fn is_last(&self, variable: &str) -> bool {
        variables(self.kind).last().is_some_and(|last| last == variable)
    }
}

/// A name is no identifier, and the other way round; a whole ARN is neither.
fn compatible(wanted: &str, name: &str) -> bool {
    let name = name.strip_suffix('s').unwrap_or(name);
    if name.ends_with("arn") && !wanted.ends_with("arn") {
        return false;
    }
    let id = |text: &str| text.ends_with("id") || text.ends_with("uuid");
    let named = |text: &str| text.ends_with("name") || text.ends_with("namewithpath");
    wanted == "resourceid" || !(id(wanted) && named(name) || named(wanted) && id(name))
}

/// Words that name nothing in particular.
fn general(word: &str) -> bool {
    ["", "name", "id", "identifier", "resourceid", "resource", "resourcename", "uuid", "version", "type", "path", "arn"]
        .contains(&word)
}

/// A name without `Name`, `Id` and the like.
fn stem_of(name: &str) -> &str {
    let mut longest = "";
    for ending in ENDINGS {
        if name.ends_with(ending) && ending.len() > longest.len() {
            longest = ending;
        }
    }
    name.strip_suffix(longest).unwrap_or(name)
}

/// The variables of a type's ARN formats, other than partition, region and account, in order.
fn variables(kind: &ResourceTypeFacts) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for format in &kind.arn_formats {
        // Before the resource stand the partition, the Region and the account, which the call's site tells.
        let resource = format.splitn(6, ':').nth(5).unwrap_or_default();
        for part in resource.split("${").skip(1) {
            let Some((name, _)) = part.split_once('}') else { continue };
            if !found.iter().any(|known| known == name) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// The resource types of an operation's actions and of those that rules put in their place, with "no other comes into question".
fn resource_types<'a>(
    facts: &'a Facts,
    operation: &catalog::OperationFacts,
) -> Vec<(String, &'a ResourceTypeFacts, bool)> {
    let (Need::Actions(actions) | Need::OneOf(actions)) = &operation.need else { return Vec::new() };
    let mut found: Vec<(String, &ResourceTypeFacts, bool)> = Vec::new();
    let instead = operation.rules.iter().filter(|rule| rule.effect == RuleEffect::Use);
    for (prefix, name) in actions.iter().chain(instead.flat_map(|rule| &rule.actions)) {
        let Some(service) = facts.services.get(&prefix.to_ascii_lowercase()) else { continue };
        let Some(action) = service.actions.get(&name.to_ascii_lowercase()) else { continue };
        let required = action.resources.iter().filter(|(_, required)| *required).count();
        for (kind, needed) in &action.resources {
            let Some(kind) = service.resource_types.get(&kind.to_ascii_lowercase()) else { continue };
            if !found.iter().any(|(_, known, _)| std::ptr::eq(*known, kind)) {
                let alone = action.resources.len() == 1 || (*needed && required == 1);
                found.push((service.prefix.clone(), kind, alone));
            }
        }
    }
    found
}

fn applies(row: &Parameter, service: &str, kind: &str, variable: &str, event: &str) -> bool {
    row.service == service
        && row.variable == variable
        && (row.resource_types.is_empty() || row.resource_types.iter().any(|name| name == kind))
        && (row.events.is_empty() || row.events.iter().any(|name| name.eq_ignore_ascii_case(event)))
}

/// What all operations of a service together say about each variable.
fn fall_back(overrides: &Overrides, facts: &mut Facts, seen: &BTreeMap<Part, BTreeMap<String, (usize, usize)>>) {
    for service in facts.services.values_mut() {
        for kind in service.resource_types.values_mut() {
            let names = variables(kind).into_iter().chain([String::new()]);
            let facts = names.map(|variable| {
                let rows = overrides.parameter.iter();
                let rows = rows.filter(|row| row.events.is_empty());
                let rows = rows.filter(|row| applies(row, &service.prefix, &kind.name, &variable, ""));
                let mut parameters: Vec<String> = rows.flat_map(|row| row.parameters.clone()).collect();
                let part = (service.prefix.clone(), kind.name.clone(), variable.clone());
                let mut others: Vec<_> = seen.get(&part).into_iter().flatten().collect();
                others.sort_by_key(|(name, (rank, count))| (*rank, usize::MAX - count, (*name).clone()));
                parameters.extend(others.into_iter().map(|(name, _)| name.clone()));
                // Its own name is worth a try even where no model says so: a console's call, a response.
                if !variable.is_empty() && !general(&plain(&variable)) {
                    parameters.push(variable.clone());
                }
                let mut unique = BTreeSet::new();
                parameters.retain(|name| unique.insert(plain(name)));
                parameters.truncate(FALLBACKS);
                VariableFacts { name: variable, parameters }
            });
            let facts = facts.filter(|variable| !variable.name.is_empty() || !variable.parameters.is_empty());
            kind.variables = facts.collect();
        }
    }
}

/// Operations that no model describes take what the resource types fall back on.
fn complete(facts: &mut Facts) {
    let mut added = Vec::new();
    for (key, operation) in facts
        .operations
        .iter()
        .filter(|(_, operation)| operation.bindings.is_empty() && operation.provenance != Provenance::HttpVerb)
    {
        let mut bindings = Vec::new();
        for (service, kind, _) in resource_types(facts, operation) {
            for variable in &kind.variables {
                bindings.extend(variable.parameters.iter().map(|parameter| BindingFacts {
                    service: service.clone(),
                    resource_type: kind.name.clone(),
                    variable: variable.name.clone(),
                    parameter: parameter.clone(),
                    provenance: Provenance::OtherOperation,
                }));
            }
        }
        added.push((key.clone(), bindings));
    }
    for (key, bindings) in added {
        if let Some(operation) = facts.operations.get_mut(&key) {
            operation.bindings = bindings;
        }
    }
}

/// Every parameter row names a service, resource types and a variable that exist.
fn check(overrides: &Overrides, facts: &Facts) -> Result<()> {
    for row in &overrides.parameter {
        let place = format!("overrides.toml: parameter row of `{}` `{}`", row.service, row.variable);
        let service = facts.services.get(&row.service).ok_or_else(|| format!("{place}: no such service"))?;
        for name in &row.resource_types {
            if !service.resource_types.contains_key(&name.to_ascii_lowercase()) {
                return Err(format!("{place}: no resource type `{name}`").into());
            }
        }
        let is_operation = |event: &&String| facts.operations.keys().any(|(_, name)| name.eq_ignore_ascii_case(event));
        if let Some(event) = row.events.iter().find(|event| !is_operation(event)) {
            return Err(format!("{place}: no operation `{event}`").into());
        }
        let known = service.resource_types.values().any(|kind| {
            let meant = row.resource_types.is_empty() || row.resource_types.contains(&kind.name);
            meant && (row.variable.is_empty() || variables(kind).contains(&row.variable))
        });
        if !known {
            return Err(format!("{place}: no such variable").into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, kind: Kind) -> Member {
        Member { depth: 1, names: vec![name.to_owned()], shape: String::new(), required: true, kind }
    }

    fn kind(name: &str, arn: &str) -> ResourceTypeFacts {
        ResourceTypeFacts { name: name.to_owned(), arn_formats: vec![arn.to_owned()], ..Default::default() }
    }

    #[test]
    fn a_parameter_gives_a_variable_by_its_name() {
        let cases = [
            // type, ARN, variable, parameter, how
            ("table", "arn:p:x:r:a:table/${TableName}", "TableName", "tableName", Some(Provenance::ParameterName)),
            (
                "user",
                "arn:p:x:r:a:user/${UserNameWithPath}",
                "UserNameWithPath",
                "UserName",
                Some(Provenance::ParameterName),
            ),
            (
                "cluster",
                "arn:p:x:r:a:cluster/${ClusterName}",
                "ClusterName",
                "cluster",
                Some(Provenance::ParameterName),
            ),
            ("fn", "arn:p:x:r:a:fn/${Label}", "Label", "fnName", Some(Provenance::ResourceTypeName)),
            ("fn", "arn:p:x:r:a:fn/${FnName}", "FnName", "name", Some(Provenance::GenericName)),
            ("fn", "arn:p:x:r:a:fn/${FnName}", "", "fnArn", Some(Provenance::ArnParameter)),
            ("fn", "arn:p:x:r:a:fn/${FnName}", "", "resourceArn", Some(Provenance::ArnParameter)),
            // a whole ARN is no part of one, a name is no identifier, another resource is another resource
            ("fn", "arn:p:x:r:a:fn/${FnName}", "FnName", "fnArn", None),
            ("image", "arn:p:x:r:a:image/${ImageId}", "ImageId", "name", None),
            ("image", "arn:p:x:r:a:image/${ImageId}", "ImageId", "imageName", None),
            ("fn", "arn:p:x:r:a:fn/${FnName}", "FnName", "roleName", None),
            ("fn", "arn:p:x:r:a:fn/${FnName}", "", "roleArn", None),
        ];
        for (name, arn, variable, parameter, expected) in cases {
            let kind = kind(name, arn);
            let target = Target { kind: &kind, event: "createfn", alone: true };
            let found = target.rank(variable, &member(parameter, Kind::Text)).map(|(_, provenance)| provenance);
            assert_eq!(found, expected, "{arn} {variable} <- {parameter}");
        }
    }

    #[test]
    fn a_plain_name_counts_only_where_one_type_can_be_meant() {
        let kind = kind("fn", "arn:p:x:r:a:fn/${FnName}");
        let elsewhere = Target { kind: &kind, event: "creatething", alone: false };
        assert!(elsewhere.rank("FnName", &member("name", Kind::Text)).is_none());
        assert!(elsewhere.rank("FnName", &member("fnName", Kind::Text)).is_some());
    }

    #[test]
    fn only_parts_that_the_request_gives_are_variables() {
        let kind = kind("object", "arn:${Partition}:s3:${Region}:${Account}:${BucketName}/${ObjectName}");
        assert_eq!(variables(&kind), ["BucketName", "ObjectName"]);
    }
}
