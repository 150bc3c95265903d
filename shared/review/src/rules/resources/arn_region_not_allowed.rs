use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ARN_REGION_NOT_ALLOWED",
    title: "ARN Region not allowed",
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
    what: "An ARN names a Region, and ARNs of such resources have none.",
    why: "The line never matches a resource.",
    instead: "Leave the Region empty.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:eu-west-1::example-orders/*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for resource in subject.resources() {
        let Some(arn) = resource.arn.filter(|arn| !arn.region.is_empty() && !arn.region.contains('*')) else {
            continue;
        };
        let shape = resource.shape(subject.catalog);
        if shape.is_known && !shape.with_region {
            findings.add(resource.node, format!("ARNs of such resources of `{}` have no Region", shown(arn.service)));
        }
    }
}
