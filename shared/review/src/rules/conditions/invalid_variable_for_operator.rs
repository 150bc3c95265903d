use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_VARIABLE_FOR_OPERATOR",
    title: "Invalid variable for operator",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A policy variable stands in a condition whose operator compares no text.",
    why: "AWS refuses the policy, or takes the variable as plain text.",
    instead: "Use variables with String and ARN operators.",
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
        "NumericLessThan": {"s3:max-keys": "${aws:PrincipalTag/keys}"}
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
    if !subject.has_variables() {
        return;
    }
    for condition in subject.conditions() {
        let takes_text = condition.operator.is_none_or(|operator| {
            matches!(
                operator.compare,
                Compare::String | Compare::StringIgnoringCase | Compare::StringLike | Compare::Arn
            )
        });
        for (node, _) in condition.values().filter(|(_, value)| !takes_text && value.contains("${")) {
            let message = format!("`{}` does not take policy variables", shown(condition.operator_name()));
            findings.add(node, message);
        }
    }
}
