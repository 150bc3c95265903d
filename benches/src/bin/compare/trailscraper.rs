//! trailscraper, from PyPI into an environment of its own.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// The release that is measured.
pub const VERSION: &str = "0.10.0";
const SCRIPT: &str = include_str!("trailscraper.py");

/// Its events per second on the trail in `folder`, reading and generating, without the interpreter's start.
///
/// # Errors
/// The reason in words: no Python, no network, a run that fails.
pub fn speed(folder: &Path, work: &Path) -> Result<f64, String> {
    let environment = work.join(format!("trailscraper-{VERSION}"));
    let python = environment.join("bin/python");
    let ready = environment.join("ready");
    if !ready.is_file() {
        eprintln!("installing trailscraper {VERSION}");
        run(OsStr::new("python3"), [OsStr::new("-m"), OsStr::new("venv"), environment.as_os_str()])?;
        let package = format!("trailscraper=={VERSION}");
        run(
            python.as_os_str(),
            ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", &package].map(OsStr::new),
        )?;
        std::fs::write(&ready, "").map_err(|error| error.to_string())?;
    }
    let output = run(python.as_os_str(), [OsStr::new("-c"), OsStr::new(SCRIPT), folder.as_os_str()])?;
    let mut words = output.split_whitespace().map(str::parse::<f64>);
    match (words.next(), words.next()) {
        (Some(Ok(events)), Some(Ok(seconds))) => Ok(events / seconds),
        _ => Err(format!("it answered `{}`", output.trim())),
    }
}

fn run<'a>(program: &OsStr, arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<String, String> {
    let name = program.to_string_lossy().into_owned();
    let output = Command::new(program).args(arguments).output().map_err(|error| format!("`{name}`: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("`{name}`: {}", error.trim().lines().last().unwrap_or_default()))
}
