//! The store without AWS: DynamoDB's API over SQLite, in this process and in one file.
//!
//! The store's own code is the same; only the client's requests go to the engine instead of the network. No port is
//! opened for it.

use crate::{Error, Store};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Config, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use dynoxide::{Database, DynoxideError};
use serde::{Serialize, de::DeserializeOwned};
use std::path::Path;

/// The table's name in a file.
const TABLE: &str = "leastwise";

/// Opens the store of a file, which is made where there is none; in memory without a file.
///
/// # Errors
/// [`Error::Open`] where the file is no store or cannot be written; [`Error::Call`].
pub async fn open(file: Option<&Path>) -> Result<Store, Error> {
    open_with(file, |configuration| configuration).await
}

/// As [`open`], with changes to the client's configuration: what tests use to interfere with its calls.
///
/// # Errors
/// As [`open`].
pub async fn open_with(file: Option<&Path>, change: impl FnOnce(Builder) -> Builder) -> Result<Store, Error> {
    let store = Store::new(client(&database(file)?, change), TABLE);
    store.create().await?;
    Ok(store)
}

/// Opens the engine itself, so that several clients can use one file or one memory.
///
/// # Errors
/// [`Error::Open`].
pub fn database(file: Option<&Path>) -> Result<Database, Error> {
    let (opened, path) = match file {
        Some(path) => (Database::new(&path.to_string_lossy()), path.display().to_string()),
        None => (Database::memory(), "memory".to_owned()),
    };
    opened.map_err(|error| Error::Open { path, reason: error.to_string() })
}

/// A client whose requests go to the engine.
pub fn client(database: &Database, change: impl FnOnce(Builder) -> Builder) -> Client {
    let configuration = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        // Nothing leaves the process: the signature is of no use, and the client insists on one.
        .credentials_provider(Credentials::new("embedded", "embedded", None, None, "embedded"))
        .http_client(transport(database.clone()));
    Client::from_conf(change(configuration).build())
}

/// The transport by which a client reaches the engine.
pub fn transport(database: Database) -> SharedHttpClient {
    http_client_fn(move |_, _| SharedHttpConnector::new(Engine { database: database.clone() }))
}

struct Engine {
    database: Database,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Engine")
    }
}

impl HttpConnector for Engine {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let database = self.database.clone();
        HttpConnectorFuture::new(async move {
            let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
            let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
            let body = request.body().bytes().unwrap_or_default().to_vec();
            // SQLite waits for the disk.
            let answered = tokio::task::spawn_blocking(move || answer(&database, &operation, &body)).await;
            let (status, body) = answered.map_err(|error| ConnectorError::other(error.into(), None))?;
            let status = StatusCode::try_from(status).map_err(|error| ConnectorError::other(error.into(), None))?;
            Ok(HttpResponse::new(status, SdkBody::from(body)))
        })
    }
}

fn answer(database: &Database, operation: &str, body: &[u8]) -> (u16, String) {
    let done = match operation {
        "CreateTable" => with(body, |request| database.create_table(request)),
        "DescribeTable" => with(body, |request| database.describe_table(request)),
        "PutItem" => with(body, |request| database.put_item(request)),
        "GetItem" => with(body, |request| database.get_item(request)),
        "DeleteItem" => with(body, |request| database.delete_item(request)),
        "Query" => with(body, |request| database.query(request)),
        "BatchGetItem" => with(body, |request| database.batch_get_item(request)),
        "BatchWriteItem" => with(body, |request| database.batch_write_item(request)),
        "TransactWriteItems" => with(body, |request| database.transact_write_items(request)),
        other => Err(DynoxideError::ValidationException(format!("the store has no use for {other}"))),
    };
    match done {
        Ok(answer) => (200, answer),
        Err(error) => (error.status_code(), error.to_json()),
    }
}

fn with<Q: DeserializeOwned, A: Serialize>(
    body: &[u8],
    ask: impl FnOnce(Q) -> Result<A, DynoxideError>,
) -> Result<String, DynoxideError> {
    let malformed = |error: serde_json::Error| DynoxideError::ValidationException(error.to_string());
    let answer = ask(serde_json::from_slice(body).map_err(malformed)?)?;
    serde_json::to_string(&answer).map_err(malformed)
}
