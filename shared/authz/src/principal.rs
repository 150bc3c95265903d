//! Who asks, and whether a `Principal` element means them.

use policy::{Arn, Effect, PrincipalBlock, PrincipalKind, Principals};

/// Who makes a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Principal {
    /// The root user of an account, by its ARN.
    Root(String),
    /// An IAM user, by its ARN.
    User(String),
    /// A role whose session is not named, by the role's ARN.
    Role(String),
    /// A session of a role: `arn:aws:sts::111122223333:assumed-role/name/session`.
    RoleSession(String),
    /// A session made with GetFederationToken: `arn:aws:sts::111122223333:federated-user/name`.
    FederatedUser(String),
    /// An AWS service: `lambda.amazonaws.com`.
    Service(String),
    /// Someone whom an identity provider vouches for, by the provider: an ARN, or `accounts.google.com`.
    Federated(String),
    /// Nobody known.
    Anonymous,
}

impl Principal {
    /// Reads a principal as people write it: an ARN, an account id (its root user), the name of a service or of an
    /// identity provider, or `*` for an anonymous caller.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let owned = || text.to_owned();
        if text == "*" || text.eq_ignore_ascii_case("anonymous") || text.is_empty() {
            return Principal::Anonymous;
        }
        if is_account(text) {
            return Principal::Root(format!("arn:aws:iam::{text}:root"));
        }
        let Ok(arn) = Arn::parse(text) else {
            // `cognito-identity.amazonaws.com` is the one identity provider that is named like a service.
            let service = (text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn"))
                && text != "cognito-identity.amazonaws.com";
            return if service { Principal::Service(owned()) } else { Principal::Federated(owned()) };
        };
        match (arn.service, arn.resource.split_once('/').map_or(arn.resource, |(kind, _)| kind)) {
            ("iam", "root") => Principal::Root(owned()),
            ("iam", "user") => Principal::User(owned()),
            ("sts", "assumed-role") => Principal::RoleSession(owned()),
            ("sts", "federated-user") => Principal::FederatedUser(owned()),
            ("iam", "saml-provider" | "oidc-provider") => Principal::Federated(owned()),
            _ => Principal::Role(owned()),
        }
    }

    /// The ARN, for principals of an account.
    #[must_use]
    pub fn arn(&self) -> Option<&str> {
        match self {
            Principal::Root(arn)
            | Principal::User(arn)
            | Principal::Role(arn)
            | Principal::RoleSession(arn)
            | Principal::FederatedUser(arn) => Some(arn),
            Principal::Service(_) | Principal::Federated(_) | Principal::Anonymous => None,
        }
    }

    /// The account, for principals of an account.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        Arn::parse(self.arn()?).ok().map(|arn| arn.account)
    }

    /// The name of the user, or of the role that is or was assumed.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name_in(Arn::parse(self.arn()?).ok()?.resource)
    }

    /// The name, from the resource part of the ARN.
    fn name_in<'a>(&self, resource: &'a str) -> Option<&'a str> {
        match self {
            Principal::RoleSession(_) => resource.split('/').nth(1),
            Principal::User(_) | Principal::Role(_) | Principal::FederatedUser(_) => resource.rsplit('/').next(),
            _ => None,
        }
    }

    /// What a condition key `aws:PrincipalArn` holds: the role's ARN for a session, so far as it can be known from the
    /// session's (which leaves out the role's path).
    pub(crate) fn principal_arn(&self) -> Option<String> {
        match self {
            Principal::RoleSession(arn) => {
                let arn = Arn::parse(arn).ok()?;
                Some(format!("arn:{}:iam::{}:role/{}", arn.partition, arn.account, self.name()?))
            }
            _ => self.arn().map(str::to_owned),
        }
    }
}

pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How closely a statement's principals name the caller: the closer, the less other policies limit what it grants.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html> (resource-based policies)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Closeness {
    /// The caller's account, which then has to allow it itself.
    Account,
    /// The role that the caller assumed; boundary and session policies still limit it.
    Role,
    /// The caller: its session, its user, or everyone.
    Caller,
}

/// A `Principal` or `NotPrincipal` element, ready to be matched.
#[derive(Debug)]
pub(crate) struct PrincipalMatcher {
    kind: Kind,
    named: Vec<Named>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Principal,
    /// In an Allow, whoever is named in any way is left out.
    NotPrincipalAllow,
    /// In a Deny, only who is named exactly is spared: AWS's example names a user and its account, and denies all
    /// others of that account.
    NotPrincipalDeny,
}

#[derive(Debug)]
enum Named {
    Everyone,
    EveryService,
    EveryFederated,
    Account(String),
    Arn { partition: String, account: String, resource: String, service: String },
    Service(String),
    Federated(String),
}

impl PrincipalMatcher {
    pub fn new(block: &PrincipalBlock, effect: Effect) -> Self {
        let named = match block.principals() {
            Principals::Everyone => vec![Named::Everyone],
            Principals::ByKind(kinds) => kinds
                .iter()
                .flat_map(|(kind, names)| names.iter().filter_map(move |name| Named::new(*kind, name)))
                .collect(),
        };
        let kind = match (block, effect) {
            (PrincipalBlock::Principal(_), _) => Kind::Principal,
            (PrincipalBlock::NotPrincipal(_), Effect::Allow) => Kind::NotPrincipalAllow,
            (PrincipalBlock::NotPrincipal(_), Effect::Deny) => Kind::NotPrincipalDeny,
        };
        PrincipalMatcher { kind, named }
    }

    /// How closely the caller is meant; `None` if it is not.
    pub fn matches(&self, caller: &Caller<'_>) -> Option<Closeness> {
        let closest = self.named.iter().filter_map(|named| named.matches(caller)).max();
        let spared = match self.kind {
            Kind::Principal => return closest,
            Kind::NotPrincipalAllow => closest.is_some(),
            Kind::NotPrincipalDeny => match caller.principal {
                Principal::Role(_) => closest >= Some(Closeness::Role),
                _ => closest == Some(Closeness::Caller),
            },
        };
        (!spared).then_some(Closeness::Caller)
    }
}

impl Named {
    /// `None` for what names nobody here: canonical users, who are known to S3 only, and ids of deleted principals.
    fn new(kind: PrincipalKind, name: &str) -> Option<Self> {
        match (kind, name) {
            (PrincipalKind::Aws, "*") => Some(Named::Everyone),
            (PrincipalKind::Service, "*") => Some(Named::EveryService),
            (PrincipalKind::Federated, "*") => Some(Named::EveryFederated),
            (PrincipalKind::Service, name) => Some(Named::Service(name.to_ascii_lowercase())),
            (PrincipalKind::Federated, name) => Some(Named::Federated(name.to_owned())),
            (PrincipalKind::Aws, name) if is_account(name) => Some(Named::Account(name.to_owned())),
            (PrincipalKind::Aws, name) => {
                let arn = Arn::parse(name).ok()?;
                Some(if arn.service == "iam" && arn.resource == "root" {
                    Named::Account(arn.account.to_owned())
                } else {
                    Named::Arn {
                        partition: arn.partition.to_owned(),
                        service: arn.service.to_owned(),
                        account: arn.account.to_owned(),
                        resource: arn.resource.to_owned(),
                    }
                })
            }
            (PrincipalKind::CanonicalUser, _) => None,
        }
    }

    fn matches(&self, caller: &Caller<'_>) -> Option<Closeness> {
        let found = |yes: bool, closeness| yes.then_some(closeness);
        match (self, caller.principal) {
            (Named::Everyone, _) => Some(Closeness::Caller),
            (Named::EveryService, principal) => found(matches!(principal, Principal::Service(_)), Closeness::Caller),
            (Named::EveryFederated, principal) => {
                found(matches!(principal, Principal::Federated(_)), Closeness::Caller)
            }
            (Named::Service(name), Principal::Service(actual)) => {
                found(actual.eq_ignore_ascii_case(name), Closeness::Caller)
            }
            (Named::Federated(name), Principal::Federated(actual)) => found(actual == name, Closeness::Caller),
            (Named::Account(account), principal) => {
                let arn = caller.arn?;
                let closeness = match principal {
                    Principal::Root(_) => Closeness::Caller,
                    _ => Closeness::Account,
                };
                found(arn.account == account, closeness)
            }
            (Named::Arn { partition, account, resource, service }, principal) => {
                let arn = caller.arn?;
                if arn.partition != partition || arn.account != account {
                    return None;
                }
                if arn.service == service && arn.resource == resource {
                    return Some(match principal {
                        Principal::Role(_) => Closeness::Role,
                        _ => Closeness::Caller,
                    });
                }
                // A session's ARN leaves out the path of its role; a role's name is unique in its account.
                let role = resource.strip_prefix("role/").and_then(|path| path.rsplit('/').next());
                match principal {
                    Principal::RoleSession(_) if service == "iam" => {
                        found(role.is_some() && role == caller.name, Closeness::Role)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// The caller with what matching asks of it again and again.
pub(crate) struct Caller<'a> {
    pub principal: &'a Principal,
    pub arn: Option<Arn<'a>>,
    pub name: Option<&'a str>,
}

impl<'a> Caller<'a> {
    pub fn new(principal: &'a Principal) -> Self {
        let arn = principal.arn().and_then(|arn| Arn::parse(arn).ok());
        Caller { principal, arn, name: arn.and_then(|arn| principal.name_in(arn.resource)) }
    }

    /// Whether it is a service-linked role, which service and resource control policies do not restrict.
    pub fn is_service_linked(&self) -> bool {
        match self.principal {
            Principal::Role(arn) => arn.contains(":role/aws-service-role/"),
            Principal::RoleSession(_) => self.name.is_some_and(|name| name.starts_with("AWSServiceRoleFor")),
            _ => false,
        }
    }
}
