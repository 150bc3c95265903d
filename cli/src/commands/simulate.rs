//! `leastwise simulate`: decisions about requests, one a line.

use crate::arguments::SimulateArguments;
use crate::batch;
use crate::failure::Failure;
use serde_json::Value;
use std::process::ExitCode;

pub fn run(arguments: &SimulateArguments) -> Result<ExitCode, Failure> {
    if !arguments.jsonl {
        return Err(Failure::invalid(
            "simulate reads requests from standard input only",
            "pass --jsonl and one request a line",
        ));
    }
    batch::run(|text| {
        let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match authz::wire::answer(&value) {
            Ok(Value::Object(members)) => Ok(members),
            Ok(_) => Err("the evaluator gave no object".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
