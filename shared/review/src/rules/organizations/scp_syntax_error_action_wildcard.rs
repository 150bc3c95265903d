use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "SCP_SYNTAX_ERROR_ACTION_WILDCARD",
    title: "SCP syntax error action wildcard",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Scp],
    what: "An action in a service control policy has a wildcard that is not at its end.",
    why: "AWS refuses the policy.",
    instead: "Write wildcards at the end of actions only.",
    example: Example {
        policy_type: PolicyType::Scp,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "iam:*User",
      "Resource": "*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "iam:CreateUser",
      "Resource": "*"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for action in subject.statements.iter().flat_map(|statement| &statement.actions.items) {
        let head = action.text.strip_suffix('*').unwrap_or(action.text);
        if head.contains(['*', '?']) {
            findings.add(action.node, format!("`{}` has a wildcard before its end", shown(action.text)));
        }
    }
}
