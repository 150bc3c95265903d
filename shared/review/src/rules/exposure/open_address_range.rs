use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "OPEN_ADDRESS_RANGE",
    title: "Open address range",
    severity: Severity::Warning,
    origin: Origin::Leastwise,
    applies_to: &PolicyType::ALL,
    what: "A condition on the caller's address takes every address.",
    why: "It looks like a limit and is none.",
    instead: "Name the ranges that are meant.",
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
        "IpAddress": {"aws:SourceIp": "0.0.0.0/0"}
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
        "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::addresses::Range;
use authz::operators::Compare;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let is_ip = condition.operator.is_some_and(|operator| operator.compare == Compare::Ip && !operator.negated);
        for (node, value) in condition.values().filter(|_| is_ip) {
            if Range::parse(value).is_some_and(|range| range.is_everything()) {
                findings.add(node, format!("`{}` is every address", shown(value)));
            }
        }
    }
}
