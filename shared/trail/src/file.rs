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

/// Who wrote a file, where it lies as AWS lays out logs: `AWSLogs/111122223333/Config/...`, in an organisation's trail behind the
/// organisation's id. One bucket often takes the logs of several services.
fn service_of(path: &str) -> Option<&str> {
    let is_account = |part: &&str| part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = path.split('/').skip_while(|part| *part != "AWSLogs").skip(1);
    let first = parts.next()?;
    let account = if first.starts_with("o-") { parts.next()? } else { first };
    // The service's name is a folder, and no file.
    let service = parts.next().filter(|_| is_account(&account))?;
    parts.next().map(|_| service)
}

impl FileKind {
    /// What the file of this path or object key is.
    pub fn of(path: &str) -> FileKind {
        let name = path.rsplit('/').next().unwrap_or(path);
        if path.contains("/CloudTrail-Digest/") || name.contains("_CloudTrail-Digest_") {
            FileKind::Digest
        } else if path.contains("/CloudTrail-Insight/") || name.contains("_CloudTrail-Insight_") {
            FileKind::Insight
        } else if service_of(path).is_none_or(|service| service == "CloudTrail")
            && ENDINGS.iter().any(|ending| name.ends_with(ending))
        {
            FileKind::Delivery
        } else {
            FileKind::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_services_logs_in_the_bucket_are_something_else() {
        for (path, kind) in [
            ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/26/a.json.gz", FileKind::Delivery),
            ("s3://b/prefix/AWSLogs/o-a1b2c3d4e5/111122223333/CloudTrail/eu-west-1/a.json.gz", FileKind::Delivery),
            ("AWSLogs/111122223333/Config/eu-west-1/2026/11/26/ConfigHistory/a.json.gz", FileKind::Other),
            ("AWSLogs/o-a1b2c3d4e5/111122223333/Config/a.json.gz", FileKind::Other),
            ("AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/11/26/a.log.gz", FileKind::Other),
            ("AWSLogs/111122223333/elasticloadbalancing/eu-west-1/a.log.gz", FileKind::Other),
            ("AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/a.json.gz", FileKind::Digest),
            // What people made of them.
            ("AWSLogs/111122223333/a.json.gz", FileKind::Delivery),
            ("AWSLogs/a.json", FileKind::Delivery),
            ("trail.jsonl", FileKind::Delivery),
            ("notes.txt", FileKind::Other),
        ] {
            assert_eq!(FileKind::of(path), kind, "{path}");
        }
    }
}
