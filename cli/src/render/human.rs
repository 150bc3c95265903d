//! For reading in a terminal.

use crate::output::{one_line, safe_source};
use generate::{Generated, LeftOutReason, PrincipalPolicies};
use std::fmt::Write;

/// Policies with a line of evidence a statement; what was left out; what was proven.
pub fn render(generated: &Generated) -> String {
    let mut text = String::new();
    for principal in &generated.principals {
        one_principal(principal, &mut text);
    }
    // Writing to a String cannot fail.
    if !generated.not_generated.is_empty() {
        let _ = writeln!(text, "No policy for:");
        for one in &generated.not_generated {
            let name = if one.principal.is_empty() { "(not told)".to_owned() } else { one_line(&one.principal) };
            let _ = writeln!(text, "  {name} ({}, {}): {}", one.kind.name(), counted(one.events, "event"), one.reason);
        }
    }
    if !generated.unknown.is_empty() {
        let _ = writeln!(text, "\nUnknown to the catalog, and therefore in no policy:");
        for row in &generated.unknown {
            let _ = writeln!(
                text,
                "  {} {} ({}): {}",
                one_line(&row.source),
                one_line(&row.name),
                counted(row.events, "event"),
                row.reason
            );
        }
    }
    text
}

/// Lines shown of what one principal is not granted, by reason.
const SHOWN: usize = 15;

/// `1 use`, `2 uses`.
fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn one_principal(principal: &PrincipalPolicies, text: &mut String) {
    let name = match &principal.permission_set {
        Some(set) => format!("{} (permission set {set})", principal.principal),
        None => principal.principal.clone(),
    };
    let _ = writeln!(text, "━━ {}", one_line(&name));
    for policy in &principal.policies {
        let _ = writeln!(
            text,
            "\n{}, {} characters\n{}",
            policy.name,
            policy.size,
            safe_source(&policy::render::json(&policy.document))
        );
        for evidence in &policy.evidence {
            let (first, last) = (
                evidence.total.first_seen.as_deref().unwrap_or("?"),
                evidence.total.last_seen.as_deref().unwrap_or("?"),
            );
            let _ = writeln!(text, "  {}: {}, {first} to {last}", evidence.sid, counted(evidence.total.calls, "use"));
            for note in &evidence.notes {
                let _ = writeln!(text, "    {}", one_line(note));
            }
        }
    }
    let proof = &principal.proof;
    let _ = if principal.policies.is_empty() {
        writeln!(text, "\nNo policy: nothing is left to grant")
    } else {
        writeln!(
            text,
            "\nProof: {} of {} requests allowed again ({}); {} of {} (action, resource) pairs cannot be left out",
            proof.allowed,
            proof.requests,
            counted(proof.calls, "use"),
            proof.needed,
            proof.pairs
        )
    };
    for (reason, title) in [
        (LeftOutReason::Denied, "Asked for and refused (grant with --include-denied)"),
        (LeftOutReason::Excluded, "Excluded"),
        (LeftOutReason::NotAllowed, "Not among the allowed actions"),
        (LeftOutReason::BelowMinCount, "Used less often than --min-count"),
    ] {
        let left_out: Vec<_> = principal.left_out.iter().filter(|one| one.reason == reason).collect();
        if left_out.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{title}:");
        for one in left_out.iter().take(SHOWN) {
            let via = one.via.as_deref().map(|service| format!(" through {}", one_line(service))).unwrap_or_default();
            let _ = writeln!(
                text,
                "  {} on {}{via}, {}",
                one_line(&one.action),
                one_line(&one.resource),
                counted(one.stat.calls, "time")
            );
        }
        if left_out.len() > SHOWN {
            let _ = writeln!(text, "  ... and {} more (--format json holds all)", left_out.len() - SHOWN);
        }
    }
    if let Some(comparison) = &principal.comparison {
        let _ = writeln!(text, "Attached today:");
        for service in &comparison.services {
            let _ =
                writeln!(text, "  {}: {} of {} granted actions used", service.service, service.used, service.granted);
        }
        for one in &comparison.used_not_granted {
            let _ = writeln!(
                text,
                "  not granted, though used: {} on {} ({})",
                one_line(&one.action),
                one_line(&one.resource),
                one.reason
            );
        }
        let _ = writeln!(text, "  with the generated policies instead: {}", one_line(&comparison.new_access.reason));
    }
    for warning in &principal.warnings {
        let _ = writeln!(text, "Warning: {warning}");
    }
    text.push('\n');
}
