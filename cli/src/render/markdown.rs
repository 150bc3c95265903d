//! Markdown, for a ticket or a pull request.

use crate::output::{one_line, safe_source};
use generate::{Generated, PrincipalPolicies};
use std::fmt::Write;

/// One section a principal.
pub fn render(generated: &Generated) -> String {
    let mut text = String::from("# Least-privilege policies\n");
    // Writing to a String cannot fail.
    for principal in &generated.principals {
        one_principal(principal, &mut text);
    }
    if !generated.not_generated.is_empty() {
        let _ = writeln!(text, "\n## No policy\n\n| Principal | Kind | Events | Why |\n|---|---|---:|---|");
        for one in &generated.not_generated {
            let _ =
                writeln!(text, "| {} | {} | {} | {} |", code(&one.principal), one.kind.name(), one.events, one.reason);
        }
    }
    if !generated.unknown.is_empty() {
        let _ = writeln!(text, "\n## Unknown events\n\n| Source | Event | Events | Why |\n|---|---|---:|---|");
        for row in &generated.unknown {
            let _ = writeln!(text, "| {} | {} | {} | {} |", code(&row.source), code(&row.name), row.events, row.reason);
        }
    }
    text
}

fn one_principal(principal: &PrincipalPolicies, text: &mut String) {
    let _ = writeln!(text, "\n## {}", code(&principal.principal));
    for policy in &principal.policies {
        let _ = writeln!(
            text,
            "\n### {} ({} characters)\n\n{}",
            code(&policy.name),
            policy.size,
            fenced(&safe_source(&policy::render::json(&policy.document)))
        );
        let _ = writeln!(text, "| Statement | Uses | First | Last | Notes |\n|---|---:|---|---|---|");
        for evidence in &policy.evidence {
            let time = |time: &Option<String>| time.clone().unwrap_or_default();
            let notes: Vec<String> = evidence.notes.iter().map(|note| cell(note)).collect();
            let total = &evidence.total;
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} |",
                code(&evidence.sid),
                total.calls,
                time(&total.first_seen),
                time(&total.last_seen),
                notes.join("; ")
            );
        }
    }
    let proof = &principal.proof;
    let _ = if principal.policies.is_empty() {
        writeln!(text, "\nNo policy: nothing is left to grant.")
    } else {
        writeln!(
            text,
            "\n**Proof:** {} of {} requests allowed again (uses: {}); {} of {} (action, resource) pairs cannot be left out.",
            proof.allowed, proof.requests, proof.calls, proof.needed, proof.pairs
        )
    };
    if !principal.left_out.is_empty() {
        let _ = writeln!(text, "\n| Not granted | On | Times | Why |\n|---|---|---:|---|");
        for one in &principal.left_out {
            let why = serde_json::to_value(one.reason)
                .ok()
                .and_then(|reason| reason.as_str().map(str::to_owned))
                .unwrap_or_default();
            let _ = writeln!(text, "| {} | {} | {} | {why} |", code(&one.action), code(&one.resource), one.stat.calls);
        }
    }
    if let Some(comparison) = &principal.comparison {
        let _ = writeln!(text, "\n| Attached today | Granted actions | Used |\n|---|---:|---:|");
        for service in &comparison.services {
            let _ = writeln!(text, "| {} | {} | {} |", code(&service.service), service.granted, service.used);
        }
        for one in &comparison.used_not_granted {
            let _ = writeln!(
                text,
                "\nUsed and not granted: {} on {} ({}).",
                code(&one.action),
                code(&one.resource),
                cell(&one.reason)
            );
        }
        let _ = writeln!(text, "\nWith the generated policies instead: {}.", cell(&comparison.new_access.reason));
    }
    for warning in &principal.warnings {
        let _ = writeln!(text, "\n> **Warning:** {}", cell(warning));
    }
}

/// A code span that no name from a log can close.
pub fn code(text: &str) -> String {
    let text = one_line(text).replace('|', "\\|");
    let longest = longest_run(&text, '`');
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A fence longer than any inside.
fn fenced(text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    format!("{fence}json\n{}\n{fence}\n", text.trim_end())
}

pub fn cell(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        match character {
            '|' | '<' | '>' | '[' | ']' | '!' | '\\' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for character in text.chars() {
        run = if character == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_a_log_stay_text() {
        assert_eq!(code("a`b|c\nd"), "`` a`b\\|c\\u{a}d ``");
        assert_eq!(cell("<script>|[x](y)"), "\\<script\\>\\|\\[x\\](y)");
        assert!(fenced("a```b").starts_with("````json"));
    }
}
