use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_SERVICE_CONDITION_KEY",
    title: "Invalid service condition key",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The service has no condition key of this name.",
    why: "No request has the key, so the condition never holds, or always does.",
    instead: "Write a key that the service authorization reference lists.",
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
        "StringLike": {"s3:folder": "reports/*"}
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
        if let Key::UnknownOfService(service) = condition.known {
            let message = format!("there is no condition key `{}` in `{}`", shown(condition.key()), shown(service));
            findings.add(&condition.key_member.node, message);
        }
    }
}
