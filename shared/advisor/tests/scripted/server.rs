//! A server on loopback that answers each request with the next line of its script, in the words of one provider.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use leastwise_advisor::{Anthropic, Bedrock, LanguageModel, OpenAi};
use serde_json::{Value, json};

/// Whose words are spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    Bedrock,
    Anthropic,
    OpenAi,
}

pub const ALL: [Provider; 3] = [Provider::Bedrock, Provider::Anthropic, Provider::OpenAi];

/// One line of a script.
#[derive(Debug, Clone)]
pub enum Line {
    /// An answer of this text.
    Says(String),
    /// An answer that is cut off.
    Cut(String),
    /// Too many requests.
    Throttled,
    /// The provider's machines fail.
    Fails,
    /// The request is refused with this message.
    Refuses(&'static str),
    /// What is no JSON.
    Rubbish,
    /// An answer that comes too late.
    Late(String),
}

pub struct Server {
    pub provider: Provider,
    address: String,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Server {
    pub fn start(provider: Provider, script: Vec<Line>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        thread::spawn(move || {
            let mut script = script.into_iter();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(body) = body_of(&mut BufReader::new(&stream)) else { continue };
                seen.lock().unwrap().push(body);
                let line = script.next().unwrap_or(Line::Refuses("the script is over"));
                let (status, kind, text) = written(provider, &line);
                if let Line::Late(_) = line {
                    thread::sleep(Duration::from_secs(3));
                }
                let head = format!(
                    "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nx-amzn-errortype: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    text.len()
                );
                // A client that went away has had enough.
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(text.as_bytes()));
            }
        });
        Server { provider, address, asked }
    }

    pub fn model(&self) -> Box<dyn LanguageModel> {
        match self.provider {
            Provider::Bedrock => {
                use aws_sdk_bedrockruntime::config::{BehaviorVersion, Credentials, Region, retry::RetryConfig};
                let config = aws_sdk_bedrockruntime::Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::new("eu-west-1"))
                    .credentials_provider(Credentials::new("EXAMPLE", "example", None, None, "tests"))
                    .retry_config(RetryConfig::disabled())
                    .endpoint_url(&self.address)
                    .build();
                let client = aws_sdk_bedrockruntime::Client::from_conf(config);
                Box::new(Bedrock::new("global.anthropic.claude-sonnet-4-6", client))
            }
            Provider::Anthropic => Box::new(Anthropic::new("claude-sonnet-4-6", "key", &self.address)),
            Provider::OpenAi => Box::new(OpenAi::new("gpt-4.1", "key", &self.address)),
        }
    }

    /// What was asked, in order.
    pub fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }
}

fn body_of(reader: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim().to_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn written(provider: Provider, line: &Line) -> (u16, &'static str, String) {
    match line {
        Line::Says(text) | Line::Late(text) => (200, "", answer(provider, text, false).to_string()),
        Line::Cut(text) => (200, "", answer(provider, text, true).to_string()),
        Line::Throttled => (429, "ThrottlingException", error("slow down")),
        Line::Fails => (503, "ServiceUnavailableException", error("try later")),
        Line::Refuses(message) => (400, "ValidationException", error(message)),
        Line::Rubbish => (200, "", "<html>".to_owned()),
    }
}

/// Bedrock's message, and the others'.
fn error(message: &str) -> String {
    json!({"message": message, "error": {"message": message}}).to_string()
}

fn answer(provider: Provider, text: &str, is_cut: bool) -> Value {
    match provider {
        Provider::Bedrock => {
            let content = match serde_json::from_str::<Value>(text) {
                Ok(input) => json!({"toolUse": {"toolUseId": "one", "name": "answer", "input": input}}),
                Err(_) => json!({"text": text}),
            };
            json!({
                "output": {"message": {"role": "assistant", "content": [content]}},
                "stopReason": if is_cut { "max_tokens" } else { "end_turn" },
                "usage": {"inputTokens": 1000, "outputTokens": 200, "totalTokens": 1200},
                "metrics": {"latencyMs": 1},
            })
        }
        Provider::Anthropic => {
            let content = match serde_json::from_str::<Value>(text) {
                Ok(input) => json!({"type": "tool_use", "id": "one", "name": "answer", "input": input}),
                Err(_) => json!({"type": "text", "text": text}),
            };
            json!({
                "content": [content],
                "stop_reason": if is_cut { "max_tokens" } else { "end_turn" },
                "usage": {"input_tokens": 1000, "output_tokens": 200},
            })
        }
        Provider::OpenAi => json!({
            "choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": if is_cut { "length" } else { "stop" }}],
            "usage": {"prompt_tokens": 1000, "completion_tokens": 200},
        }),
    }
}
