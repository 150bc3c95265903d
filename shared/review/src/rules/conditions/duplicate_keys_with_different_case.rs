use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "DUPLICATE_KEYS_WITH_DIFFERENT_CASE",
    title: "Duplicate keys with different case",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "One operator has the same condition key twice, in different case.",
    why: "Keys ignore case, and AWS refuses the policy.",
    instead: "Write one key with all values.",
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
          "s3:prefix": "reports/*",
          "s3:Prefix": "invoices/*"
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
        "StringLike": {
          "s3:prefix": [
            "reports/*",
            "invoices/*"
          ]
        }
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in &subject.statements {
        for operator in statement.node.get("Condition").map(Node::members).unwrap_or_default() {
            let keys = operator.node.members();
            for (index, key) in keys.iter().enumerate() {
                let before = keys.iter().take(index).find(|before| before.key.eq_ignore_ascii_case(&key.key));
                if let Some(before) = before {
                    findings.add(&key.node, format!("`{}` stands before as `{}`", shown(&key.key), shown(&before.key)));
                }
            }
        }
    }
}
