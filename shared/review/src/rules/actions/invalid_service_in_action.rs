use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_SERVICE_IN_ACTION",
    title: "Invalid service in action",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "No service has the prefix of this action.",
    why: "AWS stores the policy and the line never has an effect.",
    instead: "Write the prefix as the service authorization reference does.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "dynamo:GetItem",
      "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
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
    for action in subject.statements.iter().flat_map(|statement| &statement.actions.items) {
        if action.service.is_some() || !action.text.contains(':') || action.prefix.contains(['*', '?', '$']) {
            continue;
        }
        let message = format!("there is no service `{}`", shown(action.prefix));
        let told = findings.hint(|| {
            let services = subject.catalog.services().map(|service| service.prefix());
            let near = policy::nearest(action.prefix, services, 2);
            near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default()
        });
        findings.add(action.node, message + &told);
    }
}
