//! What a change of policy does: to requests one by one, and to all that can be asked.

pub mod actions;
pub mod concreteness;
pub mod risk;

use crate::input::cases::{Case, Expected, Observed};
use actions::Allowed;
use authz::{Comparison, Decision, Policies, PrepareError, Prepared, Verdict, compare};
use catalog::Catalog;
use concreteness::Concreteness;
use policy::Document;

/// One side of a change.
#[derive(Debug)]
pub struct Side {
    /// The policies of the kind that changes.
    pub changing: Vec<Document>,
    /// All policies that apply.
    pub all: Policies,
}

/// What the change does.
#[derive(Debug)]
pub struct Simulation<'c> {
    pub cases: Vec<Decided<'c>>,
    pub actions: [Allowed; 2],
    pub concreteness: [Concreteness; 2],
    pub verdict: Verdict,
}

/// A case, as it is decided before and after.
#[derive(Debug)]
pub struct Decided<'c> {
    pub case: &'c Case,
    pub before: Decision,
    pub after: Decision,
}

impl Decided<'_> {
    /// Whether AWS refused it when it was asked: something else denies it, so that nothing is lost where the change
    /// denies it too.
    pub fn is_refused(&self) -> bool {
        self.case.observed == Some(Observed::Denied)
    }

    pub fn is_new_denial(&self) -> bool {
        !self.is_refused() && self.before.is_allowed() && !self.after.is_allowed()
    }

    pub fn is_newly_allowed(&self) -> bool {
        !self.is_refused() && self.becomes_allowed()
    }

    /// Whether it belongs among what the change changes.
    pub fn is_changed(&self) -> bool {
        self.is_new_denial() || self.becomes_allowed()
    }

    fn becomes_allowed(&self) -> bool {
        !self.before.is_allowed() && self.after.is_allowed()
    }

    /// What was expected, where it is not so.
    pub fn missed(&self) -> Option<Expected> {
        self.case.expect.filter(|expect| !expect.is(self.after.outcome))
    }

    /// Whether the trail saw it allowed, though the policies before do not allow it.
    pub fn is_unexplained(&self) -> bool {
        self.case.observed == Some(Observed::Allowed) && !self.before.is_allowed()
    }
}

/// Decides all cases under both sides, and compares what the sides allow at all.
///
/// # Errors
/// When a Deny statement cannot be understood.
pub fn simulate<'c>(
    before: &Side,
    after: &Side,
    cases: &'c [Case],
    how: &Comparison<'_>,
    catalog: &Catalog,
) -> Result<Simulation<'c>, PrepareError> {
    let (old, new) = (Prepared::new(&before.all)?, Prepared::new(&after.all)?);
    let decided =
        |case: &'c Case| Decided { case, before: old.evaluate(&case.request), after: new.evaluate(&case.request) };
    let allowed = |side: &Side| actions::allowed(&side.changing, how.layer, catalog);
    let actions = [allowed(before)?, allowed(after)?];
    let [fewer, more] = &actions;
    Ok(Simulation {
        cases: cases.iter().map(decided).collect(),
        concreteness: [
            concreteness::measure(&before.changing, fewer, catalog),
            concreteness::measure(&after.changing, more, catalog),
        ],
        actions,
        verdict: compare(&before.changing, &after.changing, how)?,
    })
}
