use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE",
    title: "ForAnyValue with audience claim type",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "The audience of a token is compared by `ForAnyValue`.",
    why: "A token with several audiences matches by one of them, also where it was made for another client.",
    instead: "Compare it by `StringEquals`.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "accounts.google.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "ForAnyValue:StringEquals": {"accounts.google.com:aud": "example"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "accounts.google.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {"accounts.google.com:aud": "example"}
      }
    }
  ]
}"#,
    },
    check,
};

use authz::operators::Set;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let is_audience = condition.key().to_ascii_lowercase().ends_with(":aud") && condition.key().contains('.');
        if is_audience && condition.operator.is_some_and(|operator| operator.set == Set::Any) {
            findings.add(&condition.key_member.node, "a token with several audiences matches by any of them");
        }
    }
}
