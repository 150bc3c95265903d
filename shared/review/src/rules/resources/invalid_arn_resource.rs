use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_ARN_RESOURCE",
    title: "Invalid ARN resource",
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
    what: "The last part of an ARN is like that of no resource of its service.",
    why: "The line never matches a resource.",
    instead: "Write it as the service's resource types have it.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "dynamodb:GetItem",
      "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:tables/orders"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "dynamodb:GetItem",
      "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for resource in subject.resources().filter(|resource| policy::arn::parts(resource.text).count() == 6) {
        let Some(arn) = resource.arn else {
            // Five parts, and nothing behind them.
            if resource.text.starts_with("arn:") && policy::arn::parts(resource.text).last() == Some("") {
                findings.add(resource.node, format!("`{}` names no resource", shown(resource.text)));
            }
            continue;
        };
        let shape = resource.shape(subject.catalog);
        if shape.has_formats && !shape.is_known {
            let what = format!("`{}` is like no resource of `{}`", shown(arn.resource), shown(arn.service));
            findings.add(resource.node, what);
        }
    }
}
