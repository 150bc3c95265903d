use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
    title: "Policy size exceeds role trust policy quota",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "The trust policy has more than 2,048 characters, white space not counted.",
    why: "AWS refuses it, unless the quota was raised.",
    instead: "Trust an account or an organisation with a condition instead of many principals.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#""#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "example"}}
    }
  ]
}"#,
    },
    check,
};

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const QUOTA: usize = 2_048;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let size = subject.size();
    if size > QUOTA {
        findings.add(subject.root, format!("the trust policy has {size} characters, more than {QUOTA}"));
    }
}
