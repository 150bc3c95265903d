use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "S3_PREFIX_IN_NEGATIVE_CONTEXT",
    title: "S3 prefix in negative context",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[
        PolicyType::Identity,
        PolicyType::Resource,
        PolicyType::Boundary,
        PolicyType::Session,
        PolicyType::Scp,
        PolicyType::Rcp,
        PolicyType::Endpoint,
    ],
    what: "`s3:prefix` is compared by a negated operator.",
    why: "A prefix that is shorter, or empty, lists what the longer one holds, and is not among the values.",
    instead: "Say which prefixes may be listed.",
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
        "StringNotLike": {"s3:prefix": "secret/*"}
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

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|statement| statement.allows()) {
        for condition in statement.conditions_on("s3:prefix") {
            if condition.operator.is_some_and(|operator| operator.negated) {
                findings.add(&condition.key_member.node, "a shorter prefix lists what the longer one holds");
            }
        }
    }
}
