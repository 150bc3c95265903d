use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "FEDERATED_PRINCIPAL_NOT_SUPPORTED",
    title: "Federated principal not supported",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource, PolicyType::Rcp, PolicyType::Endpoint],
    what: "A policy that is no trust policy names an identity provider.",
    why: "Who comes from a provider acts by a role: the provider itself never calls.",
    instead: "Name the role, or a condition on `aws:FederatedProvider`.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "cognito-identity.amazonaws.com"},
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for principal in subject.principals() {
        if principal.kind == Some(policy::PrincipalKind::Federated) {
            findings.add(principal.node, "identity providers belong in trust policies");
        }
    }
}
