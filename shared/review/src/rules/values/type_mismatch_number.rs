use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "TYPE_MISMATCH_NUMBER",
    title: "Type mismatch number",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A numeric condition has a value that is no number.",
    why: "It never matches.",
    instead: "Write a number.",
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
        "NumericLessThan": {"s3:max-keys": "ten"}
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
        "NumericLessThan": {"s3:max-keys": "10"}
      }
    }
  ]
}"#,
    },
    check,
};

use authz::operators::Compare;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let is_number = condition.operator.is_some_and(|operator| matches!(operator.compare, Compare::Number(_)));
        let wrong = |value: &str| !value.parse::<f64>().is_ok_and(f64::is_finite) && !value.contains("${");
        for (node, value) in condition.values().filter(|(_, value)| is_number && wrong(value)) {
            findings.add(node, format!("`{}` is no number", shown(value)));
        }
    }
}
