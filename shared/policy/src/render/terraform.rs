//! Terraform: an `aws_iam_policy_document` data source and an `aws_iam_policy` resource a document.

use std::fmt::Write as _;

use super::to_value;
use crate::document::{ActionBlock, Document, PrincipalBlock, Principals, ResourceBlock, Statement, Version};

/// Terraform configuration with one managed policy a document, with a line break at its end.
///
/// `name` becomes the policies' name, and the resources' label as far as Terraform's labels allow; where there are
/// several documents both carry a number from 1. Policy variables are written `&{...}`, as the data source wants them:
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>.
/// A document whose own text holds `&{` cannot be written that way, and stands as one JSON string instead.
#[must_use]
pub fn terraform(name: &str, documents: &[Document]) -> String {
    let mut out = String::new();
    for (index, document) in documents.iter().enumerate() {
        let number = if documents.len() > 1 { format!("-{}", index + 1) } else { String::new() };
        let name = format!("{name}{number}");
        let label = label(&name);
        if index > 0 {
            out.push('\n');
        }
        let json = to_value(document).to_string();
        let policy = if json.contains("&{") {
            quoted(&json)
        } else {
            data_source(&mut out, &label, document);
            out.push('\n');
            format!("data.aws_iam_policy_document.{label}.json")
        };
        let _ = writeln!(out, "resource \"aws_iam_policy\" \"{label}\" {{");
        let _ = writeln!(out, "  name   = {}", quoted(&name));
        let _ = writeln!(out, "  policy = {policy}\n}}");
    }
    out
}

fn data_source(out: &mut String, label: &str, document: &Document) {
    let _ = writeln!(out, "data \"aws_iam_policy_document\" \"{label}\" {{");
    let _ = writeln!(out, "  version = \"{}\"", document.version.as_str());
    if let Some(id) = &document.id {
        let _ = writeln!(out, "  policy_id = {}", quoted(id));
    }
    for each in &document.statements {
        statement(out, each, document.version);
    }
    out.push_str("}\n");
}

fn statement(out: &mut String, statement: &Statement, version: Version) {
    out.push_str("\n  statement {\n");
    if let Some(sid) = &statement.sid {
        let _ = writeln!(out, "    sid    = {}", quoted(sid));
    }
    let _ = writeln!(out, "    effect = \"{}\"", statement.effect.as_str());
    match &statement.action {
        ActionBlock::Action(actions) => list(out, "    ", "actions", actions, version),
        ActionBlock::NotAction(actions) => list(out, "    ", "not_actions", actions, version),
    }
    match &statement.resource {
        Some(ResourceBlock::Resource(resources)) => list(out, "    ", "resources", resources, version),
        Some(ResourceBlock::NotResource(resources)) => list(out, "    ", "not_resources", resources, version),
        None => {}
    }
    if let Some(block) = &statement.principal {
        let name = match block {
            PrincipalBlock::Principal(_) => "principals",
            PrincipalBlock::NotPrincipal(_) => "not_principals",
        };
        match block.principals() {
            Principals::Everyone => principals(out, name, "*", &["*".to_owned()], version),
            Principals::ByKind(kinds) => {
                for (kind, names) in kinds {
                    principals(out, name, kind.as_str(), names, version);
                }
            }
        }
    }
    for condition in &statement.conditions {
        out.push_str("\n    condition {\n");
        let _ = writeln!(out, "      test     = {}", quoted(&condition.operator));
        let _ = writeln!(out, "      variable = {}", quoted(&condition.key));
        list(out, "      ", "values", &condition.values, version);
        out.push_str("    }\n");
    }
    out.push_str("  }\n");
}

fn principals(out: &mut String, block: &str, kind: &str, names: &[String], version: Version) {
    let _ = writeln!(out, "\n    {block} {{\n      type = \"{kind}\"");
    list(out, "      ", "identifiers", names, version);
    out.push_str("    }\n");
}

/// One element a line, so that a later change of one element is a change of one line.
fn list(out: &mut String, indent: &str, name: &str, values: &[String], version: Version) {
    if values.is_empty() {
        let _ = writeln!(out, "{indent}{name} = []");
        return;
    }
    let _ = writeln!(out, "{indent}{name} = [");
    for value in values {
        let value = match version {
            Version::V2012 => value.replace("${", "&{"),
            Version::V2008 => value.clone(),
        };
        let _ = writeln!(out, "{indent}  {},", quoted(&value));
    }
    let _ = writeln!(out, "{indent}]");
}

/// An HCL string: <https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences>.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // `${` and `%{` open templates.
            '$' | '%' if characters.peek() == Some(&'{') => out.extend([character, character]),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Letters, digits, `_` and `-`, not starting with a digit or a dash.
fn label(name: &str) -> String {
    let label: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    match label.chars().next() {
        Some(first) if first.is_ascii_alphabetic() || first == '_' => label,
        _ => format!("policy_{label}"),
    }
}
