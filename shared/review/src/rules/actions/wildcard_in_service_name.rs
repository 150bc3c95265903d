use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "WILDCARD_IN_SERVICE_NAME",
    title: "Wildcard in service name",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The service of an action has a wildcard.",
    why: "In AWS the service is no pattern; and a service with a similar name may be made tomorrow.",
    instead: "Name each service.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sq?:SendMessage",
      "Resource": "*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:SendMessage",
      "Resource": "*"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for action in subject.statements.iter().flat_map(|statement| &statement.actions.items) {
        if action.prefix.contains(['*', '?']) {
            findings.add(action.node, format!("the service in `{}` has a wildcard", shown(action.text)));
        }
    }
}
