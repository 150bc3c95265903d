//! Generated files and checks: `cargo xtask <command>`.

mod catalog_command;
mod coverage;
mod demo;
mod docs;
mod portal;
mod test;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

#[derive(Parser)]
#[command(name = "xtask", about = "Generated files and checks.")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the program and the portal, does the main job on the sample trail, and serves both.
    Demo,
    /// Sets up what the tests need and runs every check: format, lints, tests, generated files.
    Test,
    /// Prints the line coverage of the library crates.
    Coverage(coverage::Arguments),
    /// Generates the catalog of what AWS has, and its account in docs/CATALOG.md.
    Catalog(catalog_command::Arguments),
    /// Writes docs/RULES.md and docs/COMPLIANCE.md from the rules and frameworks.
    Docs(docs::Arguments),
}

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Task::Demo => demo::run(),
        Task::Test => test::run(),
        Task::Coverage(arguments) => coverage::run(&arguments),
        Task::Catalog(arguments) => catalog_command::run(&arguments),
        Task::Docs(arguments) => docs::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace's folder.
fn root() -> Result<PathBuf> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the workspace has no root")?.to_owned())
}

/// `cargo` with these arguments, in the workspace's folder.
fn cargo(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root()?);
    Ok(command)
}

/// Runs a step and says which one it is.
fn step(name: &str, command: &mut Command) -> Result<()> {
    eprintln!("\n── {name}");
    let status =
        command.status().map_err(|error| format!("{name}: cannot start {:?}: {error}", command.get_program()))?;
    if status.success() { Ok(()) } else { Err(format!("{name}: {status}").into()) }
}
