use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "UNSUPPORTED_PRINCIPAL",
    title: "Unsupported principal",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Identity, PolicyType::Boundary, PolicyType::Session],
    what: "A statement of a policy that is attached to a principal names principals.",
    why: "AWS refuses the policy: it is about whoever it is attached to.",
    instead: "Take the element out.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
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
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for member in subject.statements.iter().filter_map(|statement| statement.principals.member) {
        findings.add(&member.node, format!("policies of this type have no `{}`", member.key));
    }
}
