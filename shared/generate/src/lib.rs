//! From usage to least-privilege policies, with evidence and proof.
//!
//! ```text
//! rows ──select──▶ grants ──generalize──▶ ──statements──▶ drafts ──pack──▶ policies ──prove──▶ handed out
//! ```

mod by_start;
mod compare;
mod evidence;
mod generalize;
mod options;
mod output;
mod pack;
mod prove;
mod select;
mod statements;

pub use options::{Level, Mode, Options, matches_no_action};
pub use output::{
    ActionEvidence, Comparison, Denied, Evidence, Generalized, Generated, LeftOut, LeftOutReason, NamedPolicy,
    NewAccess, NotGenerated, PrincipalPolicies, Proof, ServiceComparison, UsedNotGranted,
};

use catalog::Catalog;
use policy::{Document, Quota};
use std::collections::{BTreeMap, BTreeSet};
use trail::{Outcome, Principal, PrincipalKind};
use usage::{PrincipalRow, Row, Rows};

/// What stops generation.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The attached policies cannot be compared with.
    #[error("the attached policies cannot be decided")]
    Attached(#[from] authz::PrepareError),
    /// A finished policy does not allow what it was made for. This is a defect of leastwise, not of the input.
    #[error("the policy for `{principal}` does not allow `{action}` on `{resource}`, which was used")]
    NotProven {
        /// Whose policy.
        principal: String,
        /// What was used.
        action: String,
        /// On what.
        resource: String,
    },
    /// A finished policy allows what it was not made for. This is a defect of leastwise, not of the input.
    #[error("the policy for `{principal}` allows `{action}` on `{resource}`, which nothing asks for")]
    Widened {
        /// Whose policy.
        principal: String,
        /// What it allows.
        action: String,
        /// On what.
        resource: String,
    },
}

/// Managed policies that can be attached to one user, group or role unless AWS raises the quota.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const ATTACHED: usize = 10;

/// Generates the policies of every principal in `rows`; `attached` is what is attached today, if it is to be compared.
///
/// # Errors
/// [`GenerateError`]. What could not be proven is never handed out.
pub fn generate(
    rows: &Rows,
    attached: &[Document],
    catalog: &Catalog,
    options: &Options,
) -> Result<Generated, GenerateError> {
    let mut by_principal: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &rows.usage {
        by_principal.entry(&row.principal).or_default().push(row);
    }
    let mut generated = Generated {
        principals: Vec::new(),
        not_generated: Vec::new(),
        unknown: rows.unknown.clone(),
        denied: denied(rows, options),
    };
    for row in &principals(rows) {
        if !asked_for(row, options) {
            continue;
        }
        if let Some(reason) = no_policy(row.kind) {
            let (principal, kind, events) = (row.principal.clone(), row.kind, row.events);
            generated.not_generated.push(NotGenerated { principal, kind, events, reason });
            continue;
        }
        let rows = by_principal.get(row.principal.as_str()).map(Vec::as_slice).unwrap_or_default();
        let policies = for_principal(row, rows, attached, catalog, options)?;
        if policies.policies.is_empty() && policies.left_out.is_empty() {
            let (principal, kind, events) = (row.principal.clone(), row.kind, row.events);
            generated.not_generated.push(NotGenerated {
                principal,
                kind,
                events,
                reason: "nothing it did in this time needs a permission that is known",
            });
        } else {
            generated.principals.push(policies);
        }
    }
    tell_apart(&mut generated.principals);
    Ok(generated)
}

/// A user and a role, or roles of different paths, may share a last name; policies of one account may not.
fn tell_apart(principals: &mut [PrincipalPolicies]) {
    let mut taken = BTreeSet::new();
    for policy in principals.iter_mut().flat_map(|principal| &mut principal.policies) {
        let base = policy.name.clone();
        let mut number = 2;
        while !taken.insert(policy.name.clone()) {
            policy.name = format!("{base}-{number}");
            number += 1;
        }
    }
}

/// Each principal once, though it may have been seen in several accounts.
fn principals(rows: &Rows) -> Vec<PrincipalRow> {
    let mut principals: BTreeMap<&str, PrincipalRow> = BTreeMap::new();
    for row in &rows.principals {
        match principals.get_mut(row.principal.as_str()) {
            Some(known) => known.events += row.events,
            None => drop(principals.insert(&row.principal, row.clone())),
        }
    }
    principals.into_values().collect()
}

fn asked_for(row: &PrincipalRow, options: &Options) -> bool {
    options.principal.as_ref().is_none_or(|glob| matches_principal(glob, row.kind, &row.principal))
}

/// Whether `glob` matches the ARN, the last part of it, or the name of the permission set behind it.
pub fn matches_principal(glob: &str, kind: PrincipalKind, arn: &str) -> bool {
    let principal = Principal { kind, arn: arn.into(), account: "".into(), cross_account: false };
    let names = [Some(arn), arn.rsplit('/').next(), principal.permission_set()];
    names.into_iter().flatten().any(|name| policy::pattern::matches(glob, name))
}

fn no_policy(kind: PrincipalKind) -> Option<&'static str> {
    match kind {
        _ if kind.takes_policies() => None,
        PrincipalKind::Root => Some("no policy limits the root user: use it only where nothing else can"),
        PrincipalKind::ServiceLinkedRole => Some("its policy belongs to AWS"),
        PrincipalKind::Service => Some("AWS services act by policies of the resources and roles they use"),
        PrincipalKind::Federated | PrincipalKind::IdentityCenterUser => {
            Some("it has no policies of its own: the role that it takes has")
        }
        PrincipalKind::Account => Some("it is in another account, and only that account's id is known"),
        PrincipalKind::Anonymous => Some("anonymous requests are decided by resource policies alone"),
        _ => Some("it cannot be told who this is"),
    }
}

fn for_principal(
    row: &PrincipalRow,
    rows: &[&Row],
    attached: &[Document],
    catalog: &Catalog,
    options: &Options,
) -> Result<PrincipalPolicies, GenerateError> {
    let mut selected = select::select(rows, options);
    let refused: Vec<(&str, &str)> = selected
        .left_out
        .iter()
        .filter(|one| one.reason == LeftOutReason::Denied)
        .map(|one| (one.action.as_str(), one.resource.as_str()))
        .collect();
    // Before and after: what a plain grant covers is no evidence for a pattern under a condition, and a pattern may cover more.
    let grants = statements::without_redundant(selected.grants);
    let (grants, mut generalized) = generalize::generalize(grants, &refused, options.generalize, catalog);
    generalized.append(&mut selected.generalized);
    let grants = statements::without_redundant(grants);
    let mut warnings = Vec::new();
    let drafts = statements::draft(&grants);
    let bound = Document::new(statements::finish(&drafts, catalog));
    let packed = if drafts.is_empty() { Vec::new() } else { pack(drafts, options.quota, catalog, &mut warnings) };
    let count = packed.len();
    if options.quota == Quota::Managed && count > ATTACHED {
        warnings.push(format!(
            "{count} policies are more than the {ATTACHED} that can be attached by default; lower --generalize, or ask AWS for a higher quota"
        ));
    }
    let by_resource = evidence::by_resource(&grants);
    let policies: Vec<NamedPolicy> = packed
        .iter()
        .enumerate()
        .map(|(index, drafts)| {
            let document = Document::new(statements::finish(drafts, catalog));
            let name = policy_name(row, index, count);
            NamedPolicy {
                name,
                size: document.size(),
                evidence: evidence::evidence(&document, drafts, &by_resource, &generalized, options.mode, catalog),
                document,
            }
        })
        .collect();
    let documents: Vec<Document> = policies.iter().map(|policy| policy.document.clone()).collect();
    let trial = prove::Trial::new(&row.principal, &documents);
    let (mut proof, refused) = trial.prove(&selected.used);
    if let Some(refused) = refused.into_iter().next() {
        return Err(GenerateError::NotProven {
            principal: row.principal.clone(),
            action: refused.action,
            resource: refused.resource,
        });
    }
    proof.contained = prove::contained(bound, &documents, catalog).map_err(|request| GenerateError::Widened {
        principal: row.principal.clone(),
        action: request.action().to_owned(),
        resource: request.resource().to_owned(),
    })?;
    if !proof.contained {
        warnings.push("that packing added no access could not be decided".to_owned());
    }
    let allowed = trial.mark_allowed(&mut selected.left_out);
    if allowed > 0 {
        warnings.push(format!("{allowed} of the uses that are left out are allowed all the same, by a wildcard"));
    }
    let comparison = if attached.is_empty() {
        None
    } else {
        Some(compare::compare(&row.principal, &selected.used, attached, &documents, catalog)?)
    };
    let principal =
        Principal { kind: row.kind, arn: row.principal.as_str().into(), account: "".into(), cross_account: false };
    Ok(PrincipalPolicies {
        principal: row.principal.clone(),
        kind: row.kind,
        account: row.account.clone(),
        permission_set: principal.permission_set().map(str::to_owned),
        policies,
        generalized,
        left_out: selected.left_out,
        proof,
        comparison,
        warnings,
    })
}

/// Managed policies may be several; inline ones share one quota, so that what does not fit becomes managed ones.
fn pack(
    drafts: Vec<statements::Draft>,
    quota: Quota,
    catalog: &Catalog,
    warnings: &mut Vec<String>,
) -> Vec<Vec<statements::Draft>> {
    if quota == Quota::Managed {
        return pack::pack(drafts, quota.characters(), catalog);
    }
    let packed = pack::pack(drafts.clone(), quota.characters(), catalog);
    if packed.len() == 1 {
        return packed;
    }
    warnings.push(format!(
        "this does not fit the {} characters of inline policies; it is written as managed policies",
        quota.characters()
    ));
    pack::pack(drafts, Quota::Managed.characters(), catalog)
}

/// Letters, digits and `+=,.@-_` make a policy's name, 128 at most.
fn policy_name(row: &PrincipalRow, index: usize, count: usize) -> String {
    let name = row.principal.rsplit(['/', ':']).next().unwrap_or_default();
    let allowed = |character: char| character.is_ascii_alphanumeric() || "+=,.@-_".contains(character);
    let name: String =
        name.chars().map(|character| if allowed(character) { character } else { '-' }).take(100).collect();
    if count > 1 { format!("leastwise-{name}-{}", index + 1) } else { format!("leastwise-{name}") }
}

fn denied(rows: &Rows, options: &Options) -> Vec<Denied> {
    let asked: BTreeMap<&str, bool> =
        rows.principals.iter().map(|row| (row.principal.as_str(), asked_for(row, options))).collect();
    rows.usage
        .iter()
        .filter(|row| row.outcome == Outcome::Denied && asked.get(row.principal.as_str()) != Some(&false))
        .filter_map(|row| {
            let stat = usage::Stat::from(&row.stat).between(options.start, options.end)?;
            Some(Denied {
                principal: row.principal.clone(),
                action: row.action.clone(),
                resource: row.resource.clone(),
                credentials_refused: row.credentials_refused,
                stat: (&stat).into(),
            })
        })
        .collect()
}
