//! The case files: CloudTrail records, and the permissions that AWS's documentation says such calls need.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use leastwise_trail::{Mapper, Needs, Permission, Record};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn every_case_is_mapped_as_documented() {
    let mut mapper = Mapper::new(catalog::builtin());
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut sources = BTreeSet::new();
    for path in files() {
        let file = read(&path);
        let cases = file["case"].as_array().unwrap_or_else(|| panic!("{} has no cases", path.display()));
        for case in cases {
            count += 1;
            let page = case
                .get("documentation")
                .or_else(|| file.get("documentation"))
                .and_then(Value::as_str)
                .unwrap_or_default();
            assert!(
                page.starts_with("https://docs.aws.amazon.com/"),
                "{}: {} names no page",
                path.display(),
                case["name"]
            );
            let record = record(&file, case);
            sources.insert(record["eventSource"].to_string());
            let got = mapped(&mut mapper, &record, case);
            let wanted = wanted(case);
            if got != wanted {
                let file = path.file_name().unwrap().display();
                wrong.push(format!("{file}: {}\n  got    {got}\n  wanted {wanted}", case["name"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 250, "only {count} cases were found");
    assert!(sources.len() > 50, "only {} event sources were found", sources.len());
}

fn files() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    files.sort();
    files
}

fn read(path: &Path) -> Value {
    toml::from_str(&std::fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The record of a case: what every record has, then what the file says, then what the case says.
fn record(file: &Value, case: &Value) -> Value {
    let said = |key: &str| case.get(key).or_else(|| file.get(key)).and_then(Value::as_str);
    let parsed = |key: &str| {
        said(key).map(|text| {
            serde_json::from_str::<Value>(text).unwrap_or_else(|error| panic!("{}: {key}: {error}", case["name"]))
        })
    };
    let identity = parsed("identity").unwrap_or_else(|| {
        json!({
            "type": "AssumedRole",
            "arn": "arn:aws:sts::111122223333:assumed-role/app/session",
            "accountId": "111122223333",
            "sessionContext": { "sessionIssuer": { "type": "Role", "arn": "arn:aws:iam::111122223333:role/app", "accountId": "111122223333" } },
        })
    });
    let mut record = Map::new();
    let mut set = |name: &str, value: Option<Value>| value.map(|value| record.insert(name.to_owned(), value));
    set("eventVersion", Some("1.11".into()));
    set("eventType", Some(said("type").unwrap_or("AwsApiCall").into()));
    set("eventTime", Some("2026-11-22T04:05:06Z".into()));
    set("awsRegion", Some(said("region").unwrap_or("eu-west-1").into()));
    set("recipientAccountId", Some(said("account").unwrap_or("111122223333").into()));
    set("eventSource", said("source").map(|source| format!("{source}.amazonaws.com").into()));
    set("eventName", said("event").map(Into::into));
    set("userIdentity", Some(identity));
    set("requestParameters", parsed("request"));
    set("responseElements", parsed("response"));
    set("resources", parsed("resources"));
    set("errorCode", said("error").map(Into::into));
    set("errorMessage", said("message").map(Into::into));
    if let Some(service) = said("invoked_by") {
        record["userIdentity"]["invokedBy"] = service.into();
    }
    Value::Object(record)
}

/// What leastwise makes of the record, as far as the case says something about it.
fn mapped(mapper: &mut Mapper<'_>, record: &Value, case: &Value) -> Value {
    let text = record.to_string();
    let record: Record<'_> = serde_json::from_str(&text).unwrap();
    let mapped = mapper.map(&record);
    let mut got = Map::new();
    match &mapped.needs {
        Needs::Permissions(permissions) => {
            let list = |besides: bool| {
                permissions.iter().filter(|permission| permission.besides == besides).map(need).collect::<Vec<_>>()
            };
            got.insert("needs".into(), sorted(list(false)));
            if permissions.iter().any(|permission| permission.besides) {
                got.insert("besides".into(), sorted(list(true)));
            }
        }
        Needs::Nothing(reason) => drop(got.insert("none".into(), (**reason).into())),
        Needs::Unknown(reason) => drop(got.insert("unknown".into(), (**reason).into())),
    }
    got.insert("outcome".into(), mapped.outcome.name().into());
    if case.get("inference").is_some()
        && let Needs::Permissions(permissions) = &mapped.needs
    {
        got.insert("inference".into(), permissions.iter().map(|permission| permission.inference.name()).max().into());
    }
    if case.get("principal").is_some() {
        got.insert(
            "principal".into(),
            json!([mapped.principal.kind.name(), mapped.principal.arn, mapped.principal.account]),
        );
    }
    if case.get("via").is_some() {
        got.insert("via".into(), mapped.via.unwrap_or_default().into());
    }
    Value::Object(got)
}

/// `["s3:GetObject", "arn:aws:s3:::bucket/key"]`, with the context behind it where there is any.
fn need(permission: &Permission) -> Value {
    let mut need: Vec<Value> = vec![(*permission.action).into()];
    need.extend(permission.resources.iter().map(|resource| resource.as_str().into()));
    if !permission.context.is_empty() {
        need.push(
            permission
                .context
                .iter()
                .map(|(key, value)| ((*key).to_owned(), Value::from(value.as_str())))
                .collect::<Map<_, _>>()
                .into(),
        );
    }
    Value::Array(need)
}

fn wanted(case: &Value) -> Value {
    let mut wanted = Map::new();
    for key in ["needs", "besides"] {
        if let Some(needs) = case.get(key) {
            wanted.insert(key.into(), sorted(needs.as_array().unwrap().clone()));
        }
    }
    let outcome = case.get("outcome").cloned().unwrap_or_else(|| "allowed".into());
    wanted.insert("outcome".into(), outcome);
    for key in ["none", "unknown", "inference", "principal", "via"] {
        if let Some(value) = case.get(key) {
            wanted.insert(key.into(), value.clone());
        }
    }
    Value::Object(wanted)
}

fn sorted(mut needs: Vec<Value>) -> Value {
    needs.sort_by_key(Value::to_string);
    needs.into()
}
