use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "SCP_SYNTAX_ERROR_PRINCIPAL",
    title: "SCP syntax error principal",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Scp],
    what: "A service control policy names principals.",
    why: "AWS refuses it: it is about all principals of its accounts.",
    instead: "Take the element out; use a condition on `aws:PrincipalArn`.",
    example: Example {
        policy_type: PolicyType::Scp,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "iam:CreateUser",
      "Resource": "*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "iam:CreateUser",
      "Resource": "*"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for member in subject.statements.iter().filter_map(|statement| statement.principals.member) {
        findings.add(&member.node, format!("service control policies have no `{}`", member.key));
    }
}
