use crate::{prelude::*, subject::Condition};

pub(super) static RULE: Rule = Rule {
    code: "PUBLIC_ACCESS",
    title: "Public access",
    severity: Severity::SecurityWarning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Resource, PolicyType::Trust],
    what: "A policy of a resource or a trust policy allows everyone, and no condition says who.",
    why: "Anybody on the internet may do what it allows, and anybody with an AWS account may assume the role. An external id is \
          no secret.",
    instead: "Name the principals, or ask for `aws:PrincipalOrgID`, `aws:SourceVpce` or the like.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|one| one.allows() && one.principals.is_positive()) {
        if statement.conditions.iter().any(Condition::names_callers) {
            continue;
        }
        let knows_id = statement.conditions_on("sts:ExternalId").any(Condition::asks_for_more_than_stars);
        for principal in statement.principals.items.iter().filter(|one| one.text == "*") {
            let message = match knows_id {
                true => "everyone is allowed who knows the external id, and no condition says who",
                false => "everyone is allowed, and no condition says who",
            };
            findings.add(principal.node, message);
        }
    }
}
