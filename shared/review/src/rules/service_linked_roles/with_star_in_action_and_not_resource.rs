use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
    title: "CreateServiceLinkedRole with star in action and NotResource",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[
        PolicyType::Identity,
        PolicyType::Resource,
        PolicyType::Boundary,
        PolicyType::Session,
        PolicyType::Scp,
    ],
    what: "An Allow says that service-linked roles can be made by a pattern of actions, on all roles but some.",
    why: "Roles can be made for services that nobody meant to use.",
    instead: "Name the service-linked role, and the service by a condition on `iam:AWSServiceName`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "iam:*",
      "NotResource": "arn:aws:iam::111122223333:role/admin"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "iam:CreateServiceLinkedRole",
      "Resource": "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
      "Condition": {
        "StringLike": {"iam:AWSServiceName": "ecs.amazonaws.com"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::role_grants::{GRANT_CREATE_SLR, Reach, Way};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    GRANT_CREATE_SLR.report(subject, Way::Pattern, Reach::NotResource, findings);
}
