//! `leastwise map`: events -> permissions.

use crate::arguments::MapArguments;
use crate::failure::Failure;
use crate::input::read::Input;
use crate::{batch, input, output};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::process::ExitCode;
use trail::{Item, Mapped, Mapper, Needs, Outcome, Permission, Record};

/// One line of batch input.
#[derive(serde::Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    event: Option<&'a RawValue>,
}

pub fn run(arguments: &MapArguments) -> Result<ExitCode, Failure> {
    let catalog = input::catalog::open(arguments.catalog.as_deref())?;
    let mut mapper = Mapper::new(&catalog);
    if arguments.jsonl {
        batch::run(|text| {
            let line: Line<'_> = serde_json::from_str(text).map_err(|error| error.to_string())?;
            let event = line.event.ok_or("the line has no `event`")?;
            let record: Record<'_> =
                serde_json::from_str(event.get()).map_err(|error| format!("the event cannot be read: {error}"))?;
            if !record.is_event() {
                return Err("the event names no eventSource and eventName".to_owned());
            }
            Ok(describe(&mapper.map(&record)))
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(input) = arguments.input.iter().find(|input| input.starts_with("s3://")) {
        return Err(Failure::invalid(
            format!("`{input}` is no file or folder"),
            "map reads files; `leastwise analyze` reads S3",
        ));
    }
    let sources = input::files::expand(&arguments.input, &input::Window::default())?;
    let mut table = output::table(&["Event", "Outcome", "Permission", "Resource"]);
    if sources.files.is_empty() && sources.problems.is_empty() {
        return Err(Failure::invalid("no CloudTrail files were found", sources.skipped.hint()));
    }
    let mut skipped = !sources.problems.is_empty();
    for problem in &sources.problems {
        output::tell(&format!("warning: `{}`: {}", output::one_line(&problem.file), output::one_line(&problem.reason)));
    }
    for source in &sources.files {
        let bytes = match source.open() {
            Ok(bytes) => bytes,
            Err(failure) => {
                skipped = true;
                output::tell(&format!("warning: {}", failure.with_cause()));
                continue;
            }
        };
        trail::read_records(bytes, &trail::Limits::default(), |item| match item {
            Item::Record(record) => describe_row(&mut table, &record, &mapper.map(&record)),
            Item::Other(_) => {}
            Item::Problem(problem) => {
                skipped = true;
                output::tell(&format!(
                    "warning: `{}` {}",
                    output::one_line(&source.name()),
                    output::one_line(&problem.to_string())
                ));
            }
        });
    }
    output::print(&format!("{table}\n"))?;
    Ok(ExitCode::from(if skipped { 2 } else { 0 }))
}

fn describe(mapped: &Mapped<'_>) -> Map<String, Value> {
    let (kind, permissions, reason) = match &mapped.needs {
        Needs::Permissions(permissions) => ("permission", permissions.as_slice(), Value::Null),
        Needs::Nothing(reason) => ("none", [].as_slice(), json!(**reason)),
        Needs::Unknown(reason) => ("unknown", [].as_slice(), json!(**reason)),
    };
    let listed = |besides: bool| {
        permissions.iter().filter(|permission| permission.besides == besides).map(permission_value).collect::<Vec<_>>()
    };
    let principal = &mapped.principal;
    let mut reply = Map::new();
    reply.insert("kind".to_owned(), json!(kind));
    reply.insert("outcome".to_owned(), json!(mapped.outcome));
    reply.insert(
        "principal".to_owned(),
        json!({
            "arn": principal.arn,
            "kind": principal.kind,
            "account": principal.account,
            "cross_account": principal.cross_account,
            "permission_set": principal.permission_set(),
        }),
    );
    reply.insert("via".to_owned(), json!(mapped.via));
    reply.insert("permissions".to_owned(), Value::Array(listed(false)));
    reply.insert("besides".to_owned(), Value::Array(listed(true)));
    reply.insert("reason".to_owned(), reason);
    reply
}

fn permission_value(permission: &Permission) -> Value {
    // Requests name resources as text; only a policy writes `${*}` for a star.
    let resources: Vec<_> = permission.resources.iter().map(|pattern| trail::arn_format::unescape(pattern)).collect();
    let context: Map<String, Value> =
        permission.context.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
    json!({
        "action": *permission.action,
        "resources": resources,
        "context": context,
        "provenance": permission.provenance.to_string(),
        "inference": permission.inference.name(),
    })
}

fn describe_row(table: &mut comfy_table::Table, record: &Record<'_>, mapped: &Mapped<'_>) {
    let source = record.event_source.trim_end_matches(".amazonaws.com");
    let event = output::one_line(&format!("{source} {}", &*record.event_name));
    let outcome = if mapped.outcome == Outcome::Allowed { "" } else { mapped.outcome.name() };
    let mut row = |permission: &str, resource: &str| {
        table.add_row([event.as_str(), outcome, permission, resource]);
    };
    match &mapped.needs {
        Needs::Permissions(permissions) => {
            for permission in permissions {
                let resources: Vec<String> =
                    permission.resources.iter().map(|resource| output::one_line(resource)).collect();
                row(&output::one_line(&permission.action), &resources.join("\n"));
            }
        }
        Needs::Nothing(reason) => row("none", &output::one_line(reason)),
        Needs::Unknown(reason) => row("unknown", &output::one_line(reason)),
    }
}
