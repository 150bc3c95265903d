//! What the catalog says about one operation, compiled once and used for every call of it.

use crate::arn_format::ArnFormat;
use catalog::{AccessLevel, Action, Operation, Provenance, ResourceType, RuleEffect};
use std::sync::Arc;

/// An operation that needs permission.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The actions, when no rule of the request says otherwise.
    pub actions: Vec<PlannedAction>,
    /// The call needs one of them, and the request says which.
    pub one_of: bool,
    pub rules: Vec<PlannedRule>,
    pub provenance: Provenance,
    /// Some part of the answer stands in the request.
    pub reads_request: bool,
}

#[derive(Debug)]
pub(crate) struct PlannedRule {
    pub when: String,
    pub equals: Option<String>,
    pub effect: RuleEffect,
    pub actions: Vec<PlannedAction>,
}

#[derive(Debug)]
pub(crate) struct PlannedAction {
    /// `service:Name`.
    pub full_name: Arc<str>,
    /// Length of the service prefix in `full_name`.
    service_length: usize,
    /// Resource types that the action can be limited to; none: only `*` has an effect.
    pub types: Vec<PlannedType>,
    /// (request parameter that holds a role, service principal that it is passed to).
    pub passed_roles: Vec<(String, String)>,
    /// The call makes a resource whose name AWS chooses, unless the request says it.
    pub creates: bool,
    pub tags: bool,
}

#[derive(Debug)]
pub(crate) struct PlannedType {
    pub name: String,
    pub required: bool,
    /// The usual format first.
    pub formats: Vec<ArnFormat>,
    /// Parameters that hold the whole ARN.
    pub arn_parameters: Vec<String>,
    /// (variable, parameters that may give it, best first).
    pub variables: Vec<(String, Vec<String>)>,
}

impl PlannedAction {
    pub fn service(&self) -> &str {
        self.full_name.get(..self.service_length).unwrap_or_default()
    }

    pub fn name(&self) -> &str {
        self.full_name.get(self.service_length + 1..).unwrap_or_default()
    }

    /// Amazon EC2, S3 and STS always authorise the tags of a call as an action of their own; elsewhere the reference
    /// says only that the permission may be needed.
    pub fn tags_what_is_made(&self) -> bool {
        self.tags && !matches!(self.service(), "ec2" | "s3" | "sts")
    }

    pub fn of(action: Action<'_>, operation: Option<Operation<'_>>) -> PlannedAction {
        const CREATING: [&str; 13] = [
            "Create",
            "Run",
            "Allocate",
            "Copy",
            "Import",
            "Register",
            "Request",
            "Restore",
            "Provision",
            "Purchase",
            "Launch",
            "Publish",
            "Upload",
        ];
        PlannedAction {
            full_name: format!("{}:{}", action.service(), action.name()).into(),
            service_length: action.service().len(),
            types: action
                .resources()
                .map(|resource| PlannedType::of(resource.resource_type, resource.required, operation))
                .collect(),
            passed_roles: action
                .pass_role()
                .map(|role| (role.parameter.to_owned(), role.passed_to.to_owned()))
                .collect(),
            creates: CREATING.iter().any(|verb| action.name().starts_with(verb)),
            tags: action.access_level() == AccessLevel::Tagging || action.name().contains("Tag"),
        }
    }
}

impl PlannedType {
    fn of(kind: ResourceType<'_>, required: bool, operation: Option<Operation<'_>>) -> PlannedType {
        let bound = |variable: &str| -> Vec<String> {
            let bindings = operation.into_iter().flat_map(Operation::bindings);
            bindings
                .filter(|binding| binding.resource_type == kind && binding.variable == variable)
                .map(|binding| binding.parameter.to_owned())
                .collect()
        };
        // The variable without a name stands for the whole ARN.
        let variables = kind
            .variables()
            .filter(|variable| !variable.name().is_empty())
            .map(|variable| {
                let mut parameters = bound(variable.name());
                if parameters.is_empty() {
                    // What other operations call it. `name` and the like mean something else in each of them.
                    let telling = |name: &&str| {
                        !["name", "id", "identifier", "arn"].iter().any(|generic| name.eq_ignore_ascii_case(generic))
                    };
                    parameters.extend(variable.parameters().filter(telling).map(str::to_owned));
                }
                (variable.name().to_owned(), parameters)
            })
            .collect();
        PlannedType {
            name: kind.name().to_owned(),
            required,
            formats: kind.arn_formats().filter_map(ArnFormat::parse).collect(),
            arn_parameters: bound(""),
            variables,
        }
    }
}

impl Plan {
    pub fn of(operation: Operation<'_>) -> Plan {
        let planned = |action| PlannedAction::of(action, Some(operation));
        let actions: Vec<_> = operation.actions().map(planned).collect();
        let rules: Vec<_> = operation
            .rules()
            .map(|rule| PlannedRule {
                when: rule.when().to_owned(),
                equals: rule.equals().map(str::to_owned),
                effect: rule.effect(),
                actions: rule.actions().map(planned).collect(),
            })
            .collect();
        let reads_request = !rules.is_empty()
            || actions.iter().any(|action| !action.types.is_empty() || !action.passed_roles.is_empty());
        Plan { actions, one_of: operation.one_of(), rules, provenance: operation.provenance(), reads_request }
    }
}
