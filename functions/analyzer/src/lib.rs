//! Objects of a trail, as they are delivered, into the store.
//!
//! Events: a queue's batch of S3 notifications or of EventBridge's, such a notification itself, a page of a back-fill's listing,
//! and the schedule that folds what was left. Each object is counted once, whatever is delivered how often ([`store`]).
//! What cannot be read goes to the dead-letter queue with its reason; what was good in it is counted.

mod delivery;
mod object;
mod report;

pub use delivery::{Delivery, Message};
pub use report::Report;

use aws_config::SdkConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse};
use delivery::Event;
use object::{Outcome, ReadError};
use serde_json::{Value, json};
use std::time::{Duration, Instant, SystemTime};
use store::{Contribution, Error, Folded, Ingested, Object, Store};

/// What the environment says.
///
/// | variable | |
/// |---|---|
/// | `LEASTWISE_TABLE` | the table of the store; needed |
/// | `LEASTWISE_DEAD_LETTERS` | URL of the queue for what cannot be read; without, it is only logged |
/// | `LEASTWISE_READER_ROLE`, `LEASTWISE_READER_EXTERNAL_ID` | a role that objects are read as, in another account, and the external id that it asks for |
/// | `LEASTWISE_FOLD_AFTER` | entries of a lane after which they are folded at once; else the schedule does it (32) |
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the table.
    pub table: String,
    /// URL of the dead-letter queue.
    pub dead_letters: Option<String>,
    /// Entries of a lane that are worth a fold.
    pub fold_after: usize,
    /// Whom objects are read as; `None` where the function's own role reads them.
    pub reader: Option<Reader>,
}

/// A role in another account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The role's ARN.
    pub role: String,
    /// What it asks for, so that nobody else's request makes us assume it.
    pub external_id: Option<String>,
}

/// Entries of a lane that are worth a fold of their own: half of what one transaction takes.
const FOLD_AFTER: usize = 32;
/// What an invocation keeps of its time to answer, fold and end.
const RESERVE: Duration = Duration::from_secs(10);

impl Settings {
    /// From the environment.
    ///
    /// # Errors
    /// Where `LEASTWISE_TABLE` is missing, or a number is none.
    pub fn from_environment() -> Result<Settings, String> {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let fold_after = match set("LEASTWISE_FOLD_AFTER") {
            None => FOLD_AFTER,
            Some(text) => text.parse().map_err(|_| format!("LEASTWISE_FOLD_AFTER `{text}` is no number"))?,
        };
        Ok(Settings {
            table: set("LEASTWISE_TABLE").ok_or("LEASTWISE_TABLE is not set: it names the store's table")?,
            dead_letters: set("LEASTWISE_DEAD_LETTERS"),
            fold_after,
            reader: set("LEASTWISE_READER_ROLE")
                .map(|role| Reader { role, external_id: set("LEASTWISE_READER_EXTERNAL_ID") }),
        })
    }
}

/// The function.
#[derive(Clone, Debug)]
pub struct Analyzer {
    store: Store,
    objects: aws_sdk_s3::Client,
    queues: aws_sdk_sqs::Client,
    settings: Settings,
}

impl Analyzer {
    /// With clients from the environment.
    pub async fn new(settings: Settings) -> Analyzer {
        let configuration = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
        let store = Store::new(aws_sdk_dynamodb::Client::new(&configuration), &settings.table);
        // MiniStack, and whatever else stands in for S3, knows buckets by path.
        let path_style = std::env::var_os("AWS_ENDPOINT_URL").is_some();
        let mut objects = aws_sdk_s3::config::Builder::from(&configuration).force_path_style(path_style);
        if let Some(reader) = &settings.reader {
            objects = objects.credentials_provider(assumed(reader, &configuration).await);
        }
        let (objects, queues) =
            (aws_sdk_s3::Client::from_conf(objects.build()), aws_sdk_sqs::Client::new(&configuration));
        Analyzer { store, objects, queues, settings }
    }

    /// With these clients.
    #[must_use]
    pub fn with(
        store: Store,
        objects: aws_sdk_s3::Client,
        queues: aws_sdk_sqs::Client,
        settings: Settings,
    ) -> Analyzer {
        Analyzer { store, objects, queues, settings }
    }

    /// Works on an event until shortly before the deadline; what was not begun then is delivered again. Answers a queue with
    /// the messages that failed, and the others with what was done.
    ///
    /// # Errors
    /// Where the event is none of those that are understood, or an object of an event without a queue could not be read.
    pub async fn handle(
        &self,
        event: Value,
        request: &str,
        deadline: SystemTime,
    ) -> Result<Value, lambda_runtime::Error> {
        let left = deadline.duration_since(SystemTime::now()).unwrap_or_default();
        let until = Instant::now() + left.saturating_sub(RESERVE.min(left / 4));
        let mut report = Report::default();
        let event = Event::read(event)?;
        let mut failures = Vec::new();
        for message in &event.messages {
            if let Err(reason) = self.message(message, until, &mut report).await {
                tracing::warn!(message = message.id, reason, "a message failed and will be delivered again");
                report.failed += 1;
                failures.push(message.id.clone());
            }
        }
        let least = if event.folds { 1 } else { self.settings.fold_after };
        let folded = match self.store.fold_alone(request, least, Some(until)).await {
            Ok(folded) => folded,
            // The schedule is there to fold: where it cannot, an alarm has to see it.
            Err(error) if event.folds => return Err(error.to_string().into()),
            // What is in the journal is safe: the next fold takes it.
            Err(error) => {
                tracing::warn!(%error, "a fold was left to the next one");
                Folded::default()
            }
        };
        report.folded = folded.entries;
        report.write();
        if event.from_queue {
            let failed = |id: String| {
                let mut failure = BatchItemFailure::default();
                failure.item_identifier = id;
                failure
            };
            let mut answer = SqsBatchResponse::default();
            answer.batch_item_failures = failures.into_iter().map(failed).collect();
            return Ok(serde_json::to_value(answer)?);
        }
        if let Some(first) = failures.first() {
            return Err(
                format!("{} of {} could not be counted, first {first}", failures.len(), event.messages.len()).into()
            );
        }
        Ok(json!({"objects": report.objects, "events": report.events, "folded": report.folded}))
    }

    /// Counts the objects of a message. An error is worth another delivery.
    async fn message(&self, message: &Message, until: Instant, report: &mut Report) -> Result<(), String> {
        for delivery in &message.deliveries {
            if Instant::now() >= until {
                return Err("the time was up before it was begun".to_owned());
            }
            match self.delivery(delivery, until, report).await {
                Ok(()) => {}
                Err(Refused::ForNow(reason)) => return Err(reason),
                Err(Refused::ForGood(reason)) => self.dead_letter(delivery, &reason).await?,
            }
        }
        if let Some(reason) = &message.foreign {
            report.skipped += 1;
            tracing::info!(message = message.id, reason, "a message was passed over");
        }
        Ok(())
    }

    async fn delivery(&self, delivery: &Delivery, until: Instant, report: &mut Report) -> Result<(), Refused> {
        let key = &delivery.object.key;
        // Where AWS lays out logs, the function may read CloudTrail's only.
        let is_anothers = key.contains("AWSLogs/") && !key.contains("/CloudTrail/");
        if is_anothers || trail::FileKind::of(key) != trail::FileKind::Delivery {
            report.skipped += 1;
            return Ok(());
        }
        if delivery.size > object::LARGEST {
            return Err(ReadError::TooLarge.into());
        }
        if !delivery.object.version.is_empty() && self.store.has(&delivery.object).await? {
            report.before += 1;
            return Ok(());
        }
        let Outcome { object, contribution, bytes } = object::read(&self.objects, delivery, until).await?;
        let reading = &contribution.reading;
        if let Some((offset, reason)) = reading.problems.first() {
            let more = reading.problems.len() as u64 - 1 + reading.more_problems;
            let reason = format!("at byte {offset}: {reason}, and {more} more; {} events were counted", reading.events);
            // First the letter, then the ledger: a death between them sends it twice, and never not at all.
            self.dead_letter(delivery, &reason).await.map_err(Refused::ForNow)?;
        }
        let nothing_read = reading.events == 0 && !reading.problems.is_empty();
        if nothing_read {
            // Nothing is counted, so that the object can be delivered again when it is mended.
            return Ok(());
        }
        self.count(&object, &contribution, bytes, report).await
    }

    async fn count(
        &self,
        object: &Object,
        contribution: &Contribution,
        bytes: u64,
        report: &mut Report,
    ) -> Result<(), Refused> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        match self.store.ingest(object, contribution, now).await? {
            Ingested::Counted => report.count(&contribution.reading, bytes, now),
            Ingested::Before => report.before += 1,
        }
        Ok(())
    }

    /// Says of an object that it cannot be read, and why.
    async fn dead_letter(&self, delivery: &Delivery, reason: &str) -> Result<(), String> {
        let object = &delivery.object;
        tracing::error!(bucket = object.bucket, key = object.key, reason, "an object could not be read");
        let Some(queue) = &self.settings.dead_letters else { return Ok(()) };
        let letter = json!({
            "bucket": object.bucket, "key": object.key, "version": object.version, "size": delivery.size, "reason": reason,
        });
        let sent = self.queues.send_message().queue_url(queue).message_body(letter.to_string()).send().await;
        sent.map(|_| ()).map_err(|error| {
            format!("the dead-letter queue did not take it: {}", aws_sdk_sqs::error::DisplayErrorContext(&error))
        })
    }
}

/// Credentials of the role, renewed as they expire.
async fn assumed(reader: &Reader, configuration: &SdkConfig) -> AssumeRoleProvider {
    let mut role =
        AssumeRoleProvider::builder(&reader.role).session_name("leastwise-analyzer").configure(configuration);
    if let Some(external_id) = &reader.external_id {
        role = role.external_id(external_id);
    }
    role.build().await
}

/// Why an object was not counted.
#[derive(Debug)]
enum Refused {
    /// It may work later.
    ForNow(String),
    /// It never will.
    ForGood(String),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        if error.is_worth_a_retry() { Refused::ForNow(error.to_string()) } else { Refused::ForGood(error.to_string()) }
    }
}

impl From<ReadError> for Refused {
    fn from(error: ReadError) -> Refused {
        match error {
            ReadError::Gone => Refused::ForGood("it is not there any more, or was overwritten".to_owned()),
            ReadError::TooLarge => Refused::ForGood(format!("it has more than {} bytes", object::LARGEST)),
            ReadError::Stopped(reason) => Refused::ForNow(reason),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

    use super::*;
    use aws_sdk_s3::config::{Credentials, ProvideCredentials, Region};
    use aws_smithy_runtime_api::client::http::{
        HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
    };
    use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
    use aws_smithy_types::body::SdkBody;

    /// STS, which gives the role to whoever names the external id.
    #[derive(Debug)]
    struct Tokens;

    impl HttpConnector for Tokens {
        fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
            let asked = String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned();
            let knows = asked.contains("RoleArn=arn%3Aaws%3Aiam%3A%3A444455556666%3Arole%2Freader")
                && asked.contains("ExternalId=example-id");
            let given = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>\
                <AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
                <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
            let refused =
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>";
            let (status, body) = if knows { (200, given) } else { (403, refused) };
            let status = u16::try_into(status).unwrap();
            HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(body))))
        }
    }

    #[tokio::test]
    async fn another_accounts_role_is_assumed_with_its_external_id() {
        let configuration = aws_config::defaults(aws_config::BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("a", "b", None, None, "test"))
            .http_client(http_client_fn(|_, _| SharedHttpConnector::new(Tokens)))
            .load()
            .await;
        let role = "arn:aws:iam::444455556666:role/reader".to_owned();
        let knows = Reader { role: role.clone(), external_id: Some("example-id".to_owned()) };
        let given = assumed(&knows, &configuration).await.provide_credentials().await.unwrap();
        assert_eq!(given.access_key_id(), "ASIAEXAMPLE");
        let guesses = Reader { role, external_id: None };
        assert!(assumed(&guesses, &configuration).await.provide_credentials().await.is_err());
    }
}
