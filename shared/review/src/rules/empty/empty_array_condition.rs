use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "EMPTY_ARRAY_CONDITION",
    title: "Empty array condition",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A condition has no values.",
    why: "It never matches.",
    instead: "Name the values.",
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
        "StringLike": {
          "s3:prefix": []
        }
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

use authz::operators::Set;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.statements.iter().flat_map(|statement| &statement.conditions) {
        let is_plain = condition.operator.is_none_or(|operator| operator.set == Set::None && !operator.if_exists);
        if is_plain && condition.value_nodes().is_empty() {
            findings.add(
                &condition.key_member.node,
                format!("the condition on `{}` has no values", shown(condition.key())),
            );
        }
    }
}
