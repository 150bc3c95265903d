//! The command line.

mod review;

pub use review::{
    AdvisorArgument, AskArgument, LanguageArgument, ReviewFormat, ScoreArguments, SeverityArgument, ValidateArguments,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Gives every AWS principal exactly the access it needs, and proves it.
#[derive(Debug, Parser)]
#[command(name = "leastwise", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Standard output is data; everything else goes to standard error.\n\
    Exit status: 0 fine; 1 findings at or above --fail-on; 2 usage or input that cannot be read; 3 a change of access beyond what was allowed.")]
pub struct Arguments {
    /// Read settings from this file [default: leastwise.toml, if there is one]
    #[arg(long, global = true, env = "LEASTWISE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read CloudTrail and count who used which permission on which resource
    Analyze(AnalyzeArguments),
    /// Write the least-privilege policies for what an analysis counted
    Generate(GenerateArguments),
    /// Show which permissions events needed
    Map(MapArguments),
    /// Decide requests: what a change of policy does to real ones, or one by itself
    Simulate(SimulateArguments),
    /// Compare two policies exactly: access added and removed, each with a request as witness
    Diff(DiffArguments),
    /// Find what is wrong with policies: errors, excess, and what to write instead
    Validate(ValidateArguments),
    /// Grade policies: a score from 1 to 10, what drives it, ways to more access, and a better version
    Score(ScoreArguments),
    /// Serve the portal and the API on this machine, from a store in one file
    Serve(ServeArguments),
    /// Let the suite in your account count what was delivered before it was there
    Backfill(BackfillArguments),
    /// Show what the catalog of AWS's services, actions and resources knows
    Catalog(CatalogArguments),
    /// Print a completion script for a shell
    Completions(CompletionsArguments),
}

/// A catalog other than the built-in one.
const CATALOG_HELP: &str = "Use this catalog file instead of the built-in one or an update of it";

#[derive(Debug, Args)]
pub struct AnalyzeArguments {
    /// CloudTrail files (.json, .json.gz, JSON lines), folders, s3://BUCKET/PREFIX, or - for standard input
    #[arg(long, short, required = true, num_args = 1.., value_name = "PATH")]
    pub input: Vec<String>,
    /// Count events from this time on (RFC 3339, or a UTC day)
    #[arg(long, value_name = "TIME")]
    pub start: Option<String>,
    /// Count events before this time (RFC 3339), or up to and including this UTC day
    #[arg(long, value_name = "TIME")]
    pub end: Option<String>,
    /// Count principals whose ARN or permission-set name matches (`*` and `?` allowed)
    #[arg(long, value_name = "GLOB")]
    pub principal: Option<String>,
    /// Write the analysis, which `generate` reads, to this file
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Add the files to this store, which `serve` answers from, instead of counting them once: each counts once, however often
    /// it is added
    #[arg(long, value_name = "FILE", conflicts_with_all = ["start", "end", "principal", "output", "format", "strict", "jobs", "catalog"])]
    pub store: Option<PathBuf>,
    /// What to print [default: human]
    #[arg(long, value_enum, default_value_t = AnalyzeFormat::Human)]
    pub format: AnalyzeFormat,
    /// Threads that read files [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Stop at the first file that cannot be read whole, and write nothing
    #[arg(long)]
    pub strict: bool,
    #[arg(long, help = CATALOG_HELP, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    leastwise serve --sample                                   # the sample trail, in memory\n  \
    leastwise analyze --input ./AWSLogs --store usage.db && leastwise serve --store usage.db")]
pub struct ServeArguments {
    /// Answer from this store, which `analyze --store` fills; it is made where there is none [default: in memory]
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// Add the sample trail to the store
    #[arg(long)]
    pub sample: bool,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
    pub address: std::net::SocketAddr,
    /// Ask for this token (`Authorization: Bearer TOKEN`); without one, only this machine is answered
    #[arg(long, value_name = "TOKEN", env = "LEASTWISE_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Ask a model of Bedrock to explain scores and to propose better versions: its id, or an inference profile's
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Objects that were counted are not counted again: it can be started as often as you like.\n\n\
    Example:\n  leastwise backfill --prefix AWSLogs/111122223333/CloudTrail/eu-west-1/2026/")]
pub struct BackfillArguments {
    /// Count the objects of the trail's bucket whose keys begin so
    #[arg(long, value_name = "PREFIX")]
    pub prefix: String,
    /// Name of the deployed stack
    #[arg(long, value_name = "NAME", default_value = "leastwise")]
    pub stack: String,
    /// ARN of its state machine, instead of looking for it by the stack's name (output `BackfillArn`)
    #[arg(long, value_name = "ARN", env = "LEASTWISE_BACKFILL")]
    pub state_machine: Option<String>,
    /// Print the execution's ARN and end, instead of showing how far it is
    #[arg(long)]
    pub no_wait: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnalyzeFormat {
    /// Tables
    Human,
    /// The analysis itself
    Json,
}

#[derive(Debug, Args)]
pub struct GenerateArguments {
    /// What `analyze --output` wrote; several are merged
    #[arg(long, short, required = true, num_args = 1.., value_name = "FILE")]
    pub analysis: Vec<PathBuf>,
    /// Policies with resources as they were used, or with `*`
    #[arg(long, value_enum)]
    pub mode: Option<Mode>,
    /// The actions that were used, or every action of the services that were used
    #[arg(long, value_enum)]
    pub level: Option<Level>,
    /// Only principals whose ARN or permission-set name matches (`*` and `?` allowed)
    #[arg(long, value_name = "GLOB")]
    pub principal: Option<String>,
    /// Only use from this UTC day on
    #[arg(long, value_name = "DAY")]
    pub start: Option<String>,
    /// Only use up to and including this UTC day
    #[arg(long, value_name = "DAY")]
    pub end: Option<String>,
    /// Leave out what was used less often
    #[arg(long, value_name = "N")]
    pub min_count: Option<u64>,
    /// Leave out actions that match, as `iam:*`; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub exclude_actions: Vec<String>,
    /// Leave out actions that match none of these; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub allow_actions: Vec<String>,
    /// Grant what was refused, too
    #[arg(long)]
    pub include_denied: bool,
    /// Write `prefix/*` for more than N resources under one prefix; 0 never does [default: 10]
    #[arg(long, value_name = "N")]
    pub generalize: Option<usize>,
    /// What the policies will be attached as, which decides how long one may be
    #[arg(long, value_enum)]
    pub quota: Option<QuotaArgument>,
    /// Compare with a policy that is attached today; may be repeated
    #[arg(long, value_name = "FILE")]
    pub compare: Vec<PathBuf>,
    /// What to write [default: human on a terminal, else json]
    #[arg(long, value_enum)]
    pub format: Option<GenerateFormat>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, help = CATALOG_HELP, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Every resource is `*`
    Actions,
    /// Resources as they were used
    Resources,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The actions that were used
    Action,
    /// `service:*` for every service that was used
    Service,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuotaArgument {
    /// Managed policies: 6,144 characters each
    Managed,
    /// Inline policies of a role: 10,240 characters together
    Role,
    /// Inline policies of a user: 2,048 characters together
    User,
    /// Inline policies of a group: 5,120 characters together
    Group,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GenerateFormat {
    /// For reading
    Human,
    /// Everything, with evidence and proof
    Json,
    /// Markdown, for a ticket or a pull request
    Md,
    /// SARIF: unused and refused permissions as results
    Sarif,
    /// Terraform: aws_iam_policy and its document
    Terraform,
    /// CloudFormation: AWS::IAM::ManagedPolicy
    Cloudformation,
}

#[derive(Debug, Args)]
pub struct MapArguments {
    /// CloudTrail files or folders, or - for standard input
    #[arg(long, short, num_args = 1.., value_name = "PATH", required_unless_present = "jsonl")]
    pub input: Vec<String>,
    /// Read {"id", "event"} from standard input, one object a line, and answer each with one
    #[arg(long, conflicts_with = "input")]
    pub jsonl: bool,
    #[arg(long, help = CATALOG_HELP, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    leastwise simulate --before old.json --after new.json --cases artifacts/analysis.json --principal orders-api --output diff.md\n  \
    leastwise simulate --policy role.json --scp root.json --principal arn:aws:iam::111122223333:role/app --action s3:GetObject --resource ARN\n\n\
    Exit status: 3 where more cases are newly denied than --deny-threshold, where access grows (or it cannot be told that it does not) \
    without --allow-new-access, or where a case is not decided as it expects.")]
pub struct SimulateArguments {
    /// The policy as it is: a file of one JSON document or a list of them, or - for standard input
    #[arg(long, value_name = "FILE", requires = "after", help_heading = "A change")]
    pub before: Option<PathBuf>,
    /// The policy as it would be
    #[arg(long, value_name = "FILE", requires_all = ["before", "cases"], help_heading = "A change")]
    pub after: Option<PathBuf>,
    /// The requests to decide: what `analyze --output` wrote, or a JSON list or JSON lines of {"principal", "action", "resource", "context", "expect", ...}
    #[arg(long, value_name = "FILE", requires = "before", help_heading = "A change")]
    pub cases: Option<PathBuf>,
    /// What kind of policy changes [default: identity; resource where a statement names a principal]
    #[arg(long = "type", value_enum, requires = "before", help_heading = "A change")]
    pub kind: Option<PolicyType>,
    /// How many cases may be denied that were allowed before [default: 0]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, help_heading = "A change")]
    pub deny_threshold: usize,
    /// Let access grow
    #[arg(long, help_heading = "A change")]
    pub allow_new_access: bool,

    /// Who asks: an ARN, an account id, or the name of a service; with --cases, a glob over their principals
    #[arg(long, value_name = "ARN", help_heading = "One request")]
    pub principal: Option<String>,
    /// What for, as s3:GetObject
    #[arg(
        long,
        value_name = "ACTION",
        requires = "principal",
        conflicts_with = "before",
        help_heading = "One request"
    )]
    pub action: Option<String>,
    /// On what: an ARN [default: *]
    #[arg(long, value_name = "ARN", requires = "action", help_heading = "One request")]
    pub resource: Option<String>,
    /// Whose the resource is, where its ARN does not say
    #[arg(long, value_name = "ACCOUNT", requires = "action", help_heading = "One request")]
    pub resource_account: Option<String>,
    /// A condition key of the request; repeat the key for several values
    #[arg(long, value_name = "KEY=VALUE", requires = "action", help_heading = "One request")]
    pub context: Vec<String>,
    /// A condition key whose value is not known (* is wild): the answer may be what it depends on
    #[arg(long, value_name = "KEY", requires = "action", help_heading = "One request")]
    pub unknown: Vec<String>,
    /// End with status 1 where the request is not allowed
    #[arg(long, requires = "action", help_heading = "One request")]
    pub fail_on_deny: bool,

    /// The principal's own policies; each file holds a document or a list of them
    #[arg(long, value_name = "FILE", help_heading = "Policies that apply")]
    pub policy: Vec<PathBuf>,
    /// The resource's policy
    #[arg(long, value_name = "FILE", help_heading = "Policies that apply")]
    pub resource_policy: Option<PathBuf>,
    /// The permissions boundary
    #[arg(long, value_name = "FILE", help_heading = "Policies that apply")]
    pub boundary: Vec<PathBuf>,
    /// Session policies
    #[arg(long, value_name = "FILE", help_heading = "Policies that apply")]
    pub session: Vec<PathBuf>,
    /// Service control policies: one file a level, from the organisation's root down to the account
    #[arg(long, value_name = "FILE", help_heading = "Policies that apply")]
    pub scp: Vec<PathBuf>,
    /// Resource control policies: one file a level, from the organisation's root down to the account
    #[arg(long, value_name = "FILE", help_heading = "Policies that apply")]
    pub rcp: Vec<PathBuf>,
    /// The policy of the VPC endpoint that the request comes through
    #[arg(long, value_name = "FILE", help_heading = "Policies that apply")]
    pub endpoint_policy: Option<PathBuf>,

    /// What to write [default: human on a terminal, md or json by the output file's name, else json]
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,
    /// Write the report to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, help = CATALOG_HELP, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
    /// Read {"id", "request", "policies"} from standard input, one object a line, and answer each with one
    #[arg(long, conflicts_with_all = [
        "before", "action", "principal", "policy", "resource_policy", "boundary", "session", "scp", "rcp", "endpoint_policy",
        "format", "output", "catalog",
    ])]
    pub jsonl: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For reading
    Human,
    /// Everything, for programs
    Json,
    /// Markdown, for a ticket or a pull request
    Md,
}

/// A kind of policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PolicyType {
    /// Attached to a user, group or role
    Identity,
    /// Attached to a resource: a bucket, a key, a queue, ...
    Resource,
    /// Who may assume a role
    Trust,
    /// Permissions boundary
    Boundary,
    /// Session policy
    Session,
    /// Service control policy
    Scp,
    /// Resource control policy
    Rcp,
    /// Of a VPC endpoint
    Endpoint,
}

#[derive(Debug, Args)]
pub struct CatalogArguments {
    #[command(subcommand)]
    pub command: Option<CatalogCommand>,
    /// A service's prefix, as `s3`, or an action, as `s3:GetObject`; without one, what the catalog holds
    pub name: Option<String>,
    #[arg(long, help = CATALOG_HELP, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// Read AWS's public service reference and keep what is newer than the built-in catalog
    Update {
        /// Where the service reference's index is
        #[arg(
            long,
            default_value = "https://servicereference.us-east-1.amazonaws.com/v1/service-list.json",
            value_name = "URL"
        )]
        url: String,
    },
}

#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 where no access is added; 3 where some is, or where it cannot be told that none is."
)]
pub struct DiffArguments {
    /// The policy as it was: a file of one JSON document, or of a list of them, or - for standard input
    #[arg(required_unless_present = "jsonl")]
    pub old: Option<PathBuf>,
    /// The policy as it would be
    #[arg(required_unless_present = "jsonl")]
    pub new: Option<PathBuf>,
    /// What kind of policies they are [default: identity; resource where a statement names a principal]
    #[arg(long = "type", value_enum)]
    pub kind: Option<PolicyType>,
    /// Only actions that the catalog knows, on resources that they can be about
    #[arg(long)]
    pub service_aware: bool,
    /// What to write [default: human on a terminal, md or sarif by the output file's name, else json]
    #[arg(long, value_enum)]
    pub format: Option<DiffFormat>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, help = CATALOG_HELP, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
    /// Read {"id", "type", "old", "new", "service_aware"} from standard input, one object a line, and answer each with one
    #[arg(long, conflicts_with_all = ["old", "new", "kind", "service_aware", "format", "output", "catalog"])]
    pub jsonl: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For reading
    Human,
    /// Everything, for programs
    Json,
    /// Markdown, for a pull request
    Md,
    /// SARIF: each block of new access as a result
    Sarif,
}
