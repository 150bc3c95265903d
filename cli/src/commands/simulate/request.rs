//! One request under given policies.

use crate::arguments::{ReportFormat, SimulateArguments};
use crate::failure::Failure;
use crate::input::applying::{Applying, Told};
use crate::output::{self, one_line, safe_source};
use authz::{Answer, Context, Outcome, Prepared, Request, Unknown};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::IsTerminal;
use std::process::ExitCode;

/// A request that is not allowed for certain, with --fail-on-deny.
const DENIED: u8 = 1;

pub fn run(arguments: &SimulateArguments, action: &str) -> Result<ExitCode, Failure> {
    let applying = Applying::of(arguments)?;
    let request = request(arguments, action)?;
    let prepared = Prepared::new(&applying.policies).map_err(|error| Failure::invalid(error.to_string(), ""))?;
    let told = match prepared.evaluate_with_unknown(&request, &Unknown::keys(&arguments.unknown)) {
        Answer::Decided(decision) => applying.tell(&decision),
        Answer::Depends(dependence) => Told { decision: "depends", by: Vec::new(), reason: dependence.to_string() },
    };
    let allowed = told.decision == Outcome::Allowed.as_str();
    let to_terminal = arguments.output.is_none() && std::io::stdout().is_terminal();
    let text = match arguments.format {
        None if to_terminal => human(&told),
        None | Some(ReportFormat::Json) => json(&told),
        Some(ReportFormat::Human) => human(&told),
        Some(ReportFormat::Md) => {
            return Err(Failure::invalid("one decision is written as human or json", "leave out --format md"));
        }
    };
    match &arguments.output {
        Some(path) => output::write(path, &text)?,
        None => output::print(&text)?,
    }
    Ok(ExitCode::from(if arguments.fail_on_deny && !allowed { DENIED } else { 0 }))
}

fn request(arguments: &SimulateArguments, action: &str) -> Result<Request, Failure> {
    if !action.contains(':') {
        return Err(Failure::invalid(format!("--action `{action}` names no service"), "write it as s3:GetObject"));
    }
    let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for pair in &arguments.context {
        let (key, value) = pair.split_once('=').filter(|(key, _)| !key.is_empty()).ok_or_else(|| {
            Failure::invalid(format!("--context `{pair}` has no value"), "write it as aws:SourceVpc=vpc-0abc")
        })?;
        keys.entry(key).or_default().push(value);
    }
    let context: Context = keys.into_iter().collect();
    let principal = arguments.principal.as_deref().unwrap_or_default();
    let principal = authz::wire::principal(principal).map_err(|error| {
        Failure::invalid(
            format!("--principal: {error}"),
            "write an ARN, an account id, a service such as lambda.amazonaws.com, or anonymous",
        )
    })?;
    let request = Request::new(principal, action, arguments.resource.as_deref().unwrap_or("*"), context);
    Ok(match &arguments.resource_account {
        Some(account) => request.in_account(account),
        None => request,
    })
}

/// The decision, then what decided, one a line.
fn human(told: &Told) -> String {
    let mut text = format!("{}\n", told.decision);
    // Writing to a String cannot fail.
    for by in &told.by {
        let _ = writeln!(text, "  by {}, {}", one_line(&by.name()), by.policy_name());
    }
    if told.by.is_empty() {
        let _ = writeln!(text, "  {}", one_line(&told.reason));
    }
    text
}

fn json(told: &Told) -> String {
    // A struct of texts and numbers has nothing that cannot be written.
    let text = serde_json::to_string_pretty(told).unwrap_or_default();
    format!("{}\n", safe_source(&text))
}
