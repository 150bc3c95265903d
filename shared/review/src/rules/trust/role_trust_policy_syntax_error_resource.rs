use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
    title: "Role trust policy syntax error resource",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy has a resource.",
    why: "AWS refuses it: it is about the role that it is attached to.",
    instead: "Take the element out.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "sts:AssumeRole",
      "Resource": "*",
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
    for member in subject.statements.iter().filter_map(|statement| statement.resources.member) {
        findings
            .add(&member.node, format!("trust policies have no `{}`", member.key))
            .fix("Take it out", [(&member.node, Change::Remove)]);
    }
}
