use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_REGION",
    title: "Invalid Region",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A condition on `aws:RequestedRegion` names no Region.",
    why: "It never matches.",
    instead: "Write the Region as in `eu-west-1`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:*",
      "Resource": "*",
      "Condition": {
        "StringNotEquals": {"aws:RequestedRegion": "Ireland"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:*",
      "Resource": "*",
      "Condition": {
        "StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::arn_formats::is_region;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions().filter(|condition| condition.is_about("aws:RequestedRegion")) {
        let wrong = |value: &str| !value.contains(['*', '?', '$']) && !is_region(value);
        for (node, value) in condition.values().filter(|(_, value)| wrong(value)) {
            let is_null = condition.operator.is_some_and(|one| one.compare == authz::operators::Compare::Null);
            if !is_null {
                findings.add(node, format!("there is no Region `{}`", shown(value)));
            }
        }
    }
}
