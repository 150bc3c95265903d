use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_USER_REFERENCE",
    title: "Invalid user reference",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource, PolicyType::Trust, PolicyType::Rcp, PolicyType::Endpoint],
    what: "A principal is the id of a user.",
    why: "AWS writes it so when the user was deleted: nobody is meant any more.",
    instead: "Name the user by its ARN, or take the principal out.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "AIDAEXAMPLEEXAMPLE123"},
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
    for principal in subject.principals().filter(|principal| principal.text.starts_with("AIDA")) {
        findings.add(principal.node, format!("`{}` is the id of a user", shown(principal.text)));
    }
}
