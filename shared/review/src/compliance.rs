//! What findings mean for the controls of compliance frameworks.
//!
//! The frameworks' controls and the topics that decide them are data: `compliance/frameworks.json`, `compliance/topics.json`.

use std::{collections::BTreeMap, sync::LazyLock};

use policy::pattern;
use serde::{Deserialize, Serialize};

use crate::{PolicyType, findings::Finding, rules};

/// A catalogue of controls.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// A short name, such as `nist-800-53-r5`.
    pub id: String,
    /// Its name and edition.
    pub title: String,
    /// Where it is published.
    pub source: String,
    /// Those of its controls that access policies bear on.
    pub controls: Vec<Control>,
}

/// One control.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// Its number in the framework.
    pub id: String,
    /// What it asks for, in short.
    pub title: String,
    /// What it is decided by; empty where a policy's text cannot tell, and the account has to be looked at.
    pub topics: Vec<Topic>,
}

/// What findings are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Everything is allowed.
    AdministrativeAccess,
    /// More is allowed than is needed.
    LeastPrivilege,
    /// Who has the policy can give himself more.
    PrivilegeEscalation,
    /// Everyone may do something.
    PublicAccess,
    /// Somebody outside, or a service on somebody's behalf, may do more than was meant.
    ThirdPartyAccess,
    /// Connections without TLS.
    EncryptionInTransit,
    /// Data that is stored unencrypted, or under any key.
    EncryptionAtRest,
    /// Sensitive actions without a second factor.
    MultiFactorAuthentication,
    /// Secrets and credentials that can be read or made.
    CredentialExposure,
    /// Data that can be copied away.
    DataExfiltration,
    /// The policy does not mean what it says.
    PolicyCorrectness,
}

static FRAMEWORKS: LazyLock<Vec<Framework>> = LazyLock::new(|| {
    // A test holds that the file is read.
    serde_json::from_str(include_str!("../compliance/frameworks.json")).unwrap_or_default()
});

static TOPICS: LazyLock<BTreeMap<Topic, Vec<String>>> = LazyLock::new(|| {
    // A test holds that the file is read.
    serde_json::from_str(include_str!("../compliance/topics.json")).unwrap_or_default()
});

/// The frameworks, in the order of the file.
#[must_use]
pub fn frameworks() -> &'static [Framework] {
    &FRAMEWORKS
}

/// What the rule of this code is about.
pub fn topics(code: &str) -> impl Iterator<Item = Topic> {
    let about =
        |(topic, codes): (&Topic, &Vec<String>)| codes.iter().any(|one| pattern::matches(one, code)).then_some(*topic);
    TOPICS.iter().filter_map(about)
}

/// The controls that a finding of this code fails: framework and control.
pub fn controls(code: &str) -> impl Iterator<Item = (&'static Framework, &'static Control)> {
    let topics: Vec<Topic> = topics(code).collect();
    let all = frameworks().iter().flat_map(|framework| framework.controls.iter().map(move |one| (framework, one)));
    all.filter(move |(_, control)| control.topics.iter().any(|topic| topics.contains(topic)))
}

/// How a policy stands with one framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The framework.
    pub framework: &'static Framework,
    /// Each of its controls, in order.
    pub controls: Vec<(&'static Control, Status)>,
}

/// How a policy stands with one control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Rules decide it, and none of them found anything.
    Pass,
    /// These codes were found.
    Fail(Vec<&'static str>),
    /// A policy's text cannot tell.
    Unknown,
}

impl Status {
    /// The word for it in answers.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Status::Pass => "pass",
            Status::Fail(_) => "fail",
            Status::Unknown => "unknown",
        }
    }
}

/// The code that stands for escalation paths where findings are named.
pub const ESCALATION: &str = "PRIVILEGE_ESCALATION_PATH";

/// How a policy stands with every framework, by the findings that are open and whether it has an escalation path.
///
/// A document that could not be read (`is_readable`) passes nothing.
#[must_use]
pub fn summaries(findings: &[Finding], escalates: bool, policy_type: PolicyType, is_readable: bool) -> Vec<Summary> {
    let mut found: BTreeMap<Topic, Vec<&'static str>> = BTreeMap::new();
    let escalation = escalates.then_some(ESCALATION);
    for code in findings.iter().map(|finding| finding.code).chain(escalation) {
        for topic in topics(code) {
            let codes = found.entry(topic).or_default();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    let mut looked_at: Vec<Topic> = rules()
        .iter()
        .filter(|rule| rule.applies_to.contains(&policy_type))
        .flat_map(|rule| topics(rule.code))
        .collect();
    if policy_type == PolicyType::Identity {
        looked_at.extend(topics(ESCALATION));
    }
    let status = |control: &Control| {
        let mut codes: Vec<&'static str> = Vec::new();
        for code in control.topics.iter().filter_map(|topic| found.get(topic)).flatten() {
            if !codes.contains(code) {
                codes.push(code);
            }
        }
        match codes.is_empty() {
            false => Status::Fail(codes),
            true if is_readable && control.topics.iter().any(|topic| looked_at.contains(topic)) => Status::Pass,
            true => Status::Unknown,
        }
    };
    let summary = |framework: &'static Framework| Summary {
        framework,
        controls: framework.controls.iter().map(|control| (control, status(control))).collect(),
    };
    frameworks().iter().map(summary).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate;

    #[test]
    fn the_data_is_read_and_every_topic_is_asked_for() {
        assert_eq!(frameworks().len(), 7);
        for topic in TOPICS.keys() {
            let asked = frameworks().iter().flat_map(|framework| &framework.controls);
            assert!(asked.clone().any(|control| control.topics.contains(topic)), "{topic:?}");
        }
        assert_eq!(TOPICS.len(), 11);
    }

    #[test]
    fn every_topic_names_rules_that_exist_and_every_security_warning_has_a_topic() {
        for pattern in TOPICS.values().flatten() {
            let exists = rules().iter().any(|rule| pattern::matches(pattern, rule.code));
            assert!(exists || pattern == ESCALATION, "{pattern}");
        }
        for rule in rules().iter().filter(|rule| rule.severity == crate::Severity::SecurityWarning) {
            assert!(topics(rule.code).next().is_some(), "{}", rule.code);
        }
    }

    #[test]
    fn what_needs_the_account_is_unknown() {
        let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:GetItem",
                        "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"}}"#;
        let findings = validate(policy, PolicyType::Identity, catalog::builtin()).findings;
        let cis = summaries(&findings, false, PolicyType::Identity, true).remove(0);
        let status = |id: &str| cis.controls.iter().find(|(control, _)| control.id == id).map(|(_, status)| status);
        assert_eq!(status("1.14"), Some(&Status::Unknown));
    }

    #[test]
    fn a_document_that_cannot_be_read_passes_nothing() {
        let summaries = summaries(&[], false, PolicyType::Identity, false);
        assert!(summaries.iter().flat_map(|summary| &summary.controls).all(|(_, status)| *status == Status::Unknown));
    }
}
