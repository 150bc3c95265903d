//! `leastwise`: gives every AWS principal exactly the access it needs, and proves it.
//!
//! One file a subcommand stands in `commands/`. Standard output is data; everything else goes to standard error.

mod advising;
mod analysis;
mod arguments;
mod batch;
mod commands;
mod configuration;
mod failure;
mod input;
mod output;
mod render;
mod reviewed;
mod sample;
mod serving;
mod simulation;

use arguments::{Arguments, Command};
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(code) => code,
        Err(failure) => {
            // A reader that went away (`| head`) is no failure worth a word.
            if !failure.is_broken_pipe() {
                failure.report();
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let configuration = configuration::load(arguments.config.as_deref())?;
    match arguments.command {
        Command::Analyze(command) => commands::analyze::run(command),
        Command::Generate(command) => commands::generate::run(command, configuration),
        Command::Map(command) => commands::map::run(&command),
        Command::Simulate(command) => commands::simulate::run(&command),
        Command::Diff(command) => commands::diff::run(&command),
        Command::Score(command) => commands::score::run(&command, &configuration),
        Command::Validate(command) => commands::validate::run(&command, &configuration),
        Command::Serve(command) => commands::serve::run(command),
        Command::Backfill(command) => commands::backfill::run(&command),
        Command::Catalog(command) => commands::catalog::run(&command),
        Command::Completions(command) => commands::completions::run(&command),
    }
}
