use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_GLOBAL_CONDITION_KEY",
    title: "Invalid global condition key",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "There is no global condition key of this name.",
    why: "No request has the key, so the condition never holds, or always does.",
    instead: "Write one of AWS's global condition keys.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "Bool": {"aws:SecureTransports": "false"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "Bool": {"aws:SecureTransport": "false"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::keys::{Key, TAGS};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let is_tag = TAGS.iter().any(|tag| {
            let name = tag.trim_end_matches('/');
            condition.key().get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        });
        if condition.known == Key::UnknownGlobal && !is_tag {
            findings.add(
                &condition.key_member.node,
                format!("there is no global condition key `{}`", shown(condition.key())),
            );
        }
    }
}
