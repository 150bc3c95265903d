//! `cargo xtask test`: everything that has to hold, from a fresh clone.

use crate::{Result, cargo, portal, root, step};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The functions' packages, whose programs the suite is deployed from.
const FUNCTIONS: [&str; 4] =
    ["leastwise-analyzer", "leastwise-generate-function", "leastwise-stats-function", "leastwise-score-function"];

pub fn run() -> Result<()> {
    step("format", &mut cargo(&["fmt", "--all", "--check"])?)?;
    step("lints", &mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])?)?;
    eprintln!("\n── stand-ins for AWS");
    let ministack = installed("tests/support/install")?;
    let linters = installed("tests/template/install")?;
    // The tests build every package's programs of their own; these two steps use the same artifacts.
    let mut build = vec!["build", "--workspace", "--bins", "--locked"];
    build.extend(FUNCTIONS.iter().flat_map(|package| ["--package", package]));
    step("programs", &mut cargo(&build)?)?;
    let programs = target()?.join("debug");
    portal::build()?;
    portal::check()?;
    step(
        "portal: in a browser",
        Command::new(root()?.join("tests/browser/run")).env("LEASTWISE_PROGRAM", programs.join("leastwise")),
    )?;
    step("template", Command::new(root()?.join("tests/template/check")).arg(programs.join("leastwise")))?;
    step(
        "tests",
        cargo(&["test", "--workspace", "--locked", "--no-fail-fast"])?
            .env("LEASTWISE_MINISTACK", ministack)
            .env("LEASTWISE_SAM", Path::new(&linters).join("bin/sam"))
            .env("LEASTWISE_FUNCTIONS", programs),
    )?;
    step("generated documents", &mut cargo(&["xtask", "docs", "--check"])?)?;
    step("generated files", &mut cargo(&["xtask", "catalog", "--check"])?)
}

/// What a script that installs something prints: where it is.
fn installed(script: &str) -> Result<String> {
    let installed = Command::new(root()?.join(script)).output()?;
    if !installed.status.success() {
        return Err(format!("{script}: {}", String::from_utf8_lossy(&installed.stderr)).into());
    }
    Ok(String::from_utf8(installed.stdout)?.trim().to_owned())
}

/// Where cargo builds.
fn target() -> Result<PathBuf> {
    Ok(match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => std::env::current_dir()?.join(folder),
        None => root()?.join("target"),
    })
}
