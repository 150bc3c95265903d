use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_EFFECT",
    title: "Invalid effect",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The `Effect` is neither `Allow` nor `Deny`.",
    why: "AWS refuses the policy.",
    instead: "Write `Allow` or `Deny`; case matters.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "allow",
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

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|statement| statement.effect.is_none()) {
        let Some(node) = statement.node.get("Effect") else { continue };
        let Some(text) = node.as_str() else { continue };
        let added = findings.add(node, format!("`{}` is neither `Allow` nor `Deny`", shown(text)));
        if let Some(meant) = ["Allow", "Deny"].into_iter().find(|word| word.eq_ignore_ascii_case(text)) {
            added.fix(format!("Write `{meant}`"), [(node, Change::Replace(meant.into()))]);
        }
    }
}
