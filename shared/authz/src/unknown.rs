//! Requests of which not every condition key is known.
//!
//! Asked whether Ann may read an object, a policy may answer "through this VPC endpoint". Where the caller does not know
//! the endpoint, guessing that the key is absent would be wrong half of the time; so the answer is what it depends on.
//!
//! The answer is sound: it is decided only if no values of the unknown keys can change whether the request is allowed,
//! and a key may be absent, or have any number of any values. What is known decides each condition where it can, the
//! rest is open, and the request is decided twice: once as if what is open fell out well (each open Allow matches, no open
//! Deny does), and once as if it fell out badly. Since more Allow and fewer Deny statements never refuse what was allowed,
//! every other way lies between the two. Open conditions are taken to be independent: where two of them contradict
//! each other, the answer may be that it depends although it does not.

use std::{fmt, ops::Not};

use policy::{Effect, Pattern, variables::Part};

use crate::{
    decision::{Decision, Reason},
    evaluate::{Compilation, Prepared},
    principal::{Closeness, Principal},
    request::{Context, Request},
    statement::Query,
};

/// Which condition keys of a request are not known. A key that the context holds is known, also if it holds no value.
#[derive(Debug, Clone)]
pub enum Unknown {
    /// Every key that the context does not hold, but for those that only another kind of principal has.
    Absent,
    /// Keys with such names; all others that the context does not hold are absent.
    Keys(Vec<Pattern>),
}

impl Unknown {
    /// Keys by their names, in which `*` and `?` are wildcards: `aws:SourceVpce`, `aws:PrincipalTag/*`. Case does not matter.
    pub fn keys<K: AsRef<str>>(names: impl IntoIterator<Item = K>) -> Self {
        Unknown::Keys(names.into_iter().map(|name| Pattern::new(&name.as_ref().to_lowercase())).collect())
    }
}

/// The answer to a request of which not every condition key is known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a decision is as large as it is in order to need no allocation")]
pub enum Answer {
    /// The unknown keys cannot change whether it is allowed. An implicit deny may still be an explicit one for some values.
    Decided(Decision),
    /// They can.
    Depends(Dependence),
}

/// What must hold for a request to be allowed: it is allowed exactly if every need of one of the ways is met, and none of
/// the Deny statements applies. Its text (`to_string`) says so in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependence {
    /// The ways to be allowed: in one of them each need must be met.
    pub if_any: Vec<Way>,
    /// The Deny statements of which none may apply.
    pub unless: Vec<OpenStatement>,
}

/// What must come together for a request to be allowed; nothing, where only Deny statements are open.
pub type Way = Vec<Need>;

/// A policy of some kind must allow the request, and only statements that depend on unknown keys may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// One of these must apply.
    pub any_of: Vec<OpenStatement>,
}

impl Need {
    const UNMEETABLE: Option<Need> = Some(Need { any_of: Vec::new() });
}

/// A statement that applies if unknown keys have the right values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenStatement {
    /// Where it stands.
    pub statement: Reason,
    /// What of it is open, in the policy's words; all of it must hold: `aws:SourceVpce StringEquals vpce-1`.
    pub conditions: Vec<String>,
}

impl Prepared {
    /// As [`Prepared::evaluate`], where some condition keys are not known.
    #[must_use]
    pub fn evaluate_with_unknown(&self, request: &Request, unknown: &Unknown) -> Answer {
        let view = View { context: request.context(), unknown };
        let decide = |well| {
            let hope = Hope { view, well };
            self.decide(request, &Query { hope: Some(&hope), ..Query::new(request) })
        };
        let (best, worst) = (decide(true), decide(false));
        if worst.is_allowed() {
            Answer::Decided(worst)
        } else if !best.is_allowed() {
            Answer::Decided(best)
        } else {
            Answer::Depends(self.dependence(request, &Query::new(request), &view))
        }
    }

    /// The same logic as that of `decide`, as the needs that are left open.
    fn dependence(&self, request: &Request, query: &Query<'_>, view: &View<'_>) -> Dependence {
        let asking = Asking { query, view };
        let rcps = self.rcps.iter().filter(|_| query.is_under_rcps());
        let scps = self.scps.iter().filter(|_| query.is_under_scps());
        let limits: Vec<_> = rcps.chain(scps).chain(&self.endpoint).collect();
        let own_limits: Vec<_> = self.boundary.iter().chain(&self.session).collect();
        let lists =
            limits.iter().copied().chain(&self.resource).chain([&self.identity]).chain(own_limits.iter().copied());
        let unless = lists.flat_map(|list| asking.open(list, Effect::Deny, |_| true)).collect();

        let all = |lists: &[&Compilation]| -> Vec<_> { lists.iter().map(|list| asking.need(list, |_| true)).collect() };
        let resource = |close: &dyn Fn(Closeness) -> bool| {
            vec![self.resource.as_ref().map_or(Need::UNMEETABLE, |resource| asking.need(resource, close))]
        };
        let own = match request.principal() {
            Principal::Root(_) => Vec::new(),
            Principal::FederatedUser(_) if self.session.is_none() => vec![Need::UNMEETABLE],
            _ => [all(&[&self.identity]), all(&own_limits)].concat(),
        };
        let ways = match request.principal() {
            Principal::Service(_) | Principal::Federated(_) | Principal::Anonymous => vec![resource(&|_| true)],
            _ if self.is_cross_account(request, query) => vec![[resource(&|_| true), own].concat()],
            _ => {
                let trusted = match self.needs_trust(request, query) {
                    true => resource(&|close| close == Closeness::Account),
                    false => Vec::new(),
                };
                vec![
                    resource(&|close| close == Closeness::Caller),
                    [resource(&|close| close == Closeness::Role), all(&own_limits)].concat(),
                    [trusted, own].concat(),
                ]
            }
        };
        Dependence { if_any: shortest(ways.into_iter().map(|way| [all(&limits), way].concat()).collect()), unless }
    }
}

/// The ways that are possible, without those that ask for all that another asks for, and more.
fn shortest(ways: Vec<Vec<Option<Need>>>) -> Vec<Way> {
    let possible = |way: &Vec<Option<Need>>| !way.iter().flatten().any(|need| need.any_of.is_empty());
    let mut ways: Vec<Way> = ways.into_iter().filter(possible).map(|way| way.into_iter().flatten().collect()).collect();
    ways.sort_by_key(Vec::len);
    let mut kept: Vec<Way> = Vec::new();
    for way in ways {
        if !kept.iter().any(|shorter| shorter.iter().all(|need| way.contains(need))) {
            kept.push(way);
        }
    }
    kept
}

/// A question to lists of statements.
struct Asking<'a> {
    query: &'a Query<'a>,
    view: &'a View<'a>,
}

impl Asking<'_> {
    /// What is needed for an Allow of the list to apply that names the caller as closely as that; `None` if one does anyway.
    fn need(&self, list: &Compilation, closeness: impl Fn(Closeness) -> bool) -> Option<Need> {
        let surely = list.statements().any(|(_, statement)| {
            statement.effect == Effect::Allow
                && statement.names(self.query).is_some_and(&closeness)
                && statement.truth(self.query, self.view) == Truth::Yes
        });
        (!surely).then(|| Need { any_of: self.open(list, Effect::Allow, closeness) })
    }

    fn open(&self, list: &Compilation, effect: Effect, closeness: impl Fn(Closeness) -> bool) -> Vec<OpenStatement> {
        list.statements()
            .filter(|(_, statement)| {
                statement.effect == effect
                    && statement.names(self.query).is_some_and(&closeness)
                    && statement.truth(self.query, self.view) == Truth::Open
            })
            .map(|(reason, statement)| OpenStatement {
                statement: reason,
                conditions: statement.open_parts(self.query, self.view),
            })
            .collect()
    }
}

/// Kleene's third value stands between the two others, so that "and" is the minimum and "or" the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    No,
    /// It depends on keys that are not known.
    Open,
    Yes,
}

impl Truth {
    /// What is said of something that may come out in each of these ways.
    pub fn of(outcomes: impl IntoIterator<Item = bool>) -> Self {
        let (mut yes, mut no) = (false, false);
        for outcome in outcomes {
            yes |= outcome;
            no |= !outcome;
        }
        if yes && no { Truth::Open } else { yes.into() }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::Yes } else { Truth::No }
    }
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Open => Truth::Open,
            Truth::Yes => Truth::No,
        }
    }
}

/// A context of which some keys are not known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub context: &'a Context,
    unknown: &'a Unknown,
}

impl View<'_> {
    /// `key` is lower-case.
    pub fn is_unknown(&self, key: &str) -> bool {
        self.context.get_lower(key).is_none()
            && match self.unknown {
                Unknown::Absent => !FOLLOWING.contains(&key),
                Unknown::Keys(patterns) => patterns.iter().any(|pattern| pattern.matches(key)),
            }
    }

    /// Whether it is a variable of an unknown key.
    pub fn is_open(&self, part: &Part) -> bool {
        matches!(part, Part::Variable { key, .. } if self.is_unknown(key))
    }
}

/// The keys that follow from the principal: where a request does not have them, such a principal never has.
const FOLLOWING: [&str; 4] = ["aws:principalarn", "aws:principalaccount", "aws:principalservicename", "aws:username"];

/// How open statements are taken.
#[derive(Debug)]
pub(crate) struct Hope<'a> {
    pub view: View<'a>,
    well: bool,
}

impl Hope<'_> {
    pub fn resolve(&self, effect: Effect, truth: Truth) -> bool {
        match truth {
            Truth::Yes => true,
            Truth::No => false,
            Truth::Open => (effect == Effect::Allow) == self.well,
        }
    }
}

impl fmt::Display for Dependence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("allowed")?;
        let mut before = " if ";
        for way in self.if_any.iter().filter(|way| !way.is_empty()) {
            let needs: Vec<_> = way.iter().map(Need::to_string).collect();
            write!(f, "{before}{}", needs.join(" and "))?;
            before = "; or if ";
        }
        for (index, open) in self.unless.iter().enumerate() {
            let before = match index {
                0 if self.if_any.iter().all(Vec::is_empty) => " unless ",
                0 => ", unless ",
                _ => " or ",
            };
            write!(f, "{before}{} denies: {}", open.statement, open.conditions.join(" and "))?;
        }
        Ok(())
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, open) in self.any_of.iter().enumerate() {
            let before = if index > 0 { " or " } else { "" };
            write!(f, "{before}{} ({})", open.conditions.join(" and "), open.statement)?;
        }
        Ok(())
    }
}
