//! Findings that somebody has accepted: by whom, why, and until when.

use jiff::civil::Date;
use policy::pattern;
use serde::Deserialize;

use crate::{
    findings::{Finding, Location},
    rule::Severity,
};

/// A finding that somebody has accepted.
///
/// ```toml
/// [[suppress]]
/// rule = "PASS_ROLE_WITH_STAR_IN_RESOURCE"
/// sid = "DeployRoles"
/// principal = "arn:aws:iam::111122223333:role/deployer"
/// reason = "the pipeline passes roles of every team"
/// owner = "platform@example.com"
/// expires = "2027-06-30"
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// The rule's code; `*` and `?` are wild.
    pub rule: String,
    /// Only in statements with this `Sid`; wild as well.
    pub sid: Option<String>,
    /// Only in policies of this principal; wild as well.
    pub principal: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub owner: String,
    /// The last day on which it holds.
    pub expires: Date,
}

/// Why a suppression is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SuppressionError {
    /// A field says nothing.
    #[error("the suppression of `{rule}` has an empty `{field}`")]
    Empty {
        /// What it would suppress.
        rule: String,
        /// The field.
        field: &'static str,
    },
    /// There is no such rule.
    #[error("no rule is called `{0}`")]
    UnknownRule(String),
}

impl Suppression {
    /// Whether it can be used.
    ///
    /// # Errors
    /// When its reason or owner is empty, or no rule has the code.
    pub fn check(&self) -> Result<(), SuppressionError> {
        let empty = |field| SuppressionError::Empty { rule: self.rule.clone(), field };
        if self.reason.trim().is_empty() {
            return Err(empty("reason"));
        }
        if self.owner.trim().is_empty() {
            return Err(empty("owner"));
        }
        if !crate::rules().iter().any(|rule| pattern::matches(&self.rule, rule.code)) {
            return Err(SuppressionError::UnknownRule(self.rule.clone()));
        }
        Ok(())
    }

    fn is_about(&self, finding: &Finding, principal: Option<&str>) -> bool {
        let fits = |wanted: &Option<String>, actual: Option<&str>| match wanted {
            None => true,
            Some(wanted) => actual.is_some_and(|actual| pattern::matches(wanted, actual)),
        };
        pattern::matches(&self.rule, finding.code)
            && fits(&self.sid, finding.sid.as_deref())
            && fits(&self.principal, principal)
    }
}

/// Findings, told apart by whether somebody has accepted them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sorted {
    /// Those that stand, and one for each suppression that has expired and would hide something.
    pub open: Vec<Finding>,
    /// Those that are accepted, with the number of the suppression.
    pub accepted: Vec<(Finding, usize)>,
}

impl Sorted {
    /// Whether nobody has accepted a finding of this kind in its statement.
    #[must_use]
    pub fn stands(&self, finding: &Finding) -> bool {
        !self.accepted.iter().any(|(one, _)| one.code == finding.code && one.sid == finding.sid)
    }
}

/// The code of the finding that an expired suppression becomes.
pub const EXPIRED: &str = "SUPPRESSION_EXPIRED";

/// Tells findings apart by whether they are accepted on the day `today`.
#[must_use]
pub fn suppress(findings: Vec<Finding>, suppressions: &[Suppression], principal: Option<&str>, today: Date) -> Sorted {
    let mut sorted = Sorted::default();
    let mut expired = vec![false; suppressions.len()];
    for finding in findings {
        let mut about = suppressions.iter().enumerate().filter(|(_, one)| one.is_about(&finding, principal));
        match about.clone().find(|(_, one)| one.expires >= today) {
            Some((index, _)) => sorted.accepted.push((finding, index)),
            None => {
                if let Some((index, _)) = about.next()
                    && let Some(expired) = expired.get_mut(index)
                {
                    *expired = true;
                }
                sorted.open.push(finding);
            }
        }
    }
    let over = suppressions.iter().zip(expired).filter(|(_, expired)| *expired);
    sorted.open.extend(over.map(|(suppression, _)| Finding {
        code: EXPIRED,
        severity: Severity::Warning,
        sid: None,
        location: Location::default(),
        related: Vec::new(),
        message: format!(
            "the suppression of `{}` by {} expired on {}: mend the finding, or decide again",
            suppression.rule, suppression.owner, suppression.expires
        ),
        fix: None,
    }));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PolicyType;
    use jiff::civil::date;

    fn findings() -> Vec<Finding> {
        let policy = r#"{"Statement": {"Sid": "Mine", "Effect": "Allow", "Action": "sqs:SendMessage",
                        "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"}}"#;
        crate::validate(policy, PolicyType::Identity, catalog::builtin()).findings
    }

    fn suppression(rule: &str) -> Suppression {
        Suppression {
            rule: rule.to_owned(),
            sid: None,
            principal: None,
            reason: "agreed".to_owned(),
            owner: "team@example.com".to_owned(),
            expires: date(2026, 6, 30),
        }
    }

    #[test]
    fn an_accepted_finding_is_kept_apart_until_its_last_day() {
        let sorted = suppress(findings(), &[suppression("MISSING_*")], None, date(2026, 6, 30));
        assert_eq!((sorted.open.len(), sorted.accepted.len()), (0, 1));
    }

    #[test]
    fn an_expired_suppression_is_a_finding_itself() {
        let sorted = suppress(findings(), &[suppression("MISSING_VERSION")], None, date(2026, 7, 1));
        let codes: Vec<_> = sorted.open.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["MISSING_VERSION", EXPIRED]);
    }

    #[test]
    fn it_holds_for_its_sid_and_its_principal_only() {
        let other = Suppression { sid: Some("Other".to_owned()), ..suppression("*") };
        assert_eq!(suppress(findings(), &[other], None, date(2026, 1, 1)).accepted.len(), 0);
        let role = Suppression { principal: Some("arn:aws:iam::111122223333:role/*".to_owned()), ..suppression("*") };
        let of =
            |principal| suppress(findings(), std::slice::from_ref(&role), principal, date(2026, 1, 1)).accepted.len();
        assert_eq!((of(None), of(Some("arn:aws:iam::111122223333:role/app"))), (0, 1));
    }

    #[test]
    fn a_suppression_needs_a_rule_a_reason_and_an_owner() {
        let unknown = suppression("NO_SUCH_RULE").check().unwrap_err();
        assert_eq!(unknown.to_string(), "no rule is called `NO_SUCH_RULE`");
        let silent = Suppression { reason: " ".to_owned(), ..suppression("MISSING_VERSION") };
        assert_eq!(
            silent.check().unwrap_err().to_string(),
            "the suppression of `MISSING_VERSION` has an empty `reason`"
        );
    }
}
