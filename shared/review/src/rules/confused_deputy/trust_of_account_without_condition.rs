use authz::operators::Compare;
use policy::PrincipalKind;

use crate::{
    prelude::*,
    subject::{Condition, Principal},
};

pub(super) static RULE: Rule = Rule {
    code: "TRUST_OF_ACCOUNT_WITHOUT_CONDITION",
    title: "Trust of account without condition",
    severity: Severity::Suggestion,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy trusts an account, or a role or user of one, and asks for no external id, organization, source \
           identity, tag or multi-factor authentication. Whose policy it is cannot be told: in one's own account it does no harm.",
    why: "Who acts for many customers from another account can be made to assume the role for somebody else: the confused \
          deputy.",
    instead: "Ask third parties for `sts:ExternalId`, one's own accounts for `aws:PrincipalOrgID`, and people for \
              `aws:MultiFactorAuthPresent` or `sts:SourceIdentity`.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
      "Action": "sts:AssumeRole"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {"sts:ExternalId": "example"}
      }
    }
  ]
}"#,
    },
    check,
};

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>, and what tells people or one's own accounts.
const ASKED: [&str; 8] = [
    "aws:MultiFactorAuthAge",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalTag",
    "aws:RequestTag",
    "aws:SourceIdentity",
    "sts:ExternalId",
    "sts:SourceIdentity",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let statements = subject.statements.iter().filter(|one| one.allows() && one.principals.is_positive());
    for statement in statements.filter(|one| assumes(one) && !one.conditions.iter().any(is_enough)) {
        let mut trusted = statement.principals.items.iter().filter(|one| account(one).is_some());
        let Some(first) = trusted.next() else { continue };
        let rest: Vec<&Principal<'_>> = trusted.collect();
        let (whom, whose) = match rest.len() {
            0 => (format!("`{}` may", shown(first.text)), "it is"),
            1 => (format!("`{}` and one more may", shown(first.text)), "they are"),
            more => (format!("`{}` and {more} more may", shown(first.text)), "they are"),
        };
        let message = format!(
            "{whom} assume the role, and no external id, organization, tag or second factor is asked for: the role can be abused where {whose} of another account"
        );
        let mut added = findings.add(first.node, message);
        for one in rest {
            added = added.with(one.node);
        }
    }
}

fn assumes(statement: &Statement<'_>) -> bool {
    statement.actions.is_positive() && statement.actions.items.iter().any(|action| action.matches("sts:AssumeRole"))
}

fn is_enough(condition: &Condition<'_>) -> bool {
    let name = condition.key().split('/').next().unwrap_or_default();
    let is_asked = ASKED.iter().any(|one| one.eq_ignore_ascii_case(name));
    let says_true = || condition.values().all(|(_, value)| value.eq_ignore_ascii_case("true"));
    let is_bool = condition.operator.is_some_and(|operator| operator.compare == Compare::Bool);
    let asks_for_factor = condition.is_about("aws:MultiFactorAuthPresent") && is_bool && says_true();
    (is_asked || asks_for_factor) && condition.asks_for_more_than_stars()
}

/// The account that a principal is, or is of.
fn account<'a>(principal: &Principal<'a>) -> Option<&'a str> {
    if principal.kind != Some(PrincipalKind::Aws) {
        return None;
    }
    let account = match principal.text.starts_with("arn:") {
        true => principal.text.split(':').nth(4)?,
        false => principal.text,
    };
    (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then_some(account)
}
