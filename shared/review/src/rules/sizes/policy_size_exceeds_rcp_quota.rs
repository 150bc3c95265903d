use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "POLICY_SIZE_EXCEEDS_RCP_QUOTA",
    title: "Policy size exceeds RCP quota",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Rcp],
    what: "The resource control policy has more than 5,120 characters.",
    why: "AWS refuses it.",
    instead: "Split it over several policies.",
    example: Example {
        policy_type: PolicyType::Rcp,
        flagged: r#""#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:GetObject",
      "Resource": "*",
      "Condition": {
        "BoolIfExists": {"aws:SecureTransport": "false"}
      }
    }
  ]
}"#,
    },
    check,
};

/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
const QUOTA: usize = 5_120;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let size = subject.size();
    if size > QUOTA {
        findings.add(subject.root, format!("the resource control policy has {size} characters, more than {QUOTA}"));
    }
}
