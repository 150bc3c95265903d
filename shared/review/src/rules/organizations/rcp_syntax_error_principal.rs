use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "RCP_SYNTAX_ERROR_PRINCIPAL",
    title: "RCP syntax error principal",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Rcp],
    what: "A resource control policy names principals other than `*`.",
    why: "AWS refuses it.",
    instead: "Write `\"*\"`, and whom it is about as a condition.",
    example: Example {
        policy_type: PolicyType::Rcp,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": {"AWS": "111122223333"},
      "Action": "s3:GetObject",
      "Resource": "*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:GetObject",
      "Resource": "*",
      "Condition": {
        "BoolIfExists": {"aws:SecureTransport": "false"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in &subject.statements {
        let Some(member) = statement.principals.member else { continue };
        if statement.principals.is_negated || member.node.as_str() != Some("*") {
            findings.add(&member.node, "write `\"Principal\": \"*\"`, and whom it is about as a condition");
        }
    }
}
