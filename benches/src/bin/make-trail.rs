//! `make-trail`: writes realistic CloudTrail delivery files.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use leastwise_benches::delivery::deliver;
use leastwise_benches::trail::{Profile, Trail};

/// Writes realistic CloudTrail delivery files: the same seed, the same bytes.
#[derive(Parser)]
struct Arguments {
    /// How many records, duplicates included.
    #[arg(long, default_value_t = 600)]
    events: u64,
    /// How many principals do the work (the sample has a cast of its own).
    #[arg(long, default_value_t = 8)]
    principals: u64,
    /// Over how many delivery files the records are spread; the digest and the Insights file come on top.
    #[arg(long, default_value_t = 7)]
    files: u64,
    /// What chance starts from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder that AWSLogs/ is put into.
    #[arg(long)]
    output: PathBuf,
    /// What is made.
    #[arg(long, value_enum, default_value = "load")]
    profile: Kind,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// Two days of an online shop: a few principals with a purpose each.
    Sample,
    /// Principals of all kinds at full work.
    Load,
}

fn main() -> ExitCode {
    let Arguments { events, principals, files, seed, output, profile } = Arguments::parse();
    let profile = match profile {
        Kind::Sample => Profile::Sample,
        Kind::Load => Profile::Load,
    };
    match deliver(Trail { profile, events, principals, seed }, files, &output) {
        Ok(paths) => {
            eprintln!("{events} records in {} files below {}", paths.len(), output.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
