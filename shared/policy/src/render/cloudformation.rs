//! CloudFormation: one `AWS::IAM::ManagedPolicy` a document, as a JSON template.

use serde_json::{Map, Value, json};

use super::to_value;
use crate::document::Document;

/// A CloudFormation template with one managed policy a document, without a line break at its end.
///
/// Logical ids are `name` without what CloudFormation does not allow in them, and a number from 1 where there are
/// several documents. JSON and not YAML, since a YAML reader would have its own mind about `*` and `"on"`.
/// Follows <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html>.
#[must_use]
pub fn cloudformation(name: &str, documents: &[Document]) -> String {
    let id = logical_id(name);
    let resources: Map<String, Value> = documents
        .iter()
        .enumerate()
        .map(|(index, document)| {
            let id = if documents.len() > 1 { format!("{id}{}", index + 1) } else { id.clone() };
            let resource = json!({
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": { "PolicyDocument": without_references(to_value(document)) },
            });
            (id, resource)
        })
        .collect();
    format!("{:#}", json!({ "AWSTemplateFormatVersion": "2010-09-09", "Resources": resources }))
}

/// CloudFormation resolves `{{resolve:...}}` in any text when it deploys, and names from a log must not reach that far:
/// a `?` stands for the second brace, which is the same character to IAM.
fn without_references(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace("{{resolve:", "{?resolve:")),
        Value::Array(elements) => elements.into_iter().map(without_references).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(key, value)| (key, without_references(value))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

/// `app-reader_role` -> `AppReaderRole`: ASCII letters and digits, at most 200 of the 255 allowed.
fn logical_id(name: &str) -> String {
    let mut id: String = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters)
        })
        .take(200)
        .collect();
    if id.is_empty() {
        id.push_str("Policy");
    }
    id
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_cannot_make_cloudformation_resolve_anything() {
        let value = serde_json::json!({"Resource": ["arn:aws:s3:::b/{{resolve:ssm:/x:1}}"]});
        let text = super::without_references(value).to_string();
        assert_eq!(text, r#"{"Resource":["arn:aws:s3:::b/{?resolve:ssm:/x:1}}"]}"#);
    }

    #[test]
    fn logical_ids_hold_letters_and_digits_only() {
        for (name, id) in
            [("app-reader_role", "AppReaderRole"), ("9lives", "9lives"), ("é/!", "Policy"), ("", "Policy")]
        {
            assert_eq!(super::logical_id(name), id);
        }
    }
}
