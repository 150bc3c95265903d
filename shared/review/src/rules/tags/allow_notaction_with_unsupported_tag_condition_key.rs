use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    title: "Allow NotAction with unsupported tag condition key for service",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Identity, PolicyType::Resource, PolicyType::Boundary, PolicyType::Session],
    what: "An Allow with `NotAction` asks for a tag.",
    why: "Actions of services that do not know tags in requests are not allowed by it.",
    instead: "Name the actions.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
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
      "Effect": "Allow",
      "Action": "dynamodb:GetItem",
      "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
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
    for condition in with_not_action(subject, Effect::Allow) {
        findings.add(&condition.key_member.node, "actions of services without tags are not allowed here");
    }
}
