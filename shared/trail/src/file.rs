//! What stands in a trail's bucket, told by names.

/// What a file is, as its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A delivery file, or what people made of one.
    Delivery,
    /// A digest, which signs delivery files.
    Digest,
    /// Insights events, which report unusual activity.
    Insight,
    /// Something else.
    Other,
}

/// Endings of delivery files, and of what people make of them.
const ENDINGS: [&str; 7] = [".json", ".json.gz", ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz", ".gz"];

impl FileKind {
    /// What the file of this path or object key is.
    pub fn of(path: &str) -> FileKind {
        let name = path.rsplit('/').next().unwrap_or(path);
        if path.contains("/CloudTrail-Digest/") || name.contains("_CloudTrail-Digest_") {
            FileKind::Digest
        } else if path.contains("/CloudTrail-Insight/") || name.contains("_CloudTrail-Insight_") {
            FileKind::Insight
        } else if ENDINGS.iter().any(|ending| name.ends_with(ending)) {
            FileKind::Delivery
        } else {
            FileKind::Other
        }
    }
}
