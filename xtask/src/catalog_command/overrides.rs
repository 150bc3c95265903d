//! The reviewed override file: facts that no package states, each with where it is from.

use super::Result;
use super::botocore::plain;
use catalog::{ActionName, Facts, RuleEffect, RuleFacts, ServiceFacts};
use serde::Deserialize;
use std::collections::BTreeSet;

/// All of `overrides.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overrides {
    #[serde(default)]
    pub model: Vec<Model>,
    #[serde(default)]
    pub source: Vec<Source>,
    #[serde(default)]
    pub operation: Vec<Operation>,
    #[serde(default)]
    pub rule: Vec<Rule>,
    #[serde(default)]
    pub retired: Vec<Retired>,
    #[serde(default)]
    pub parameter: Vec<Parameter>,
    #[serde(default)]
    pub role_service: Vec<RoleService>,
    #[serde(default)]
    pub pass_role: Vec<PassRole>,
    pub called_via: CalledVia,
    #[serde(default)]
    pub id_prefix: Vec<IdPrefix>,
}

/// Where a row is from: one of the two is given.
#[derive(Deserialize)]
pub struct Origin {
    #[serde(default)]
    reference: String,
    #[serde(default)]
    why: String,
}

/// A botocore model that stands apart from the API that its signing name says.
#[derive(Deserialize)]
pub struct Model {
    pub folder: String,
    pub api: String,
    #[serde(default)]
    pub services: Vec<String>,
    #[serde(flatten)]
    origin: Origin,
}

/// An event source whose IAM prefix has another name.
#[derive(Deserialize)]
pub struct Source {
    pub sources: Vec<String>,
    pub services: Vec<String>,
    #[serde(default)]
    pub apis: Vec<String>,
    #[serde(flatten)]
    origin: Origin,
}

/// Operations that need other actions than one of the same name.
#[derive(Deserialize)]
pub struct Operation {
    pub source: String,
    /// Event names; `*` stands for all of the source's operations without an action of the same name.
    pub events: Vec<String>,
    #[serde(default)]
    pub actions: Vec<String>,
    /// The request decides which of these.
    #[serde(default)]
    pub one_of: Vec<String>,
    /// The action of the same name, in this service.
    pub same_name_in: Option<String>,
    /// Why no permission is needed.
    pub none: Option<String>,
    /// Why the operation is withdrawn.
    pub retired: Option<String>,
    /// The event name occurs in CloudTrail and in no API model.
    #[serde(default)]
    pub only_in_cloudtrail: bool,
    #[serde(flatten)]
    origin: Origin,
}

/// What the request changes.
#[derive(Deserialize)]
pub struct Rule {
    pub source: String,
    pub events: Vec<String>,
    pub when: Vec<String>,
    #[serde(default)]
    pub equals: String,
    /// The parameter occurs in CloudTrail and in no API model.
    #[serde(default)]
    pub only_in_cloudtrail: bool,
    #[serde(default, rename = "use")]
    pub instead: Vec<String>,
    #[serde(default)]
    pub also: Vec<String>,
    #[serde(flatten)]
    origin: Origin,
}

/// A withdrawn service (`actions` is `*`), or withdrawn actions of a living one.
#[derive(Deserialize)]
pub struct Retired {
    pub service: String,
    #[serde(default)]
    pub title: String,
    pub actions: Vec<String>,
    #[serde(default)]
    pub sources: Vec<String>,
    pub why: String,
    #[serde(default)]
    #[allow(dead_code)]
    reference: String,
}

/// Which request parameters carry a variable of an ARN.
#[derive(Deserialize)]
pub struct Parameter {
    pub service: String,
    /// None: every resource type with the variable.
    #[serde(default)]
    pub resource_types: Vec<String>,
    /// Empty: the whole ARN.
    pub variable: String,
    pub parameters: Vec<String>,
    /// None: every operation.
    #[serde(default)]
    pub events: Vec<String>,
    #[serde(flatten)]
    origin: Origin,
}

/// Services that take roles in their own name, `<prefix>.amazonaws.com`.
#[derive(Deserialize)]
pub struct RoleService {
    pub services: Vec<String>,
    /// When it is not `<prefix>.amazonaws.com`; empty with `unknown`.
    #[serde(default)]
    pub passed_to: String,
    #[serde(flatten)]
    origin: Origin,
}

/// Roles of an action that differ from the service's rule.
#[derive(Deserialize)]
pub struct PassRole {
    pub actions: Vec<String>,
    pub parameters: Vec<String>,
    /// The parameters are keys of a map, which no API model names.
    #[serde(default)]
    pub only_in_cloudtrail: bool,
    pub passed_to: String,
    #[serde(flatten)]
    origin: Origin,
}

#[derive(Deserialize)]
pub struct CalledVia {
    pub principals: Vec<String>,
    #[serde(flatten)]
    origin: Origin,
}

#[derive(Deserialize)]
pub struct IdPrefix {
    pub prefix: String,
    pub resource_type: String,
}

/// Reads the file and insists that every row says where it is from.
pub fn read(text: &str) -> Result<Overrides> {
    let overrides: Overrides = toml::from_str(text)?;
    let origins = (overrides.model.iter().map(|row| (&row.folder, &row.origin)))
        .chain(overrides.source.iter().filter_map(|row| Some((row.sources.first()?, &row.origin))))
        .chain(overrides.operation.iter().filter_map(|row| Some((row.events.first()?, &row.origin))))
        .chain(overrides.rule.iter().filter_map(|row| Some((row.events.first()?, &row.origin))))
        .chain(overrides.parameter.iter().map(|row| (&row.service, &row.origin)))
        .chain(overrides.role_service.iter().filter_map(|row| Some((row.services.first()?, &row.origin))))
        .chain(overrides.pass_role.iter().filter_map(|row| Some((row.actions.first()?, &row.origin))))
        .chain(overrides.called_via.principals.first().map(|name| (name, &overrides.called_via.origin)));
    for (name, origin) in origins {
        if origin.reference.is_empty() && origin.why.is_empty() {
            return Err(format!("overrides.toml: the row of `{name}` has neither `reference` nor `why`").into());
        }
    }
    Ok(overrides)
}

impl Overrides {
    /// Marks withdrawn services and actions.
    pub fn retire(&self, facts: &mut Facts) -> Result<()> {
        for row in &self.retired {
            let prefix = row.service.to_ascii_lowercase();
            if row.actions.iter().any(|action| action == "*") {
                let service = facts.services.entry(prefix.clone()).or_insert_with(|| ServiceFacts {
                    prefix: row.service.clone(),
                    title: row.title.clone(),
                    ..Default::default()
                });
                service.retired = row.why.clone();
            } else if !facts.services.contains_key(&prefix) {
                return Err(format!("overrides.toml: retired actions of `{prefix}`, which is no service").into());
            }
            for action in &row.actions {
                if facts
                    .services
                    .get(&prefix)
                    .is_some_and(|service| service.actions.contains_key(&action.to_ascii_lowercase()))
                {
                    return Err(format!("overrides.toml: `{prefix}:{action}` is not retired").into());
                }
                facts.retired_actions.insert((prefix.clone(), action.clone()), row.why.clone());
            }
        }
        Ok(())
    }

    /// The tables that are taken over as they stand.
    pub fn small_tables(&self, facts: &mut Facts) -> Result<()> {
        facts.called_via = self.called_via.principals.iter().cloned().collect();
        for row in &self.id_prefix {
            let value = ("ec2".to_owned(), row.resource_type.clone());
            if facts.id_prefixes.insert(row.prefix.clone(), value).is_some() {
                return Err(format!("overrides.toml: the EC2 prefix `{}` stands twice", row.prefix).into());
            }
        }
        Ok(())
    }

    /// The rules for an operation of an API.
    ///
    /// `parameters` are the top-level members of the request, plain. A row for `*` is about tags at creation: it holds
    /// for all operations with the parameter, other than those whose business tags are.
    pub fn rules(
        &self,
        facts: &Facts,
        api: &str,
        event: &str,
        parameters: &BTreeSet<String>,
    ) -> Result<Vec<RuleFacts>> {
        let mut rules = Vec::new();
        let about_tags = ["Tag", "Untag", "AddTags", "RemoveTags", "CreateTags", "DeleteTags", "CreateOrUpdateTags"];
        let about_tags = about_tags.iter().any(|prefix| event.starts_with(prefix));
        for row in self.rule.iter().filter(|row| belongs(facts, &row.source, api)) {
            let every = row.events.iter().any(|name| name == "*") && !about_tags;
            if !every && !row.events.iter().any(|name| name.eq_ignore_ascii_case(event)) {
                continue;
            }
            for when in row.when.iter().filter(|when| !every || parameters.contains(&plain(when))) {
                for (effect, actions) in [(RuleEffect::Use, &row.instead), (RuleEffect::Also, &row.also)] {
                    if !actions.is_empty() {
                        let actions = actions.iter().map(|action| action_name(facts, action)).collect::<Result<_>>()?;
                        rules.push(RuleFacts { when: when.clone(), equals: row.equals.clone(), effect, actions });
                    }
                }
            }
        }
        Ok(rules)
    }
}

/// Whether an event source stands for an API in the first place.
pub fn belongs(facts: &Facts, source: &str, api: &str) -> bool {
    facts.event_sources.get(source).is_some_and(|source| source.apis.first().is_some_and(|first| first == api))
}

/// `service:Action` as the reference spells it.
pub fn action_name(facts: &Facts, text: &str) -> Result<ActionName> {
    let (service, name) = text.split_once(':').ok_or_else(|| format!("overrides.toml: `{text}` is no action"))?;
    let service_facts = facts.services.get(&service.to_ascii_lowercase());
    let found = service_facts.and_then(|facts| facts.actions.get(&name.to_ascii_lowercase()));
    match (service_facts, found) {
        (Some(service), Some(action)) => Ok((service.prefix.clone(), action.name.clone())),
        _ => Err(format!("overrides.toml: there is no action `{text}`").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLED_VIA: &str = "[called_via]\nprincipals = ['athena.amazonaws.com']\nreference = 'https://example.com'\n";

    #[test]
    fn a_row_says_where_it_is_from() {
        let row = "[[operation]]\nsource = 's3'\nevents = ['HeadObject']\nactions = ['s3:GetObject']\n";
        let error = read(&format!("{CALLED_VIA}{row}")).err().map(|error| error.to_string());
        let expected = "overrides.toml: the row of `HeadObject` has neither `reference` nor `why`";
        assert_eq!(error.as_deref(), Some(expected));
        assert!(read(&format!("{CALLED_VIA}{row}why = 'a test'\n")).is_ok());
    }

    #[test]
    fn a_section_that_nobody_reads_is_refused() {
        assert!(read(&format!("{CALLED_VIA}[[operations]]\n")).is_err());
    }

    #[test]
    fn an_action_that_does_not_exist_is_refused() {
        let facts = Facts::default();
        let error = action_name(&facts, "s3:GetObjekt").err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("overrides.toml: there is no action `s3:GetObjekt`"));
    }
}
