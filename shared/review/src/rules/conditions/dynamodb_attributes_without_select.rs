use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT",
    title: "DynamoDB attributes without select",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Identity, PolicyType::Resource, PolicyType::Boundary, PolicyType::Session],
    what: "An Allow limits `dynamodb:Attributes` and does not ask for `dynamodb:Select`.",
    why: "A request that selects all attributes names none, and so reads more than the list.",
    instead: "Ask for `dynamodb:Select` with `SPECIFIC_ATTRIBUTES`, too.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "dynamodb:Query",
      "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
      "Condition": {
        "ForAllValues:StringEquals": {
          "dynamodb:Attributes": [
            "id",
            "state"
          ]
        }
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "dynamodb:Query",
      "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
      "Condition": {
        "ForAllValues:StringEquals": {
          "dynamodb:Attributes": [
            "id",
            "state"
          ]
        },
        "StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|statement| statement.allows()) {
        if statement.conditions_on("dynamodb:Select").next().is_some() {
            continue;
        }
        for condition in statement.conditions_on("dynamodb:Attributes") {
            findings.add(&condition.key_member.node, "requests that select all attributes are not limited");
        }
    }
}
