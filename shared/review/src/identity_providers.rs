//! Identity providers that many organizations share: which claims of their tokens say whose they are.

use authz::operators::{Compare, Operator, Set};
use policy::Condition;

/// Providers by their address, with the claims of which one says whose a token is, the usual one first.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html>, and for the claims that
/// came later <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>.
const SHARED: [(&str, &[&str]); 17] = [
    ("agent.buildkite.com", &["sub"]),
    ("api.pulumi.com/oidc", &["aud"]),
    ("app.terraform.io", &["sub"]),
    ("cognito-identity.amazonaws.com", &["aud", "sub"]),
    ("gitlab.com", &["sub"]),
    ("oidc-configuration.audit-log.githubusercontent.com", &["sub"]),
    ("oidc.codefresh.io", &["sub"]),
    ("oidc.vercel.com", &["aud"]),
    ("proidc.upbound.io", &["sub"]),
    ("sandboxes.cloud", &["aud"]),
    ("scalr.io", &["sub"]),
    ("studio.datachain.ai/api", &["sub"]),
    (
        "token.actions.githubusercontent.com",
        &["sub", "repository", "repository_id", "job_workflow_ref", "enterprise_id"],
    ),
    ("tokens.cloud.shisho.dev", &["sub"]),
    ("vstoken.actions.githubusercontent.com", &["sub"]),
    ("accounts.google.com", &["aud", "azp", "email", "hd", "oaud", "sub"]),
    ("www.amazon.com", &["app_id", "user_id"]),
];

/// A provider that many share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shared {
    pub address: &'static str,
    claims: &'static [&'static str],
}

impl Shared {
    /// The provider that a `Federated` principal names, if many share it.
    pub fn named(principal: &str) -> Option<Self> {
        let address = principal.split_once(":oidc-provider/").map_or(principal, |(_, address)| address);
        let (address, claims) = SHARED.iter().find(|(known, _)| known.eq_ignore_ascii_case(address))?;
        Some(Shared { address, claims })
    }

    /// The condition key by which tenants are usually told apart.
    pub fn key(self) -> String {
        format!("{}:{}", self.address, self.claims.first().copied().unwrap_or_default())
    }

    /// Whether a condition key is about the provider's tokens.
    pub fn is_about(self, key: &str) -> bool {
        key.split_once(':').is_some_and(|(address, _)| address.eq_ignore_ascii_case(self.address))
    }

    /// Whether a condition holds only for tokens of tenants that it names.
    pub fn names_tenant<'v>(self, operator: Operator, key: &str, mut values: impl Iterator<Item = &'v str>) -> bool {
        let claim = key.get(..self.address.len()).filter(|start| start.eq_ignore_ascii_case(self.address));
        let claim = claim.and_then(|start| key.get(start.len()..)?.strip_prefix(':'));
        let is_positive = !operator.negated && !operator.if_exists && operator.set != Set::All;
        claim.is_some_and(|claim| self.claims.iter().any(|known| known.eq_ignore_ascii_case(claim)))
            && is_positive
            && match operator.compare {
                Compare::String | Compare::StringIgnoringCase => true,
                Compare::StringLike => values.all(says_whose),
                _ => false,
            }
    }

    /// Whether some of a statement's conditions does.
    pub fn is_limited_by(self, conditions: &[Condition]) -> bool {
        conditions.iter().any(|condition| {
            let operator = Operator::parse(&condition.operator);
            let values = condition.values.iter().map(String::as_str);
            operator.is_some_and(|operator| self.names_tenant(operator, &condition.key, values))
        })
    }
}

/// Whether what stands before the first wildcard names a tenant to its end: `repo:example/*` does, `repo:example*` and `*` do not.
fn says_whose(value: &str) -> bool {
    let Some(wildcard) = value.find(['*', '?']) else { return true };
    let fixed = value.get(..wildcard).unwrap_or_default();
    // `kind:tenant` with something behind it, or `tenant/...`.
    let tenant = match fixed.split_once(':') {
        Some((_, tenant)) => tenant,
        None => fixed,
    };
    tenant.find([':', '/']).is_some_and(|end| end > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(principal: &str, operator: &str, key: &str, value: &str) -> bool {
        let provider = Shared::named(principal).unwrap();
        provider.names_tenant(Operator::parse(operator).unwrap(), key, [value].into_iter())
    }

    const GITHUB: &str = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
    const SUBJECT: &str = "token.actions.githubusercontent.com:sub";

    #[test]
    fn a_condition_names_tenants_where_it_fixes_whose_tokens_are_taken() {
        for (operator, key, value) in [
            ("StringEquals", SUBJECT, "repo:example/orders:ref:refs/heads/main"),
            ("StringLike", SUBJECT, "repo:example/*"),
            ("StringLike", "TOKEN.actions.githubusercontent.com:SUB", "repo:example/orders:*"),
            ("StringEquals", "token.actions.githubusercontent.com:repository_id", "123456"),
            ("StringLike", "token.actions.githubusercontent.com:job_workflow_ref", "example/deploy/*"),
        ] {
            assert!(names(GITHUB, operator, key, value), "{operator} {key} {value}");
        }
        assert!(names(
            "gitlab.com",
            "StringLike",
            "gitlab.com:sub",
            "project_path:example/orders:ref_type:branch:ref:*"
        ));
        assert!(names(
            "arn:aws:iam::111122223333:oidc-provider/app.terraform.io",
            "StringLike",
            "app.terraform.io:sub",
            "organization:example:*"
        ));
        assert!(names(
            "cognito-identity.amazonaws.com",
            "StringEquals",
            "cognito-identity.amazonaws.com:aud",
            "eu-west-1:0a1b"
        ));
    }

    #[test]
    fn what_other_tenants_have_too_names_nobody() {
        for (operator, key, value) in [
            ("StringEquals", "token.actions.githubusercontent.com:aud", "sts.amazonaws.com"),
            ("StringLike", SUBJECT, "*"),
            ("StringLike", SUBJECT, "repo:*"),
            ("StringLike", SUBJECT, "repo:example*"),
            ("StringLike", SUBJECT, "repo:*/orders:ref:refs/heads/main"),
            ("StringLikeIfExists", SUBJECT, "repo:example/*"),
            ("ForAllValues:StringLike", SUBJECT, "repo:example/*"),
            ("StringNotEquals", SUBJECT, "repo:example/orders"),
            ("Null", SUBJECT, "false"),
            ("StringEquals", "gitlab.com:sub", "project_path:example/orders"),
        ] {
            assert!(!names(GITHUB, operator, key, value), "{operator} {key} {value}");
        }
        assert!(!names(
            "cognito-identity.amazonaws.com",
            "StringLike",
            "cognito-identity.amazonaws.com:aud",
            "eu-west-1:*"
        ));
        assert_eq!(Shared::named("arn:aws:iam::111122223333:oidc-provider/login.example.com"), None);
        assert_eq!(Shared::named("arn:aws:iam::111122223333:saml-provider/example"), None);
    }
}
