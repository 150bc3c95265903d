//! An object's bytes, as they come, into a contribution.

use crate::delivery::Delivery;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata};
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use store::{Contribution, Object};
use tokio_util::io::SyncIoBridge;

/// Bytes of an object as it is stored. CloudTrail's files have some 5 MB; at twenty times that, one object would take the
/// whole time of an invocation.
pub(crate) const LARGEST: u64 = 100 << 20;

/// What was read.
pub(crate) struct Outcome {
    /// The object, by what was really read.
    pub object: Object,
    pub contribution: Contribution,
    /// As they are stored.
    pub bytes: u64,
}

/// Why it was not.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// There is no such object, or another in its place.
    Gone,
    /// It has more bytes than are read.
    TooLarge,
    /// It may work the next time.
    Stopped(String),
}

/// Reads an object in memory that does not grow with it. A connection that ends too early, or the time that is up, is
/// no damage of the object: nothing is counted then.
pub(crate) async fn read(client: &Client, delivery: &Delivery, until: Instant) -> Result<Outcome, ReadError> {
    let Object { bucket, key, version } = &delivery.object;
    let mut asked = client.get_object().bucket(bucket).key(key).set_version_id(delivery.version_id.clone());
    if !version.is_empty() {
        // What was announced, and not what somebody put in its place since: that is announced, too.
        asked = asked.if_match(format!("\"{version}\""));
    }
    let answer = asked.send().await.map_err(|error| match error.code() {
        Some("NoSuchKey" | "NoSuchVersion" | "NoSuchBucket" | "PreconditionFailed") => ReadError::Gone,
        _ => ReadError::Stopped(format!("S3 did not give it: {}", DisplayErrorContext(&error))),
    })?;
    if answer.content_length.is_some_and(|length| u64::try_from(length).is_ok_and(|length| length > LARGEST)) {
        return Err(ReadError::TooLarge);
    }
    let version = answer.e_tag().unwrap_or_default().trim_matches('"').to_owned();
    let object = Object { version, ..delivery.object.clone() };
    let body = SyncIoBridge::new(answer.body.into_async_read());
    let stopped = Arc::new(Mutex::new(None));
    let watched = Watched { body, bytes: 0, until, stopped: stopped.clone() };
    let (contribution, bytes) = tokio::task::spawn_blocking(move || {
        let mut watched = watched;
        let contribution = Contribution::read(&mut watched, catalog::builtin());
        (contribution, watched.bytes)
    })
    .await
    .map_err(|error| ReadError::Stopped(error.to_string()))?;
    let reason = stopped.lock().unwrap_or_else(PoisonError::into_inner).take();
    match reason {
        Some(reason) => Err(ReadError::Stopped(reason)),
        None => Ok(Outcome { object, contribution, bytes }),
    }
}

/// Counts bytes, and tells what stops the reading from what is wrong with the bytes.
struct Watched<R> {
    body: R,
    bytes: u64,
    until: Instant,
    stopped: Arc<Mutex<Option<String>>>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = if Instant::now() >= self.until {
            Err(io::Error::other("the time was up while it was read"))
        } else {
            self.body.read(buffer)
        };
        match &read {
            Ok(count) => self.bytes += *count as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                *self.stopped.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_string());
            }
        }
        read
    }
}
