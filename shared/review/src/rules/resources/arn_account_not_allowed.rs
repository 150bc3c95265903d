use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ARN_ACCOUNT_NOT_ALLOWED",
    title: "ARN account not allowed",
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
    what: "An ARN names an account, and ARNs of such resources have none.",
    why: "The line never matches a resource.",
    instead: "Leave the account empty.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3::111122223333:example-orders/*"
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
        let Some(arn) = resource.arn.filter(|arn| !arn.account.is_empty() && !arn.account.contains('*')) else {
            continue;
        };
        let shape = resource.shape(subject.catalog);
        if shape.is_known && !shape.with_account {
            findings.add(resource.node, format!("ARNs of such resources of `{}` have no account", shown(arn.service)));
        }
    }
}
