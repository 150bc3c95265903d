//! What a rule is: what it says to people, and what it looks for.

use crate::{PolicyType, findings::Findings, subject::Subject};

/// One thing that can be wrong with a policy.
#[derive(Debug)]
pub struct Rule {
    /// Its name in answers, such as `INVALID_ACTION`; never given to another rule.
    pub code: &'static str,
    /// A short name for people.
    pub title: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Whose rule it is.
    pub origin: Origin,
    /// The types of policy that it looks at.
    pub applies_to: &'static [PolicyType],
    /// What it looks for: one sentence or two.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What to write instead.
    pub instead: &'static str,
    /// A policy that it flags, and the same policy mended.
    pub example: Example,
    /// Looks at one document.
    pub(crate) check: fn(&Subject<'_>, &mut Findings<'_, '_>),
}

/// How bad a finding is, as IAM Access Analyzer's policy checks have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Could be written better; does no harm.
    Suggestion,
    /// Does not follow good practice.
    Warning,
    /// Gives more access than is safe.
    SecurityWarning,
    /// Does not work, or not as it looks.
    Error,
}

impl Severity {
    /// Every severity, the mildest first.
    pub const ALL: [Severity; 4] =
        [Severity::Suggestion, Severity::Warning, Severity::SecurityWarning, Severity::Error];

    /// The word for it in answers: `security-warning`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Suggestion => "suggestion",
            Severity::Warning => "warning",
            Severity::SecurityWarning => "security-warning",
            Severity::Error => "error",
        }
    }
}

/// Whose rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A check of IAM Access Analyzer, with its code and severity:
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>.
    AccessAnalyzer,
    /// A check of leastwise.
    Leastwise,
}

/// A policy that a rule flags, and one that it does not.
#[derive(Debug)]
pub struct Example {
    /// What kind of policies they are.
    pub policy_type: PolicyType,
    /// The policy that it flags, as JSON (or what was meant to be JSON).
    pub flagged: &'static str,
    /// The policy mended.
    pub clean: &'static str,
}
