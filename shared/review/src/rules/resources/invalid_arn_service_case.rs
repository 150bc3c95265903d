use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_ARN_SERVICE_CASE",
    title: "Invalid ARN service case",
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
    what: "The service of an ARN has upper-case letters.",
    why: "AWS's ARNs have lower-case services.",
    instead: "Write it in lower case.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:SQS:eu-west-1:111122223333:orders"
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
        let Some(arn) = resource.arn.filter(|arn| arn.service.bytes().any(|byte| byte.is_ascii_uppercase())) else {
            continue;
        };
        let rest = arn.as_str().splitn(4, ':').last().unwrap_or_default();
        let meant = format!("arn:{}:{}:{rest}", arn.partition, arn.service.to_lowercase());
        findings
            .add(resource.node, format!("the service `{}` is written in upper case", shown(arn.service)))
            .fix("Write it in lower case", [(resource.node, Change::Replace(meant.into()))]);
    }
}
