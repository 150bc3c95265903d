use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_ARN_REGION",
    title: "Missing ARN Region",
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
    what: "An ARN has no Region, and ARNs of such resources have one.",
    why: "The line never matches a resource.",
    instead: "Write the Region, or `*`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs::111122223333:orders"
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

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for resource in subject.resources() {
        let Some(arn) = resource.arn.filter(|arn| arn.region.is_empty()) else { continue };
        let shape = resource.shape(subject.catalog);
        if shape.is_known && !shape.without_region {
            findings.add(resource.node, format!("ARNs of such resources of `{}` have a Region", shown(arn.service)));
        }
    }
}
