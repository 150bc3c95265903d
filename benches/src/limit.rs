//! The least that any reader of CloudTrail must do: gunzip, and decode what a permission can depend on, borrowed from
//! the text wherever JSON allows it. It is written apart from leastwise on purpose, as the bound that it is held
//! against.

use std::borrow::Cow;
use std::io::{self, Read as _};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A delivery file.
#[derive(Debug, Deserialize)]
pub struct File<'a> {
    /// Its records.
    #[serde(rename = "Records", borrow)]
    pub records: Vec<Record<'a>>,
}

/// Text that is borrowed unless it has escapes.
#[derive(Debug, Deserialize)]
pub struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// A record, pruned.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are CloudTrail's own")]
pub struct Record<'a> {
    #[serde(borrow)]
    pub event_source: Text<'a>,
    #[serde(borrow)]
    pub event_name: Text<'a>,
    #[serde(borrow)]
    pub event_time: Text<'a>,
    #[serde(borrow)]
    pub aws_region: Text<'a>,
    #[serde(borrow)]
    pub error_code: Option<Text<'a>>,
    #[serde(borrow)]
    pub user_identity: Option<Identity<'a>>,
    #[serde(borrow)]
    pub request_parameters: Option<&'a RawValue>,
    #[serde(rename = "eventID", borrow)]
    pub event_id: Text<'a>,
    #[serde(borrow)]
    pub recipient_account_id: Option<Text<'a>>,
}

/// Who, pruned.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are CloudTrail's own")]
pub struct Identity<'a> {
    #[serde(rename = "type", borrow)]
    pub kind: Option<Text<'a>>,
    #[serde(borrow)]
    pub arn: Option<Text<'a>>,
    #[serde(borrow)]
    pub account_id: Option<Text<'a>>,
    #[serde(borrow)]
    pub session_context: Option<Session<'a>>,
}

/// The session, pruned.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are CloudTrail's own")]
pub struct Session<'a> {
    #[serde(borrow)]
    pub session_issuer: Option<Issuer<'a>>,
}

/// The session's issuer, pruned.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are CloudTrail's own")]
pub struct Issuer<'a> {
    #[serde(borrow)]
    pub arn: Option<Text<'a>>,
}

/// Decodes one delivery file, `text` being room that is used again, and returns how many records it holds.
///
/// # Errors
/// Where `gzip` is not gzip, or holds anything but a delivery file.
pub fn decode(gzip: &[u8], text: &mut Vec<u8>) -> io::Result<usize> {
    text.clear();
    MultiGzDecoder::new(gzip).read_to_end(text)?;
    let file: File<'_> = serde_json::from_slice(text)?;
    Ok(std::hint::black_box(file).records.len())
}
