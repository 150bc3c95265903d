use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_CONDITION_DATA_TYPE",
    title: "Invalid condition data type",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The values of one condition are of several JSON types.",
    why: "AWS refuses the policy.",
    instead: "Write all of them as strings.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-orders",
      "Condition": {
        "NumericEquals": {
          "s3:max-keys": [
            10,
            "20"
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
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-orders",
      "Condition": {
        "NumericEquals": {
          "s3:max-keys": [
            "10",
            "20"
          ]
        }
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let nodes = condition.value_nodes();
        if let Some(first) = nodes.first()
            && nodes.iter().any(|node| node.value.kind() != first.value.kind())
        {
            findings.add(&condition.key_member.node, "the values are of several types");
        }
    }
}
