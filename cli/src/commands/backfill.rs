//! `leastwise backfill`: what was delivered before the suite was there, counted by it.

use super::fill::runtime;
use crate::arguments::BackfillArguments;
use crate::failure::Failure;
use crate::output;
use aws_config::BehaviorVersion;
use aws_sdk_sfn::Client;
use aws_sdk_sfn::config::timeout::TimeoutConfig;
use aws_sdk_sfn::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sfn::types::{ExecutionStatus, MapRunItemCounts};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

/// How often it is asked how far it is.
const PAUSE: Duration = Duration::from_secs(2);
/// How long Step Functions may take to answer; each call is tried three times.
const PATIENCE: Duration = Duration::from_secs(10);

/// Objects, by what became of them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Progress {
    total: u64,
    done: u64,
    failed: u64,
}

/// How an execution ended.
#[derive(Debug)]
struct End {
    status: ExecutionStatus,
    /// What Step Functions says of a failure.
    reason: Option<String>,
    progress: Progress,
}

pub fn run(arguments: &BackfillArguments) -> Result<ExitCode, Failure> {
    let prefix = checked(&arguments.prefix)?;
    runtime()?.block_on(async {
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(PATIENCE).build();
        let configuration = aws_config::defaults(BehaviorVersion::latest()).timeout_config(timeouts).load().await;
        let client = Client::new(&configuration);
        let machine = match arguments.state_machine.as_ref().filter(|arn| !arn.is_empty()) {
            Some(arn) => arn.clone(),
            None => find(&client, &format!("{}-backfill", arguments.stack)).await?,
        };
        let input = json!({"prefix": prefix}).to_string();
        let started = client.start_execution().state_machine_arn(&machine).input(input).send().await;
        let execution = started.map_err(|error| failed("start", error))?.execution_arn;
        if arguments.no_wait {
            output::print(&format!("{execution}\n"))?;
            return Ok(ExitCode::SUCCESS);
        }
        output::tell(&format!("started {execution}; it goes on without this program"));
        let End { status, reason, progress } = watch(&client, &execution).await?;
        output::print(&format!("{} objects worked through, {} failed\n", progress.done, progress.failed))?;
        if status != ExecutionStatus::Succeeded || progress.failed > 0 {
            let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
            return Err(Failure::invalid(
                format!("the back-fill ended as {status}, {} objects failed{reason}", progress.failed),
                "start it again: what was counted is not counted twice. The dead-letter queue and the analyzer's log say why",
            ));
        }
        if progress.total == 0 {
            return Err(Failure::invalid(
                format!("no object's key begins with `{prefix}`"),
                "keys begin as in `aws s3 ls s3://BUCKET/`: AWSLogs/, or what the trail puts before that",
            ));
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// A prefix of keys, which have no bucket and begin with no slash.
fn checked(prefix: &str) -> Result<&str, Failure> {
    let wrong = |message: &str, hint: &str| Err(Failure::invalid(format!("--prefix `{prefix}` {message}"), hint));
    match prefix {
        "" => wrong("is every object of the bucket", "name what the trail's keys begin with, as AWSLogs/"),
        _ if prefix.starts_with("s3://") => {
            wrong("names a bucket", "the stack knows its bucket: give what stands behind it, as AWSLogs/")
        }
        _ if prefix.starts_with('/') => wrong("begins with a slash", "keys begin with none: AWSLogs/"),
        _ => Ok(prefix),
    }
}

/// The state machine of this name.
async fn find(client: &Client, name: &str) -> Result<String, Failure> {
    let mut machines = client.list_state_machines().into_paginator().items().send();
    while let Some(machine) = machines.next().await {
        let machine = machine.map_err(|error| failed("look for", error))?;
        if machine.name == name {
            return Ok(machine.state_machine_arn);
        }
    }
    Err(Failure::invalid(
        format!("there is no state machine `{name}` in this account and Region"),
        "--stack names the stack, or --state-machine its output BackfillArn; AWS_REGION and AWS_PROFILE choose where",
    ))
}

/// Shows how far it is, until it ends.
async fn watch(client: &Client, execution: &str) -> Result<End, Failure> {
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos} of {len} objects, {msg} failed, {elapsed}") {
        bar.set_style(style);
    }
    loop {
        let known = client.describe_execution().execution_arn(execution).send().await;
        let known = known.map_err(|error| failed("watch", error))?;
        let progress = progress(client, execution).await?;
        bar.set_length(progress.total);
        bar.set_position(progress.done + progress.failed);
        bar.set_message(progress.failed.to_string());
        if known.status != ExecutionStatus::Running {
            bar.finish_and_clear();
            let said: Vec<String> = [known.error, known.cause].into_iter().flatten().collect();
            let reason = (!said.is_empty()).then(|| said.join(": "));
            return Ok(End { status: known.status, reason, progress });
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn progress(client: &Client, execution: &str) -> Result<Progress, Failure> {
    let mut all = Progress::default();
    let runs = client.list_map_runs().execution_arn(execution).send().await;
    for run in runs.map_err(|error| failed("watch", error))?.map_runs {
        let run = client.describe_map_run().map_run_arn(run.map_run_arn).send().await;
        all.add(run.map_err(|error| failed("watch", error))?.item_counts.as_ref());
    }
    Ok(all)
}

impl Progress {
    fn add(&mut self, counts: Option<&MapRunItemCounts>) {
        let Some(counts) = counts else { return };
        let number = |count: i64| u64::try_from(count).unwrap_or_default();
        let failed = [counts.failed, counts.timed_out, counts.aborted].map(number);
        self.total = self.total.saturating_add(number(counts.total));
        self.done = self.done.saturating_add(number(counts.succeeded));
        self.failed = failed.into_iter().fold(self.failed, u64::saturating_add);
    }
}

/// What Step Functions says, in one line.
fn failed<E, R>(what: &str, error: SdkError<E, R>) -> Failure
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    let code = error.code().unwrap_or_default();
    let said = match (code, error.message()) {
        ("", _) => causes(&error),
        (code, None) => code.to_owned(),
        (code, Some(message)) => format!("{code}: {message}"),
    };
    let hint = match code {
        "AccessDeniedException" => {
            "it needs states:ListStateMachines, StartExecution, DescribeExecution, ListMapRuns and DescribeMapRun"
        }
        _ if what == "watch" => "what was started goes on: Step Functions' console shows how far it is",
        "" => "AWS_REGION and AWS_PROFILE, or AWS_ACCESS_KEY_ID, say where and as whom",
        _ => "",
    };
    Failure::invalid(format!("cannot {what} the back-fill: {said}"), hint)
}

/// An error and what caused it, each once.
fn causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string);
    let mut said: Vec<String> = Vec::new();
    for cause in causes {
        if said.last().is_none_or(|last| !last.contains(&cause)) {
            said.push(cause);
        }
    }
    said.join(": ")
}
