//! A model's advice beside the rules' answer, where one is asked for.

use crate::arguments::{AdvisorArgument, AskArgument, LanguageArgument, ScoreArguments};
use crate::failure::Failure;
use crate::input;
use advisor::{
    Advice, Anthropic, Bedrock, Cache, DEADLINE, Directory, LanguageModel, NoCache, OpenAi, Question, advise,
};
use aws_config::BehaviorVersion;
use aws_config::retry::RetryConfig;
use catalog::Catalog;
use std::env;
use tokio::runtime::Runtime;

/// A model to ask, and where its answers are kept.
pub struct Advisor {
    runtime: Runtime,
    model: Box<dyn LanguageModel>,
    answers: Box<dyn Cache>,
    ask: AskArgument,
    language: LanguageArgument,
}

impl Advisor {
    /// The model that the arguments name; `None` for none.
    pub fn new(arguments: &ScoreArguments) -> Result<Option<Advisor>, Failure> {
        let Some(provider) = arguments.advisor.filter(|provider| *provider != AdvisorArgument::None) else {
            return Ok(None);
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failure::invalid(format!("cannot ask a model: {error}"), ""))?;
        let named = |usual: &str| arguments.model.clone().unwrap_or_else(|| usual.to_owned());
        let model: Box<dyn LanguageModel> = match provider {
            AdvisorArgument::Bedrock => {
                let retry = RetryConfig::disabled();
                let settings = aws_config::defaults(BehaviorVersion::latest()).retry_config(retry);
                let client = aws_sdk_bedrockruntime::Client::new(&runtime.block_on(settings.load()));
                Box::new(Bedrock::new(named(Bedrock::MODEL), client))
            }
            AdvisorArgument::Anthropic => {
                let base = env::var("ANTHROPIC_BASE_URL").unwrap_or_else(|_| Anthropic::BASE.to_owned());
                Box::new(Anthropic::new(named("claude-sonnet-4-6"), key("ANTHROPIC_API_KEY")?, base))
            }
            AdvisorArgument::Openai | AdvisorArgument::None => {
                let base = env::var("OPENAI_BASE_URL").unwrap_or_else(|_| OpenAi::BASE.to_owned());
                Box::new(OpenAi::new(named("gpt-4.1"), key("OPENAI_API_KEY")?, base))
            }
        };
        let folder = input::catalog::cache().and_then(|file| Some(file.parent()?.join("answers")));
        let answers: Box<dyn Cache> = match folder {
            Some(folder) => Box::new(Directory::new(folder)),
            None => Box::new(NoCache),
        };
        Ok(Some(Advisor { runtime, model, answers, ask: arguments.ask, language: arguments.language }))
    }

    /// What the model says of a policy, as far as it passed the checks.
    pub fn advise(&self, question: Question<'_>, catalog: &Catalog) -> Advice {
        let question = Question { kind: self.ask.kind(), language: self.language.language(), ..question };
        self.runtime.block_on(advise(&question, self.model.as_ref(), self.answers.as_ref(), catalog, DEADLINE))
    }

    pub fn model(&self) -> &str {
        self.model.id()
    }
}

fn key(variable: &str) -> Result<String, Failure> {
    env::var(variable).ok().filter(|key| !key.is_empty()).ok_or_else(|| {
        Failure::invalid(format!("`{variable}` is not set"), "set it to the key of your account with the provider")
    })
}

impl AskArgument {
    fn kind(self) -> advisor::Kind {
        match self {
            AskArgument::General => advisor::Kind::General,
            AskArgument::Trust => advisor::Kind::Trust,
            AskArgument::Resource => advisor::Kind::Resource,
            AskArgument::Compliance => advisor::Kind::Compliance,
            AskArgument::Risk => advisor::Kind::Risk,
        }
    }
}

impl LanguageArgument {
    fn language(self) -> advisor::Language {
        match self {
            LanguageArgument::En => advisor::Language::English,
            LanguageArgument::Es => advisor::Language::Spanish,
            LanguageArgument::Pt => advisor::Language::Portuguese,
        }
    }
}
