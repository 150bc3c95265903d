//! Amazon S3: bucket actions on the bucket, object actions on the object, and never one on the other.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>

use super::Decided;
use crate::arn_format::escape;
use crate::plan::PlannedAction;
use crate::resource::{Call, Found, Inference};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    let bucket = call.request.text("bucketName")?;
    if action.takes("object") {
        return Some(objects(call, bucket));
    }
    (action.takes("bucket") && !bucket.starts_with("arn:")).then(|| named(bucket_arn(call, bucket)))
}

fn objects(call: &Call<'_>, bucket: &str) -> Found {
    if let Some(key) = call.request.text("key") {
        return named(object_arn(call, bucket, &escape(key)));
    }
    // DeleteObjects keeps its keys in a body that CloudTrail does not log; newer records report the objects.
    let reported: Vec<String> = call
        .reported_arns()
        .filter(|arn| arn.starts_with("arn:") && arn.contains('/'))
        .map(|arn| escape(arn).into_owned())
        .collect();
    match Found::named(reported) {
        Some(found) => Found { inference: Inference::Answer, ..found },
        None => Found { patterns: vec![object_arn(call, bucket, "*")], inference: Inference::Unknown },
    }
}

/// Whether the call reads an object other than the one it writes.
pub(super) fn copies(call: &Call<'_>) -> bool {
    matches!(&*call.record.event_name, "CopyObject" | "UploadPartCopy") || call.request.text(COPY_SOURCE).is_some()
}

const COPY_SOURCE: &str = "x-amz-copy-source";

/// A copy reads its source: `x-amz-copy-source: /bucket/key?versionId=id`, URL-encoded, or an access point's object ARN.
pub(super) fn copy_source(call: &Call<'_>) -> Option<Decided> {
    copies(call)
        .then(|| told_source(call).unwrap_or(Decided { action: "s3:GetObject", found: Found::any(Inference::Unknown) }))
}

fn told_source(call: &Call<'_>) -> Option<Decided> {
    let source = call.request.text(COPY_SOURCE)?;
    let (path, version) = source.split_once("?versionId=").unwrap_or((source, ""));
    let path = percent_decoded(path);
    let pattern = if path.starts_with("arn:") {
        escape(&path).into_owned()
    } else {
        let (bucket, key) = path.trim_start_matches('/').split_once('/')?;
        object_arn(call, bucket, &escape(key))
    };
    let action = if version.is_empty() { "s3:GetObject" } else { "s3:GetObjectVersion" };
    Some(Decided { action, found: named(pattern) })
}

fn named(pattern: String) -> Found {
    Found { patterns: vec![pattern], inference: Inference::Request }
}

fn bucket_arn(call: &Call<'_>, bucket: &str) -> String {
    format!("arn:{}:s3:::{}", call.site.partition, escape(bucket))
}

fn object_arn(call: &Call<'_>, bucket: &str, key: &str) -> String {
    if bucket.starts_with("arn:") {
        // An access point stands in for the bucket.
        format!("{}/object/{key}", escape(bucket))
    } else {
        format!("{}/{key}", bucket_arn(call, bucket))
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = if first == b'%' { after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()) } else { None };
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
