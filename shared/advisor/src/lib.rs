//! Language models that explain and propose, and the checks that what they say has to pass.
//!
//! A model never grades: score, risk, findings and escalation paths come from [`review`] and are no part of what is asked of
//! it or taken from it. What it proposes is parsed, validated and compared; what does not pass is dropped, with the reason.
//! Without a model, or when it is slow, throttled or wrong, the rules' answer stands, with a note.

mod advise;
mod anthropic;
mod bedrock;
mod cache;
mod capabilities;
mod http;
mod model;
mod openai;
mod prompt;
mod reply;
mod verify;

pub use advise::{Advice, DEADLINE, FollowUp, Proposal, Question, REPAIRS, advise};
pub use anthropic::Anthropic;
pub use bedrock::Bedrock;
pub use cache::{Cache, CacheFuture, Directory, Memory, NoCache};
pub use capabilities::{Capabilities, capabilities};
pub use model::{Ask, Field, LanguageModel, ModelError, ModelFuture, Reply, Usage};
pub use openai::OpenAi;
pub use prompt::{Kind, Language, PROMPT_VERSION, UnknownWord};
pub use verify::{Effect, Objection, verify};
