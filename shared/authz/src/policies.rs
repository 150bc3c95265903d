//! The policies that take part in a decision.

use policy::Document;

/// All the policies that apply to a request, by their layer.
///
/// What is absent sets no limit. Groups' and users' inline and managed policies are all identity policies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policies {
    /// Attached to the principal, its groups, or the role that it assumed.
    pub identity: Vec<Document>,
    /// Attached to the resource: bucket policy, key policy, role trust policy, ...
    pub resource: Option<Document>,
    /// The permissions boundary of the user or role; an empty list is none.
    pub boundary: Option<Vec<Document>>,
    /// Passed when the session was made.
    pub session: Vec<Document>,
    /// Service control policies, one list for each level from the organisation's root down to the principal's account.
    /// Empty for the management account, which they do not restrict.
    pub scps: Vec<Vec<Document>>,
    /// Resource control policies, one list for each level from the organisation's root down to the resource's account.
    /// Empty for the management account, which they do not restrict.
    pub rcps: Vec<Vec<Document>>,
    /// Of the VPC endpoint that the request came through.
    pub endpoint: Option<Document>,
}

/// A kind of policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// Resource control policies.
    Rcp,
    /// Service control policies.
    Scp,
    /// The VPC endpoint's policy.
    Endpoint,
    /// The resource's policy.
    Resource,
    /// The principal's policies.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// Session policies.
    Session,
}

impl Layer {
    /// The word for it in batch answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Layer::Rcp => "rcp",
            Layer::Scp => "scp",
            Layer::Endpoint => "endpoint",
            Layer::Resource => "resource",
            Layer::Identity => "identity",
            Layer::Boundary => "boundary",
            Layer::Session => "session",
        }
    }

    /// The name of such a policy in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Layer::Rcp => "resource control policy",
            Layer::Scp => "service control policy",
            Layer::Endpoint => "VPC endpoint policy",
            Layer::Resource => "resource policy",
            Layer::Identity => "identity policy",
            Layer::Boundary => "permissions boundary",
            Layer::Session => "session policy",
        }
    }
}

/// Why policies cannot be evaluated: a Deny that cannot be understood must not be passed over in silence.
///
/// An Allow with the same problem is no error: it allows nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("statement {statement} of {} {policy} denies, and {problem}", layer.name())]
pub struct PrepareError {
    /// The kind of policy.
    pub layer: Layer,
    /// Its index in its list; with levels, within its level.
    pub policy: usize,
    /// The index of the statement.
    pub statement: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What makes a statement impossible to understand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// An operator that the policy language does not have.
    #[error("`{0}` is no condition operator")]
    Operator(String),
    /// A statement of a resource policy without a principal.
    #[error("it names no principal")]
    NoPrincipal,
    /// A statement without a resource where there must be one.
    #[error("it names no resource")]
    NoResource,
}
