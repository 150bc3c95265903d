//! Fixes, applied to a document.

use policy::{Node, json::Value as Json};
use serde_json::{Map, Number, Value};

use crate::findings::{Change, Edit, OwnedStep};

/// The document with all edits; `None` where one of them does not fit it.
///
/// Paths are those of the document as it is given, so removals are done last, from the end.
pub(crate) fn apply(document: &Value, edits: &[Edit]) -> Option<Value> {
    let mut document = document.clone();
    let (mut removals, others): (Vec<&Edit>, Vec<&Edit>) = edits.iter().partition(|edit| edit.change == Change::Remove);
    for edit in others {
        let target = find(&mut document, &edit.path)?;
        match &edit.change {
            Change::Replace(value) => *target = value.clone(),
            Change::Set(key, value) => set(target, key, value.clone())?,
            Change::Append(value) => target.as_array_mut()?.push(value.clone()),
            Change::Remove => {}
        }
    }
    removals.sort_by(|a, b| b.path.cmp(&a.path));
    for edit in removals {
        let (last, parent) = edit.path.split_last()?;
        match (find(&mut document, parent)?, last) {
            (Value::Array(elements), OwnedStep::Index(index)) if *index < elements.len() => {
                elements.remove(*index);
            }
            (Value::Object(members), OwnedStep::Key(key)) => {
                members.shift_remove(key)?;
            }
            _ => return None,
        }
    }
    Some(document)
}

/// Elements come in AWS's order: a version stands first, everything else where its object ends.
fn set(target: &mut Value, key: &str, value: Value) -> Option<()> {
    let members = target.as_object_mut()?;
    if key == "Version" && !members.contains_key(key) {
        members.shift_insert(0, key.to_owned(), value);
    } else {
        members.insert(key.to_owned(), value);
    }
    Some(())
}

fn find<'v>(document: &'v mut Value, path: &[OwnedStep]) -> Option<&'v mut Value> {
    path.iter().try_fold(document, |value, step| match step {
        OwnedStep::Key(key) => value.get_mut(key),
        OwnedStep::Index(index) => value.get_mut(index),
    })
}

/// An element as a value, to edit.
pub(crate) fn to_value(node: &Node<'_>) -> Value {
    match &node.value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        // What would be rounded stays the text that IAM takes it for.
        Json::Number(text) => match text.parse::<Number>() {
            Ok(number) if number.to_string() == text.as_ref() => Value::Number(number),
            _ => Value::String(text.to_string()),
        },
        Json::String(text) => Value::String(text.to_string()),
        Json::Array(nodes) => nodes.iter().map(to_value).collect(),
        Json::Object(members) => {
            let members = members.iter().map(|member| (member.key.to_string(), to_value(&member.node)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn key(key: &str) -> OwnedStep {
        OwnedStep::Key(key.to_owned())
    }

    #[test]
    fn numbers_keep_every_digit() {
        let node = Node::read("[1, -2.5, 9007199254740993, 18446744073709551616, 1.0, 1e3, 0.10]").unwrap();
        let expected = json!([1, -2.5, 9_007_199_254_740_993_u64, "18446744073709551616", 1.0, "1e3", "0.10"]);
        assert_eq!(to_value(&node), expected);
    }

    #[test]
    fn removals_do_not_move_what_other_edits_mean() {
        let document = json!({"Statement": [{"Action": ["a:A", "a:B", "a:C", "a:D"]}]});
        let at = |index| vec![key("Statement"), OwnedStep::Index(0), key("Action"), OwnedStep::Index(index)];
        let edits = [
            Edit { path: at(0), change: Change::Remove },
            Edit { path: at(2), change: Change::Remove },
            Edit { path: at(3), change: Change::Replace("a:E".into()) },
            Edit { path: Vec::new(), change: Change::Set("Version".to_owned(), "2012-10-17".into()) },
        ];
        let edited = apply(&document, &edits).unwrap();
        assert_eq!(edited.to_string(), r#"{"Version":"2012-10-17","Statement":[{"Action":["a:B","a:E"]}]}"#);
    }

    #[test]
    fn an_edit_that_does_not_fit_changes_nothing() {
        let document = json!({"Statement": {"Action": "a:A"}});
        let path = vec![key("Statement"), key("Action"), OwnedStep::Index(0)];
        assert_eq!(apply(&document, &[Edit { path, change: Change::Remove }]), None);
    }
}
