//! `leastwise validate`: what is wrong with policies, where, and what to write instead.

use crate::arguments::{ReviewFormat, ValidateArguments};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::render::review;
use crate::reviewed::Reviewed;
use crate::{batch, input, output};
use std::path::Path;
use std::process::ExitCode;

/// Findings at or above the limit.
const FINDINGS: u8 = 1;

pub fn run(arguments: &ValidateArguments, configuration: &Configuration) -> Result<ExitCode, Failure> {
    let catalog = input::catalog::open(arguments.catalog.as_deref())?;
    if arguments.jsonl {
        batch::run(|text| {
            let request = policy::json::read_whole(text)?;
            ::review::wire::validate(&request, &catalog).map_err(|error| error.to_string())
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.policies.iter().filter(|path| *path == Path::new("-")).count() > 1 {
        return Err(Failure::invalid("standard input can be read once", "name a file for the others"));
    }
    let read =
        |path: &Path| Reviewed::read(path, arguments.kind, arguments.principal.as_deref(), configuration, &catalog);
    let mut files = Vec::new();
    for path in &arguments.policies {
        let mut file = read(path)?;
        if arguments.fix && mend(path, &file, &catalog)? {
            file = read(path)?;
        }
        files.push(file);
    }
    let format = ReviewFormat::chosen(arguments.format, arguments.output.as_deref());
    let text = match format {
        ReviewFormat::Human => review::human::render(&files),
        ReviewFormat::Json => review::json::render(&files),
        ReviewFormat::Md => review::markdown::render(&files),
        ReviewFormat::Sarif => review::sarif::render(&files),
    };
    match &arguments.output {
        Some(path) => output::write(path, &anstream::adapter::strip_str(&text).to_string())?,
        None => output::print(&text)?,
    }
    if arguments.output.is_some() || format != ReviewFormat::Human {
        for file in &files {
            output::tell(&format!("`{}`: {}", file.name, file.summary()));
        }
    }
    let fails = files.iter().any(|file| file.fails(arguments.fail_on));
    Ok(if fails { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS })
}

/// Writes the better version into the file, if there is one.
fn mend(path: &Path, file: &Reviewed, catalog: &::catalog::Catalog) -> Result<bool, Failure> {
    if path == Path::new("-") {
        return Err(Failure::invalid("standard input cannot be mended", "name a file"));
    }
    let Some(better) = file.better(catalog, &[]) else { return Ok(false) };
    output::write(path, &better.text(&file.text))?;
    let proof = match better.effect {
        "nothing-to-compare" => "there was no policy to compare with",
        _ => "proved to allow nothing new",
    };
    output::tell(&format!("`{}`: {} fixes made, {proof}", file.name, better.applied.len()));
    Ok(true)
}
