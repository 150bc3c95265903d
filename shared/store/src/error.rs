use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};

/// Why the store did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// DynamoDB did not answer, or refused.
    #[error("{call} failed: {reason}")]
    Call {
        /// The operation, as DynamoDB names it.
        call: &'static str,
        /// What DynamoDB or the connection said.
        reason: String,
        /// DynamoDB's error code, where it answered with one.
        code: Option<String>,
    },
    /// An item does not hold what the store wrote.
    #[error("item `{key}` cannot be read: {reason}")]
    Corrupt {
        /// Its partition and sort key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An object's events, or settings, need more at once than a transaction or an item can take.
    #[error("it needs {what}, more than is taken at once ({limit})")]
    TooLarge {
        /// How much it needs.
        what: String,
        /// How much is taken.
        limit: &'static str,
    },
    /// Others kept changing the same items.
    #[error("the items were changed by others at each of {attempts} attempts")]
    Busy {
        /// How often it was tried.
        attempts: u32,
    },
    /// The file of an embedded store cannot be opened.
    #[error("`{path}` cannot be opened as a store: {reason}")]
    Open {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
}

impl Error {
    pub(crate) fn call<E, R>(call: &'static str, error: SdkError<E, R>) -> Error
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code).map(str::to_owned);
        Error::Call { call, reason: DisplayErrorContext(&error).to_string(), code }
    }

    /// Whether a write was done: it was not where its condition did not hold.
    pub(crate) fn unless_refused<T, E, R>(call: &'static str, written: Result<T, SdkError<E, R>>) -> Result<bool, Error>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        match written.map_err(|error| Error::call(call, error)) {
            Ok(_) => Ok(true),
            Err(Error::Call { code, .. }) if code.as_deref() == Some("ConditionalCheckFailedException") => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether the same may work later: everything but what is wrong with the data itself.
    #[must_use]
    pub fn is_worth_a_retry(&self) -> bool {
        matches!(self, Error::Call { .. } | Error::Busy { .. })
    }
}
