use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISMATCHED_ACTION_FOR_PRINCIPAL",
    title: "Mismatched action for principal",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy names an action by which these principals cannot assume a role.",
    why: "The statement never matches.",
    instead: "Use `sts:AssumeRoleWithSAML` for SAML providers, `sts:AssumeRoleWithWebIdentity` for OIDC providers, `sts:AssumeRole` for others.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/example"},
      "Action": "sts:AssumeRoleWithWebIdentity"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/example"},
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": {
        "StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}
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
        for action in &statement.actions.items {
            let fits = |kind: Option<PrincipalKind>, text: &str| {
                let is_saml = kind == Some(PrincipalKind::Federated) && text.contains(":saml-provider/");
                let is_oidc = kind == Some(PrincipalKind::Federated) && !is_saml;
                match action.text.to_ascii_lowercase().as_str() {
                    "sts:assumerolewithsaml" => is_saml,
                    "sts:assumerolewithwebidentity" => is_oidc,
                    "sts:assumerole" => kind != Some(PrincipalKind::Federated),
                    _ => true,
                }
            };
            let mut wrong = statement.principals.items.iter().filter(|one| !fits(one.kind, one.text));
            if let Some(first) = wrong.next() {
                let message = format!("`{}` is not for `{}`", shown(action.text), shown(first.text));
                findings.add(action.node, message).with(first.node);
            }
        }
    }
}
