use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "UNSUPPORTED_ELEMENT_COMBINATION",
    title: "Unsupported element combination",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A statement has an element and its negation: `Action` and `NotAction`, for example.",
    why: "AWS refuses the policy.",
    instead: "Keep one of them, or write two statements.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "s3:GetObject",
      "NotAction": "s3:PutObject",
      "Resource": "*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "s3:GetObject",
      "Resource": "*"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in &subject.statements {
        for (yes, no) in [("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal")] {
            if let (Some(element), Some(negation)) = (statement.node.get(yes), statement.node.get(no)) {
                findings.add(negation, format!("`{yes}` and `{no}` cannot stand in one statement")).with(element);
            }
        }
    }
}
