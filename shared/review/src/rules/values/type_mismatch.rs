use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "TYPE_MISMATCH",
    title: "Type mismatch",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A key is compared by operators for another type of value.",
    why: "The condition does not match what it seems to.",
    instead: "Use the operators for the key's type.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "StringEquals": {"aws:SecureTransport": "false"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "Bool": {"aws:SecureTransport": "false"}
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
        // A text can be an ARN, as tags and encryption contexts of AWS's services are: then it is compared as one.
        let are_arns = || condition.values().all(|(_, value)| value.starts_with("arn:"));
        let is_arn = facts.kind == KeyKind::String && operator.compare == Compare::Arn && are_arns();
        if is_arn || fits(operator.compare, facts.kind) {
            continue;
        }
        let (name, key) = (shown(condition.operator_name()), shown(condition.key()));
        let message = format!("`{name}` is not for `{key}`: use {} operators", facts.kind.operators());
        findings.add(&condition.key_member.node, message);
    }
}

fn fits(compare: Compare, kind: KeyKind) -> bool {
    let is_text = matches!(compare, Compare::String | Compare::StringIgnoringCase | Compare::StringLike);
    match kind {
        _ if compare == Compare::Null => true,
        KeyKind::Other => true,
        KeyKind::String => is_text,
        KeyKind::Arn => is_text || compare == Compare::Arn,
        KeyKind::Bool => compare == Compare::Bool,
        KeyKind::Number => matches!(compare, Compare::Number(_)),
        KeyKind::Date => matches!(compare, Compare::Date(_)),
        KeyKind::Epoch => matches!(compare, Compare::Date(_) | Compare::Number(_)),
        KeyKind::Ip => compare == Compare::Ip,
        KeyKind::Binary => compare == Compare::Binary || is_text,
    }
}
