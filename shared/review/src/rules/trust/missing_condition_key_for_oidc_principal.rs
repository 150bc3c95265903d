use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
    title: "Missing condition key for OIDC principal",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy trusts an OIDC provider without a condition on its tokens.",
    why: "Whoever gets a token from the provider, for whatever client, can assume the role.",
    instead: "Ask for the audience and the subject of the token.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "accounts.google.com"},
      "Action": "sts:AssumeRoleWithWebIdentity"
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
    for statement in subject.statements.iter().filter(|statement| statement.allows()) {
        for principal in statement.principals.items.iter().filter(|one| one.kind == Some(PrincipalKind::Federated)) {
            let provider = match principal.text.split_once(":oidc-provider/") {
                Some((_, provider)) => provider,
                None if principal.text.starts_with("arn:") => continue,
                None => principal.text,
            };
            let is_about =
                |key: &str| key.get(..provider.len()).is_some_and(|start| start.eq_ignore_ascii_case(provider));
            if !statement.conditions.iter().any(|condition| is_about(condition.key())) {
                findings.add(principal.node, format!("any token of `{}` is taken", shown(provider)));
            }
        }
    }
}
