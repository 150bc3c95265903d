use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_ARN_FIELD",
    title: "Missing ARN field",
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
    what: "An ARN has fewer than six parts.",
    why: "AWS refuses the policy, or reads the ARN differently.",
    instead: "Write `arn:partition:service:region:account:resource`; parts can be empty or `*`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1"
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
        if resource.text.starts_with("arn:") && policy::arn::parts(resource.text).count() < 6 {
            findings.add(resource.node, format!("`{}` has fewer than the six parts of an ARN", shown(resource.text)));
        }
    }
}
