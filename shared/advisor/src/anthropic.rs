//! Anthropic's Messages API: <https://docs.claude.com/en/api/messages>.

use serde_json::{Value, json};

use crate::{
    http::post,
    model::{Ask, Field, LanguageModel, ModelError, ModelFuture, Reply, Usage},
};

/// A model of Anthropic.
#[derive(Debug, Clone)]
pub struct Anthropic {
    model: String,
    key: String,
    base: String,
}

impl Anthropic {
    /// Where the API is if nothing else is said.
    pub const BASE: &'static str = "https://api.anthropic.com";

    /// The model of this id, asked with this key at this address.
    pub fn new(model: impl Into<String>, key: impl Into<String>, base: impl Into<String>) -> Self {
        Anthropic { model: model.into(), key: key.into(), base: base.into() }
    }
}

impl LanguageModel for Anthropic {
    fn id(&self) -> &str {
        &self.model
    }

    fn answer<'a>(&'a self, ask: &'a Ask) -> ModelFuture<'a> {
        Box::pin(async move {
            let headers = vec![("x-api-key", self.key.clone()), ("anthropic-version", "2023-06-01".to_owned())];
            read(&post(format!("{}/v1/messages", self.base), headers, body(&self.model, ask)).await?)
        })
    }
}

fn body(model: &str, ask: &Ask) -> Value {
    let mut body = json!({
        "model": model,
        "max_tokens": ask.max_tokens,
        "system": ask.system,
        "messages": [{"role": "user", "content": ask.user}],
    });
    let Some(members) = body.as_object_mut() else { return body };
    if ask.has(Field::Temperature) {
        members.insert("temperature".to_owned(), 0.into());
    }
    if ask.has(Field::Schema) {
        let tool = json!({"name": "answer", "description": "Gives the answer.", "input_schema": ask.schema});
        members.insert("tools".to_owned(), json!([tool]));
        if ask.has(Field::ToolChoice) {
            members.insert("tool_choice".to_owned(), json!({"type": "tool", "name": "answer"}));
        }
    }
    body
}

fn read(answer: &Value) -> Result<Reply, ModelError> {
    let parts = answer.get("content").and_then(Value::as_array);
    let parts = parts.ok_or_else(|| ModelError::Malformed("it has no content".to_owned()))?;
    let by_tool = parts.iter().find_map(|part| part.get("input")).map(Value::to_string);
    let texts = || parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str)).collect::<String>();
    let count = |name: &str| answer.pointer(&format!("/usage/{name}")).and_then(Value::as_u64).unwrap_or_default();
    Ok(Reply {
        text: by_tool.unwrap_or_else(texts),
        usage: Usage { input: count("input_tokens"), output: count("output_tokens") },
        is_cut: answer.get("stop_reason").and_then(Value::as_str) == Some("max_tokens"),
    })
}
