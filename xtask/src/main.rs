//! Generated files and checks: `cargo xtask <command>`.

mod catalog_command;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "xtask", about = "Generated files and checks.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generates the catalog of what AWS has, and its account in docs/CATALOG.md.
    Catalog(catalog_command::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Catalog(arguments) => catalog_command::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
