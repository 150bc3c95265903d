use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "S3_WITHOUT_GIVEN_KEY",
    title: "S3 without a given key",
    severity: Severity::Suggestion,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Resource],
    what: "A bucket policy asks for SSE-KMS and not for a given key.",
    why: "Objects can be stored under a key of another account, which can take them away by taking the key.",
    instead: "Ask for `s3:x-amz-server-side-encryption-aws-kms-key-id`, too.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}
      }
    },
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "Bool": {"aws:SecureTransport": "false"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "ArnNotEqualsIfExists": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
      }
    },
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
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

const KEY: &str = "s3:x-amz-server-side-encryption-aws-kms-key-id";

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    if subject.conditions().any(|condition| condition.is_about(KEY)) {
        return;
    }
    for condition in subject.conditions().filter(|one| one.is_about("s3:x-amz-server-side-encryption")) {
        if condition.values().any(|(_, value)| value.starts_with("aws:kms")) {
            findings.add(&condition.key_member.node, "any key will do, also one of another account");
        }
    }
}
