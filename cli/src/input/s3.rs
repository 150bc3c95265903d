//! CloudTrail in S3: listed day by day and read concurrently.
//!
//! Credentials, Region and endpoint come from the environment, as for every AWS tool.

use crate::failure::Failure;
use crate::input::Window;
use crate::input::files::Skipped;
use crate::input::read::Input;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use std::io::{Cursor, Read};
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Objects read at once, for each processor: most of the time goes into waiting.
pub const CONCURRENT_READS: usize = 4;
/// Listings under way at once.
const CONCURRENT_LISTINGS: usize = 16;
/// Folders deeper than this are listed as they are: AWSLogs/ORGANISATION/ACCOUNT/CloudTrail/REGION/YEAR/MONTH/DAY.
const DEEPEST: usize = 12;

/// What the given prefixes hold.
pub struct Listed {
    /// Sorted by key.
    pub objects: Vec<Object>,
    /// Bytes of the objects together.
    pub bytes: u64,
    /// Objects that are not to be read.
    pub skipped: Skipped,
}

/// An object to read.
pub struct Object {
    bucket: String,
    key: String,
    client: Client,
    runtime: Arc<Runtime>,
}

/// Lists everything below `inputs` (`s3://BUCKET/PREFIX`). Days outside `window` are not listed at all.
pub fn list(inputs: &[String], window: &Window) -> Result<Listed, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map(Arc::new)
        .map_err(|error| Failure::invalid(format!("cannot start reading from S3: {error}"), ""))?;
    let client = runtime.block_on(client());
    let mut listed = Listed { objects: Vec::new(), bytes: 0, skipped: Skipped::default() };
    for input in inputs {
        let (bucket, prefix) = parse(input)?;
        let found = runtime.block_on(walk(&client, bucket, prefix, *window))?;
        for (key, size) in found.objects {
            if listed.skipped.wants(&key, window) {
                listed.bytes += size;
                listed.objects.push(Object {
                    bucket: bucket.to_owned(),
                    key,
                    client: client.clone(),
                    runtime: runtime.clone(),
                });
            }
        }
        listed.skipped.outside_window += found.skipped_days;
    }
    listed.objects.sort_by(|a, b| (&a.bucket, &a.key).cmp(&(&b.bucket, &b.key)));
    listed.objects.dedup_by(|a, b| (&a.bucket, &a.key) == (&b.bucket, &b.key));
    Ok(listed)
}

fn parse(input: &str) -> Result<(&str, &str), Failure> {
    let rest = input.strip_prefix("s3://").unwrap_or(input);
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() {
        return Err(Failure::invalid(format!("`{input}` names no bucket"), "write s3://BUCKET/PREFIX"));
    }
    Ok((bucket, prefix))
}

async fn client() -> Client {
    let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    // An endpoint of one's own (an emulator, a gateway) seldom has a host name for each bucket.
    let own_endpoint = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"].iter().any(|name| std::env::var_os(name).is_some());
    Client::from_conf(aws_sdk_s3::config::Builder::from(&config).force_path_style(own_endpoint).build())
}

#[derive(Default)]
struct Found {
    objects: Vec<(String, u64)>,
    skipped_days: u64,
}

/// Walks folders concurrently; a day's folder, and whatever is too deep, is listed flat.
async fn walk(client: &Client, bucket: &str, prefix: &str, window: Window) -> Result<Found, Failure> {
    let permits = Arc::new(Semaphore::new(CONCURRENT_LISTINGS));
    let mut listings = JoinSet::new();
    let start = |listings: &mut JoinSet<_>, prefix: String| {
        let (client, bucket, permits) = (client.clone(), bucket.to_owned(), permits.clone());
        listings.spawn(async move {
            let _permit = permits.acquire_owned().await;
            list_folder(&client, &bucket, &prefix).await
        });
    };
    start(&mut listings, prefix.to_owned());
    let mut found = Found::default();
    while let Some(listing) = listings.join_next().await {
        let listing = listing
            .map_err(|error| Failure::invalid(format!("listing `s3://{bucket}/{prefix}` stopped: {error}"), ""))??;
        found.objects.extend(listing.objects);
        for folder in listing.folders {
            if window.may_hold_day(&folder) {
                start(&mut listings, folder);
            } else {
                found.skipped_days += 1;
            }
        }
    }
    found.objects.sort_unstable();
    Ok(found)
}

struct Folder {
    objects: Vec<(String, u64)>,
    folders: Vec<String>,
}

async fn list_folder(client: &Client, bucket: &str, prefix: &str) -> Result<Folder, Failure> {
    let flat = prefix.matches('/').count() >= DEEPEST || is_day(prefix);
    let mut pages = client
        .list_objects_v2()
        .bucket(bucket)
        .prefix(prefix)
        .set_delimiter((!flat).then(|| "/".to_owned()))
        .into_paginator()
        .send();
    let mut folder = Folder { objects: Vec::new(), folders: Vec::new() };
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| refused(&error, "list", bucket, prefix, "s3:ListBucket on the bucket"))?;
        for object in page.contents() {
            let size = u64::try_from(object.size().unwrap_or(0)).unwrap_or(0);
            // A key that ends in a slash is what a console makes for an empty folder.
            folder.objects.extend(object.key().filter(|key| !key.ends_with('/')).map(|key| (key.to_owned(), size)));
        }
        folder.folders.extend(page.common_prefixes().iter().filter_map(|folder| folder.prefix().map(str::to_owned)));
    }
    Ok(folder)
}

/// `.../2026/11/22/`.
fn is_day(prefix: &str) -> bool {
    let mut parts = prefix.trim_end_matches('/').rsplit('/');
    let mut digits = |count: usize| {
        parts.next().is_some_and(|part| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    prefix.ends_with('/') && digits(2) && digits(2) && digits(4)
}

impl Input for Object {
    fn name(&self) -> String {
        format!("s3://{}/{}", self.bucket, self.key)
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, Failure> {
        let bytes =
            self.runtime.block_on(async {
                let object =
                    self.client.get_object().bucket(&self.bucket).key(&self.key).send().await.map_err(|error| {
                        refused(
                            &error,
                            "read",
                            &self.bucket,
                            &self.key,
                            "s3:GetObject on it, and kms:Decrypt if it is encrypted with a key of yours",
                        )
                    })?;
                object.body.collect().await.map_err(|error| {
                    Failure::invalid(format!("reading `{}` stopped: {}", self.name(), causes(&error)), "")
                })
            })?;
        Ok(Box::new(Cursor::new(bytes.into_bytes())))
    }
}

fn refused<E>(error: &SdkError<E>, what: &str, bucket: &str, key: &str, needs: &str) -> Failure
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    let hint = match error.code() {
        Some("AccessDenied" | "Forbidden" | "AllAccessDisabled") => format!("the caller needs {needs}"),
        Some("NoSuchBucket") => "check the bucket's name and the Region (AWS_REGION)".to_owned(),
        Some("PermanentRedirect" | "AuthorizationHeaderMalformed") => {
            "set AWS_REGION to the bucket's Region".to_owned()
        }
        _ => "credentials and Region come from the environment, as for the AWS CLI".to_owned(),
    };
    let why = match error.code() {
        Some(code) => format!("{code}: {}", error.message().unwrap_or_default()),
        None => causes(error),
    };
    Failure::invalid(format!("cannot {what} `s3://{bucket}/{key}`: {why}"), hint)
}

/// An error and what caused it, in one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // The SDK repeats a cause on its way up.
        if !text.ends_with(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_name_bucket_and_prefix() {
        assert_eq!(parse("s3://trail").unwrap(), ("trail", ""));
        assert_eq!(parse("s3://trail/AWSLogs/111122223333/").unwrap(), ("trail", "AWSLogs/111122223333/"));
        assert!(parse("s3:///x").is_err());
    }

    #[test]
    fn day_folders_are_known() {
        assert!(is_day("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/"));
        for other in ["2026/11/", "2026/11/22", "a/b/c/", ""] {
            assert!(!is_day(other), "{other}");
        }
    }
}
