use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "TYPE_MISMATCH_IP_RANGE",
    title: "Type mismatch IP range",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "An address condition has a value that is no address range.",
    why: "It never matches.",
    instead: "Write the range as in `203.0.113.0/24`.",
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
        "IpAddress": {"aws:SourceIp": "203.0.113.0/33"}
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
        let is_ip = condition.operator.is_some_and(|operator| operator.compare == Compare::Ip);
        let wrong = |value: &str| Range::parse(value).is_none() && !value.contains("${");
        for (node, value) in condition.values().filter(|(_, value)| is_ip && wrong(value)) {
            findings.add(node, format!("`{}` is no address range", shown(value)));
        }
    }
}
