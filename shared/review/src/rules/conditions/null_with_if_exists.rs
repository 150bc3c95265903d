use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "NULL_WITH_IF_EXISTS",
    title: "Null with if exists",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "`Null` stands with the suffix `IfExists`.",
    why: "AWS refuses the policy: `Null` asks whether the key is there.",
    instead: "Leave the suffix out.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:CreateQueue",
      "Resource": "*",
      "Condition": {
        "NullIfExists": {"aws:RequestTag/team": "true"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:CreateQueue",
      "Resource": "*",
      "Condition": {
        "Null": {"aws:RequestTag/team": "true"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in &subject.statements {
        for member in statement.node.get("Condition").map(Node::members).unwrap_or_default() {
            if member.key.to_ascii_lowercase().ends_with("nullifexists") {
                findings.add(&member.node, "`Null` cannot have the suffix `IfExists`");
            }
        }
    }
}
