use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_DATE_VALUE",
    title: "Invalid date value",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A date is a number of seconds.",
    why: "It might be read otherwise than it was meant, and nobody can read it.",
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
        "DateLessThan": {"aws:CurrentTime": "1795996799"}
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
    for condition in subject.conditions().filter(|condition| !condition.is_about("aws:EpochTime")) {
        let about_dates = condition.operator.is_some_and(|operator| matches!(operator.compare, Compare::Date(_)));
        let is_number = |value: &str| is_date(value) && value.bytes().all(|byte| byte.is_ascii_digit());
        for (node, value) in condition.values().filter(|(_, value)| about_dates && is_number(value)) {
            findings.add(node, format!("`{}` is a number of seconds: write the date", shown(value)));
        }
    }
}
