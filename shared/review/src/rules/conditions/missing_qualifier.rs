use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_QUALIFIER",
    title: "Missing qualifier",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A key that can have several values is compared without `ForAllValues` or `ForAnyValue`.",
    why: "A request with several values never matches.",
    instead: "Say whether all values have to match, or any.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:TagQueue",
      "Resource": "*",
      "Condition": {
        "StringEquals": {"aws:TagKeys": "team"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "sqs:TagQueue",
      "Resource": "*",
      "Condition": {
        "ForAnyValue:StringEquals": {"aws:TagKeys": "team"}
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
    for condition in subject.conditions() {
        let (Some(operator), Key::Known(facts)) = (condition.operator, condition.known) else { continue };
        if facts.is_multivalued && operator.set == Set::None && operator.compare != Compare::Null {
            let message =
                format!("`{}` can have several values: say `ForAllValues` or `ForAnyValue`", shown(condition.key()));
            findings.add(&condition.key_member.node, message);
        }
    }
}
