use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
    title: "Policy size exceeds identity policy quota",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Identity, PolicyType::Boundary],
    what: "The policy has more than 6,144 characters, white space not counted.",
    why: "AWS refuses a managed policy of that length, and an inline policy of most principals.",
    instead: "Split it, or write actions and resources more shortly where that grants nothing more.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#""#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
    },
    check,
};

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
const QUOTA: usize = 6_144;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let size = subject.size();
    if size > QUOTA {
        findings.add(subject.root, format!("the policy has {size} characters, more than {QUOTA}"));
    }
}
