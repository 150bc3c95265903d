//! Batch mode: one JSON object a line in, one out, `id` echoed, order kept; a line that cannot be used is answered
//! with `{"id", "error"}` and costs only itself.

use crate::failure::Failure;
use crate::output::safe_source;
use serde_json::{Map, Value, json};
use std::io::{self, BufRead, Write};

/// Answers every line of standard input.
pub fn run(mut answer: impl FnMut(&str) -> Result<Map<String, Value>, String>) -> Result<(), Failure> {
    let mut input = io::stdin().lock();
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line).map_err(Failure::Input)? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let reply = match std::str::from_utf8(&line) {
            Ok(text) => answer_line(text, &mut answer),
            Err(error) => json!({"id": null, "error": format!("the line is not UTF-8: {error}")}),
        };
        writeln!(output, "{}", safe_source(&reply.to_string())).map_err(Failure::Output)?;
    }
    output.flush().map_err(Failure::Output)
}

fn answer_line(text: &str, answer: &mut impl FnMut(&str) -> Result<Map<String, Value>, String>) -> Value {
    #[derive(serde::Deserialize)]
    struct Id {
        #[serde(default)]
        id: Value,
    }
    let id = match serde_json::from_str::<Id>(text) {
        Ok(Id { id }) => id,
        Err(error) => return json!({"id": null, "error": format!("the line is no JSON object: {error}")}),
    };
    let mut reply = Map::new();
    reply.insert("id".to_owned(), id);
    match answer(text) {
        Ok(members) => reply.extend(members),
        Err(error) => {
            reply.insert("error".to_owned(), Value::String(error));
        }
    }
    Value::Object(reply)
}
