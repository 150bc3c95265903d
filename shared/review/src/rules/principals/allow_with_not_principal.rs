use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ALLOW_WITH_NOT_PRINCIPAL",
    title: "Allow with NotPrincipal",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource, PolicyType::Trust, PolicyType::Endpoint],
    what: "An Allow names those who are not meant.",
    why: "It allows everyone else, also anonymous callers and all other accounts.",
    instead: "Name who is meant.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
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
    for statement in subject.statements.iter().filter(|statement| statement.allows() && statement.principals.is_negated)
    {
        if let Some(member) = statement.principals.member {
            findings.add(&member.node, "the statement allows everyone but those named");
        }
    }
}
