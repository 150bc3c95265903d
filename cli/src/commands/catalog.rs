//! `leastwise catalog`: what is known of AWS, and since when.

use crate::arguments::{CatalogArguments, CatalogCommand};
use crate::failure::Failure;
use crate::{input, output};
use ::catalog::{Action, Catalog, Service};
use serde_json::{Value, json};
use std::fmt::Write;
use std::process::ExitCode;

pub fn run(arguments: &CatalogArguments) -> Result<ExitCode, Failure> {
    if let Some(CatalogCommand::Update { url }) = &arguments.command {
        return super::catalog_update::run(url);
    }
    let catalog = input::catalog::open(arguments.catalog.as_deref())?;
    let answer = match &arguments.name {
        None => summary(&catalog),
        Some(name) => match name.split_once(':') {
            None => catalog.service(name).map(service),
            Some((prefix, action)) => catalog.action(prefix, action).map(describe),
        }
        .ok_or_else(|| unknown(&catalog, name))?,
    };
    if arguments.json {
        let mut text =
            serde_json::to_string_pretty(&answer).map_err(|error| Failure::invalid(error.to_string(), ""))?;
        text.push('\n');
        output::print(&text)?;
    } else {
        let mut text = String::new();
        outline(&answer, 0, &mut text);
        output::print(&text)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn summary(catalog: &Catalog) -> Value {
    let release = catalog.release();
    let dated = |date: &str| if date.is_empty() { String::new() } else { format!(" of {date}") };
    let sources: Vec<Value> = release
        .sources()
        .map(|source| json!(format!("{} {}{}", source.name, source.version, dated(source.date))))
        .collect();
    let count = |of: fn(Service<'_>) -> usize| catalog.services().map(of).sum::<usize>();
    json!({
        "date": release.date(),
        "sources": sources,
        "services": catalog.services().len(),
        "retired services": catalog.services().filter(|service| service.retired()).count(),
        "actions": count(|service| service.actions().len()),
        "resource types": count(|service| service.resource_types().len()),
        "condition keys": count(|service| service.condition_keys().len()),
    })
}

fn service(service: Service<'_>) -> Value {
    json!({
        "service": service.prefix(),
        "title": service.title(),
        "retired": service.retired(),
        "actions": service.actions().map(|action| action.name()).collect::<Vec<_>>(),
        "resource types": service.resource_types().map(|kind| (kind.name().to_owned(), json!(kind.arn_format()))).collect::<serde_json::Map<_, _>>(),
        "condition keys": service.condition_keys().map(|key| (key.name().to_owned(), json!(key.kind()))).collect::<serde_json::Map<_, _>>(),
    })
}

fn describe(action: Action<'_>) -> Value {
    let resources: serde_json::Map<_, _> = action
        .resources()
        .map(|resource| {
            let required = if resource.required { "" } else { " (optional)" };
            (
                resource.resource_type.name().to_owned(),
                json!(format!("{}{required}", resource.resource_type.arn_format())),
            )
        })
        .collect();
    json!({
        "action": format!("{}:{}", action.service(), action.name()),
        "access level": action.access_level().to_string(),
        "listed in": action.provenance().to_string(),
        "resources": resources,
        "condition keys": action.condition_keys().collect::<Vec<_>>(),
        "needs also": action.dependent_actions().collect::<Vec<_>>(),
        "passes roles in": action.pass_role().map(|role| (role.parameter.to_owned(), json!(role.passed_to))).collect::<serde_json::Map<_, _>>(),
    })
}

fn unknown(catalog: &Catalog, name: &str) -> Failure {
    let prefix = name.split_once(':').map_or(name, |(prefix, _)| prefix);
    let hint = match catalog.service(prefix) {
        Some(_) => format!("`leastwise catalog {prefix}` lists the actions of this service"),
        None => "a service is named by its prefix in IAM, as `s3`; `leastwise catalog update` looks for newer ones"
            .to_owned(),
    };
    Failure::invalid(format!("the catalog knows no `{name}`"), hint)
}

/// JSON as an indented outline.
fn outline(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    // Writing to a String cannot fail.
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::Array(elements) if elements.is_empty() => {}
                    Value::Object(members) if members.is_empty() => {}
                    Value::Array(_) | Value::Object(_) => {
                        let _ = writeln!(text, "{indent}{key}:");
                        outline(value, depth + 1, text);
                    }
                    _ => {
                        let _ = writeln!(text, "{indent}{key}: {}", plain(value));
                    }
                }
            }
        }
        Value::Array(elements) => {
            for element in elements {
                let _ = writeln!(text, "{indent}{}", plain(element));
            }
        }
        _ => {
            let _ = writeln!(text, "{indent}{}", plain(value));
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => output::safe(text),
        other => other.to_string(),
    }
}
