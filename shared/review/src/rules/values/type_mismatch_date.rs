use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "TYPE_MISMATCH_DATE",
    title: "Type mismatch date",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A date condition has a value that is no date.",
    why: "It never matches.",
    instead: "Write the date as in `2026-11-30T23:59:59Z`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {
        "DateLessThan": {"aws:CurrentTime": "next year"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {
        "DateLessThan": {"aws:CurrentTime": "2026-11-30T23:59:59Z"}
      }
    }
  ]
}"#,
    },
    check,
};

use authz::operators::{Compare, is_date};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let about_dates = condition.operator.is_some_and(|operator| matches!(operator.compare, Compare::Date(_)));
        for (node, value) in
            condition.values().filter(|(_, value)| about_dates && !is_date(value) && !value.contains("${"))
        {
            findings.add(node, format!("`{}` is no date", shown(value)));
        }
    }
}
