//! Changes that take access away: a condition more, a denial more.

use policy::{Node, json::Value as Json};
use serde_json::{Map, Value, json};

use crate::{edits::to_value, findings::Change, subject::Statement};

/// The conditions of a statement, and one more on a key that they do not name; `None` where they are no conditions.
pub(crate) fn with_condition(statement: &Statement<'_>, operator: &str, key: &str, value: &Value) -> Option<Value> {
    let mut conditions = match statement.node.get("Condition").map(to_value) {
        None => Map::new(),
        Some(Value::Object(conditions)) => conditions,
        Some(_) => return None,
    };
    let keys = conditions.entry(operator).or_insert_with(|| json!({}));
    keys.as_object_mut()?.insert(key.to_owned(), value.clone());
    Some(Value::Object(conditions))
}

/// One more statement at the end; `None` where the policy has none yet.
pub(crate) fn append_statement<'n, 'a>(root: &'n Node<'a>, statement: Value) -> Option<(&'n Node<'a>, Change)> {
    let statements = root.get("Statement")?;
    match &statements.value {
        Json::Array(_) => Some((statements, Change::Append(statement))),
        Json::Object(_) => Some((statements, Change::Replace(json!([to_value(statements), statement])))),
        _ => None,
    }
}
