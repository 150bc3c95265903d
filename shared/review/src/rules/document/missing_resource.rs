use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_RESOURCE",
    title: "Missing resource",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Identity, PolicyType::Boundary, PolicyType::Session, PolicyType::Scp, PolicyType::Rcp],
    what: "A statement has neither `Resource` nor `NotResource`.",
    why: "AWS refuses the policy.",
    instead: "Name the resources that the statement is about, or `*`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage"
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
    for statement in subject.statements.iter().filter(|statement| statement.resources.member.is_none()) {
        // An SCP that allows may leave it out.
        if !(subject.policy_type == PolicyType::Scp && statement.allows()) {
            findings.add(statement.node, "the statement has neither `Resource` nor `NotResource`");
        }
    }
}
