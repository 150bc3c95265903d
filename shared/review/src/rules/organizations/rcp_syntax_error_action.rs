use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "RCP_SYNTAX_ERROR_ACTION",
    title: "RCP syntax error action",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Rcp],
    what: "A resource control policy is about `*` instead of a service.",
    why: "AWS refuses it: such a policy names the services that support it.",
    instead: "Name the service: `s3:*`.",
    example: Example {
        policy_type: PolicyType::Rcp,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "*",
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
      "Action": "s3:*",
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
    for action in subject.statements.iter().flat_map(|statement| &statement.actions.items) {
        if action.is_everything() {
            findings.add(action.node, "name the service that is meant");
        }
    }
}
