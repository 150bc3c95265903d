use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_ARN_ACCOUNT",
    title: "Invalid ARN account",
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
    what: "The account in an ARN is no account id.",
    why: "The line never matches a resource.",
    instead: "Write the twelve digits, or `*`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:1111-2222-3333:orders"
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

/// What stands in an account's place in ARNs of what is AWS's own.
const OF_AWS: [&str; 3] = ["aws", "aws-managed", "cloudfront"];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for resource in subject.resources() {
        let Some(account) = resource.arn.map(|arn| arn.account).filter(|account| !account.is_empty()) else { continue };
        let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        if !is_account && !account.contains(['*', '?', '$']) && !OF_AWS.contains(&account) {
            findings.add(resource.node, format!("`{}` is no account id: write twelve digits", shown(account)));
        }
    }
}
