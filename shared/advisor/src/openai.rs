//! OpenAI's Chat Completions API, which others speak too: <https://platform.openai.com/docs/api-reference/chat>.

use serde_json::{Value, json};

use crate::{
    http::post,
    model::{Ask, Field, LanguageModel, ModelError, ModelFuture, Reply, Usage},
};

/// A model behind OpenAI's API.
#[derive(Debug, Clone)]
pub struct OpenAi {
    model: String,
    key: String,
    base: String,
}

impl OpenAi {
    /// Where the API is if nothing else is said.
    pub const BASE: &'static str = "https://api.openai.com";

    /// The model of this id, asked with this key at this address.
    pub fn new(model: impl Into<String>, key: impl Into<String>, base: impl Into<String>) -> Self {
        OpenAi { model: model.into(), key: key.into(), base: base.into() }
    }
}

impl LanguageModel for OpenAi {
    fn id(&self) -> &str {
        &self.model
    }

    fn answer<'a>(&'a self, ask: &'a Ask) -> ModelFuture<'a> {
        Box::pin(async move {
            let headers = vec![("authorization", format!("Bearer {}", self.key))];
            read(&post(format!("{}/v1/chat/completions", self.base), headers, body(&self.model, ask)).await?)
        })
    }
}

fn body(model: &str, ask: &Ask) -> Value {
    let mut body = json!({
        "model": model,
        "max_completion_tokens": ask.max_tokens,
        "messages": [{"role": "system", "content": ask.system}, {"role": "user", "content": ask.user}],
    });
    let Some(members) = body.as_object_mut() else { return body };
    if ask.has(Field::Temperature) {
        members.insert("temperature".to_owned(), 0.into());
    }
    if ask.has(Field::Schema) {
        let schema = json!({"name": "answer", "schema": ask.schema});
        members.insert("response_format".to_owned(), json!({"type": "json_schema", "json_schema": schema}));
    }
    body
}

fn read(answer: &Value) -> Result<Reply, ModelError> {
    let text = answer.pointer("/choices/0/message/content").and_then(Value::as_str);
    let count = |name: &str| answer.pointer(&format!("/usage/{name}")).and_then(Value::as_u64).unwrap_or_default();
    Ok(Reply {
        text: text.ok_or_else(|| ModelError::Malformed("it has no content".to_owned()))?.to_owned(),
        usage: Usage { input: count("prompt_tokens"), output: count("completion_tokens") },
        is_cut: answer.pointer("/choices/0/finish_reason").and_then(Value::as_str) == Some("length"),
    })
}
