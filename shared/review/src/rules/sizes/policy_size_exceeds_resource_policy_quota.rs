use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
    title: "Policy size exceeds resource policy quota",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource],
    what: "The policy has more than 20,480 characters.",
    why: "No service stores a longer one; many take less.",
    instead: "Split what can be split, or name accounts and organisations instead of single principals.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#""#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
    },
    check,
};

/// The longest bucket policy: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html>.
const QUOTA: usize = 20_480;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let size = subject.size();
    if size > QUOTA {
        findings.add(subject.root, format!("the policy has {size} characters, more than {QUOTA}"));
    }
}
