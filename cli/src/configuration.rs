//! `leastwise.toml`: settings for a folder, which flags and `LEASTWISE_*` variables overrule.

use crate::arguments::{Level, Mode, QuotaArgument};
use crate::failure::Failure;
use review::Suppression;
use std::fs;
use std::path::Path;

/// The file's contents. Every key is optional; an unknown one is an error, since it is a typo.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Configuration {
    #[serde(default)]
    pub generate: Generate,
    /// `[[suppress]]`: findings that somebody has accepted.
    #[serde(default)]
    pub suppress: Vec<Suppression>,
}

/// `[generate]`: as the flags of `leastwise generate`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Generate {
    pub mode: Option<Mode>,
    pub level: Option<Level>,
    pub principal: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub min_count: Option<u64>,
    #[serde(default)]
    pub exclude_actions: Vec<String>,
    #[serde(default)]
    pub allow_actions: Vec<String>,
    #[serde(default)]
    pub include_denied: bool,
    pub generalize: Option<usize>,
    pub quota: Option<QuotaArgument>,
}

const DEFAULT: &str = "leastwise.toml";

/// Reads `path`, or `leastwise.toml` in this folder if there is one.
pub fn load(path: Option<&Path>) -> Result<Configuration, Failure> {
    let path = match path {
        Some(path) => path,
        None if Path::new(DEFAULT).exists() => Path::new(DEFAULT),
        None => return Ok(Configuration::default()),
    };
    let text = fs::read_to_string(path).map_err(Failure::read(path))?;
    let invalid = |error: &dyn std::fmt::Display| {
        Failure::invalid(format!("`{}` is not valid: {error}", path.display()), "docs/CONFIGURATION.md lists every key")
    };
    let configuration: Configuration = toml::from_str(&text).map_err(|error| invalid(&error))?;
    for suppression in &configuration.suppress {
        suppression.check().map_err(|error| invalid(&error))?;
    }
    Ok(configuration)
}
