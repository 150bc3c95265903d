//! Policy files as the reviewing commands look at them: also what is no policy is looked at, and says why.

use crate::arguments::{self, ReviewFormat, SeverityArgument};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::input::policy::read_text;
use authz::Request;
use catalog::Catalog;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use review::{Better, Finding, PolicyType, Review, Severity, Sorted, suppress};
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

impl Reviewed {
    pub fn read(
        path: &Path,
        kind: Option<arguments::PolicyType>,
        principal: Option<&str>,
        configuration: &Configuration,
        catalog: &Catalog,
    ) -> Result<Reviewed, Failure> {
        let (name, text) = read_text(path)?;
        let policy_type = kind.map_or_else(|| PolicyType::told_by(&text), PolicyType::from);
        let reviews = review::wire::validate_text(&text, policy_type, catalog);
        let all: Vec<Finding> = reviews.iter().flat_map(|review| &review.findings).cloned().collect();
        let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
        let findings = suppress(all, &configuration.suppress, principal, today);
        Ok(Reviewed { name, text, policy_type, reviews, findings })
    }

    /// The better version of the whole file, where there is one; `observed` must stay allowed.
    pub fn better(&self, catalog: &Catalog, observed: &[Request]) -> Option<Better> {
        let stands = |finding: &Finding| self.findings.stands(finding);
        review::better(&self.text, self.policy_type, catalog, observed, &stands)
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
