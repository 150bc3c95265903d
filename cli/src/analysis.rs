//! The analysis file: what `analyze` writes and `generate` reads.

use crate::failure::Failure;
use crate::input::files::Skipped;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use usage::{Rows, Usage};

/// The format of analysis files; a later one that cannot be read by an older program has a higher number.
const FORMAT: u32 = 1;

/// An analysis.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// [`FORMAT`].
    pub format: u32,
    /// Version of leastwise.
    pub leastwise: String,
    /// Date of the catalog.
    pub catalog: String,
    /// The time that was asked about, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// The principals that were asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<String>,
    pub reading: Reading,
    /// The aggregate.
    #[serde(flatten)]
    pub rows: Rows,
}

/// What was read and what was not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Files that were read, by name, with the hash of their bytes and the events counted from them: merging two
    /// analyses must not count one file twice.
    pub files: BTreeMap<String, FileRead>,
    /// Files that were not opened.
    pub skipped: Skipped,
    /// Events that had been seen already.
    pub duplicates: u64,
    /// Events outside the time asked about.
    pub outside_window: u64,
    /// Events of principals that were not asked about.
    pub other_principals: u64,
    /// Digest files, Insights events and test messages that stood among delivery files.
    pub other_items: u64,
    /// What could not be read.
    pub problems: Vec<FileProblem>,
}

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRead {
    /// XXH3, 128 bits, of the bytes as they stood in the file.
    pub hash: String,
    /// Records in it.
    pub records: u64,
}

/// Something in a file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileProblem {
    pub file: String,
    /// Bytes from the start, after decompression.
    pub offset: u64,
    pub reason: String,
}

impl Reading {
    /// Adds what another part of the run read.
    pub fn merge(&mut self, other: Reading) {
        self.files.extend(other.files);
        self.duplicates += other.duplicates;
        self.outside_window += other.outside_window;
        self.other_principals += other.other_principals;
        self.other_items += other.other_items;
        self.problems.extend(other.problems);
    }
}

impl Analysis {
    pub fn new(catalog: &catalog::Catalog) -> Analysis {
        Analysis {
            format: FORMAT,
            leastwise: env!("CARGO_PKG_VERSION").to_owned(),
            catalog: catalog.release().date().to_owned(),
            ..Analysis::default()
        }
    }

    pub fn to_json(&self) -> Result<String, Failure> {
        let mut text = serde_json::to_string_pretty(self)
            .map_err(|error| Failure::invalid(format!("cannot write the analysis: {error}"), ""))?;
        text.push('\n');
        Ok(text)
    }

    pub fn read(path: &Path) -> Result<Analysis, Failure> {
        Analysis::parse(&path.display().to_string(), &fs::read_to_string(path).map_err(Failure::read(path))?)
    }

    /// Reads the text of the file `name`.
    pub fn parse(name: &str, text: &str) -> Result<Analysis, Failure> {
        let hint = "write one with `leastwise analyze --input TRAIL --output FILE`";
        let analysis: Analysis = serde_json::from_str(text)
            .map_err(|error| Failure::invalid(format!("`{name}` is no analysis: {error}"), hint))?;
        if analysis.format != FORMAT {
            return Err(Failure::invalid(
                format!("`{name}` has format {}, this program reads {FORMAT}", analysis.format),
                "analyze the trail again with this version",
            ));
        }
        Ok(analysis)
    }

    /// The aggregates of several analyses together. One file counted by two of them is refused, since its events
    /// would count twice; unless the two asked about different times, which share no event.
    pub fn merge(analyses: &[Analysis]) -> Result<Rows, Failure> {
        if let [only] = analyses {
            return Ok(only.rows.clone());
        }
        let mut counted: BTreeMap<&str, Vec<(&Analysis, &str)>> = BTreeMap::new();
        let mut usage = Usage::default();
        for analysis in analyses {
            // Copies in one analysis were counted once. Files without records (empty ones, for one) count nothing.
            let files: BTreeMap<&str, &str> = analysis
                .reading
                .files
                .iter()
                .filter(|(_, file)| file.records > 0)
                .map(|(name, file)| (file.hash.as_str(), name.as_str()))
                .collect();
            for (hash, name) in files {
                let before = counted.entry(hash).or_default();
                if let Some((_, other)) = before.iter().find(|(other, _)| !other.is_at_another_time(analysis)) {
                    let renamed = if *other == name { String::new() } else { format!(" (once as `{other}`)") };
                    return Err(Failure::invalid(
                        format!("`{name}` was counted by two of the analyses{renamed}"),
                        "analyze all files in one run: events that two files share are then counted once",
                    ));
                }
                before.push((analysis, name));
            }
            usage.merge(&Usage::from_rows(&analysis.rows));
        }
        Ok(usage.rows())
    }

    /// Whether no event can be in the windows of both. Times of this form sort as text.
    fn is_at_another_time(&self, other: &Analysis) -> bool {
        let before = |one: &Analysis, two: &Analysis| {
            one.end.as_ref().zip(two.start.as_ref()).is_some_and(|(end, start)| end <= start)
        };
        before(self, other) || before(other, self)
    }
}
