//! `leastwise backfill`: what was delivered before the suite was there, counted by it.

use super::fill::runtime;
use crate::arguments::BackfillArguments;
use crate::failure::Failure;
use crate::output;
use aws_config::BehaviorVersion;
use aws_sdk_sfn::Client;
use aws_sdk_sfn::error::DisplayErrorContext;
use aws_sdk_sfn::types::{ExecutionStatus, MapRunItemCounts};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

/// How often it is asked how far it is.
const PAUSE: Duration = Duration::from_secs(2);

/// Objects, by what became of them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Progress {
    total: u64,
    counted: u64,
    failed: u64,
}

pub fn run(arguments: &BackfillArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let client = Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await);
        let machine = match &arguments.state_machine {
            Some(arn) => arn.clone(),
            None => find(&client, &format!("{}-backfill", arguments.stack)).await?,
        };
        let input = json!({"prefix": arguments.prefix}).to_string();
        let started = client.start_execution().state_machine_arn(&machine).input(input).send().await;
        let execution = started.map_err(|error| failed("start", &error))?.execution_arn;
        if arguments.no_wait {
            output::print(&format!("{execution}\n"))?;
            return Ok(ExitCode::SUCCESS);
        }
        output::tell(&format!("started {execution}; it goes on without this program"));
        let (status, progress) = watch(&client, &execution).await?;
        output::print(&format!("{} objects counted, {} failed\n", progress.counted, progress.failed))?;
        if status == ExecutionStatus::Succeeded && progress.failed == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        Err(Failure::invalid(
            format!("the back-fill ended as {status}, {} objects failed", progress.failed),
            "start it again: what was counted is not counted twice. The dead-letter queue and the analyzer's log say why",
        ))
    })
}

/// The state machine of this name.
async fn find(client: &Client, name: &str) -> Result<String, Failure> {
    let mut machines = client.list_state_machines().into_paginator().items().send();
    while let Some(machine) = machines.next().await {
        let machine = machine.map_err(|error| failed("look for", &error))?;
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
async fn watch(client: &Client, execution: &str) -> Result<(ExecutionStatus, Progress), Failure> {
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos} of {len} objects, {msg} failed, {elapsed}") {
        bar.set_style(style);
    }
    loop {
        let known = client.describe_execution().execution_arn(execution).send().await;
        let status = known.map_err(|error| failed("watch", &error))?.status;
        let progress = progress(client, execution).await?;
        bar.set_length(progress.total);
        bar.set_position(progress.counted + progress.failed);
        bar.set_message(progress.failed.to_string());
        if status != ExecutionStatus::Running {
            bar.finish_and_clear();
            return Ok((status, progress));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn progress(client: &Client, execution: &str) -> Result<Progress, Failure> {
    let mut all = Progress::default();
    let runs = client.list_map_runs().execution_arn(execution).send().await;
    for run in runs.map_err(|error| failed("watch", &error))?.map_runs {
        let run = client.describe_map_run().map_run_arn(run.map_run_arn).send().await;
        all.add(run.map_err(|error| failed("watch", &error))?.item_counts.as_ref());
    }
    Ok(all)
}

impl Progress {
    fn add(&mut self, counts: Option<&MapRunItemCounts>) {
        let Some(counts) = counts else { return };
        let number = |count: i64| u64::try_from(count).unwrap_or_default();
        self.total += number(counts.total);
        self.counted += number(counts.succeeded);
        self.failed += number(counts.failed) + number(counts.timed_out) + number(counts.aborted);
    }
}

fn failed(what: &str, error: &(impl std::error::Error + Send + Sync)) -> Failure {
    Failure::invalid(
        format!("cannot {what} the back-fill: {}", DisplayErrorContext(error)),
        "it needs states:ListStateMachines, StartExecution, DescribeExecution, ListMapRuns and DescribeMapRun",
    )
}
