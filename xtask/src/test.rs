//! `cargo xtask test`: everything that has to hold, from a fresh clone.

use crate::{Result, cargo, root, step};
use std::process::Command;

pub fn run() -> Result<()> {
    step("format", &mut cargo(&["fmt", "--all", "--check"])?)?;
    step("lints", &mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])?)?;
    eprintln!("\n── stand-ins for AWS");
    let installed = Command::new(root()?.join("tests/support/install")).output()?;
    if !installed.status.success() {
        return Err(format!("tests/support/install: {}", String::from_utf8_lossy(&installed.stderr)).into());
    }
    let ministack = String::from_utf8(installed.stdout)?;
    step(
        "tests",
        cargo(&["test", "--workspace", "--locked", "--no-fail-fast"])?.env("LEASTWISE_MINISTACK", ministack.trim()),
    )?;
    step("generated documents", &mut cargo(&["xtask", "docs", "--check"])?)?;
    step("generated files", &mut cargo(&["xtask", "catalog", "--check"])?)
}
