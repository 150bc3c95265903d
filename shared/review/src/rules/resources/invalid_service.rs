use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_SERVICE",
    title: "Invalid service",
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
    what: "An ARN names a service that AWS does not have.",
    why: "The line never matches a resource.",
    instead: "Write the service as it stands in the ARNs of its resources.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:queues:eu-west-1:111122223333:orders"
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

use crate::arn_formats::service_exists;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for resource in subject.resources() {
        if resource.text.starts_with("arn:") && resource.text.split(':').nth(2) == Some("") {
            findings.add(resource.node, format!("`{}` names no service", shown(resource.text)));
        }
        let Some(arn) = resource.arn else { continue };
        let is_plain =
            !arn.service.contains(['*', '?', '$']) && arn.service.bytes().all(|byte| !byte.is_ascii_uppercase());
        if is_plain && !service_exists(arn.service, subject.catalog) {
            findings.add(resource.node, format!("there is no service `{}` in ARNs", shown(arn.service)));
        }
    }
}
