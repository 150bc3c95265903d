use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "JSON_SYNTAX_ERROR",
    title: "JSON syntax error",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The text is no JSON.",
    why: "AWS refuses the policy.",
    instead: "Mend the text at the place that is named.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{"Version": "2012-10-17", "Statement": [],}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:ListAllMyBuckets",
      "Resource": "*"
    }
  ]
}"#,
    },
    check,
};

/// What is no JSON has no elements to look at: reading it is the check.
fn check(_: &Subject<'_>, _: &mut Findings<'_, '_>) {}
