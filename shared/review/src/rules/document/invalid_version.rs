use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_VERSION",
    title: "Invalid version",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The `Version` is none of the versions of the policy language.",
    why: "AWS refuses the policy.",
    instead: "Write `2012-10-17`, the current version.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2013-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:ListAllMyBuckets",
      "Resource": "*"
    }
  ]
}"#,
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

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let Some(node) = subject.root.get("Version") else { return };
    if let Some(version) = node.as_str().filter(|version| !["2012-10-17", "2008-10-17"].contains(version)) {
        let message = format!("`{}` is no version of the policy language", shown(version));
        findings.add(node, message).fix("Write the current version", [(node, Change::Replace("2012-10-17".into()))]);
    }
}
