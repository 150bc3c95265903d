//! Which catalog to use: a given file, else an update in the user's cache, else the built-in one.

use crate::failure::Failure;
use crate::output;
use ::catalog::Catalog;
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};

/// The built-in catalog or one read from a file.
pub enum Opened {
    Builtin(&'static Catalog),
    File(Box<Catalog>),
}

impl Deref for Opened {
    type Target = Catalog;
    fn deref(&self) -> &Catalog {
        match self {
            Opened::Builtin(catalog) => catalog,
            Opened::File(catalog) => catalog,
        }
    }
}

pub fn open(path: Option<&Path>) -> Result<Opened, Failure> {
    if let Some(path) = path {
        return read(path);
    }
    match cache() {
        Some(path) if path.exists() => read(&path).or_else(|failure| {
            // A cache is a convenience: one that an older version wrote must not stand in the way.
            output::tell(&format!("warning: the catalog in the cache is not used: {}", failure.with_cause()));
            Ok(Opened::Builtin(::catalog::builtin()))
        }),
        _ => Ok(Opened::Builtin(::catalog::builtin())),
    }
}

fn read(path: &Path) -> Result<Opened, Failure> {
    let bytes = fs::read(path).map_err(Failure::read(path))?;
    let catalog = Catalog::from_bytes(bytes).map_err(|error| {
        Failure::invalid(
            format!("`{}` is no catalog: {error}", path.display()),
            "write one with `leastwise catalog update`",
        )
    })?;
    Ok(Opened::File(Box::new(catalog)))
}

/// Where `catalog update` keeps its catalog.
pub fn cache() -> Option<PathBuf> {
    let folder = match std::env::var_os("LEASTWISE_CACHE") {
        Some(folder) => PathBuf::from(folder),
        None => match std::env::var_os("XDG_CACHE_HOME") {
            Some(folder) => PathBuf::from(folder).join("leastwise"),
            None => PathBuf::from(std::env::var_os("HOME")?).join(".cache").join("leastwise"),
        },
    };
    Some(folder.join("catalog.bin"))
}
