//! Answers of models, kept in the store for whoever asks the same.

use advisor::{Cache, CacheFuture};
use store::Store;

/// Seconds that an answer is kept: as long as models and prompts usually stay as they are.
const KEPT: i64 = 90 * 86_400;

pub(crate) struct Answers<'a> {
    pub store: &'a Store,
    /// Seconds since 1970.
    pub now: i64,
}

impl Cache for Answers<'_> {
    fn get<'a>(&'a self, key: &'a str) -> CacheFuture<'a, Option<String>> {
        Box::pin(async move {
            // An answer that cannot be looked up costs a question.
            self.store.answer(key, self.now).await.unwrap_or_default()
        })
    }

    fn put<'a>(&'a self, key: &'a str, answer: &'a str) -> CacheFuture<'a, ()> {
        Box::pin(async move {
            if let Err(error) = self.store.keep_answer(key, answer, self.now + KEPT).await {
                tracing::warn!(%error, "an answer could not be kept");
            }
        })
    }
}
