//! Answers that were paid for once.

use std::{
    collections::{BTreeMap, VecDeque},
    fs,
    path::PathBuf,
    pin::Pin,
    sync::{Mutex, PoisonError},
};

/// Keeps answers by a key that holds everything that they depend on.
pub trait Cache: Send + Sync {
    /// The answer of this key.
    fn get<'a>(&'a self, key: &'a str) -> CacheFuture<'a, Option<String>>;
    /// Keeps an answer. That it cannot be kept costs a question, and is no error.
    fn put<'a>(&'a self, key: &'a str, answer: &'a str) -> CacheFuture<'a, ()>;
}

/// What a cache is going to say.
pub type CacheFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoCache;

impl Cache for NoCache {
    fn get<'a>(&'a self, _: &'a str) -> CacheFuture<'a, Option<String>> {
        Box::pin(async { None })
    }

    fn put<'a>(&'a self, _: &'a str, _: &'a str) -> CacheFuture<'a, ()> {
        Box::pin(async {})
    }
}

/// Keeps the latest answers in memory.
#[derive(Debug)]
pub struct Memory {
    most: usize,
    kept: Mutex<(BTreeMap<String, String>, VecDeque<String>)>,
}

impl Memory {
    /// At most so many answers.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Memory { most, kept: Mutex::default() }
    }
}

impl Cache for Memory {
    fn get<'a>(&'a self, key: &'a str) -> CacheFuture<'a, Option<String>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).0.get(key).cloned();
        Box::pin(async { kept })
    }

    fn put<'a>(&'a self, key: &'a str, answer: &'a str) -> CacheFuture<'a, ()> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (answers, order) = &mut *kept;
        if answers.insert(key.to_owned(), answer.to_owned()).is_none() {
            order.push_back(key.to_owned());
        }
        while order.len() > self.most {
            if let Some(oldest) = order.pop_front() {
                answers.remove(&oldest);
            }
        }
        Box::pin(async {})
    }
}

/// Keeps answers as files of a folder.
#[derive(Debug, Clone)]
pub struct Directory {
    folder: PathBuf,
}

impl Directory {
    /// In this folder, which is made when it is needed.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Directory { folder: folder.into() }
    }
}

impl Cache for Directory {
    fn get<'a>(&'a self, key: &'a str) -> CacheFuture<'a, Option<String>> {
        let kept = fs::read_to_string(self.folder.join(format!("{key}.json"))).ok();
        Box::pin(async { kept })
    }

    fn put<'a>(&'a self, key: &'a str, answer: &'a str) -> CacheFuture<'a, ()> {
        // Written beside and moved, so that nobody reads half of it.
        let (part, whole) = (self.folder.join(format!("{key}.part")), self.folder.join(format!("{key}.json")));
        let _ = fs::create_dir_all(&self.folder)
            .and_then(|()| fs::write(&part, answer))
            .and_then(|()| fs::rename(&part, &whole));
        Box::pin(async {})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn memory_forgets_the_oldest() {
        let memory = Memory::new(2);
        for key in ["a", "b", "c"] {
            memory.put(key, key).await;
        }
        assert_eq!(
            [memory.get("a").await, memory.get("b").await, memory.get("c").await],
            [None, Some("b".into()), Some("c".into())]
        );
    }

    #[tokio::test]
    async fn a_folder_keeps_answers_for_the_next_run() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("answers");
        Directory::new(&path).put("key", "answer").await;
        assert_eq!(Directory::new(&path).get("key").await, Some("answer".to_owned()));
        assert_eq!(Directory::new(&path).get("other").await, None);
    }
}
