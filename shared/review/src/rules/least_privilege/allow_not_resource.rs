use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ALLOW_NOT_RESOURCE",
    title: "Allow with NotResource",
    severity: Severity::SecurityWarning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Identity, PolicyType::Resource],
    what: "An Allow names the resources that are not meant.",
    why: "It reaches all others, also those that are made tomorrow.",
    instead: "Name the resources that are needed.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "NotResource": "arn:aws:sqs:eu-west-1:111122223333:payments"
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
    for statement in subject.statements.iter().filter(|one| one.allows() && one.resources.is_negated) {
        if let Some(member) = statement.resources.member {
            findings.add(&member.node, "every resource but those named is reached");
        }
    }
}
