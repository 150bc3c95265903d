//! Files and folders of CloudTrail.

use crate::analysis::FileProblem;
use crate::failure::Failure;
use crate::input::Window;
use crate::input::read::Input;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use trail::FileKind;
use walkdir::WalkDir;

/// Something to read records from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Stdin,
    File(PathBuf),
}

/// What the given paths hold.
#[derive(Debug, Default)]
pub struct Expanded {
    /// Sorted, each once.
    pub files: Vec<Source>,
    /// Bytes of the files together.
    pub bytes: u64,
    pub skipped: Skipped,
    /// What stands in the folders and cannot be opened, a link to nowhere for one.
    pub problems: Vec<FileProblem>,
}

/// Files below a folder that were not opened, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Skipped {
    /// Digest files, which sign delivery files.
    pub digest: u64,
    /// Files of Insights events.
    pub insight: u64,
    /// Days outside the window.
    pub outside_window: u64,
    /// Neither .json nor .gz nor JSON lines.
    pub other: u64,
}

/// Every file of `inputs`; `s3://` ones are not for here.
pub fn expand(inputs: &[String], window: &Window) -> Result<Expanded, Failure> {
    let mut files = BTreeSet::new();
    let mut expanded = Expanded::default();
    for input in inputs {
        if input == "-" {
            files.insert(Source::Stdin);
            continue;
        }
        let path = Path::new(input);
        let metadata = std::fs::metadata(path).map_err(Failure::read(path))?;
        if !metadata.is_dir() {
            expanded.bytes += metadata.len();
            files.insert(Source::File(path.to_owned()));
            continue;
        }
        for entry in WalkDir::new(path).follow_links(true).sort_by_file_name() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let file = error.path().unwrap_or(path).display().to_string();
                    expanded.problems.push(FileProblem { file, offset: 0, reason: io::Error::from(error).to_string() });
                    continue;
                }
            };
            if !entry.file_type().is_file() || !expanded.skipped.wants(&entry.path().to_string_lossy(), window) {
                continue;
            }
            expanded.bytes += entry.metadata().map_or(0, |metadata| metadata.len());
            files.insert(Source::File(entry.into_path()));
        }
    }
    expanded.files = files.into_iter().collect();
    Ok(expanded)
}

impl Skipped {
    /// All of them, with what to say where nothing else was found.
    pub fn hint(&self) -> String {
        let found = |count: u64, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let found: Vec<String> = [
            found(self.outside_window, "of other days (see --start and --end)"),
            found(self.digest, "of digests"),
            found(self.insight, "of Insights events"),
            found(self.other, "that do not end in .json, .jsonl or .gz"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if found.is_empty() {
            return "name .json or .json.gz files, or a folder or s3://BUCKET/PREFIX that holds some".to_owned();
        }
        format!("there are only files that are not read: {}", found.join(", "))
    }

    /// Whether a file found in a folder or a bucket is to be read; counts why not.
    pub fn wants(&mut self, path: &str, window: &Window) -> bool {
        let count = match FileKind::of(path) {
            FileKind::Digest => &mut self.digest,
            FileKind::Insight => &mut self.insight,
            FileKind::Other => &mut self.other,
            FileKind::Delivery if !window.may_hold_day(path) => &mut self.outside_window,
            FileKind::Delivery => return true,
        };
        *count += 1;
        false
    }

    pub fn add(&mut self, other: &Skipped) {
        self.digest += other.digest;
        self.insight += other.insight;
        self.outside_window += other.outside_window;
        self.other += other.other;
    }
}

impl Input for Source {
    fn name(&self) -> String {
        match self {
            Source::Stdin => "standard input".to_owned(),
            Source::File(path) => path.display().to_string(),
        }
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, Failure> {
        match self {
            Source::Stdin => Ok(Box::new(io::stdin())),
            Source::File(path) => Ok(Box::new(File::open(path).map_err(Failure::read(path))?)),
        }
    }
}
