use policy::PrincipalKind;

use crate::{identity_providers::Shared, prelude::*, subject::Condition};

pub(super) static RULE: Rule = Rule {
    code: "SHARED_PROVIDER_WITHOUT_TENANT",
    title: "Shared identity provider without tenant",
    severity: Severity::SecurityWarning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy trusts an identity provider that many organizations share, such as GitHub, GitLab, HCP Terraform or \
           Cognito, and its conditions hold for tokens of others, too.",
    why: "Whoever has an account with the provider can assume the role. IAM refuses new trust policies of this kind, and does not \
          look at those that are there.",
    instead: "Ask for the claim that says whose the token is, with `StringEquals`, or with `StringLike` and a wildcard behind the \
              whole name of the organization: `repo:example/*`.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {"gitlab.com:aud": "https://gitlab.com"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "gitlab.com:aud": "https://gitlab.com",
          "gitlab.com:sub": "project_path:example/orders:ref_type:branch:ref:main"
        }
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|statement| statement.allows()) {
        for principal in statement.principals.items.iter().filter(|one| one.kind == Some(PrincipalKind::Federated)) {
            let Some(provider) = Shared::named(principal.text) else { continue };
            let names_tenant = |condition: &Condition<'_>| {
                let values = condition.values().map(|(_, value)| value);
                condition.operator.is_some_and(|operator| provider.names_tenant(operator, condition.key(), values))
            };
            // Where nothing at all is asked of the token, there is a finding of Access Analyzer's.
            let is_silent = match provider.address {
                "token.actions.githubusercontent.com" => statement.conditions_on(&provider.key()).next().is_none(),
                _ => !statement.conditions.iter().any(|condition| provider.is_about(condition.key())),
            };
            if !is_silent && !statement.conditions.iter().any(names_tenant) {
                let message = format!("`{}` has to say whose tokens are taken: anybody can get one", provider.key());
                findings.add(principal.node, message);
            }
        }
    }
}
