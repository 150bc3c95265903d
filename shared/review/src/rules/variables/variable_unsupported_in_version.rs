use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "VARIABLE_UNSUPPORTED_IN_VERSION",
    title: "Variable unsupported in version",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A policy uses variables and is not in version 2012-10-17.",
    why: "They are plain text then.",
    instead: "Write `\"Version\": \"2012-10-17\"`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2008-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/${aws:username}/*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/${aws:username}/*"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    if subject.has_variables() {
        return;
    }
    for (node, text) in subject.texts_with_variables() {
        if text.contains("${") {
            findings.add(node, "policy variables are plain text in this version of the language");
        }
    }
}
