//! Everything, for programs.

use super::Scored;
use crate::output::safe_source;
use crate::render::review::json::compliance;
use advisor::Advice;
use review::wire::{escalation, explained, scored};
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
        .insert("advice".to_owned(), file.advice.as_ref().map(|(model, one)| advice(model, one)).unwrap_or_default());
    members.insert("findings".to_owned(), findings.into());
    members.insert("escalations".to_owned(), file.escalations.iter().map(escalation).collect());
    let summaries = file.reviewed.compliance(!file.escalations.is_empty());
    members.insert("compliance".to_owned(), compliance(&summaries).into());
    let better = file.better.as_ref().map(|better| {
        let mut answer = json!({
            "policy": better.policy,
            "effect": better.effect,
            "applied": better.applied,
            "left": better.left,
            "apply": better.commands.apply,
            "roll_back": better.commands.roll_back,
        });
        if let (Some(members), Some(score)) = (answer.as_object_mut(), &file.better_score) {
            members.insert("score".to_owned(), score.score.into());
            members.insert("risk".to_owned(), score.risk.into());
        }
        answer
    });
    members.insert("better".to_owned(), better.unwrap_or_default());
    answer
}

fn advice(model: &str, advice: &Advice) -> Value {
    let proposal = advice.proposal.as_ref();
    json!({
        "model": model,
        "explanation": advice.explanation,
        "cited": advice.cited,
        "proposal": proposal.map(|proposal| &proposal.policy),
        "refuses": proposal.map(|proposal| authz::compare::wire::request(&proposal.refuses)),
        "notes": advice.notes,
        "usage": {"input_tokens": advice.usage.input, "output_tokens": advice.usage.output, "dollars": advice.cost},
        "kept": advice.is_kept,
    })
}
