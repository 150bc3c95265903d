//! AWS's managed policies: what real policies look like, for measuring on.

use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use policy::Document;
use serde::Deserialize;

/// The release of moto whose table of AWS managed policies is taken.
pub const MOTO: &str = "5.2.5";

/// Writes the table as JSON lines.
const SCRIPT: &str = include_str!("managed.py");

/// A policy with its name.
#[derive(Debug)]
pub struct Managed {
    /// The policy's name.
    pub name: String,
    /// What it says.
    pub document: Document,
}

/// The policies of `file` (lines of `{"id", "policy"}`, gzip or not); without a file those that AWS manages, from PyPI's
/// `moto`, kept in `work` for the next run.
///
/// # Errors
/// The reason in words: no Python, no network, a line that is no policy.
pub fn policies(file: Option<&Path>, work: &Path) -> Result<Vec<Managed>, String> {
    let file = match file {
        Some(file) => file.to_owned(),
        None => downloaded(work)?,
    };
    let failed = |error: &dyn std::fmt::Display| format!("`{}`: {error}", file.display());
    let bytes = fs::read(&file).map_err(|error| failed(&error))?;
    let mut text = String::new();
    let read = if file.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text)
    } else {
        bytes.as_slice().read_to_string(&mut text)
    };
    read.map_err(|error| failed(&error))?;
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| managed(line).map_err(|error| failed(&error)))
        .collect()
}

fn managed(line: &str) -> Result<Managed, String> {
    #[derive(Deserialize)]
    struct Line {
        id: String,
        policy: serde_json::Value,
    }
    let Line { id: name, policy } = serde_json::from_str(line).map_err(|error| error.to_string())?;
    match policy::from_value(&policy) {
        Ok(document) => Ok(Managed { name, document }),
        Err(error) => Err(format!("{name}: {error}")),
    }
}

fn downloaded(work: &Path) -> Result<PathBuf, String> {
    let lines = work.join(format!("managed-{MOTO}.jsonl"));
    if !lines.is_file() {
        eprintln!("downloading moto {MOTO}");
        let wheel = work.join(format!("moto-{MOTO}-py3-none-any.whl"));
        let package = format!("moto=={MOTO}");
        let pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", &package, "--dest"];
        python(pip.map(OsStr::new).into_iter().chain([work.as_os_str()]))?;
        let text = python([OsStr::new("-c"), OsStr::new(SCRIPT), wheel.as_os_str()])?;
        // Under another name until it is complete.
        let unfinished = work.join("managed-unfinished.jsonl");
        fs::write(&unfinished, text)
            .and_then(|()| fs::rename(&unfinished, &lines))
            .map_err(|error| error.to_string())?;
    }
    Ok(lines)
}

fn python<'a>(arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<String, String> {
    let output = Command::new("python3").args(arguments).output().map_err(|error| format!("`python3`: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("`python3`: {}", error.trim().lines().last().unwrap_or_default()))
}
