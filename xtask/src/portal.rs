//! The portal's build and its checks.

use crate::{Result, root, step};
use std::process::Command;

/// Whether Node.js and its npm are here.
pub fn can_be_built() -> bool {
    Command::new("npm").arg("--version").output().is_ok_and(|answer| answer.status.success())
}

fn npm(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new("npm");
    command.args(arguments).args(["--prefix", "ui"]).current_dir(root()?);
    Ok(command)
}

/// Installs what the portal is built with, and builds it into ui/dist, where the program finds it.
pub fn build() -> Result<()> {
    step("portal: what it is built with", &mut npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"])?)?;
    step("portal: build", &mut npm(&["run", "--silent", "build"])?)
}

/// Everything that can be said of the portal without a browser.
pub fn check() -> Result<()> {
    for (name, script) in [
        ("types of the API are those of docs/openapi.json", "api:check"),
        ("lints", "lint"),
        ("unit tests", "test"),
        ("size of the first load", "budget"),
    ] {
        step(&format!("portal: {name}"), &mut npm(&["run", "--silent", script])?)?;
    }
    Ok(())
}
