use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "WILDCARD_WITHOUT_LIKE_OPERATOR",
    title: "Wildcard without like operator",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A value has `*` or `?`, and its operator takes them as plain characters.",
    why: "The value matches only itself, star and all.",
    instead: "Use the operator with Like, if a pattern is meant.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-orders",
      "Condition": {
        "StringEquals": {"s3:prefix": "reports/*"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-orders",
      "Condition": {
        "StringLike": {"s3:prefix": "reports/*"}
      }
    }
  ]
}"#,
    },
    check,
};

use authz::operators::Compare;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let is_exact = |compare| matches!(compare, Compare::String | Compare::StringIgnoringCase);
        if !condition.operator.is_some_and(|operator| is_exact(operator.compare)) {
            continue;
        }
        for (node, value) in condition.values() {
            // `${*}` and `${?}` are how a plain one is written.
            if value.replace("${*}", "").replace("${?}", "").contains(['*', '?']) {
                let message = format!("`{}` takes `{}` as it is", shown(condition.operator_name()), shown(value));
                findings.add(node, message);
            }
        }
    }
}
