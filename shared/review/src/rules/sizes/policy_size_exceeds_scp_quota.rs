use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "POLICY_SIZE_EXCEEDS_SCP_QUOTA",
    title: "Policy size exceeds SCP quota",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Scp],
    what: "The service control policy has more than 5,120 characters.",
    why: "AWS refuses it.",
    instead: "Split it over several policies.",
    example: Example {
        policy_type: PolicyType::Scp,
        flagged: r#""#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "iam:CreateUser",
      "Resource": "*"
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
        findings.add(subject.root, format!("the service control policy has {size} characters, more than {QUOTA}"));
    }
}
