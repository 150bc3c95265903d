use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    title: "Deny NotAction with unsupported tag condition key for service",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[
        PolicyType::Identity,
        PolicyType::Resource,
        PolicyType::Boundary,
        PolicyType::Session,
        PolicyType::Scp,
    ],
    what: "A Deny with `NotAction` asks for a tag.",
    why: "Actions of services that do not know tags in requests are not denied by it.",
    instead: "Name the actions, and deny the others without the condition.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "NotAction": "iam:*",
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

use crate::tag_support::with_not_action;
use policy::Effect;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in with_not_action(subject, Effect::Deny) {
        findings.add(&condition.key_member.node, "actions of services without tags are not denied here");
    }
}
