//! The command line of what reviews policies.

use super::{CATALOG_HELP, PolicyType};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    leastwise validate role.json\n  \
    leastwise validate policies/*.json --format sarif --output leastwise.sarif --fail-on security-warning\n\n\
    Exit status: 1 where a finding is at or above --fail-on. Findings that are accepted in leastwise.toml do not count.")]
pub struct ValidateArguments {
    /// Policies: files of one JSON document, or of a list of those that one principal has, or - for standard input
    #[arg(required_unless_present = "jsonl", value_name = "POLICY")]
    pub policies: Vec<PathBuf>,
    /// What kind of policies they are [default: by their content; identity where no statement names a principal]
    #[arg(long = "type", value_enum)]
    pub kind: Option<PolicyType>,
    /// Whose policies they are, for suppressions that hold for one principal
    #[arg(long, value_name = "ARN")]
    pub principal: Option<String>,
    /// End with status 1 where there is a finding of this severity or a worse one [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = SeverityArgument::Error, hide_default_value = true)]
    pub fail_on: SeverityArgument,
    /// Mend the files: each fix is made only if it is proved to allow nothing new
    #[arg(long, conflicts_with = "jsonl")]
    pub fix: bool,
    /// What to write [default: human on a terminal, md or sarif by the output file's name, else json]
    #[arg(long, value_enum)]
    pub format: Option<ReviewFormat>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, help = CATALOG_HELP, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
    /// Read {"id", "policy", "type"} from standard input, one object a line, and answer each with one
    #[arg(long, conflicts_with_all = ["policies", "kind", "principal", "format", "output"])]
    pub jsonl: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    /// For reading, with the lines it is about
    Human,
    /// Everything, for programs
    Json,
    /// Markdown, for a pull request
    Md,
    /// SARIF, for code scanning
    Sarif,
}

/// How bad a finding is; `never` is worse than all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SeverityArgument {
    /// Could be written better
    Suggestion,
    /// Not good practice
    Warning,
    /// More access than is safe
    SecurityWarning,
    /// Does not work, or not as it looks
    Error,
    /// Whatever is found, the status is 0
    Never,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    leastwise score role.json --minimum 7\n  \
    leastwise score role.json --cases artifacts/analysis.json --fixed better.json\n\n\
    Exit status: 1 where a score is below --minimum.")]
pub struct ScoreArguments {
    /// Policies: files of one JSON document, or of a list of those that one principal has, or - for standard input
    #[arg(required_unless_present = "jsonl", value_name = "POLICY")]
    pub policies: Vec<PathBuf>,
    /// What kind of policies they are [default: by their content; identity where no statement names a principal]
    #[arg(long = "type", value_enum)]
    pub kind: Option<PolicyType>,
    /// The permissions boundary of the principal
    #[arg(long, value_name = "FILE")]
    pub boundary: Vec<PathBuf>,
    /// Whose policies they are, for suppressions that hold for one principal
    #[arg(long, value_name = "ARN")]
    pub principal: Option<String>,
    /// End with status 1 where a score is lower than this
    #[arg(long, value_name = "SCORE", value_parser = clap::value_parser!(u8).range(1..=10))]
    pub minimum: Option<u8>,
    /// What is in use and must stay allowed in the better version: what `analyze --output` wrote, or cases as for `simulate`
    #[arg(long, value_name = "FILE")]
    pub cases: Option<PathBuf>,
    /// Write the better version of the policy to this file
    #[arg(long, value_name = "FILE")]
    pub fixed: Option<PathBuf>,

    /// A language model that explains and proposes, beside the rules: what it says moves no score [default: none]
    #[arg(long, value_enum, env = "LEASTWISE_ADVISOR", help_heading = "A model")]
    pub advisor: Option<AdvisorArgument>,
    /// Which model, as its provider names it
    #[arg(long, value_name = "ID", env = "LEASTWISE_MODEL", help_heading = "A model")]
    pub model: Option<String>,
    /// What to look at
    #[arg(long, value_enum, default_value_t = AskArgument::General, help_heading = "A model")]
    pub ask: AskArgument,
    /// The language of the explanation
    #[arg(long, value_enum, default_value_t = LanguageArgument::En, help_heading = "A model")]
    pub language: LanguageArgument,

    /// What to write [default: human on a terminal, md or sarif by the output file's name, else json]
    #[arg(long, value_enum)]
    pub format: Option<ReviewFormat>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, help = CATALOG_HELP, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
    /// Read {"id", "policy", "type"} from standard input, one object a line, and answer each with one
    #[arg(long, conflicts_with_all = ["policies", "kind", "principal", "boundary", "cases", "fixed", "minimum", "format", "output", "advisor"])]
    pub jsonl: bool,
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AdvisorArgument {
    /// Nobody
    None,
    /// A model on Amazon Bedrock, with the settings and credentials of the AWS CLI
    Bedrock,
    /// Anthropic, with ANTHROPIC_API_KEY
    Anthropic,
    /// OpenAI or what speaks its words at OPENAI_BASE_URL, with OPENAI_API_KEY
    Openai,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AskArgument {
    /// The policy as a whole
    General,
    /// Who can assume the role
    Trust,
    /// What the resource is exposed to
    Resource,
    /// Which controls fail
    Compliance,
    /// What an attacker would do
    Risk,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LanguageArgument {
    /// English
    En,
    /// Spanish
    Es,
    /// Portuguese
    Pt,
}
