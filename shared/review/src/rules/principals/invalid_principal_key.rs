use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_PRINCIPAL_KEY",
    title: "Invalid principal key",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource, PolicyType::Trust, PolicyType::Rcp, PolicyType::Endpoint],
    what: "A `Principal` element has a key that is no kind of principal.",
    why: "AWS refuses the policy.",
    instead: "Use `AWS`, `Service`, `Federated` or `CanonicalUser`.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Role": "arn:aws:iam::111122223333:role/orders"},
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
    for member in subject.statements.iter().filter_map(|one| one.principals.member).flat_map(|one| one.node.members()) {
        if !policy::PrincipalKind::ALL.iter().any(|kind| kind.as_str() == member.key) {
            findings.add(&member.node, format!("`{}` is no kind of principal", shown(&member.key)));
        }
    }
}
