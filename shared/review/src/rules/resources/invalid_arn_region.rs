use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_ARN_REGION",
    title: "Invalid ARN Region",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[
        PolicyType::Identity,
        PolicyType::Resource,
        PolicyType::Boundary,
        PolicyType::Session,
        PolicyType::Scp,
        PolicyType::Rcp,
        PolicyType::Endpoint,
    ],
    what: "An ARN names a Region that AWS does not have.",
    why: "The line never matches a resource.",
    instead: "Write the Region as AWS does, or `*`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:europe:111122223333:orders"
    }
  ]
}"#,
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

use crate::arn_formats::is_region;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for resource in subject.resources() {
        let Some(arn) = resource.arn else { continue };
        if !arn.region.is_empty() && !arn.region.contains(['*', '?', '$']) && !is_region(arn.region) {
            findings.add(resource.node, format!("there is no Region `{}`", shown(arn.region)));
        }
    }
}
