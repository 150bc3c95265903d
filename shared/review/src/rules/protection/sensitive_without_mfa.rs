use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "SENSITIVE_WITHOUT_MFA",
    title: "Sensitive without MFA",
    severity: Severity::Suggestion,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Identity],
    what: "A statement allows to change users' credentials or to weaken the account's protection, without asking for a second factor.",
    why: "A stolen password or key is then enough.",
    instead: "Ask for `aws:MultiFactorAuthPresent`, for people; for roles of programs accept the finding.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "iam:DeactivateMFADevice",
      "Resource": "arn:aws:iam::111122223333:user/*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "iam:DeactivateMFADevice",
      "Resource": "arn:aws:iam::111122223333:user/*",
      "Condition": {
        "Bool": {"aws:MultiFactorAuthPresent": "true"}
      }
    }
  ]
}"#,
    },
    check,
};

const ACTIONS: [&str; 10] = [
    "cloudtrail:DeleteTrail",
    "cloudtrail:StopLogging",
    "guardduty:DeleteDetector",
    "iam:DeactivateMFADevice",
    "iam:DeleteVirtualMFADevice",
    "iam:UpdateLoginProfile",
    "iam:CreateLoginProfile",
    "kms:ScheduleKeyDeletion",
    "organizations:LeaveOrganization",
    "account:CloseAccount",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let asks = |statement: &Statement<'_>| {
        ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"]
            .iter()
            .any(|key| statement.conditions_on(key).next().is_some())
    };
    if subject.statements.iter().any(|statement| statement.denies() && asks(statement)) {
        return;
    }
    for statement in subject.statements.iter().filter(|one| one.allows() && one.actions.is_positive() && !asks(one)) {
        for action in statement.actions.items.iter().filter(|action| !action.has_wildcard()) {
            if ACTIONS.iter().any(|one| one.eq_ignore_ascii_case(action.text)) {
                findings.add(action.node, format!("`{}` is allowed without a second factor", shown(action.text)));
            }
        }
    }
}
