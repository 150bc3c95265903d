use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
    title: "String like operator with ARN condition keys",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A key that holds an ARN is compared by `StringLike` with a wildcard before the resource part.",
    why: "The star also runs over the colons of an ARN, so that more accounts and services match than it seems.",
    instead: "Use `ArnLike`, which compares part by part.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {
        "StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/orders"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {
        "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/orders"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::keys::{Key, KeyKind};
use authz::operators::Compare;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        let (Some(operator), Key::Known(facts)) = (condition.operator, condition.known) else { continue };
        if operator.compare != Compare::StringLike || facts.kind != KeyKind::Arn {
            continue;
        }
        let runs_over = |value: &str| value.splitn(6, ':').take(5).any(|part| part.contains(['*', '?']));
        if condition.values().any(|(_, value)| runs_over(value)) {
            findings.add(
                &condition.key_member.node,
                format!("`{}` is an ARN: compare it by `ArnLike`", shown(condition.key())),
            );
        }
    }
}
