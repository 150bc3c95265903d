//! `leastwise diff`: whether one policy allows anything that another does not.

use crate::arguments::DiffArguments;
use crate::batch;
use crate::failure::Failure;
use serde_json::Value;
use std::process::ExitCode;

pub fn run(arguments: &DiffArguments) -> Result<ExitCode, Failure> {
    if !arguments.jsonl {
        return Err(Failure::invalid("diff reads comparisons from standard input only", "pass --jsonl"));
    }
    let catalog = catalog::builtin();
    batch::run(|text| {
        let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match authz::compare::wire::answer(&value, catalog) {
            Ok(Value::Object(members)) => Ok(members),
            Ok(_) => Err("the comparison gave no object".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
