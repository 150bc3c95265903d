use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    title: "Deny with unsupported tag condition key for service",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[
        PolicyType::Identity,
        PolicyType::Resource,
        PolicyType::Boundary,
        PolicyType::Session,
        PolicyType::Scp,
        PolicyType::Rcp,
    ],
    what: "A Deny asks for a tag, for actions of a service that does not know tags in requests.",
    why: "These actions are not denied by the statement.",
    instead: "Deny them without the condition, or by another key.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": [
        "dynamodb:DeleteTable",
        "health:DescribeEvents"
      ],
      "Resource": "*",
      "Condition": {
        "StringEquals": {"aws:ResourceTag/team": "orders"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "dynamodb:DeleteTable",
      "Resource": "*",
      "Condition": {
        "StringEquals": {"aws:ResourceTag/team": "orders"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::tag_support::without_tags;
use policy::Effect;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for (condition, services) in without_tags(subject, Effect::Deny) {
        let message = format!("`{}` has no tags in requests: its actions are not denied here", services.join("`, `"));
        findings.add(&condition.key_member.node, message);
    }
}
