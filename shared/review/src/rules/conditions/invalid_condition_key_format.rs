use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_CONDITION_KEY_FORMAT",
    title: "Invalid condition key format",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A condition key is not of the form `service:name`.",
    why: "No request has such a key.",
    instead: "Write the key with its service, or `aws:` for a global one.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-orders",
      "Condition": {
        "StringLike": {"prefix": "reports/*"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-orders",
      "Condition": {
        "StringLike": {"s3:prefix": "reports/*"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::keys::Key;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        if condition.known == Key::Malformed {
            let message = format!("the condition key `{}` is not of the form `service:name`", shown(condition.key()));
            findings.add(&condition.key_member.node, message);
        }
    }
}
