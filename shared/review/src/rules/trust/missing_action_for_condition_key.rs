use authz::operators::Compare;

use crate::{prelude::*, subject::Condition};

pub(super) static RULE: Rule = Rule {
    code: "MISSING_ACTION_FOR_CONDITION_KEY",
    title: "Missing action for condition key",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy asks for session tags or a source identity, and does not allow to set them.",
    why: "Who sets them is refused, and who does not set them does not match.",
    instead: "Allow `sts:TagSession`, or `sts:SetSourceIdentity`, too.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {"sts:SourceIdentity": "someone"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": [
        "sts:AssumeRole",
        "sts:SetSourceIdentity"
      ],
      "Condition": {
        "StringEquals": {"sts:SourceIdentity": "someone"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let allowing = || subject.statements.iter().filter(|one| one.allows() && one.actions.is_positive());
    // A statement of its own may allow it, as in AWS's examples.
    let allows = |needed: &str| allowing().any(|one| one.actions.items.iter().any(|action| action.matches(needed)));
    for condition in allowing().flat_map(|statement| &statement.conditions).filter(|one| !asks_for_none(one)) {
        let key = condition.key().to_ascii_lowercase();
        let needed = match key.as_str() {
            "sts:sourceidentity" => "sts:SetSourceIdentity",
            "sts:transitivetagkeys" => "sts:TagSession",
            key if key.starts_with("aws:requesttag/") => "sts:TagSession",
            _ => continue,
        };
        if !allows(needed) {
            let message = format!("`{needed}` must be allowed, too, for `{}`", shown(condition.key()));
            findings.add(&condition.key_member.node, message);
        }
    }
}

/// Whether it holds only where nothing is set.
fn asks_for_none(condition: &Condition<'_>) -> bool {
    condition.operator.is_some_and(|operator| operator.compare == Compare::Null)
        && condition.values().all(|(_, value)| value.eq_ignore_ascii_case("true"))
}
