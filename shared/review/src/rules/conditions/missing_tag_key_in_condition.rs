use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_TAG_KEY_IN_CONDITION",
    title: "Missing tag key in condition",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A condition on a tag does not say which tag.",
    why: "No request has the key.",
    instead: "Go on with a slash and the tag's key: `aws:RequestTag/team`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:CreateQueue",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:*",
      "Condition": {
        "StringEquals": {"aws:RequestTag": "orders"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:CreateQueue",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:*",
      "Condition": {
        "StringEquals": {"aws:RequestTag/team": "orders"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::keys::TAGS;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let key = condition.key().trim_end_matches('/');
        if let Some(tag) = TAGS.iter().find(|tag| tag.trim_end_matches('/').eq_ignore_ascii_case(key)) {
            findings.add(
                &condition.key_member.node,
                format!("`{}` names no tag: go on with its key, `{tag}team`", shown(key)),
            );
        }
    }
}
