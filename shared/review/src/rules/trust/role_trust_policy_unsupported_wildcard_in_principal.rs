use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
    title: "Role trust policy unsupported wildcard in principal",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy has `\"Principal\": \"*\"`, not `{\"AWS\": \"*\"}`.",
    why: "Everyone would be trusted, in every account, also services and identity providers.",
    instead: "Name who may assume the role.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "example"}}
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "example"}}
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|statement| statement.allows()) {
        for principal in statement.principals.items.iter().filter(|one| one.member.is_none() && one.text == "*") {
            findings.add(principal.node, "everyone could assume the role");
        }
    }
}
