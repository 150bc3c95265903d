//! Everything, for programs.

use super::Scored;
use crate::output::safe_source;
use review::wire::{compliance, escalation, explained, scored};
use serde_json::{Value, json};

pub fn render(files: &[Scored]) -> String {
    let files: Vec<Value> = files.iter().map(file).collect();
    format!("{}\n", safe_source(&format!("{:#}", json!({"files": files}))))
}

fn file(file: &Scored) -> Value {
    let findings: Vec<Value> = file.reviewed.findings.open.iter().map(explained).collect();
    let mut answer = json!({"file": file.reviewed.name, "type": file.reviewed.policy_type.as_str()});
    let Some(members) = answer.as_object_mut() else { return answer };
    if file.is_readable() {
        members.extend(scored(&file.score));
    } else {
        members.insert("score".to_owned(), Value::Null);
    }
    // A model explains; it never grades.
    members.insert("graded_by".to_owned(), "rules".into());
    members
        .insert("advice".to_owned(), file.advice.as_ref().map(|(model, one)| one.to_json(model)).unwrap_or_default());
    members.insert("findings".to_owned(), findings.into());
    members.insert("escalations".to_owned(), file.escalations.iter().map(escalation).collect());
    let summaries = file.reviewed.compliance(!file.escalations.is_empty());
    members.insert("compliance".to_owned(), compliance(&summaries).into());
    let better = file.better.as_ref().map(|better| better.to_json(file.better_score.as_ref()));
    members.insert("better".to_owned(), better.unwrap_or_default());
    answer
}
