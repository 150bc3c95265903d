//! Who a call is charged to: the identity that a policy can be attached to, never a session of it.
//!
//! Elements: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html>

use crate::record::{Record, UserIdentity};
use std::borrow::Cow;

/// A caller.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Principal<'a> {
    /// What kind of identity this is.
    pub kind: PrincipalKind,
    /// The ARN of the role or user; for callers that have none, the best name CloudTrail gives
    /// (a service principal, an identity provider, an account id). Empty when there is nothing.
    pub arn: Cow<'a, str>,
    /// The account that owns the caller; empty when unknown.
    pub account: Cow<'a, str>,
    /// The caller's account is not the one that the event was delivered to.
    pub cross_account: bool,
}

/// The kinds of caller that mean something different for a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrincipalKind {
    /// An IAM role, whatever the session.
    Role,
    /// An IAM user, or a federated session that it issued.
    User,
    /// The account's root user, whose access no policy limits.
    Root,
    /// The role that IAM Identity Center made for a permission set.
    PermissionSet,
    /// A role that an AWS service owns; its policy is AWS's to change.
    ServiceLinkedRole,
    /// A user of an identity provider, before it has a role: the caller of `AssumeRoleWith...`.
    Federated,
    /// A person known to IAM Identity Center only.
    IdentityCenterUser,
    /// An AWS service, for itself.
    Service,
    /// Another account, of which CloudTrail says no more than its id.
    Account,
    /// Nobody: an unsigned request.
    Anonymous,
    /// None of the above could be told.
    Unknown,
}

impl PrincipalKind {
    /// The kind's name, as it stands in output.
    pub fn name(self) -> &'static str {
        match self {
            PrincipalKind::Role => "role",
            PrincipalKind::User => "user",
            PrincipalKind::Root => "root",
            PrincipalKind::PermissionSet => "permission-set",
            PrincipalKind::ServiceLinkedRole => "service-linked-role",
            PrincipalKind::Federated => "federated",
            PrincipalKind::IdentityCenterUser => "identity-center-user",
            PrincipalKind::Service => "service",
            PrincipalKind::Account => "account",
            PrincipalKind::Anonymous => "anonymous",
            PrincipalKind::Unknown => "unknown",
        }
    }

    /// Whether a policy of the account's own can be attached to it and limits it.
    pub fn takes_policies(self) -> bool {
        matches!(self, PrincipalKind::Role | PrincipalKind::User | PrincipalKind::PermissionSet)
    }
}

impl<'a> Principal<'a> {
    /// The caller of `record`.
    pub fn of(record: &'a Record<'_>) -> Principal<'a> {
        let identity = &record.user_identity;
        let (mut kind, arn) = identify(identity);
        if kind.takes_policies() && !is_role_or_user(&arn) {
            kind = PrincipalKind::Unknown;
        }
        let account = account_of(identity, &arn);
        let recipient = &*record.recipient_account_id;
        let cross_account = !recipient.is_empty() && !account.is_empty() && account != recipient;
        Principal { kind, arn, account, cross_account }
    }

    /// The AWS service through which the principal made the call (a forward access session), as
    /// `athena.amazonaws.com`; `None` when it called itself or when the caller is a service anyway.
    pub fn via(&self, record: &'a Record<'_>) -> Option<&'a str> {
        let invoked_by = &*record.user_identity.invoked_by;
        let own_doing =
            matches!(self.kind, PrincipalKind::Service | PrincipalKind::ServiceLinkedRole | PrincipalKind::Unknown);
        (!invoked_by.is_empty() && !own_doing).then_some(invoked_by)
    }

    /// The name of the permission set behind an `AWSReservedSSO_NAME_hash` role.
    pub fn permission_set(&self) -> Option<&str> {
        permission_set(&self.arn)
    }
}

fn identify<'a>(identity: &'a UserIdentity<'_>) -> (PrincipalKind, Cow<'a, str>) {
    let issuer = &identity.session_context.session_issuer;
    let arn = || Cow::Borrowed(&*identity.arn);
    match &*identity.kind {
        "AssumedRole" | "Role" => {
            let role = if issuer.arn.is_empty() { role_of_session(&identity.arn) } else { Cow::Borrowed(&*issuer.arn) };
            (role_kind(&role), role)
        }
        "IAMUser" => (PrincipalKind::User, arn()),
        "Root" => (PrincipalKind::Root, root_arn(identity)),
        "FederatedUser" => match &*issuer.kind {
            "Root" => (PrincipalKind::Root, Cow::Borrowed(&*issuer.arn)),
            _ if !issuer.arn.is_empty() => (PrincipalKind::User, Cow::Borrowed(&*issuer.arn)),
            _ => (PrincipalKind::Federated, arn()),
        },
        "SAMLUser" | "WebIdentityUser" => (PrincipalKind::Federated, federated_name(identity)),
        "IdentityCenterUser" => (PrincipalKind::IdentityCenterUser, first_of(&identity.arn, &identity.principal_id)),
        "AWSService" => (PrincipalKind::Service, first_of(&identity.invoked_by, &identity.principal_id)),
        "AWSAccount" if &*identity.account_id == "ANONYMOUS_PRINCIPAL" => {
            (PrincipalKind::Anonymous, "anonymous".into())
        }
        "AWSAccount" if !identity.arn.is_empty() => (role_or_user(&identity.arn), arn()),
        "AWSAccount" => (PrincipalKind::Account, first_of(&identity.account_id, &identity.principal_id)),
        // Service events name only the service that acted.
        _ if identity.arn.is_empty() && !identity.invoked_by.is_empty() => {
            (PrincipalKind::Service, Cow::Borrowed(&*identity.invoked_by))
        }
        _ if identity.arn.is_empty() => (PrincipalKind::Unknown, first_of(&identity.principal_id, &identity.user_name)),
        // Old records and other writers leave the type out; the ARN says it as well.
        _ => {
            let name = if issuer.arn.is_empty() { role_of_session(&identity.arn) } else { Cow::Borrowed(&*issuer.arn) };
            (role_or_user(&name), name)
        }
    }
}

fn role_or_user(arn: &str) -> PrincipalKind {
    match arn.splitn(6, ':').nth(5) {
        Some("root") => PrincipalKind::Root,
        Some(resource) if resource.starts_with("user/") => PrincipalKind::User,
        Some(resource) if resource.starts_with("role/") => role_kind(arn),
        _ => PrincipalKind::Unknown,
    }
}

/// `arn:PARTITION:iam::ACCOUNT:role/...` or `user/...`: what else a record calls a user or role cannot be given a policy.
fn is_role_or_user(arn: &str) -> bool {
    let mut fields = arn.splitn(6, ':');
    let head = [fields.next(), fields.next(), fields.next(), fields.next(), fields.next()];
    let resource = fields.next().unwrap_or_default();
    matches!(head, [Some("arn"), Some(partition), Some("iam"), Some(""), Some(account)] if !partition.is_empty() && !account.is_empty())
        && ["role/", "user/"].iter().any(|kind| resource.strip_prefix(kind).is_some_and(|name| !name.is_empty()))
}

fn role_kind(arn: &str) -> PrincipalKind {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    if resource.starts_with("role/aws-service-role/") {
        PrincipalKind::ServiceLinkedRole
    } else if resource.starts_with("role/aws-reserved/") && permission_set(resource).is_some() {
        PrincipalKind::PermissionSet
    } else {
        PrincipalKind::Role
    }
}

fn permission_set(arn: &str) -> Option<&str> {
    let name = arn.rsplit('/').next()?.strip_prefix("AWSReservedSSO_")?;
    let (set, hash) = name.rsplit_once('_')?;
    (hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit())).then_some(set)
}

/// `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION` -> `arn:aws:iam::ACCOUNT:role/NAME`. The role's path is
/// not in a session's ARN, so this is used only where the record has no session issuer.
fn role_of_session(arn: &str) -> Cow<'_, str> {
    let role = (|| {
        let (head, resource) = arn.split_once(":assumed-role/")?;
        let (partition, account) = head.strip_prefix("arn:")?.split_once(":sts::")?;
        let name = resource.split('/').next()?;
        Some(format!("arn:{partition}:iam::{account}:role/{name}"))
    })();
    role.map_or(Cow::Borrowed(arn), Cow::Owned)
}

fn root_arn<'a>(identity: &'a UserIdentity<'_>) -> Cow<'a, str> {
    if identity.arn.is_empty() {
        Cow::Owned(format!("arn:aws:iam::{}:root", &*identity.account_id))
    } else {
        Cow::Borrowed(&*identity.arn)
    }
}

/// The identity provider and the user's name there; the provider alone is not one person.
fn federated_name<'a>(identity: &'a UserIdentity<'_>) -> Cow<'a, str> {
    match (&*identity.identity_provider, &*identity.user_name) {
        ("", "") => Cow::Borrowed(&*identity.principal_id),
        ("", user) => Cow::Borrowed(user),
        (provider, "") => Cow::Borrowed(provider),
        (provider, user) => Cow::Owned(format!("{provider}/{user}")),
    }
}

fn first_of<'a>(first: &'a str, second: &'a str) -> Cow<'a, str> {
    Cow::Borrowed(if first.is_empty() { second } else { first })
}

fn account_of<'a>(identity: &'a UserIdentity<'_>, arn: &str) -> Cow<'a, str> {
    if !identity.account_id.is_empty() {
        return Cow::Borrowed(&*identity.account_id);
    }
    let issuer = &*identity.session_context.session_issuer.account_id;
    if !issuer.is_empty() {
        return Cow::Borrowed(issuer);
    }
    match arn.split(':').nth(4) {
        Some(account) if account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()) => {
            Cow::Owned(account.to_owned())
        }
        _ => Cow::Borrowed(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(identity: &str) -> (PrincipalKind, String, String) {
        let json = format!(r#"{{"recipientAccountId":"111122223333","userIdentity":{identity}}}"#);
        let record: Record<'_> = serde_json::from_str(&json).unwrap();
        let principal = Principal::of(&record);
        (principal.kind, principal.arn.into_owned(), principal.account.into_owned())
    }

    #[test]
    fn each_kind_of_identity_is_told() {
        use PrincipalKind::*;
        let role = "arn:aws:iam::111122223333:role/orders/api";
        let cases = [
            (
                r#"{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/api/i-1","accountId":"111122223333","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/orders/api"}}}"#,
                Role,
                role,
            ),
            (
                r#"{"type":"AssumedRole","arn":"arn:aws-cn:sts::111122223333:assumed-role/api/i-1"}"#,
                Role,
                "arn:aws-cn:iam::111122223333:role/api",
            ),
            (
                r#"{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/ann","userName":"ann"}"#,
                User,
                "arn:aws:iam::111122223333:user/ann",
            ),
            (
                r#"{"type":"Root","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333"}"#,
                Root,
                "arn:aws:iam::111122223333:root",
            ),
            (r#"{"type":"Root","accountId":"111122223333"}"#, Root, "arn:aws:iam::111122223333:root"),
            (
                r#"{"type":"FederatedUser","arn":"arn:aws:sts::111122223333:federated-user/bob","sessionContext":{"sessionIssuer":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/issuer"}}}"#,
                User,
                "arn:aws:iam::111122223333:user/issuer",
            ),
            (
                r#"{"type":"SAMLUser","userName":"ann@example.com","identityProvider":"bdGOnTesti4+ExamplE="}"#,
                Federated,
                "bdGOnTesti4+ExamplE=/ann@example.com",
            ),
            (
                r#"{"type":"WebIdentityUser","userName":"repo:example/orders","identityProvider":"arn:aws:iam::111122223333:oidc-provider/ci.example.com"}"#,
                Federated,
                "arn:aws:iam::111122223333:oidc-provider/ci.example.com/repo:example/orders",
            ),
            (
                r#"{"type":"AssumedRole","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Power_User_0123456789abcdef"}}}"#,
                PermissionSet,
                "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Power_User_0123456789abcdef",
            ),
            (
                r#"{"type":"AssumedRole","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"}}}"#,
                ServiceLinkedRole,
                "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
            ),
            (r#"{"type":"AWSService","invokedBy":"cloudtrail.amazonaws.com"}"#, Service, "cloudtrail.amazonaws.com"),
            (r#"{"invokedBy":"secretsmanager.amazonaws.com"}"#, Service, "secretsmanager.amazonaws.com"),
            (
                r#"{"type":"AWSAccount","principalId":"AIDAEXAMPLE","accountId":"444455556666"}"#,
                Account,
                "444455556666",
            ),
            (r#"{"type":"AWSAccount","principalId":"","accountId":"ANONYMOUS_PRINCIPAL"}"#, Anonymous, "anonymous"),
            (r#"{"type":"IdentityCenterUser","principalId":"d-1234/abcd"}"#, IdentityCenterUser, "d-1234/abcd"),
            (r#"{"arn":"arn:aws:iam::111122223333:user/ann"}"#, User, "arn:aws:iam::111122223333:user/ann"),
            (r#"{"arn":"arn:aws:sts::111122223333:assumed-role/api/s"}"#, Role, "arn:aws:iam::111122223333:role/api"),
            (r#"{"type":"IAMUser","arn":"hostile:::::"}"#, Unknown, "hostile:::::"),
            (
                r#"{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role//s"}"#,
                Unknown,
                "arn:aws:iam::111122223333:role/",
            ),
            ("{}", Unknown, ""),
            ("null", Unknown, ""),
        ];
        for (identity, kind, arn) in cases {
            let got = principal(identity);
            assert_eq!((got.0, got.1.as_str()), (kind, arn), "{identity}");
        }
    }

    #[test]
    fn the_account_comes_from_wherever_it_stands() {
        assert_eq!(principal(r#"{"type":"IAMUser","arn":"arn:aws:iam::444455556666:user/ann"}"#).2, "444455556666");
        assert_eq!(principal(r#"{"type":"IAMUser","arn":"hostile","accountId":"444455556666"}"#).2, "444455556666");
        assert_eq!(principal(r#"{"type":"IAMUser","arn":"hostile:::::"}"#).2, "");
    }

    #[test]
    fn only_a_hash_at_the_end_makes_a_permission_set() {
        assert_eq!(permission_set("x/AWSReservedSSO_Audit_0123456789abcdef"), Some("Audit"));
        assert_eq!(permission_set("x/AWSReservedSSO_Audit_my"), None);
        assert_eq!(permission_set("x/Audit_0123456789abcdef"), None);
    }

    #[test]
    fn a_service_acting_for_a_principal_is_kept_apart() {
        let via = |identity: &str| {
            let json = format!(r#"{{"userIdentity":{identity}}}"#);
            let record: Record<'_> = serde_json::from_str(&json).unwrap();
            Principal::of(&record).via(&record).map(str::to_owned)
        };
        assert_eq!(
            via(r#"{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/ann","invokedBy":"athena.amazonaws.com"}"#)
                .as_deref(),
            Some("athena.amazonaws.com")
        );
        assert_eq!(via(r#"{"type":"AWSService","invokedBy":"athena.amazonaws.com"}"#), None);
        assert_eq!(via(r#"{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/ann"}"#), None);
    }
}
