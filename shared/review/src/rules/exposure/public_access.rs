use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "PUBLIC_ACCESS",
    title: "Public access",
    severity: Severity::SecurityWarning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Resource],
    what: "A policy of a resource allows everyone, and no condition says who.",
    why: "Anybody on the internet may do what it allows.",
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

/// Keys that say who or from where, and that a caller cannot set.
const RESTRICTING: [&str; 20] = [
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalTag",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:userid",
    "aws:username",
    "kms:CallerAccount",
    "s3:DataAccessPointAccount",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|one| one.allows() && one.principals.is_positive()) {
        let restricts = |key: &str| {
            let name = key.split('/').next().unwrap_or_default();
            RESTRICTING.iter().any(|one| one.eq_ignore_ascii_case(name))
        };
        let is_restricted = statement.conditions.iter().any(|condition| {
            let is_vacuous = condition.values().any(|(_, value)| matches!(value, "*" | "0.0.0.0/0" | "::/0"));
            restricts(condition.key())
                && !is_vacuous
                && condition.operator.is_some_and(|one| !one.negated && !one.if_exists)
        });
        for principal in statement.principals.items.iter().filter(|one| one.text == "*" && !is_restricted) {
            findings.add(principal.node, "everyone is allowed, and no condition says who");
        }
    }
}
