//! What ends a command early, and the exit status it ends with.

use crate::output;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Usage or input that cannot be read: exit status 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file or folder could not be read.
    #[error("cannot read `{}`", path.display())]
    Read { path: PathBuf, source: io::Error },
    /// A file could not be written.
    #[error("cannot write `{}`", path.display())]
    Write { path: PathBuf, source: io::Error },
    /// Standard output could not be written.
    #[error("cannot write to standard output")]
    Output(#[source] io::Error),
    /// Standard input could not be read.
    #[error("cannot read standard input")]
    Input(#[source] io::Error),
    /// Something that was read is not what it should be.
    #[error("{message}")]
    Invalid { message: String, hint: Option<String> },
}

impl Failure {
    /// Input or usage that is wrong, and what to do about it.
    pub fn invalid(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        let hint = hint.into();
        Failure::Invalid { message: message.into(), hint: (!hint.is_empty()).then_some(hint) }
    }

    /// As [`Failure::invalid`], at a place in a text.
    pub fn at(name: &str, place: policy::Place, message: impl fmt::Display, hint: impl Into<String>) -> Failure {
        Failure::invalid(format!("`{name}` line {}, column {}: {message}", place.line, place.column), hint)
    }

    pub fn read(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Failure {
        let path = path.as_ref().to_owned();
        move |source| Failure::Read { path, source }
    }

    pub fn write(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Failure {
        let path = path.as_ref().to_owned();
        move |source| Failure::Write { path, source }
    }

    pub fn exit_code(&self) -> u8 {
        if self.is_broken_pipe() { 0 } else { 2 }
    }

    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The failure and what caused it, in one line.
    pub fn with_cause(&self) -> String {
        let mut text = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(cause) = source {
            text.push_str(": ");
            text.push_str(&cause.to_string());
            source = cause.source();
        }
        text
    }

    /// Prints the failure, what caused it, and the hint on a line of its own.
    pub fn report(&self) {
        output::tell(&format!("error: {}", self.with_cause()));
        if let Failure::Invalid { hint: Some(hint), .. } = self {
            output::tell(&format!("hint: {hint}"));
        }
    }
}
