use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
    title: "Role trust policy syntax error NotPrincipal",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy has `NotPrincipal`.",
    why: "AWS refuses it.",
    instead: "Name who may assume the role.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
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
    for statement in &subject.statements {
        if let Some(node) = statement.node.get("NotPrincipal") {
            findings.add(node, "trust policies have no `NotPrincipal`");
        }
    }
}
