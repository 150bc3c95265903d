use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    title: "Allow with unsupported tag condition key for service",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Identity, PolicyType::Resource, PolicyType::Boundary, PolicyType::Session],
    what: "An Allow asks for a tag, for actions of a service that does not know tags in requests.",
    why: "These actions are never allowed by the statement.",
    instead: "Put them into a statement without the condition.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "dynamodb:GetItem",
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

use crate::tag_support::without_tags;
use policy::Effect;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for (condition, services) in without_tags(subject, Effect::Allow) {
        let message =
            format!("`{}` has no tags in requests: its actions are never allowed here", services.join("`, `"));
        findings.add(&condition.key_member.node, message);
    }
}
