//! What is asked of a model, and what comes back.

use std::{future::Future, pin::Pin, time::Duration};

use serde_json::Value;

/// A model that answers.
pub trait LanguageModel: Send + Sync {
    /// Its id, as its provider names it.
    fn id(&self) -> &str;

    /// Answers once: retries, repairs and deadlines are the caller's.
    fn answer<'a>(&'a self, ask: &'a Ask) -> ModelFuture<'a>;
}

/// The answer that is to come.
pub type ModelFuture<'a> = Pin<Box<dyn Future<Output = Result<Reply, ModelError>> + Send + 'a>>;

/// One question, in the words of the prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// What the model is to do, and how.
    pub system: String,
    /// What it is to do it with: data.
    pub user: String,
    /// The shape of the answer, as a JSON Schema.
    pub schema: Value,
    /// The most tokens of the answer.
    pub max_tokens: u32,
    /// Fields that the model's provider has refused, and that are left out.
    pub without: Vec<Field>,
}

impl Ask {
    /// Whether a field is to be sent.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        !self.without.contains(&field)
    }
}

/// A field of a request that not every model takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// How freely it answers; 0 is asked for.
    Temperature,
    /// That it must answer by the tool that has the schema.
    ToolChoice,
    /// The schema itself.
    Schema,
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 3] = [Field::Temperature, Field::ToolChoice, Field::Schema];

    /// The names by which providers' errors call it.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Field::Temperature => &["temperature"],
            Field::ToolChoice => &["tool_choice", "toolchoice"],
            Field::Schema => &["response_format", "json_schema", "tools", "toolconfig", "input_schema"],
        }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its text; where the model answered by the tool, the tool's input as JSON.
    pub text: String,
    /// What it took.
    pub usage: Usage,
    /// Whether it was cut off at the most tokens.
    pub is_cut: bool,
}

/// Tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Of questions.
    pub input: u64,
    /// Of answers.
    pub output: u64,
}

impl std::ops::AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        self.input += other.input;
        self.output += other.output;
    }
}

/// Why a model does not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Too many requests; asking later helps.
    #[error("the model is throttled")]
    Throttled {
        /// When, if its provider says so.
        after: Option<Duration>,
    },
    /// It cannot be reached, or fails; asking later may help.
    #[error("the model cannot be reached: {0}")]
    Unavailable(String),
    /// Its provider refuses the request; asking again does not help, asking without the field that is named may.
    #[error("the model refuses the request: {0}")]
    Refused(String),
    /// What came is no answer.
    #[error("the model's answer cannot be read: {0}")]
    Malformed(String),
}
