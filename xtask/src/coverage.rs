//! `cargo xtask coverage`: how many lines of the library crates the tests reach.

use crate::{Result, cargo, root, step};
use std::process::Command;

/// The crates of floors 1 to 3.
const CRATES: [&str; 6] = [
    "leastwise-policy",
    "leastwise-catalog",
    "leastwise-trail",
    "leastwise-usage",
    "leastwise-authz",
    "leastwise-generate",
];
const TARPAULIN: &str = "0.37.5";
/// How long the tests of one file may take.
const SECONDS: &str = "900";

#[derive(clap::Args)]
pub struct Arguments {
    /// Fail below this share of lines, in percent.
    #[arg(long, default_value_t = 85)]
    minimum: u32,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let tools = root()?.join("target/tools");
    let tarpaulin = tools.join("bin/cargo-tarpaulin");
    if !tarpaulin.exists() {
        let mut install = cargo(&["install", "cargo-tarpaulin", "--locked", "--version", TARPAULIN, "--root"])?;
        step("cargo-tarpaulin", install.arg(&tools))?;
    }
    let mut command = Command::new(&tarpaulin);
    command.current_dir(root()?).args([
        "tarpaulin",
        // Counts in the program itself: tracing from outside makes property tests slow, and is forbidden in many containers.
        "--engine",
        "llvm",
        "--timeout",
        SECONDS,
        "--locked",
        "--skip-clean",
        "--out",
        "Stdout",
        "--include-files",
        "shared/*/src/*",
    ]);
    command.arg("--target-dir").arg(root()?.join("target/coverage"));
    command.args(["--fail-under", &arguments.minimum.to_string()]);
    for package in CRATES {
        command.args(["--packages", package]);
    }
    // Counting takes time, and these tests hold a comparison to one.
    command.args(["--", "--skip", "bad_input::"]);
    step("coverage", &mut command)
}
