//! `leastwise generate`: usage -> policies with evidence and proof.

use crate::analysis::Analysis;
use crate::arguments::{GenerateArguments, GenerateFormat, Level, Mode, QuotaArgument};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::input::PolicyFile;
use crate::{input, output, render};
use ::generate::{Generated, Options, generate, matches_no_action};
use policy::{Document, Quota};
use std::io::IsTerminal;
use std::process::ExitCode;

pub fn run(arguments: GenerateArguments, configuration: Configuration) -> Result<ExitCode, Failure> {
    let catalog = input::catalog::open(arguments.catalog.as_deref())?;
    let analyses = arguments.analysis.iter().map(|path| Analysis::read(path)).collect::<Result<Vec<_>, _>>()?;
    let rows = Analysis::merge(&analyses)?;
    let files = arguments.compare.iter().map(|path| PolicyFile::read(path)).collect::<Result<Vec<_>, _>>()?;
    let attached: Vec<Document> = files.into_iter().flat_map(|file| file.documents).collect();
    let options = options(&arguments, configuration.generate)?;
    let generated = generate(&rows, &attached, &catalog, &options).map_err(|error| {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        Failure::invalid(format!("{error}{cause}"), "")
    })?;
    if let Some(glob) = &options.principal
        && generated.principals.is_empty()
        && generated.not_generated.is_empty()
    {
        return Err(Failure::invalid(
            format!("no principal in the analysis matches `{glob}`"),
            "a glob matches an ARN, its last part, or a permission set's name",
        ));
    }
    let to_terminal = arguments.output.is_none() && std::io::stdout().is_terminal();
    let format = arguments.format.unwrap_or(if to_terminal { GenerateFormat::Human } else { GenerateFormat::Json });
    let located = arguments
        .compare
        .first()
        .or(arguments.analysis.first())
        .map(|path| path.display().to_string())
        .unwrap_or_default();
    let text = rendered(&generated, format, &located)?;
    match &arguments.output {
        Some(path) => output::write(path, &text)?,
        None => output::print(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn rendered(generated: &Generated, format: GenerateFormat, located: &str) -> Result<String, Failure> {
    Ok(match format {
        GenerateFormat::Human => render::human::render(generated),
        GenerateFormat::Json => {
            render::json(generated).map_err(|error| Failure::invalid(format!("cannot write JSON: {error}"), ""))?
        }
        GenerateFormat::Md => render::markdown::render(generated),
        GenerateFormat::Sarif => render::sarif::render(generated, located),
        GenerateFormat::Terraform => render::terraform(generated),
        GenerateFormat::Cloudformation => render::cloudformation(generated),
    })
}

/// Flags overrule the configuration file; lists add up.
fn options(arguments: &GenerateArguments, file: crate::configuration::Generate) -> Result<Options, Failure> {
    let default = Options::default();
    let exclude_actions = [file.exclude_actions, arguments.exclude_actions.clone()].concat();
    let allow_actions = [file.allow_actions, arguments.allow_actions.clone()].concat();
    let level = arguments.level.or(file.level).unwrap_or(Level::Action);
    if level == Level::Service && !(exclude_actions.is_empty() && allow_actions.is_empty()) {
        return Err(Failure::invalid(
            "`--level service` grants every action of a service, those that are excluded too",
            "leave out --exclude-actions and --allow-actions, or --level service",
        ));
    }
    if let Some(glob) = matches_no_action(exclude_actions.iter().chain(&allow_actions)) {
        return Err(Failure::invalid(
            format!("`{glob}` matches no action"),
            format!("an action has a service and a name: `{glob}:*` are all of a service"),
        ));
    }
    let day = |name: &str, text: Option<&String>| -> Result<Option<i32>, Failure> {
        let Some(text) = text else { return Ok(None) };
        match usage::stat::parse_day(text) {
            Some(day) => Ok(Some(day)),
            None => Err(Failure::invalid(
                format!("--{name} `{text}` is no UTC day"),
                "an analysis counts by UTC day: write it as 2026-01-31",
            )),
        }
    };
    let start = day("start", arguments.start.as_ref().or(file.start.as_ref()))?;
    let end = day("end", arguments.end.as_ref().or(file.end.as_ref()))?;
    if let (Some(start), Some(end)) = (start, end)
        && start > end
    {
        return Err(Failure::invalid("--start is after --end", ""));
    }
    Ok(Options {
        mode: match arguments.mode.or(file.mode).unwrap_or(Mode::Resources) {
            Mode::Actions => ::generate::Mode::Actions,
            Mode::Resources => ::generate::Mode::Resources,
        },
        level: match level {
            Level::Action => ::generate::Level::Action,
            Level::Service => ::generate::Level::Service,
        },
        principal: arguments.principal.clone().or(file.principal),
        start,
        end,
        min_count: arguments.min_count.or(file.min_count).unwrap_or(default.min_count),
        exclude_actions,
        allow_actions,
        include_denied: arguments.include_denied || file.include_denied,
        generalize: arguments.generalize.or(file.generalize).unwrap_or(default.generalize),
        quota: match arguments.quota.or(file.quota) {
            None | Some(QuotaArgument::Managed) => Quota::Managed,
            Some(QuotaArgument::Role) => Quota::Role,
            Some(QuotaArgument::User) => Quota::User,
            Some(QuotaArgument::Group) => Quota::Group,
        },
    })
}
