//! `leastwise diff`: what a new policy allows beyond an old one, and what no more.

use crate::arguments::{DiffArguments, DiffFormat, PolicyType};
use crate::failure::Failure;
use crate::input::{self, PolicyFile};
use crate::render::diff::{self, Compared};
use crate::{batch, output};
use ::catalog::Catalog;
use authz::compare::{Difference, difference, wire};
use authz::{Comparison, Layer, Verdict};
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

/// Access grows, or it could not be told that it does not.
const GROWS: u8 = 3;

pub fn run(arguments: &DiffArguments) -> Result<ExitCode, Failure> {
    let (Some(old), Some(new)) = (&arguments.old, &arguments.new) else { return lines() };
    let catalog = input::catalog::open(arguments.catalog.as_deref())?;
    let (old, new) = read_both(old, new)?;
    let kind = kind_of(arguments.kind, &old, &new);
    for file in [&old, &new] {
        file.check(kind.layer())?;
    }
    let mut how = Comparison::of(kind.layer());
    if arguments.service_aware {
        how = how.service_aware(&catalog);
    }
    let difference = compared(&old, &new, &how, &catalog)?;
    let compared =
        Compared { old: &old, new: &new, kind, service_aware: arguments.service_aware, difference, catalog: &catalog };
    let format = arguments.format.unwrap_or_else(|| usual_format(arguments.output.as_deref()));
    let text = match format {
        DiffFormat::Human => diff::human::render(&compared),
        DiffFormat::Json => diff::json(&compared),
        DiffFormat::Md => diff::markdown::render(&compared),
        DiffFormat::Sarif => diff::sarif::render(&compared),
    };
    match &arguments.output {
        Some(path) => output::write(path, &text)?,
        None => output::print(&text)?,
    }
    if compared.difference.added.verdict == Verdict::NoNewAccess {
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.output.is_some() || format != DiffFormat::Human {
        output::tell(&compared.headline());
    }
    Ok(ExitCode::from(GROWS))
}

/// The two files; only one of them can be standard input.
pub fn read_both(old: &Path, new: &Path) -> Result<(PolicyFile, PolicyFile), Failure> {
    if old == Path::new("-") && new == Path::new("-") {
        return Err(Failure::invalid(
            "both policies cannot be read from standard input",
            "name a file for one of them",
        ));
    }
    Ok((PolicyFile::read(old)?, PolicyFile::read(new)?))
}

/// What was asked for, else what the policies look like.
pub fn kind_of(asked: Option<PolicyType>, old: &PolicyFile, new: &PolicyFile) -> PolicyType {
    let on_resource = old.names_principals() || new.names_principals();
    asked.unwrap_or(if on_resource { PolicyType::Resource } else { PolicyType::Identity })
}

fn compared(
    old: &PolicyFile,
    new: &PolicyFile,
    how: &Comparison<'_>,
    catalog: &Catalog,
) -> Result<Difference, Failure> {
    difference(&old.documents, &new.documents, how, catalog).map_err(|error| Failure::invalid(error.to_string(), ""))
}

fn usual_format(output: Option<&Path>) -> DiffFormat {
    let ending = output.map(|path| path.extension().and_then(|ending| ending.to_str()).unwrap_or_default());
    match ending {
        Some("md") => DiffFormat::Md,
        Some("sarif") => DiffFormat::Sarif,
        None if std::io::stdout().is_terminal() => DiffFormat::Human,
        _ => DiffFormat::Json,
    }
}

impl PolicyType {
    pub fn layer(self) -> Layer {
        match self {
            PolicyType::Identity => Layer::Identity,
            PolicyType::Resource | PolicyType::Trust => Layer::Resource,
            PolicyType::Boundary => Layer::Boundary,
            PolicyType::Session => Layer::Session,
            PolicyType::Scp => Layer::Scp,
            PolicyType::Rcp => Layer::Rcp,
            PolicyType::Endpoint => Layer::Endpoint,
        }
    }

    /// The word for it in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            PolicyType::Trust => "trust",
            other => other.layer().as_str(),
        }
    }
}

/// Batch mode.
fn lines() -> Result<ExitCode, Failure> {
    let catalog = ::catalog::builtin();
    batch::run(|text| {
        let value: Value = policy::json::read_whole(text)?;
        let answer = wire::answer(&value, catalog).map_err(|error| error.to_string())?;
        warn_of_ignored(&value);
        match answer {
            Value::Object(members) => Ok(members),
            _ => Err("the comparison gave no object".to_owned()),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Names each Allow that is passed over, since it cannot be understood.
fn warn_of_ignored(line: &Value) {
    let layer = line.get("type").and_then(Value::as_str).map_or(Some(Layer::Identity), wire::layer);
    for side in ["old", "new"] {
        let (Some(documents), Some(layer)) = (line.get(side), layer) else { continue };
        let on_resource = matches!(layer, Layer::Resource | Layer::Rcp | Layer::Endpoint);
        // Read as identity policies, and looked at as what they are: what they hold is the same.
        if input::policy::may_be_ignored(documents, on_resource)
            && let Ok(policies) = authz::wire::policies(&json!({"identity": documents}))
        {
            input::policy::warn(line.get("id"), layer, &policies.identity);
        }
    }
}
