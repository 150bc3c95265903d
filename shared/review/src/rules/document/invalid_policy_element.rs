use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_POLICY_ELEMENT",
    title: "Invalid policy element",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The policy language has no element of this name.",
    why: "AWS refuses the policy.",
    instead: "Take the element out, or write it as the language has it; case matters.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Actions": "sqs:SendMessage",
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
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
    },
    check,
};

const OF_DOCUMENT: [&str; 3] = ["Version", "Id", "Statement"];
const OF_STATEMENT: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    unknown(subject.root, &OF_DOCUMENT, findings);
    for statement in &subject.statements {
        unknown(statement.node, &OF_STATEMENT, findings);
    }
}

fn unknown(node: &Node<'_>, known: &[&str], findings: &mut Findings<'_, '_>) {
    for member in node.members().iter().filter(|member| !known.contains(&member.key.as_ref())) {
        findings.add(
            &member.node,
            format!("there is no element `{}` here: known are {}", shown(&member.key), known.join(", ")),
        );
    }
}
