use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE",
    title: "PassRole with NotAction and NotResource",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[
        PolicyType::Identity,
        PolicyType::Resource,
        PolicyType::Boundary,
        PolicyType::Session,
        PolicyType::Scp,
    ],
    what: "An Allow says that roles can be passed by `NotAction`, on all roles but some.",
    why: "Whoever has the policy can hand these roles to a service and act with what they allow.",
    instead: "Name the roles, and the service by a condition on `iam:PassedToService`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "NotAction": "sqs:*",
      "NotResource": "arn:aws:iam::111122223333:role/admin"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "arn:aws:iam::111122223333:role/orders-task",
      "Condition": {
        "StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::role_grants::{GRANT_PASS_ROLE, Reach, Way};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    GRANT_PASS_ROLE.report(subject, Way::NotAction, Reach::NotResource, findings);
}
