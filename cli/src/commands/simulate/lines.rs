//! Batch mode.

use crate::batch;
use crate::failure::Failure;
use crate::input::policy::{may_be_ignored, warn};
use authz::Layer;
use serde_json::Value;
use std::process::ExitCode;

pub fn run() -> Result<ExitCode, Failure> {
    batch::run(|text| {
        let value: Value = policy::json::read_whole(text)?;
        let answer = authz::wire::answer(&value).map_err(|error| error.to_string())?;
        warn_of_ignored(&value);
        match answer {
            Value::Object(members) => Ok(members),
            _ => Err("the evaluator gave no object".to_owned()),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Names each Allow that is passed over, since it cannot be understood.
fn warn_of_ignored(line: &Value) {
    let on_resource = |kind: &str| matches!(kind, "resource" | "rcps" | "endpoint");
    let may_be = |(kind, documents): (&String, &Value)| may_be_ignored(documents, on_resource(kind));
    let Some(policies) = line.get("policies") else { return };
    if !policies.as_object().is_some_and(|kinds| kinds.iter().any(may_be)) {
        return;
    }
    let Ok(policies) = authz::wire::policies(policies) else { return };
    let id = line.get("id");
    warn(id, Layer::Identity, &policies.identity);
    warn(id, Layer::Resource, policies.resource.as_slice());
    warn(id, Layer::Boundary, policies.boundary.as_deref().unwrap_or_default());
    warn(id, Layer::Session, &policies.session);
    policies.scps.iter().for_each(|level| warn(id, Layer::Scp, level));
    policies.rcps.iter().for_each(|level| warn(id, Layer::Rcp, level));
    warn(id, Layer::Endpoint, policies.endpoint.as_slice());
}
