//! SARIF 2.1.0: permissions that were refused, are unused, or are missing, as results for code scanning.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use crate::output::safe_source;
use generate::Generated;
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_128;

const RULES: [(&str, &str, &str, &str); 3] = [
    (
        "refused-permission",
        "A permission was asked for and refused",
        "The principal made this call and AWS refused it. Either something does what it should not, or a permission is missing: grant it with --include-denied once you know which.",
        "note",
    ),
    (
        "unused-permission",
        "An attached policy grants what was not used",
        "The attached policies grant these actions, and nothing in the time analysed used them. Attach the generated policy instead.",
        "warning",
    ),
    (
        "missing-permission",
        "A permission was used that the attached policy does not grant",
        "The call succeeded by another policy than those given, or will fail when only these are attached.",
        "warning",
    ),
];

/// One run; results are located in `attached`, the first file that was compared with, or in the analysis.
pub fn render(generated: &Generated, attached: &str) -> String {
    let mut results = Vec::new();
    for row in &generated.denied {
        let text =
            format!("{} was refused {} on {}, {} times", row.principal, row.action, row.resource, row.stat.calls);
        results.push(result("refused-permission", &text, attached, &[&row.principal, &row.action, &row.resource]));
    }
    for principal in &generated.principals {
        let Some(comparison) = &principal.comparison else { continue };
        for service in comparison.services.iter().filter(|service| !service.unused.is_empty()) {
            let examples = service.unused.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            let more = if service.unused.len() > 5 { ", ..." } else { "" };
            let text = format!(
                "{} used {} of {} granted actions of {}; unused: {examples}{more}",
                principal.principal, service.used, service.granted, service.service
            );
            results.push(result("unused-permission", &text, attached, &[&principal.principal, &service.service]));
        }
        for one in &comparison.used_not_granted {
            let text = format!(
                "{} used {} on {}, {} times: {}",
                principal.principal, one.action, one.resource, one.calls, one.reason
            );
            results.push(result(
                "missing-permission",
                &text,
                attached,
                &[&principal.principal, &one.action, &one.resource],
            ));
        }
    }
    let rules: Vec<Value> = RULES
        .iter()
        .map(|(id, short, help, level)| {
            json!({
                "id": id,
                "shortDescription": {"text": short},
                "fullDescription": {"text": help},
                "help": {"text": help},
                "defaultConfiguration": {"level": level},
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "leastwise",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "results": results,
        }],
    });
    format!("{}\n", safe_source(&format!("{log:#}")))
}

fn result(rule: &str, text: &str, file: &str, identity: &[&str]) -> Value {
    let index = RULES.iter().position(|(id, ..)| *id == rule);
    let level = index.and_then(|index| RULES.get(index)).map(|(.., level)| *level);
    // What makes a result the same one tomorrow: whose permission it is, and which; not how often.
    let fingerprint = format!("{:032x}", xxh3_128([&[rule], identity].concat().join("\n").as_bytes()));
    json!({
        "ruleId": rule,
        "ruleIndex": index,
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(file)}, "region": {"startLine": 1}}}],
        "partialFingerprints": {"leastwise/v1": fingerprint},
    })
}

/// A path as a URI reference: everything but what a path may hold is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
