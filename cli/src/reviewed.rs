//! Policy files as the reviewing commands look at them: also what is no policy is looked at, and says why.

use crate::arguments::{self, ReviewFormat, SeverityArgument};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::input::policy::read_text;
use authz::Request;
use catalog::Catalog;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use policy::{Document, Node};
use review::{Commands, Finding, PolicyType, Review, Severity, Sorted, suppress};
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::path::Path;

/// One file, and what was found in it.
pub struct Reviewed {
    /// As the file was named; `standard input` for `-`.
    pub name: String,
    pub text: String,
    pub policy_type: PolicyType,
    /// One for each document in it.
    pub reviews: Vec<Review>,
    /// The findings of all of them, those that somebody has accepted apart.
    pub findings: Sorted,
}

/// A better version of a file.
pub struct Better {
    pub policy: Value,
    pub documents: Vec<Document>,
    /// The fixes that are in it, and those that could not be made, each with its reason.
    pub applied: Vec<Value>,
    pub left: Vec<Value>,
    /// What it gives, compared with the original.
    pub effect: &'static str,
    pub commands: Commands,
}

fn step(step: &review::Step) -> Value {
    let mut answer = json!({"code": step.code, "path": step.path, "title": step.title});
    if let (false, Some(members)) = (step.reason.is_empty(), answer.as_object_mut()) {
        members.insert("reason".to_owned(), step.reason.as_str().into());
    }
    answer
}

impl Reviewed {
    pub fn read(
        path: &Path,
        kind: Option<arguments::PolicyType>,
        principal: Option<&str>,
        configuration: &Configuration,
        catalog: &Catalog,
    ) -> Result<Reviewed, Failure> {
        let (name, text) = read_text(path)?;
        let policy_type = kind.map_or_else(|| policy_type_of(&text), PolicyType::from);
        let reviews = review::wire::validate_text(&text, policy_type, catalog);
        let all: Vec<Finding> = reviews.iter().flat_map(|review| &review.findings).cloned().collect();
        let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
        let findings = suppress(all, &configuration.suppress, principal, today);
        Ok(Reviewed { name, text, policy_type, reviews, findings })
    }

    /// The better version of the whole file, where there is one; `observed` must stay allowed.
    pub fn better(&self, catalog: &Catalog, observed: &[Request]) -> Option<Better> {
        let root = Node::read(&self.text).ok()?;
        let stands = |finding: &Finding| {
            let mut accepted = self.findings.accepted.iter();
            !accepted.any(|(one, _)| one.code == finding.code && one.sid == finding.sid)
        };
        let improve = |node: &Node<'_>| review::improve(node, self.policy_type, catalog, observed, &stands);
        let mut policy: Value = serde_json::from_str(&self.text).ok()?;
        let parts: Vec<(&Node<'_>, &mut Value)> = match &mut policy {
            Value::Array(values) => root.elements().iter().zip(values).collect(),
            value => vec![(&root, value)],
        };
        let (mut applied, mut left, mut documents, mut effects) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (node, value) in parts {
            match improve(node) {
                Some(remedy) => {
                    applied.extend(remedy.applied.iter().map(step));
                    left.extend(remedy.left.iter().map(step));
                    effects.push(remedy.effect.as_str());
                    documents.push(remedy.document);
                    *value = remedy.policy;
                }
                None => documents.extend(policy::from_node(node, None)),
            }
        }
        // Of several documents the change that is known least counts.
        let effect =
            ["nothing-to-compare", "no-wider", "narrower", "same"].into_iter().find(|one| effects.contains(one))?;
        let commands = documents.first().map(|first| review::commands(self.policy_type, first)).unwrap_or_default();
        Some(Better { policy, documents, applied, left, effect, commands })
    }

    /// Whether a finding that stands is as bad as this.
    pub fn fails(&self, limit: SeverityArgument) -> bool {
        let Some(limit) = limit.severity() else { return false };
        self.findings.open.iter().any(|finding| finding.severity >= limit)
    }

    /// How many findings there are of each severity, the worst first; those without any are left out.
    pub fn counts(&self) -> Vec<(Severity, usize)> {
        let count = |severity: &Severity| self.findings.open.iter().filter(|one| one.severity == *severity).count();
        let all = Severity::ALL.into_iter().rev();
        all.map(|severity| (severity, count(&severity))).filter(|(_, count)| *count > 0).collect()
    }

    /// `2 errors, 1 warning`, or `no findings`.
    pub fn summary(&self) -> String {
        let counts = self.counts();
        if counts.is_empty() {
            return "no findings".to_owned();
        }
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let words = counts
            .iter()
            .map(|(severity, count)| format!("{count} {}{}", severity.as_str().replace('-', " "), plural(*count)));
        words.collect::<Vec<_>>().join(", ")
    }
}

/// What a policy looks like: whoever may assume a role is named in a trust policy, principals elsewhere in a resource's.
fn policy_type_of(text: &str) -> PolicyType {
    let Ok(root) = Node::read(text) else { return PolicyType::Identity };
    let documents = root.elements().iter();
    let statements: Vec<&Node<'_>> =
        documents.filter_map(|document| document.get("Statement")).flat_map(Node::elements).collect();
    let has = |statement: &Node<'_>, key: &str| statement.get(key).is_some();
    if !statements.iter().any(|one| has(one, "Principal") || has(one, "NotPrincipal")) {
        return PolicyType::Identity;
    }
    let about_roles = |statement: &&Node<'_>| {
        let actions = statement.get("Action").map(Node::elements).unwrap_or_default();
        let is_sts = |action: &Node<'_>| action.as_str().is_some_and(|action| action.starts_with("sts:"));
        !has(statement, "Resource")
            && !has(statement, "NotResource")
            && !actions.is_empty()
            && actions.iter().all(is_sts)
    };
    if statements.iter().all(about_roles) { PolicyType::Trust } else { PolicyType::Resource }
}

impl From<arguments::PolicyType> for PolicyType {
    fn from(kind: arguments::PolicyType) -> PolicyType {
        match kind {
            arguments::PolicyType::Identity => PolicyType::Identity,
            arguments::PolicyType::Resource => PolicyType::Resource,
            arguments::PolicyType::Trust => PolicyType::Trust,
            arguments::PolicyType::Boundary => PolicyType::Boundary,
            arguments::PolicyType::Session => PolicyType::Session,
            arguments::PolicyType::Scp => PolicyType::Scp,
            arguments::PolicyType::Rcp => PolicyType::Rcp,
            arguments::PolicyType::Endpoint => PolicyType::Endpoint,
        }
    }
}

impl SeverityArgument {
    fn severity(self) -> Option<Severity> {
        match self {
            SeverityArgument::Suggestion => Some(Severity::Suggestion),
            SeverityArgument::Warning => Some(Severity::Warning),
            SeverityArgument::SecurityWarning => Some(Severity::SecurityWarning),
            SeverityArgument::Error => Some(Severity::Error),
            SeverityArgument::Never => None,
        }
    }
}

impl ReviewFormat {
    /// What was asked for, else what the output's name and the terminal suggest.
    pub fn chosen(asked: Option<ReviewFormat>, output: Option<&Path>) -> ReviewFormat {
        let ending = output.map(|path| path.extension().and_then(|ending| ending.to_str()).unwrap_or_default());
        asked.unwrap_or(match ending {
            Some("md") => ReviewFormat::Md,
            Some("sarif") => ReviewFormat::Sarif,
            None if std::io::stdout().is_terminal() => ReviewFormat::Human,
            _ => ReviewFormat::Json,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_told_by_who_is_named_and_what_for() {
        let cases = [
            (r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#, PolicyType::Identity),
            (r#"{"Statement": [{"Principal": "*", "Action": "s3:*", "Resource": "*"}]}"#, PolicyType::Resource),
            (
                r#"{"Statement": {"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}"#,
                PolicyType::Trust,
            ),
            ("{", PolicyType::Identity),
        ];
        for (text, expected) in cases {
            assert_eq!(policy_type_of(text), expected, "{text}");
        }
    }
}
