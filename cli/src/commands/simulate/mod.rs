//! `leastwise simulate`: decisions about requests: one, many a line, or real ones before and after a change.

mod change;
mod lines;
mod request;

use crate::arguments::SimulateArguments;
use crate::failure::Failure;
use std::process::ExitCode;

pub fn run(arguments: &SimulateArguments) -> Result<ExitCode, Failure> {
    if arguments.jsonl {
        return lines::run();
    }
    match (&arguments.before, &arguments.after, &arguments.cases, &arguments.action) {
        (Some(before), Some(after), Some(cases), _) => change::run(arguments, before, after, cases),
        (_, _, _, Some(action)) => request::run(arguments, action),
        _ => Err(Failure::invalid(
            "simulate needs requests to decide",
            "pass --jsonl and one request a line, or --before, --after and --cases, or --policy, --principal and --action",
        )),
    }
}
