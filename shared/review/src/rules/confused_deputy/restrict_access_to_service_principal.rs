use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
    title: "Restrict access to service principal",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource],
    what: "A policy of a resource allows a service without saying on whose behalf.",
    why: "The service can be made to act for somebody else's account: the confused deputy.",
    instead: "Ask for `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths`.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Service": "sns.amazonaws.com"},
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
      "Principal": {"Service": "sns.amazonaws.com"},
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {
        "ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:orders"}
      }
    }
  ]
}"#,
    },
    check,
};

const SOURCES: [&str; 6] = [
    "aws:SourceArn",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|one| one.allows() && one.principals.is_positive()) {
        if SOURCES.iter().any(|key| statement.conditions_on(key).next().is_some()) {
            continue;
        }
        for principal in &statement.principals.items {
            if principal.kind == Some(policy::PrincipalKind::Service) {
                findings.add(principal.node, format!("`{}` may act on anybody's behalf", shown(principal.text)));
            }
        }
    }
}
