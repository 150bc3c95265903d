use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
    title: "ForAllValues with single valued key",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "An Allow uses `ForAllValues` with a key that has one value.",
    why: "`ForAllValues` also holds where the key is missing, so the statement allows such requests too.",
    instead: "Leave `ForAllValues:` out.",
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
        "ForAllValues:StringEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}
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
        "StringEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::keys::Key;
use authz::operators::{Compare, Set};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|statement| statement.allows()) {
        for condition in &statement.conditions {
            let (Some(operator), Key::Known(facts)) = (condition.operator, condition.known) else { continue };
            if operator.set != Set::All || facts.is_multivalued || operator.compare == Compare::Null {
                continue;
            }
            let message =
                format!("`{}` has one value, and the condition also holds without it", shown(condition.key()));
            findings.add(&condition.key_member.node, message);
        }
    }
}
