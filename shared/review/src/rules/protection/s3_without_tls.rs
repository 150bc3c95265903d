use std::collections::BTreeSet;

use serde_json::json;

use crate::{narrowing::append_statement, prelude::*};

pub(super) static RULE: Rule = Rule {
    code: "S3_WITHOUT_TLS",
    title: "S3 without TLS",
    severity: Severity::Warning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Resource],
    what: "A bucket policy does not deny requests without TLS.",
    why: "Objects and credentials of signed URLs can then be read on the way.",
    instead: "Deny `s3:*` where `aws:SecureTransport` is false.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*"
    },
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": [
        "arn:aws:s3:::example-orders",
        "arn:aws:s3:::example-orders/*"
      ],
      "Condition": {
        "Bool": {"aws:SecureTransport": "false"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let is_bucket = |text: &str| text.split(':').nth(2) == Some("s3");
    if !subject.resources().any(|resource| is_bucket(resource.text)) {
        return;
    }
    let denies_plain = subject.statements.iter().filter(|statement| statement.denies()).any(|statement| {
        statement
            .conditions_on("aws:SecureTransport")
            .any(|condition| condition.values().any(|(_, value)| value.eq_ignore_ascii_case("false")))
    });
    if !denies_plain {
        let added = findings.add(subject.root, "requests without TLS are not denied");
        let resources: BTreeSet<&str> =
            subject.resources().map(|one| one.text).filter(|text| is_bucket(text)).collect();
        let denial = json!({
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": resources,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        });
        if let Some(edit) = append_statement(subject.root, denial) {
            added.fix("Deny requests without TLS", [edit]);
        }
    }
}
