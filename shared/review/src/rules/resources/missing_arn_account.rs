use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_ARN_ACCOUNT",
    title: "Missing ARN account",
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
    what: "An ARN has no account, and ARNs of such resources have one.",
    why: "The line never matches a resource.",
    instead: "Write the account, or `*`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1::orders"
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

/// Services with resources of AWS's own, whose ARNs have no account.
const WITH_SHARED_RESOURCES: [&str; 4] = ["ec2", "kms", "resource-explorer-2", "ssm"];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for resource in subject.resources() {
        let needs = |arn: &policy::Arn<'_>| arn.account.is_empty() && !WITH_SHARED_RESOURCES.contains(&arn.service);
        let Some(arn) = resource.arn.filter(needs) else { continue };
        let shape = resource.shape(subject.catalog);
        if shape.is_known && !shape.without_account {
            findings.add(resource.node, format!("ARNs of such resources of `{}` have an account", shown(arn.service)));
        }
    }
}
