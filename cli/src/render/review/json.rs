//! Everything, for programs.

use crate::output::safe_source;
use crate::reviewed::Reviewed;
use review::compliance::{Summary, summaries};
use review::wire::{compliance, explained};
use serde_json::{Map, Value, json};

pub fn render(files: &[Reviewed]) -> String {
    let files: Vec<Value> = files.iter().map(file).collect();
    format!("{}\n", safe_source(&format!("{:#}", json!({"files": files}))))
}

fn file(file: &Reviewed) -> Value {
    let findings: Vec<Value> = file.findings.open.iter().map(explained).collect();
    let accepted: Vec<Value> = file.findings.accepted.iter().map(|(finding, _)| explained(finding)).collect();
    let counts: Map<String, Value> =
        file.counts().into_iter().map(|(severity, count)| (severity.as_str().to_owned(), count.into())).collect();
    json!({
        "file": file.name,
        "type": file.policy_type.as_str(),
        "counts": counts,
        "findings": findings,
        "accepted": accepted,
        "compliance": compliance(&file.compliance(false)),
    })
}

impl Reviewed {
    /// How the file stands with the controls of every framework.
    pub fn compliance(&self, escalates: bool) -> Vec<Summary> {
        let is_readable = self.reviews.iter().all(|review| review.document.is_some());
        summaries(&self.findings.open, escalates, self.policy_type, is_readable)
    }
}
