use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
    title: "Unsupported wildcard in principal",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource, PolicyType::Trust, PolicyType::Rcp, PolicyType::Endpoint],
    what: "The name of a principal has a wildcard.",
    why: "Only `*` alone means everyone; in a name a star is a star, and AWS refuses it.",
    instead: "Name the principal, or everyone with a condition on `aws:PrincipalArn`.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders-*"},
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
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders-api"},
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for principal in subject.principals().filter(|principal| principal.member.is_some()) {
        let is_everyone = principal.text == "*" && principal.kind == Some(policy::PrincipalKind::Aws);
        if principal.text.contains(['*', '?']) && !is_everyone {
            findings.add(principal.node, format!("`{}` has a wildcard", shown(principal.text)));
        }
    }
}
