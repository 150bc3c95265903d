use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_ARN_PREFIX",
    title: "Invalid ARN prefix",
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
    what: "A resource does not start with `arn:`. The short form `execute-api:/stage/GET/pets` is one that API Gateway takes in \
           its policies.",
    why: "AWS refuses the policy.",
    instead: "Write the whole ARN, or `*`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "example-orders/*"
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
        let is_short = subject.policy_type == PolicyType::Resource && resource.text.starts_with("execute-api:/");
        if !resource.text.starts_with("arn:") && !resource.text.starts_with(['*', '$']) && !is_short {
            findings.add(resource.node, format!("`{}` does not start with `arn:`", shown(resource.text)));
        }
    }
}
