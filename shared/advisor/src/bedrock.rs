//! Models on Amazon Bedrock, by Converse:
//! <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html>.

use aws_sdk_bedrockruntime::{
    Client,
    error::{DisplayErrorContext, ProvideErrorMetadata, SdkError},
    operation::converse::{ConverseError, ConverseOutput},
    types::{
        ContentBlock, ConversationRole, InferenceConfiguration, Message, SpecificToolChoice, StopReason,
        SystemContentBlock, Tool, ToolChoice, ToolConfiguration, ToolInputSchema, ToolSpecification,
    },
};
use aws_smithy_types::{Document, Number};
use serde_json::Value;

use crate::model::{Ask, Field, LanguageModel, ModelError, ModelFuture, Reply, Usage};

/// A model on Bedrock: a foundation model's id, or an inference profile's id or ARN.
#[derive(Debug, Clone)]
pub struct Bedrock {
    model: String,
    client: Client,
}

impl Bedrock {
    /// The model that is asked if nothing else is said.
    pub const MODEL: &'static str = "global.anthropic.claude-sonnet-4-6";

    /// The model of this id, by a client that was made with the account's settings. Retries are the caller's, so the
    /// client's own are best turned off.
    pub fn new(model: impl Into<String>, client: Client) -> Self {
        Bedrock { model: model.into(), client }
    }

    async fn converse(&self, ask: &Ask) -> Result<Reply, ModelError> {
        let malformed =
            |error: aws_smithy_types::error::operation::BuildError| ModelError::Malformed(error.to_string());
        let mut inference =
            InferenceConfiguration::builder().max_tokens(i32::try_from(ask.max_tokens).unwrap_or(i32::MAX));
        if ask.has(Field::Temperature) {
            inference = inference.temperature(0.0);
        }
        let message = Message::builder()
            .role(ConversationRole::User)
            .content(ContentBlock::Text(ask.user.clone()))
            .build()
            .map_err(malformed)?;
        let mut request = self
            .client
            .converse()
            .model_id(&self.model)
            .system(SystemContentBlock::Text(ask.system.clone()))
            .messages(message)
            .inference_config(inference.build());
        if ask.has(Field::Schema) {
            let tool = ToolSpecification::builder()
                .name("answer")
                .description("Gives the answer.")
                .input_schema(ToolInputSchema::Json(document(&ask.schema)))
                .build()
                .map_err(malformed)?;
            let mut tools = ToolConfiguration::builder().tools(Tool::ToolSpec(tool));
            if ask.has(Field::ToolChoice) {
                let choice = SpecificToolChoice::builder().name("answer").build().map_err(malformed)?;
                tools = tools.tool_choice(ToolChoice::Tool(choice));
            }
            request = request.tool_config(tools.build().map_err(malformed)?);
        }
        read(&request.send().await.map_err(|error| failure(&error))?)
    }
}

impl LanguageModel for Bedrock {
    fn id(&self) -> &str {
        &self.model
    }

    fn answer<'a>(&'a self, ask: &'a Ask) -> ModelFuture<'a> {
        Box::pin(self.converse(ask))
    }
}

fn read(answer: &ConverseOutput) -> Result<Reply, ModelError> {
    let message = answer.output().and_then(|output| output.as_message().ok());
    let message = message.ok_or_else(|| ModelError::Malformed("it has no message".to_owned()))?;
    let parts = message.content();
    let by_tool = parts.iter().find_map(|part| part.as_tool_use().ok()).map(|tool| value(tool.input()).to_string());
    let texts = || parts.iter().filter_map(|part| part.as_text().ok()).map(String::as_str).collect::<String>();
    let count = |tokens: i32| u64::try_from(tokens).unwrap_or_default();
    let usage = answer.usage();
    Ok(Reply {
        text: by_tool.unwrap_or_else(texts),
        usage: Usage {
            input: usage.map_or(0, |usage| count(usage.input_tokens())),
            output: usage.map_or(0, |usage| count(usage.output_tokens())),
        },
        is_cut: *answer.stop_reason() == StopReason::MaxTokens,
    })
}

fn failure(error: &SdkError<ConverseError>) -> ModelError {
    let status = error.raw_response().map(|response| response.status().as_u16());
    let message = || -> String {
        let said = error.message().map_or_else(|| DisplayErrorContext(error).to_string(), str::to_owned);
        said.chars().take(300).collect()
    };
    match (error.code(), status) {
        (Some("ThrottlingException" | "TooManyRequestsException"), _) | (_, Some(429)) => {
            ModelError::Throttled { after: None }
        }
        (_, Some(500..=599)) | (_, None) => ModelError::Unavailable(message()),
        // The body was no JSON that the SDK knows.
        (_, Some(200..=299)) => ModelError::Malformed(message()),
        _ => ModelError::Refused(message()),
    }
}

fn document(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::Number(number) => Document::Number(match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Number::PosInt(number),
            (None, Some(number)) => Number::NegInt(number),
            (None, None) => Number::Float(number.as_f64().unwrap_or_default()),
        }),
        Value::String(text) => Document::String(text.clone()),
        Value::Array(values) => Document::Array(values.iter().map(document).collect()),
        Value::Object(members) => {
            Document::Object(members.iter().map(|(key, value)| (key.clone(), document(value))).collect())
        }
    }
}

fn value(document: &Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::Bool(*value),
        Document::Number(Number::PosInt(number)) => (*number).into(),
        Document::Number(Number::NegInt(number)) => (*number).into(),
        Document::Number(Number::Float(number)) => (*number).into(),
        Document::String(text) => Value::String(text.clone()),
        Document::Array(values) => values.iter().map(value).collect(),
        Document::Object(members) => {
            // The SDK keeps no order: sorted, so that the same answer is the same text.
            let sorted: std::collections::BTreeMap<&String, &Document> = members.iter().collect();
            Value::Object(sorted.into_iter().map(|(key, one)| (key.clone(), value(one))).collect())
        }
    }
}
