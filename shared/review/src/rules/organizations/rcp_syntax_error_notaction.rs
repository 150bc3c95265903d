use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "RCP_SYNTAX_ERROR_NOTACTION",
    title: "RCP syntax error NotAction",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Rcp],
    what: "A resource control policy has `NotAction`.",
    why: "AWS refuses it.",
    instead: "Name the actions.",
    example: Example {
        policy_type: PolicyType::Rcp,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": "*",
      "NotAction": "s3:GetObject",
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
        if let Some(node) = statement.node.get("NotAction") {
            findings.add(node, "resource control policies have no `NotAction`");
        }
    }
}
