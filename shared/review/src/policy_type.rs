//! What a policy is attached to, which decides what its statements mean.

use std::{fmt, str::FromStr};

use authz::Layer;
use policy::Node;

/// A kind of policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyType {
    /// Attached to a user, group or role: it grants.
    Identity,
    /// Attached to a resource such as a bucket, a key or a queue: it grants, and says to whom.
    Resource,
    /// Says who may assume a role.
    Trust,
    /// A permissions boundary: it limits and grants nothing.
    Boundary,
    /// A session policy: it limits and grants nothing.
    Session,
    /// A service control policy: it limits and grants nothing.
    Scp,
    /// A resource control policy: it limits and grants nothing.
    Rcp,
    /// Of a VPC endpoint: it limits and grants nothing.
    Endpoint,
}

impl PolicyType {
    /// Every type.
    pub const ALL: [PolicyType; 8] = [
        PolicyType::Identity,
        PolicyType::Resource,
        PolicyType::Trust,
        PolicyType::Boundary,
        PolicyType::Session,
        PolicyType::Scp,
        PolicyType::Rcp,
        PolicyType::Endpoint,
    ];

    /// The word for it in requests and answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PolicyType::Identity => "identity",
            PolicyType::Resource => "resource",
            PolicyType::Trust => "trust",
            PolicyType::Boundary => "boundary",
            PolicyType::Session => "session",
            PolicyType::Scp => "scp",
            PolicyType::Rcp => "rcp",
            PolicyType::Endpoint => "endpoint",
        }
    }

    /// Whether its statements say whom they are about, so that each needs a `Principal`.
    #[must_use]
    pub fn names_principals(self) -> bool {
        matches!(self, PolicyType::Resource | PolicyType::Trust | PolicyType::Rcp | PolicyType::Endpoint)
    }

    /// Whether its Allow statements give access; those of the others only bound what something else gives.
    #[must_use]
    pub fn grants(self) -> bool {
        matches!(self, PolicyType::Identity | PolicyType::Resource | PolicyType::Trust)
    }

    /// What a policy looks like: whoever may assume a role is named in a trust policy, principals elsewhere in a resource's.
    #[must_use]
    pub fn told_by(text: &str) -> PolicyType {
        let Ok(root) = Node::read(text) else { return PolicyType::Identity };
        let documents = root.elements().iter();
        let statements: Vec<&Node<'_>> =
            documents.filter_map(|document| document.get("Statement")).flat_map(Node::elements).collect();
        let has = |statement: &Node<'_>, key: &str| statement.get(key).is_some();
        if !statements.iter().any(|one| has(one, "Principal") || has(one, "NotPrincipal")) {
            return PolicyType::Identity;
        }
        let about_roles = |statement: &&Node<'_>| {
            let actions = statement.get("Action").map(Node::elements).unwrap_or_default();
            let is_sts = |action: &Node<'_>| {
                let service = action.as_str().and_then(|action| action.split_once(':'));
                service.is_some_and(|(service, _)| service.eq_ignore_ascii_case("sts"))
            };
            // With resources, and for everyone, it is what stands at an endpoint of STS.
            let names_roles = has(statement, "Resource") || has(statement, "NotResource");
            let is_for_everyone = statement.get("Principal").is_some_and(|principal| {
                let whom = principal.get("AWS").unwrap_or(principal);
                whom.elements().iter().any(|one| one.as_str() == Some("*"))
            });
            let is_of_endpoint = names_roles && is_for_everyone;
            !is_of_endpoint && !actions.is_empty() && actions.iter().all(is_sts)
        };
        if statements.iter().all(about_roles) { PolicyType::Trust } else { PolicyType::Resource }
    }

    /// The layer in which such policies are decided.
    #[must_use]
    pub fn layer(self) -> Layer {
        match self {
            PolicyType::Identity => Layer::Identity,
            PolicyType::Resource | PolicyType::Trust => Layer::Resource,
            PolicyType::Boundary => Layer::Boundary,
            PolicyType::Session => Layer::Session,
            PolicyType::Scp => Layer::Scp,
            PolicyType::Rcp => Layer::Rcp,
            PolicyType::Endpoint => Layer::Endpoint,
        }
    }
}

impl fmt::Display for PolicyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no type of policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no type of policy: one of identity, resource, trust, boundary, session, scp, rcp, endpoint")]
pub struct UnknownPolicyType(String);

impl FromStr for PolicyType {
    type Err = UnknownPolicyType;

    fn from_str(word: &str) -> Result<Self, UnknownPolicyType> {
        let found = PolicyType::ALL.into_iter().find(|kind| kind.as_str() == word);
        found.ok_or_else(|| UnknownPolicyType(word.chars().take(40).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_told_by_who_is_named_and_what_for() {
        let cases = [
            (r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#, PolicyType::Identity),
            (r#"{"Statement": [{"Principal": "*", "Action": "s3:*", "Resource": "*"}]}"#, PolicyType::Resource),
            (
                r#"{"Statement": {"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}"#,
                PolicyType::Trust,
            ),
            (
                r#"{"Statement": {"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "STS:AssumeRole", "Resource": "*"}}"#,
                PolicyType::Trust,
            ),
            (r#"{"Statement": {"Principal": "*", "Action": "sts:*", "Resource": "*"}}"#, PolicyType::Resource),
            ("{", PolicyType::Identity),
        ];
        for (text, expected) in cases {
            assert_eq!(PolicyType::told_by(text), expected, "{text}");
        }
    }
}
