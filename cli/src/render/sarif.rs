//! SARIF 2.1.0: permissions that were refused, are unused, or are missing, as results for code scanning.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use crate::output::safe_source;
use generate::Generated;
use policy::Place;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_128;

const RULES: [Rule; 3] = [
    Rule {
        id: "refused-permission",
        short: "A permission was asked for and refused",
        help: Cow::Borrowed(
            "The principal made this call and AWS refused it. Either something does what it should not, or a permission is missing: grant it with --include-denied once you know which.",
        ),
        level: "note",
        security: None,
    },
    Rule {
        id: "unused-permission",
        short: "An attached policy grants what was not used",
        help: Cow::Borrowed(
            "The attached policies grant these actions, and nothing in the time analysed used them. Attach the generated policy instead.",
        ),
        level: "warning",
        security: None,
    },
    Rule {
        id: "missing-permission",
        short: "A permission was used that the attached policy does not grant",
        help: Cow::Borrowed(
            "The call succeeded by another policy than those given, or will fail when only these are attached.",
        ),
        level: "warning",
        security: None,
    },
];

/// A kind of result.
pub struct Rule {
    pub id: &'static str,
    /// A line.
    pub short: &'static str,
    /// What it means, and what to do.
    pub help: Cow<'static, str>,
    /// `note`, `warning` or `error`.
    pub level: &'static str,
    /// How bad it is as a security alert, 0.1 to 10.0; `None` for what is none.
    pub security: Option<&'static str>,
}

/// A result.
pub struct Found<'f> {
    /// The id of one of the rules.
    pub rule: &'static str,
    pub text: String,
    pub file: &'f str,
    pub place: Place,
    /// Where it ends, if that is known.
    pub end: Option<Place>,
    /// What makes it the same result tomorrow.
    pub identity: Vec<String>,
    /// A request that shows it.
    pub witness: Option<Value>,
}

/// One run; results are located in `attached`, the first file that was compared with, or in the analysis.
pub fn render(generated: &Generated, attached: &str) -> String {
    let mut results = Vec::new();
    // Whose permission it is, and which; not how often.
    let found = |rule, text, identity: &[&String]| Found {
        rule,
        text,
        file: attached,
        place: Place { line: 1, column: 1 },
        end: None,
        identity: identity.iter().copied().cloned().collect(),
        witness: None,
    };
    for row in &generated.denied {
        let text =
            format!("{} was refused {} on {}, {} times", row.principal, row.action, row.resource, row.stat.calls);
        results.push(found("refused-permission", text, &[&row.principal, &row.action, &row.resource]));
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
            results.push(found("unused-permission", text, &[&principal.principal, &service.service]));
        }
        for one in &comparison.used_not_granted {
            let text = format!(
                "{} used {} on {}, {} times: {}",
                principal.principal, one.action, one.resource, one.calls, one.reason
            );
            results.push(found("missing-permission", text, &[&principal.principal, &one.action, &one.resource]));
        }
    }
    log(&RULES, results)
}

/// A log of one run.
pub fn log(rules: &[Rule], results: Vec<Found<'_>>) -> String {
    let mut seen = BTreeMap::new();
    let results: Vec<Value> = results
        .into_iter()
        .map(|found| {
            let print = fingerprint(&found);
            let times = seen.entry(print.clone()).or_insert(0_usize);
            *times += 1;
            // Two statements may grant the same; each is a result of its own.
            result(rules, found, if *times > 1 { format!("{print}:{times}") } else { print })
        })
        .collect();
    let rules: Vec<Value> = rules
        .iter()
        .map(|rule| {
            let mut properties = json!({"tags": ["aws", "iam"], "precision": "high"});
            if let (Some(severity), Some(members)) = (rule.security, properties.as_object_mut()) {
                members.insert("security-severity".to_owned(), severity.into());
                members.insert("tags".to_owned(), json!(["aws", "iam", "security"]));
            }
            json!({
                "id": rule.id,
                "shortDescription": {"text": rule.short},
                "fullDescription": {"text": rule.help},
                "help": {"text": rule.help, "markdown": rule.help},
                "defaultConfiguration": {"level": rule.level},
                "properties": properties,
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
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{}\n", safe_source(&format!("{log:#}")))
}

fn result(rules: &[Rule], found: Found<'_>, fingerprint: String) -> Value {
    let index = rules.iter().position(|rule| rule.id == found.rule);
    let level = index.and_then(|index| rules.get(index)).map(|rule| rule.level);
    let mut region = json!({"startLine": found.place.line.max(1), "startColumn": found.place.column.max(1)});
    if let (Some(end), Some(members)) = (found.end.filter(|end| end.line > 0), region.as_object_mut()) {
        members.insert("endLine".to_owned(), end.line.into());
        members.insert("endColumn".to_owned(), end.column.into());
    }
    let place = json!({"artifactLocation": {"uri": uri(found.file)}, "region": region});
    let properties = found.witness.map(|witness| json!({"witness": witness}));
    json!({
        "ruleId": found.rule,
        "ruleIndex": index,
        "level": level,
        "message": {"text": found.text},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"leastwise/v1": fingerprint},
        "properties": properties.unwrap_or_else(|| json!({})),
    })
}

fn fingerprint(found: &Found<'_>) -> String {
    let rule = std::iter::once(found.rule);
    let identity: Vec<&str> = rule.chain(found.identity.iter().map(String::as_str)).collect();
    format!("{:032x}", xxh3_128(identity.join("\n").as_bytes()))
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
