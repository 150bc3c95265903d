//! How many a statement of a resource's policy is about.

use policy::{PrincipalBlock, PrincipalKind, Principals, Statement};

use crate::PolicyType;

/// A whole account.
const ACCOUNT: f64 = 0.5;
/// Those whom an identity provider knows.
const FEDERATED: f64 = 0.4;
/// One role, user or session; a service.
const ONE: f64 = 0.2;

/// From 1 (everyone) to [`ONE`].
pub(crate) fn breadth(statement: &Statement, policy_type: PolicyType) -> f64 {
    if !policy_type.names_principals() {
        return 1.0;
    }
    match &statement.principal {
        Some(PrincipalBlock::NotPrincipal(_) | PrincipalBlock::Principal(Principals::Everyone)) => 1.0,
        Some(PrincipalBlock::Principal(Principals::ByKind(kinds))) => {
            let names = kinds.iter().flat_map(|(kind, names)| names.iter().map(move |name| of(*kind, name)));
            names.fold(0.0, f64::max)
        }
        None => 0.0,
    }
}

/// Whether a statement is about everyone.
pub(crate) fn is_everyone(statement: &Statement) -> bool {
    match &statement.principal {
        Some(PrincipalBlock::Principal(Principals::Everyone)) => true,
        Some(PrincipalBlock::Principal(Principals::ByKind(kinds))) => {
            kinds.iter().any(|(kind, names)| *kind == PrincipalKind::Aws && names.iter().any(|name| name == "*"))
        }
        _ => false,
    }
}

fn of(kind: PrincipalKind, name: &str) -> f64 {
    match kind {
        _ if name == "*" => 1.0,
        PrincipalKind::Aws if !name.starts_with("arn:") || name.ends_with(":root") => ACCOUNT,
        PrincipalKind::CanonicalUser => ACCOUNT,
        PrincipalKind::Federated => FEDERATED,
        PrincipalKind::Aws | PrincipalKind::Service => ONE,
    }
}
