//! Whom a statement of a resource's policy reaches.

use authz::operators::Operator;
use policy::{Condition, PrincipalBlock, PrincipalKind, Principals, Statement};

use crate::{PolicyType, callers::names_callers, identity_providers::Shared};

/// Whom a statement reaches, from the fewest to everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reached {
    /// Nobody is named.
    Nobody,
    /// One role, user or session; a service.
    One,
    /// A whole account.
    Account,
    /// Those whom an identity provider knows.
    Federated,
    /// Everyone whom conditions name.
    Known,
    /// Everyone, and no condition says who.
    Everyone,
    /// Whoever has the policy, of which principals are no part.
    Holder,
}

impl Reached {
    pub fn by(statement: &Statement, policy_type: PolicyType) -> Self {
        if !policy_type.names_principals() {
            return Reached::Holder;
        }
        let named = match &statement.principal {
            Some(PrincipalBlock::NotPrincipal(_) | PrincipalBlock::Principal(Principals::Everyone)) => {
                Reached::Everyone
            }
            Some(PrincipalBlock::Principal(Principals::ByKind(kinds))) => {
                let names = kinds.iter().flat_map(|(kind, names)| names.iter().map(move |name| (*kind, name)));
                names.map(|(kind, name)| of(kind, name, &statement.conditions)).max().unwrap_or(Reached::Nobody)
            }
            None => Reached::Nobody,
        };
        let is_limited = statement.conditions.iter().any(|condition| {
            let operator = Operator::parse(&condition.operator);
            let values = condition.values.iter().map(String::as_str);
            operator.is_some_and(|operator| names_callers(operator, &condition.key, values))
        });
        if named == Reached::Everyone && is_limited { Reached::Known } else { named }
    }

    /// How much access counts for in their hands, where the resource's owner knows them; 1 is in the owner's.
    // INVARIANT: it and `openness` grow from each to the next, so that fewer principals never count for more.
    pub fn share(self) -> f64 {
        match self {
            Reached::Nobody => 0.0,
            Reached::One => 0.2,
            Reached::Account | Reached::Federated => 0.4,
            Reached::Known | Reached::Everyone | Reached::Holder => 1.0,
        }
    }

    /// How far it is as if everyone could: another account, and an identity provider more so, decides for itself who acts.
    pub fn openness(self) -> f64 {
        match self {
            Reached::Nobody | Reached::One | Reached::Holder => 0.0,
            Reached::Account => 0.04,
            Reached::Federated | Reached::Known => 0.1,
            Reached::Everyone => 1.0,
        }
    }

    /// As if nothing were said about who.
    pub fn unlimited(self) -> Self {
        match self {
            Reached::Everyone | Reached::Holder => self,
            _ => Reached::Known,
        }
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

fn of(kind: PrincipalKind, name: &str, conditions: &[Condition]) -> Reached {
    match kind {
        _ if name == "*" => Reached::Everyone,
        // IAM refuses patterns here; none looks better than what was meant.
        PrincipalKind::Aws if name.contains(['*', '?']) => {
            let account = name.split(':').nth(4).unwrap_or_default();
            let is_one = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit());
            if is_one { Reached::Account } else { Reached::Everyone }
        }
        PrincipalKind::Aws if !name.starts_with("arn:") || name.ends_with(":root") => Reached::Account,
        PrincipalKind::CanonicalUser => Reached::Account,
        // Everybody has an account there.
        PrincipalKind::Federated if Shared::named(name).is_some_and(|shared| !shared.is_limited_by(conditions)) => {
            Reached::Everyone
        }
        PrincipalKind::Federated => Reached::Federated,
        PrincipalKind::Aws | PrincipalKind::Service => Reached::One,
    }
}
