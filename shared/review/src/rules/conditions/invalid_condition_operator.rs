use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_CONDITION_OPERATOR",
    title: "Invalid condition operator",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The policy language has no operator of this name.",
    why: "AWS refuses the policy.",
    instead: "Write one of IAM's operators.",
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
        "StringMatches": {"s3:prefix": "reports/*"}
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
    for statement in &subject.statements {
        for member in statement.node.get("Condition").map(Node::members).unwrap_or_default() {
            let is_null_if_exists = member.key.to_ascii_lowercase().ends_with("nullifexists");
            if authz::operators::Operator::parse(&member.key).is_none() && !is_null_if_exists {
                findings.add(&member.node, format!("there is no condition operator `{}`", shown(&member.key)));
            }
        }
    }
}
