use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_PRINCIPAL_FORMAT",
    title: "Invalid principal format",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource, PolicyType::Trust, PolicyType::Rcp, PolicyType::Endpoint],
    what: "A `Principal` is a text other than `*`.",
    why: "AWS refuses the policy.",
    instead: "Say what kind of principal it is: `{\"AWS\": \"...\"}`, `{\"Service\": \"...\"}`.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "arn:aws:iam::111122223333:role/orders",
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
    for principal in subject.principals().filter(|principal| principal.member.is_none() && principal.text != "*") {
        findings.add(principal.node, format!("say what kind of principal `{}` is", shown(principal.text)));
    }
}
