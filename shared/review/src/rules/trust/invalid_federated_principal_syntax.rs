use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
    title: "Invalid federated principal syntax in role trust policy",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A federated principal is neither a domain nor the ARN of an identity provider.",
    why: "AWS refuses the policy.",
    instead: "Name the provider by its ARN, or a public one by its domain.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "google"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {"accounts.google.com:aud": "example"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "accounts.google.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {"accounts.google.com:aud": "example"}
      }
    }
  ]
}"#,
    },
    check,
};

use policy::PrincipalKind;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for principal in subject.principals().filter(|one| one.kind == Some(PrincipalKind::Federated)) {
        let is_provider = principal.text.contains(":saml-provider/") || principal.text.contains(":oidc-provider/");
        let is_domain = principal.text.contains('.') && !principal.text.contains([':', '/', ' ', '*']);
        let is_arn = principal.text.starts_with("arn:") && is_provider;
        if !is_domain && !is_arn {
            findings
                .add(principal.node, format!("`{}` is neither a domain nor a provider's ARN", shown(principal.text)));
        }
    }
}
