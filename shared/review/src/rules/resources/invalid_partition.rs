use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_PARTITION",
    title: "Invalid partition",
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
    what: "An ARN names a partition that AWS does not have.",
    why: "The line never matches a resource.",
    instead: "Write `aws`, `aws-cn`, `aws-us-gov`, or another of AWS's partitions.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:amazon:s3:::example-orders/*"
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

const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for resource in subject.resources() {
        let mut parts = resource.text.split(':');
        let (Some("arn"), Some(partition)) = (parts.next(), parts.next()) else { continue };
        if !partition.contains(['*', '?', '$']) && !PARTITIONS.contains(&partition) {
            findings.add(resource.node, format!("there is no partition `{}`", shown(partition)));
        }
    }
}
