use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "RCP_SYNTAX_ERROR_ALLOW",
    title: "RCP syntax error allow",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Rcp],
    what: "A resource control policy has an Allow.",
    why: "AWS refuses it: only its own policy `RCPFullAWSAccess` allows.",
    instead: "Write what is denied.",
    example: Example {
        policy_type: PolicyType::Rcp,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
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
    for statement in subject.statements.iter().filter(|statement| statement.allows()) {
        if let Some(node) = statement.node.get("Effect") {
            findings.add(node, "resource control policies have no Allow");
        }
    }
}
