//! Who can ask: one principal of each class that no statement tells apart.

use std::collections::BTreeSet;

use policy::{Arn, Effect, Pattern, PrincipalBlock, PrincipalKind, Principals, Statement, Version};

use super::{
    Exhausted, keys,
    language::{Language, classes},
    search::Reach,
    set::Set,
    statements::Statements,
    unknown_names,
    values::{Asked, values},
    variables::Valuation,
};
use crate::{
    policies::Layer,
    principal::{Caller, Principal},
    request::{Context, Request},
    resource::{ArnPattern, Case},
};

/// Accounts that stand for any that no policy names.
const STRANGERS: [&str; 3] = ["111122223333", "444455556666", "999988887777"];

/// The principals to try, with the statements that each matches.
///
/// # Errors
/// When that takes more than `budget` steps.
pub(super) fn principals(
    statements: &Statements,
    layer: Layer,
    valuation: &Valuation,
    reach: Reach,
    budget: &mut usize,
) -> Result<Vec<(Set, Principal)>, Exhausted> {
    let mut found: Vec<(Set, Principal)> = Vec::new();
    let mut seen: BTreeSet<Set> = BTreeSet::new();
    let unknown = Unknown::of(statements);
    for principal in candidates(statements, layer, valuation, reach, budget)? {
        let request = Request::new(principal.clone(), "", "", Context::default());
        let agrees = valuation.iter().filter(|(key, _)| keys::follows_from_principal(key)).all(|(key, value)| {
            let have = request.context().get_lower(key).and_then(|values| values.first());
            have.map(String::as_str) == value
        });
        if !agrees {
            continue;
        }
        let caller = Caller::new(&principal);
        let chosen = statements.entries.iter().enumerate().filter(|(_, entry)| {
            entry.principal.as_ref().is_none_or(|matcher| matcher.matches(&caller).is_some())
                && keys::OF_PRINCIPAL
                    .iter()
                    .all(|key| entry.asked(key).filter(|a| !a.is_beyond).all(|a| a.compiled.holds(request.context())))
        });
        let set = Set::of(statements.size(), chosen.map(|(index, _)| index));
        // Whom only AWS knows may be this principal, too. To prove, it is both; to show, access has to be new either way.
        // Of those whom nobody names there are so many that some are none of them.
        let readings = unknown.readings(&set, &principal);
        let sets = match reach {
            Reach::Beyond => std::iter::once(set).chain(readings).collect(),
            Reach::Real if is_named(statements, &principal) => vec![statements.at_worst(&set, &readings)],
            Reach::Real => vec![set],
        };
        for set in sets {
            if seen.insert(set.clone()) {
                found.push((set, principal.clone()));
            }
        }
    }
    Ok(found)
}

/// Whether a policy names the principal's account, in an element or a condition.
pub(super) fn is_named(statements: &Statements, principal: &Principal) -> bool {
    let Some(account) = principal.account() else { return false };
    let holds = |text: &String| text.contains(account);
    statements.entries.iter().any(|entry| {
        let kinds = match entry.statement.principal.as_ref().map(PrincipalBlock::principals) {
            Some(Principals::ByKind(kinds)) => kinds.as_slice(),
            _ => &[],
        };
        kinds.iter().flat_map(|(_, names)| names).any(holds)
            || entry.statement.conditions.iter().flat_map(|condition| &condition.values).any(holds)
    })
}

/// The names that only AWS can tell who they are.
struct Unknown<'s> {
    statements: &'s Statements,
    /// An account is at most one of these.
    canonical_users: BTreeSet<&'s str>,
    /// A user or role has at most one of these.
    ids: BTreeSet<&'s str>,
}

impl<'s> Unknown<'s> {
    fn of(statements: &'s Statements) -> Self {
        let blocks = statements.entries.iter().filter_map(|entry| entry.statement.principal.as_ref());
        let mut unknown = Unknown { statements, canonical_users: BTreeSet::new(), ids: BTreeSet::new() };
        for (kind, name) in blocks.flat_map(unknown_names) {
            match kind {
                PrincipalKind::CanonicalUser => unknown.canonical_users.insert(name),
                _ => unknown.ids.insert(name),
            };
        }
        unknown
    }

    /// The statements that match a principal if it is somebody whom they name so; `set` are those that match it if not.
    fn readings(&self, set: &Set, principal: &Principal) -> Vec<Set> {
        if principal.arn().is_none() || (self.canonical_users.is_empty() && self.ids.is_empty()) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let or_nobody = |names: &BTreeSet<&'s str>| -> Vec<Option<&'s str>> {
            std::iter::once(None).chain(names.iter().copied().map(Some)).collect()
        };
        // A Deny that spares an account spares its root user only, and one that spares a role not its sessions: whether
        // this principal is the one that is spared is open, of each name apart.
        for user in or_nobody(&self.canonical_users) {
            for id in or_nobody(&self.ids) {
                for spared in [[user, id], [user, None], [None, id], [None, None]] {
                    found.push(self.reading(set, principal, &[user, id], &spared));
                }
            }
        }
        found
    }

    /// As if the principal were `is`, and `spared` were those of them whom a Deny spares that leaves them out.
    fn reading(&self, set: &Set, principal: &Principal, is: &[Option<&str>; 2], spared: &[Option<&str>; 2]) -> Set {
        let request = Request::new(principal.clone(), "", "", Context::default());
        let matched = self.statements.entries.iter().enumerate().filter(|(index, entry)| {
            let names = |those: &[Option<&str>; 2]| {
                let block = entry.statement.principal.as_ref();
                block.is_some_and(|block| unknown_names(block).any(|(_, name)| those.contains(&Some(name))))
            };
            match (&entry.statement.principal, entry.effect) {
                (Some(PrincipalBlock::Principal(_)), _) if names(is) => keys::OF_PRINCIPAL
                    .iter()
                    .all(|key| entry.asked(key).filter(|a| !a.is_beyond).all(|a| a.compiled.holds(request.context()))),
                (Some(PrincipalBlock::NotPrincipal(_)), Effect::Allow) if names(is) => false,
                (Some(PrincipalBlock::NotPrincipal(_)), Effect::Deny) if names(spared) => false,
                _ => set.contains(*index),
            }
        });
        Set::of(self.statements.size(), matched.map(|(index, _)| index))
    }
}

/// What the policies say of principals.
#[derive(Default)]
struct Named {
    arns: BTreeSet<String>,
    /// Accounts to look at: those named, and one of each class.
    accounts: BTreeSet<String>,
    partitions: BTreeSet<String>,
    services: BTreeSet<String>,
    /// Texts that services' names are compared with.
    service_patterns: BTreeSet<String>,
    federated: BTreeSet<String>,
    user_names: BTreeSet<String>,
    /// Patterns of accounts.
    account_patterns: BTreeSet<String>,
    /// Patterns that `aws:PrincipalArn` is compared with.
    languages: Vec<Language>,
    elements: bool,
    keys: bool,
}

fn candidates(
    statements: &Statements,
    layer: Layer,
    valuation: &Valuation,
    reach: Reach,
    budget: &mut usize,
) -> Result<Vec<Principal>, Exhausted> {
    let mut named = Named::default();
    for entry in &statements.entries {
        named.add_element(&entry.statement);
        named.add_conditions(&entry.statement, entry.version);
    }
    for (key, value) in valuation.iter() {
        named.keys |= keys::follows_from_principal(key);
        match (key, value) {
            ("aws:username", Some(name)) => {
                named.user_names.insert(name.to_owned());
            }
            ("aws:principalaccount", Some(account)) => {
                named.accounts.insert(account.to_owned());
            }
            ("aws:principalarn", Some(arn)) => {
                named.arns.insert(arn.to_owned());
            }
            _ => {}
        }
    }
    named.add_account_classes(budget)?;
    let stranger = STRANGERS
        .into_iter()
        .map(str::to_owned)
        .chain((0_u64..).map(|number| format!("{number:012}")))
        .find(|stranger| !named.accounts.contains(stranger))
        .unwrap_or_default();
    if !named.elements && !named.keys {
        return Ok(vec![Principal::User(format!("arn:aws:iam::{stranger}:user/someone"))]);
    }
    let mut found: Vec<Principal> = Vec::new();
    for arn in &named.arns {
        let principal = Principal::parse(arn);
        let session = match &principal {
            Principal::Role(_) if named.elements => Arn::parse(arn).ok().zip(principal.name()).map(|(arn, name)| {
                Principal::RoleSession(format!(
                    "arn:{}:sts::{}:assumed-role/{name}/session",
                    arn.partition, arn.account
                ))
            }),
            _ => None,
        };
        found.push(principal);
        found.extend(session);
    }
    named.accounts.insert(stranger);
    let names: Vec<Asked<'_>> =
        statements.asked("aws:username").map(|(_, asked)| asked).filter(|a| !a.is_beyond).collect();
    if !names.is_empty() {
        let classes = values("aws:username", &names, budget)?.choices.into_iter().flatten();
        named.user_names.extend(classes.filter(|name| !name.is_empty() && !name.contains(['/', ':', ' '])));
    }
    found.extend(named.of_accounts(budget)?);
    if layer == Layer::Identity {
        // No identity policy is a root user's; a federated user has those of the user who made the session.
        found.retain(|principal| principal.arn().is_some() && !matches!(principal, Principal::Root(_)));
    }
    // What a session of a federated user may do is up to its session policy too, so that it shows nothing by itself.
    if layer == Layer::Identity && reach == Reach::Real {
        found.retain(|principal| !matches!(principal, Principal::FederatedUser(_)));
    }
    if named.elements || matches!(layer, Layer::Resource | Layer::Rcp | Layer::Endpoint) {
        found.extend(named.services(budget)?.into_iter().map(Principal::Service));
        found.extend(named.federated.iter().cloned().map(Principal::Federated));
        found.push(Principal::Federated("provider.example.com".to_owned()));
        found.push(Principal::Anonymous);
    }
    Ok(found)
}

impl Named {
    fn add_element(&mut self, statement: &Statement) {
        let Some(block) = &statement.principal else { return };
        self.elements = true;
        let Principals::ByKind(kinds) = block.principals() else { return };
        for (kind, names) in kinds {
            for name in names.iter().filter(|name| *name != "*") {
                match kind {
                    PrincipalKind::Service => self.services.insert(name.to_ascii_lowercase()),
                    PrincipalKind::Federated => self.federated.insert(name.clone()),
                    PrincipalKind::CanonicalUser => false,
                    PrincipalKind::Aws => match Arn::parse(name) {
                        Ok(arn) => {
                            self.accounts.insert(arn.account.to_owned());
                            self.partitions.insert(arn.partition.to_owned());
                            arn.resource != "root" && self.arns.insert(name.clone())
                        }
                        Err(_) => self.accounts.insert(name.clone()),
                    },
                };
            }
        }
    }

    fn add_conditions(&mut self, statement: &Statement, version: Version) {
        for condition in &statement.conditions {
            let key = condition.key.to_lowercase();
            if !keys::follows_from_principal(&key) {
                continue;
            }
            self.keys = true;
            if condition.operator.eq_ignore_ascii_case("null") {
                continue;
            }
            for value in &condition.values {
                match key.as_str() {
                    "aws:principalarn" => {
                        self.account_patterns.extend(value.split(':').nth(4).map(str::to_owned));
                        if let Some(partition) = value.split(':').nth(1).filter(|part| part.starts_with("aws")) {
                            self.partitions.insert(partition.to_owned());
                        }
                        if value.starts_with("arn:") && !value.contains(['*', '?', '$']) {
                            self.arns.insert(value.clone());
                        }
                        self.languages.extend(Language::arn(&ArnPattern::of_condition(value, version)));
                        self.languages.push(Language::glob(&Pattern::new(value)));
                        self.languages.push(Language::literal(value, Case::Ignored));
                    }
                    "aws:principalaccount" => {
                        self.account_patterns.insert(value.clone());
                        self.languages.extend(super::resources::pattern(&format!("arn:*:iam::{value}:*")));
                    }
                    "aws:username" => {
                        self.user_names.insert(value.clone());
                    }
                    "aws:principalservicename" => {
                        self.service_patterns.insert(value.to_ascii_lowercase());
                    }
                    _ => {}
                }
            }
        }
    }

    /// Adds an account of each class that the patterns tell apart.
    fn add_account_classes(&mut self, budget: &mut usize) -> Result<(), Exhausted> {
        let patterns = std::mem::take(&mut self.account_patterns);
        let (wild, plain): (Vec<_>, Vec<_>) = patterns.into_iter().partition(|pattern| pattern.contains(['*', '?']));
        self.accounts.extend(plain.iter().cloned());
        if !wild.is_empty() {
            let size = wild.len() + plain.len() + 1;
            let globs = wild.iter().chain(&plain).map(|pattern| Language::glob(&Pattern::new(pattern)));
            let languages: Vec<_> = globs
                .chain([Language::account()])
                .enumerate()
                .map(|(at, language)| (language, Set::of(size, [at])))
                .collect();
            let found = classes(&languages, size, budget)?;
            self.accounts
                .extend(found.into_iter().filter(|class| class.told.contains(size - 1)).map(|class| class.text));
        }
        Ok(())
    }

    /// Services: those named, one that is not, and one of each class that patterns tell apart. Their names are in lower
    /// case.
    fn services(&self, budget: &mut usize) -> Result<BTreeSet<String>, Exhausted> {
        let mut found = self.services.clone();
        found.insert("example.amazonaws.com".to_owned());
        if self.service_patterns.is_empty() {
            return Ok(found);
        }
        let literals = self.service_patterns.iter().chain(&found).map(|name| Language::literal(name, Case::Kept));
        let globs = self.service_patterns.iter().map(|pattern| Language::glob(&Pattern::new(pattern)));
        let domain = ["?*.amazonaws.com", "?*.amazonaws.com.cn"].map(|name| Language::glob(&Pattern::new(name)));
        let inside = Set::of(1, 0..domain.len());
        let languages: Vec<Language> = domain.into_iter().chain(literals).chain(globs).collect();
        let size = languages.len();
        let languages: Vec<_> =
            languages.into_iter().enumerate().map(|(at, language)| (language, Set::of(size, [at]))).collect();
        let classes = classes(&languages, size, budget)?;
        found.extend(classes.into_iter().filter(|class| class.told.meets(&inside)).map(|class| class.text));
        // Services of other partitions are named otherwise.
        found.extend(self.service_patterns.iter().filter(|name| !name.contains(['*', '?', '$'])).cloned());
        Ok(found)
    }

    /// Root users, users and roles of each account, one of each class.
    fn of_accounts(&mut self, budget: &mut usize) -> Result<Vec<Principal>, Exhausted> {
        let arn = super::resources::pattern;
        let mut languages = std::mem::take(&mut self.languages);
        languages.extend(self.arns.iter().map(|arn| Language::literal(arn, Case::Kept)));
        for name in &self.user_names {
            languages.extend(arn(&format!("arn:*:iam::*:user/{name}")));
            languages.extend(arn(&format!("arn:*:iam::*:user/*/{name}")));
        }
        languages.sort_unstable();
        languages.dedup();
        let domain = languages.len();
        self.partitions.insert("aws".to_owned());
        for account in self.accounts.iter().filter(|account| !account.contains([':', '*', '?'])) {
            for partition in &self.partitions {
                for resource in ["iam::@:root", "iam::@:user/?*", "iam::@:role/?*", "sts::@:federated-user/?*"] {
                    languages.extend(arn(&format!("arn:{partition}:{}", resource.replace('@', account))));
                }
            }
        }
        let total = languages.len();
        let languages: Vec<_> =
            languages.into_iter().enumerate().map(|(at, language)| (language, Set::of(total, [at]))).collect();
        let found = classes(&languages, total, budget)?;
        let inside = found.into_iter().filter(|class| (domain..total).any(|index| class.told.contains(index)));
        Ok(inside.map(|class| Principal::parse(&class.text)).collect())
    }
}
