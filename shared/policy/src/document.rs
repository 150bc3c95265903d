//! A policy document as plain values: what [`crate::parse()`] reads and [`crate::render`] writes.
//!
//! Element by element as in
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>; order is kept as written.

/// A policy document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The version of the language; `2008-10-17` where the document does not say.
    pub version: Version,
    /// The optional `Id`.
    pub id: Option<String>,
    /// The statements, in their order.
    pub statements: Vec<Statement>,
}

impl Document {
    /// A document in the current version of the language, without an `Id`.
    #[must_use]
    pub fn new(statements: Vec<Statement>) -> Self {
        Document { version: Version::V2012, id: None, statements }
    }
}

/// The version of the policy language. Policy variables exist only in [`Version::V2012`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Version {
    /// `2008-10-17`, which also holds where a document has no `Version`.
    #[default]
    V2008,
    /// `2012-10-17`, the current one.
    V2012,
}

impl Version {
    /// The text of the `Version` element.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Version::V2008 => "2008-10-17",
            Version::V2012 => "2012-10-17",
        }
    }
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The optional `Sid`.
    pub sid: Option<String>,
    /// Allow or Deny.
    pub effect: Effect,
    /// Whom it is about; only in resource policies, trust policies and other policies that are attached to a resource.
    pub principal: Option<PrincipalBlock>,
    /// What it is about.
    pub action: ActionBlock,
    /// On what; absent in trust policies.
    pub resource: Option<ResourceBlock>,
    /// Under which conditions: all must hold. No two have the same operator and key, as in the JSON object
    /// that they come from.
    pub conditions: Vec<Condition>,
}

impl Statement {
    /// A statement that allows `actions` on `resources`, without `Sid` and conditions.
    pub fn allow<A: Into<String>, R: Into<String>>(
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = R>,
    ) -> Self {
        Statement {
            sid: None,
            effect: Effect::Allow,
            principal: None,
            action: ActionBlock::Action(actions.into_iter().map(Into::into).collect()),
            resource: Some(ResourceBlock::Resource(resources.into_iter().map(Into::into).collect())),
            conditions: Vec::new(),
        }
    }

    /// A statement that denies `actions` on `resources`, without `Sid` and conditions.
    pub fn deny<A: Into<String>, R: Into<String>>(
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = R>,
    ) -> Self {
        Statement { effect: Effect::Deny, ..Statement::allow(actions, resources) }
    }
}

/// What a statement does with a request that it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// `Allow`
    Allow,
    /// `Deny`
    Deny,
}

impl Effect {
    /// The text of the `Effect` element.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        }
    }
}

/// `Action` or `NotAction`: patterns such as `s3:Get*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionBlock {
    /// Any of these.
    Action(Vec<String>),
    /// Any but these.
    NotAction(Vec<String>),
}

impl ActionBlock {
    /// The patterns, whichever way they are meant.
    #[must_use]
    pub fn patterns(&self) -> &[String] {
        match self {
            ActionBlock::Action(patterns) | ActionBlock::NotAction(patterns) => patterns,
        }
    }
}

/// `Resource` or `NotResource`: patterns of ARNs, or `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourceBlock {
    /// Any of these.
    Resource(Vec<String>),
    /// Any but these.
    NotResource(Vec<String>),
}

impl ResourceBlock {
    /// The patterns, whichever way they are meant.
    #[must_use]
    pub fn patterns(&self) -> &[String] {
        match self {
            ResourceBlock::Resource(patterns) | ResourceBlock::NotResource(patterns) => patterns,
        }
    }
}

/// `Principal` or `NotPrincipal`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrincipalBlock {
    /// Any of these.
    Principal(Principals),
    /// Any but these.
    NotPrincipal(Principals),
}

impl PrincipalBlock {
    /// The principals named, whichever way they are meant.
    #[must_use]
    pub fn principals(&self) -> &Principals {
        match self {
            PrincipalBlock::Principal(principals) | PrincipalBlock::NotPrincipal(principals) => principals,
        }
    }
}

/// The principals that a statement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principals {
    /// `"*"`: everyone, anonymous callers too.
    Everyone,
    /// By kind, in the order written; a kind stands at most once.
    ByKind(Vec<(PrincipalKind, Vec<String>)>),
}

impl Principals {
    /// `{"AWS": [...]}`: account ids, ARNs of accounts, roles, users and sessions.
    pub fn aws<P: Into<String>>(principals: impl IntoIterator<Item = P>) -> Self {
        Principals::of(PrincipalKind::Aws, principals)
    }

    /// `{"Service": [...]}`: service principals such as `lambda.amazonaws.com`.
    pub fn service<P: Into<String>>(principals: impl IntoIterator<Item = P>) -> Self {
        Principals::of(PrincipalKind::Service, principals)
    }

    /// `{"Federated": [...]}`: identity providers.
    pub fn federated<P: Into<String>>(principals: impl IntoIterator<Item = P>) -> Self {
        Principals::of(PrincipalKind::Federated, principals)
    }

    fn of<P: Into<String>>(kind: PrincipalKind, principals: impl IntoIterator<Item = P>) -> Self {
        Principals::ByKind(vec![(kind, principals.into_iter().map(Into::into).collect())])
    }
}

/// The key in a `Principal` element's map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrincipalKind {
    /// `AWS`
    Aws,
    /// `Service`
    Service,
    /// `Federated`
    Federated,
    /// `CanonicalUser`
    CanonicalUser,
}

impl PrincipalKind {
    /// Every kind, in AWS's order.
    pub const ALL: [PrincipalKind; 4] =
        [PrincipalKind::Aws, PrincipalKind::Service, PrincipalKind::Federated, PrincipalKind::CanonicalUser];

    /// The key as it stands in a document.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PrincipalKind::Aws => "AWS",
            PrincipalKind::Service => "Service",
            PrincipalKind::Federated => "Federated",
            PrincipalKind::CanonicalUser => "CanonicalUser",
        }
    }
}

/// One line of a `Condition` block: `"StringLike": {"s3:prefix": ["home/*"]}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The operator as written, set prefix and `IfExists` included: `ForAnyValue:StringEqualsIfExists`.
    pub operator: String,
    /// The condition key as written.
    pub key: String,
    /// The values; numbers and booleans as their text.
    pub values: Vec<String>,
}

impl Condition {
    /// A condition from its three parts.
    pub fn new<V: Into<String>>(
        operator: impl Into<String>,
        key: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        Condition { operator: operator.into(), key: key.into(), values: values.into_iter().map(Into::into).collect() }
    }
}
