//! What a model said, read with care: it is hostile input.

use serde_json::Value;

/// The longest explanation that is kept, in characters.
const LONGEST: usize = 4_000;

/// A model's answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub explanation: String,
    /// The codes that it cites and that are among the findings.
    pub cited: Vec<String>,
    /// Those that are not: made up.
    pub made_up: Vec<String>,
    pub policy: Option<Value>,
}

/// Reads an answer; what stands around the JSON object is passed over.
pub(crate) fn read(text: &str, codes: &[&str]) -> Result<Answer, String> {
    let value = object(text).ok_or("the model's answer holds no JSON object")?;
    let explanation =
        value.get("explanation").and_then(Value::as_str).ok_or("the model's answer has no explanation")?;
    let cited = value.get("cited").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let (cited, made_up): (Vec<String>, Vec<String>) = cited
        .iter()
        .filter_map(Value::as_str)
        .map(|code| code.chars().take(80).collect::<String>())
        .partition(|code| codes.contains(&code.as_str()));
    let policy = value.get("policy").filter(|policy| policy.is_object()).cloned();
    Ok(Answer { explanation: harmless(explanation), cited, made_up, policy })
}

/// The first JSON object in a text.
fn object(text: &str) -> Option<Value> {
    let starts = text.match_indices('{').map(|(at, _)| at).take(20);
    let read = |at: usize| {
        let mut values = serde_json::Deserializer::from_str(text.get(at..)?).into_iter::<Value>();
        values.next()?.ok().filter(Value::is_object)
    };
    starts.filter_map(read).find(|value| value.get("explanation").is_some())
}

/// Text without what could steer a terminal or a page, and not too long.
fn harmless(text: &str) -> String {
    let steers = |character: &char| {
        (character.is_control() && *character != '\n')
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.trim().chars().filter(|character| !steers(character)).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_in_prose_and_fences() {
        let text = "Sure! {x}\n```json\n{\"explanation\": \"a\\u001b[31m\", \"cited\": [\"ONE\", \"TWO\"], \"policy\": null}\n```";
        let answer = read(text, &["ONE"]).unwrap();
        assert_eq!(answer.explanation, "a[31m");
        assert_eq!((answer.cited, answer.made_up), (vec!["ONE".to_owned()], vec!["TWO".to_owned()]));
        assert_eq!(answer.policy, None);
    }

    #[test]
    fn what_is_no_answer_says_so() {
        assert!(read("I cannot do that.", &[]).is_err());
        assert!(read("{\"policy\": {}}", &[]).is_err());
        assert_eq!(
            read(&format!("{{\"explanation\": \"{}\"}}", "a".repeat(9_000)), &[]).unwrap().explanation.len(),
            LONGEST
        );
    }
}
