//! DynamoDB: the index where a query names one, every table of a batch, and the action that a transaction's
//! item or a PartiQL statement is.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html>,
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html>

use super::Decided;
use crate::arn_format::escape;
use crate::json::Json;
use crate::plan::PlannedAction;
use crate::resource::{Call, Found, Inference};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    // `STREAM-ARN|1|AAAA...`
    if let Some((stream, _)) = call
        .request
        .text("shardIterator")
        .filter(|_| action.takes("stream"))
        .and_then(|iterator| iterator.split_once('|'))
    {
        return Found::named(vec![escape(stream).into_owned()]);
    }
    if !action.takes("table") {
        return None;
    }
    if let (Some(table), Some(index)) = (call.request.text("tableName"), call.request.text("indexName")) {
        return Found::named(vec![index_arn(call, table, index)]);
    }
    let mut tables: Vec<String> = call.all(&["tableName", "tableArn"]).map(|table| table_arn(call, table)).collect();
    if tables.is_empty() {
        tables.extend(keyed_tables(call).map(|table| table_arn(call, table)));
    }
    Found::named(tables)
}

/// `requestItems` of a batch is an object with the tables' names as keys.
fn keyed_tables<'c>(call: &'c Call<'_>) -> impl Iterator<Item = &'c str> {
    let members = match call.request.get("requestItems") {
        Some(Json::Object(members)) => members.as_slice(),
        _ => &[],
    };
    members.iter().map(|(table, _)| &**table)
}

pub(super) fn decided(call: &Call<'_>) -> Option<Vec<Decided>> {
    let decided = match &*call.record.event_name {
        "ExecuteStatement" | "BatchExecuteStatement" | "ExecuteTransaction" => {
            call.all(&["statement"]).filter_map(|statement| partiql(call, statement)).collect()
        }
        "TransactWriteItems" | "TransactGetItems" => transaction(call),
        _ => return None,
    };
    Some(merged(decided)).filter(|decided| !decided.is_empty())
}

fn transaction(call: &Call<'_>) -> Vec<Decided> {
    let items = call.request.get("requestItems").or_else(|| call.request.get("transactItems"));
    let items = items.map(Json::elements).unwrap_or_default();
    let decide = |operation: &str, item: &Json<'_>| {
        let table = item.find("tableName")?.as_text()?;
        Some(Decided { action: item_action(operation)?, found: Found::named(vec![table_arn(call, table)])? })
    };
    items
        .iter()
        .flat_map(|item| match (item.text("operation"), item) {
            (Some(operation), _) => decide(operation, item).into_iter().collect::<Vec<_>>(),
            // The shape of the API's own request: {"put": {"tableName": ...}}.
            (None, Json::Object(members)) => {
                members.iter().filter_map(|(operation, inner)| decide(operation, inner)).collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

fn item_action(operation: &str) -> Option<&'static str> {
    const ACTIONS: [(&str, &str); 6] = [
        ("put", "dynamodb:PutItem"),
        ("update", "dynamodb:UpdateItem"),
        ("delete", "dynamodb:DeleteItem"),
        ("conditioncheck", "dynamodb:ConditionCheckItem"),
        ("check", "dynamodb:ConditionCheckItem"),
        ("get", "dynamodb:GetItem"),
    ];
    ACTIONS.iter().find(|(name, _)| crate::json::same_name(name, operation)).map(|(_, action)| *action)
}

/// The verb decides the action, the name after FROM, INTO or UPDATE the table: `SELECT * FROM "Music"."GenreIndex"`.
fn partiql(call: &Call<'_>, statement: &str) -> Option<Decided> {
    const VERBS: [(&str, &str, &str); 4] = [
        ("select", "from", "dynamodb:PartiQLSelect"),
        ("insert", "into", "dynamodb:PartiQLInsert"),
        ("update", "update", "dynamodb:PartiQLUpdate"),
        ("delete", "from", "dynamodb:PartiQLDelete"),
    ];
    let mut words = statement.split_whitespace();
    let first = words.clone().next()?;
    // A condition of a transaction: EXISTS(SELECT ...).
    let verb = if first.len() >= 6 && first.get(..6)?.eq_ignore_ascii_case("exists") { "select" } else { first };
    let (_, before_table, action) = VERBS.iter().find(|(known, _, _)| known.eq_ignore_ascii_case(verb))?;
    words.find(|word| word.eq_ignore_ascii_case(before_table));
    let found = match words.next().and_then(target) {
        Some((table, None)) => Found::named(vec![table_arn(call, &table)])?,
        Some((table, Some(index))) => Found::named(vec![index_arn(call, &table, &index)])?,
        None => Found { patterns: vec![table_arn(call, "*")], inference: Inference::Unknown },
    };
    Some(Decided { action, found })
}

/// `"Music"."GenreIndex"`, `Music`, `'Music'` -> table and index.
fn target(word: &str) -> Option<(String, Option<String>)> {
    let clean = |text: &str| text.trim_matches(['"', '\'', '`', '(', ')', ';', ',']).to_owned();
    let (table, index) = match word.split_once("\".\"") {
        Some((table, index)) => (clean(table), Some(clean(index))),
        None => (clean(word), None),
    };
    (!table.is_empty() && !table.starts_with("***")).then_some((table, index))
}

fn merged(decided: Vec<Decided>) -> Vec<Decided> {
    let mut merged: Vec<Decided> = Vec::new();
    for one in decided {
        match merged.iter_mut().find(|known| known.action == one.action) {
            Some(known) => {
                known.found.patterns.extend(one.found.patterns);
                known.found.patterns.sort_unstable();
                known.found.patterns.dedup();
                known.found.inference = known.found.inference.max(one.found.inference);
            }
            None => merged.push(one),
        }
    }
    merged
}

/// `table` is a name or already an ARN.
fn table_arn(call: &Call<'_>, table: &str) -> String {
    if table.starts_with("arn:") {
        return escape(table).into_owned();
    }
    let name = if table == "*" { "*".into() } else { escape(table) };
    format!("arn:{}:dynamodb:{}:{}:table/{name}", call.site.partition, call.site.region, call.site.account)
}

fn index_arn(call: &Call<'_>, table: &str, index: &str) -> String {
    format!("{}/index/{}", table_arn(call, table), escape(index))
}
