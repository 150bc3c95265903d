use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "IMPROVE_IP_RANGE",
    title: "Improve IP range",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "An address range has bits behind its mask.",
    why: "They are ignored: the range is wider than a reader may think.",
    instead: "Write the first address of the range.",
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
        "IpAddress": {"aws:SourceIp": "203.0.113.77/24"}
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
        for (node, value) in condition.values().filter(|_| is_ip) {
            let Some(range) = Range::parse(value).filter(|range| !range.is_first()) else { continue };
            let meant = range.first();
            findings
                .add(node, format!("`{}` is the range `{meant}`", shown(value)))
                .fix(format!("Write `{meant}`"), [(node, Change::Replace(meant.into()))]);
        }
    }
}
