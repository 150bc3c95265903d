use serde_json::json;

use super::says_for_whom;
use crate::{
    narrowing::with_condition,
    prelude::*,
    subject::{Condition, Principal},
};

pub(super) static RULE: Rule = Rule {
    code: "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
    title: "Restrict access to service principal",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource],
    what: "A policy of a resource allows a service without saying on whose behalf.",
    why: "The service can be made to act for somebody else's account: the confused deputy.",
    instead: "Ask for `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths`.",
    example: Example {
        policy_type: PolicyType::Resource,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Service": "sns.amazonaws.com"},
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Service": "sns.amazonaws.com"},
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {
        "ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:orders"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|one| one.allows() && one.principals.is_positive()) {
        if statement.conditions.iter().any(|one| one.names_callers() || says_for_whom(one) || is_token(one)) {
            continue;
        }
        for principal in &statement.principals.items {
            if principal.kind == Some(policy::PrincipalKind::Service) {
                let what = format!("`{}` may act on anybody's behalf", shown(principal.text));
                let added = findings.add(principal.node, what);
                if let Some((account, conditions)) = own_account(statement) {
                    let change = Change::Set("Condition".to_owned(), conditions);
                    added.fix(format!("Only on behalf of account {account}"), [(statement.node, change)]);
                }
            }
        }
    }
}

/// Whether it asks for the token of one source, as Alexa's and others' invocations of functions have it.
fn is_token(condition: &Condition<'_>) -> bool {
    condition.is_about("lambda:EventSourceToken") && condition.asks_for_more_than_stars()
}

/// The one account whose resources the statement is about, and conditions that ask for it; where services alone are
/// allowed, since nobody else sends the key.
fn own_account<'a>(statement: &Statement<'a>) -> Option<(&'a str, serde_json::Value)> {
    // What is outside of AWS, as Alexa is, acts for no account.
    let is_service = |principal: &Principal<'_>| {
        principal.kind == Some(policy::PrincipalKind::Service) && principal.text.contains(".amazonaws.com")
    };
    let services_only = statement.principals.items.iter().all(is_service);
    let mut accounts = statement.resources.items.iter().map(|resource| resource.arn.map(|arn| arn.account));
    let account = accounts.next()??;
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    if !services_only || !statement.resources.is_positive() || !is_account || accounts.any(|one| one != Some(account)) {
        return None;
    }
    Some((account, with_condition(statement, "StringEquals", "aws:SourceAccount", &json!(account))?))
}
