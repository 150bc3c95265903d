use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "VARIABLE_UNSUPPORTED_IN_ELEMENT",
    title: "Variable unsupported in element",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A policy variable stands in another element than `Resource` and `Condition`.",
    why: "It is plain text there.",
    instead: "Write the value itself.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:${aws:PrincipalTag/action}",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
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
    for statement in &subject.statements {
        let actions = statement.actions.items.iter().map(|action| (action.node, action.text));
        let principals = statement.principals.items.iter().map(|principal| (principal.node, principal.text));
        for (node, text) in actions.chain(principals).filter(|(_, text)| text.contains("${")) {
            findings.add(node, format!("variables are plain text here, so this is `{}` as it stands", shown(text)));
        }
    }
}
