//! What a change of policy does to real requests.

use crate::arguments::{PolicyType, ReportFormat, SimulateArguments};
use crate::commands::diff::{kind_of, read_both};
use crate::failure::Failure;
use crate::input::applying::Applying;
use crate::input::{self, PolicyFile, cases};
use crate::output;
use crate::render::simulation::{self, Report, Terms};
use crate::simulation::{Side, simulate};
use authz::{Comparison, Layer};
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;

/// More is denied, or more is allowed, than was agreed to.
const BEYOND: u8 = 3;

pub fn run(arguments: &SimulateArguments, before: &Path, after: &Path, cases: &Path) -> Result<ExitCode, Failure> {
    let catalog = input::catalog::open(arguments.catalog.as_deref())?;
    if [before, after, cases].into_iter().filter(|path| *path == Path::new("-")).count() > 1 {
        return Err(Failure::invalid("only one of the files can be standard input", ""));
    }
    let (old, new) = read_both(before, after)?;
    let kind = kind_of(arguments.kind, &old, &new);
    let layer = kind.layer();
    for file in [&old, &new] {
        file.check(layer)?;
    }
    let cases = cases::read(cases, arguments.principal.as_deref(), layer, &catalog)?;
    let others = others(arguments, kind)?;
    let with = |file: PolicyFile| -> Result<(Side, Applying), Failure> {
        let mut applying = others.clone();
        let changing = file.documents.clone();
        applying.add(layer, Rc::new(file))?;
        Ok((Side { changing, all: applying.policies.clone() }, applying))
    };
    let names = [old.name.clone(), new.name.clone()];
    let ((old, old_files), (new, new_files)) = (with(old)?, with(new)?);
    let simulation = simulate(&old, &new, &cases, &Comparison::of(layer), &catalog)
        .map_err(|error| Failure::invalid(error.to_string(), ""))?;
    let terms = Terms { threshold: arguments.deny_threshold, new_access: arguments.allow_new_access };
    let assumed = is_assumed(arguments, layer).then_some(ASSUMED);
    let report = Report::new(&simulation, names, kind, assumed, [&old_files, &new_files], terms, &catalog);

    let format = arguments.format.unwrap_or_else(|| usual_format(arguments.output.as_deref()));
    let text = match format {
        ReportFormat::Human => simulation::human::render(&report),
        ReportFormat::Json => simulation::json(&report),
        ReportFormat::Md => simulation::markdown::render(&report),
    };
    match &arguments.output {
        Some(path) => output::write(path, &text)?,
        None => output::print(&text)?,
    }
    if report.passed {
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.output.is_some() || format != ReportFormat::Human {
        for failure in &report.failures {
            output::tell(failure);
        }
    }
    Ok(ExitCode::from(BEYOND))
}

/// What stands in for identity policies where a limit changes and none are given.
const ASSUMED: &str = "identity policies are taken to allow everything, since none are given";

fn is_assumed(arguments: &SimulateArguments, layer: Layer) -> bool {
    arguments.policy.is_empty() && !matches!(layer, Layer::Identity | Layer::Resource)
}

/// The policies that apply beside those that change.
fn others(arguments: &SimulateArguments, kind: PolicyType) -> Result<Applying, Failure> {
    let layer = kind.layer();
    let given = match layer {
        Layer::Identity => !arguments.policy.is_empty(),
        Layer::Resource => arguments.resource_policy.is_some(),
        Layer::Boundary => !arguments.boundary.is_empty(),
        Layer::Session => !arguments.session.is_empty(),
        Layer::Endpoint => arguments.endpoint_policy.is_some(),
        // What changes is one level more.
        Layer::Scp | Layer::Rcp => false,
    };
    if given {
        return Err(Failure::invalid(
            format!("--before and --after are the {}, and another is given", layer.name()),
            "leave it out, or say with --type what changes",
        ));
    }
    let mut applying = Applying::of(arguments)?;
    if is_assumed(arguments, layer) {
        applying.assume_everything_granted();
    }
    Ok(applying)
}

fn usual_format(output: Option<&Path>) -> ReportFormat {
    let ending = output.map(|path| path.extension().and_then(|ending| ending.to_str()).unwrap_or_default());
    match ending {
        Some("json") => ReportFormat::Json,
        Some(_) => ReportFormat::Md,
        None if std::io::stdout().is_terminal() => ReportFormat::Human,
        None => ReportFormat::Json,
    }
}
