use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "EMPTY_ARRAY_PRINCIPAL",
    title: "Empty array principal",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource, PolicyType::Trust, PolicyType::Rcp, PolicyType::Endpoint],
    what: "A list of principals is empty.",
    why: "The statement is about nobody.",
    instead: "Name the principals, or take the statement out.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "AWS": []
      },
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
    let elements = subject.statements.iter().filter_map(|statement| statement.principals.member);
    for member in elements.flat_map(|member| member.node.members()) {
        if member.node.elements().is_empty() {
            findings.add(&member.node, "the list of principals is empty");
        }
    }
}
