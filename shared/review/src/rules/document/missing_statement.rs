use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_STATEMENT",
    title: "Missing statement",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The policy has no statement.",
    why: "AWS refuses it.",
    instead: "Add a `Statement` with at least one statement.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17"
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
    let root = subject.root;
    let Value::Object(_) = root.value else { return };
    match root.get("Statement") {
        None => drop(findings.add(root, "the policy has no `Statement`")),
        Some(node) if node.elements().is_empty() => drop(findings.add(node, "the policy has no statement")),
        Some(_) => {}
    }
}
