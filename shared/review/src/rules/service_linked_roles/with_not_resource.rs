use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "CREATE_SLR_WITH_NOT_RESOURCE",
    title: "CreateServiceLinkedRole with NotResource",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[
        PolicyType::Identity,
        PolicyType::Resource,
        PolicyType::Boundary,
        PolicyType::Session,
        PolicyType::Scp,
    ],
    what: "An Allow says that service-linked roles can be made by an action that is named, on all roles but some.",
    why: "Roles can be made for services that nobody meant to use.",
    instead: "Name the service-linked role, and the service by a condition on `iam:AWSServiceName`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "iam:CreateServiceLinkedRole",
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
    GRANT_CREATE_SLR.report(subject, Way::Named, Reach::NotResource, findings);
}
