//! What was decided, and why.

use std::{fmt, ops::Deref};

use smallvec::SmallVec;

use crate::policies::Layer;

/// A decision with its reasons. Its text (`to_string`) says in a sentence what decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub outcome: Outcome,
    /// The statements that decided: for an explicit deny each Deny that matched; for an allowed request the statements
    /// that let it through, layer by layer; for an implicit deny none.
    pub by: Reasons,
}

impl Decision {
    /// Whether the request may go through.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.outcome == Outcome::Allowed
    }
}

/// The three possible decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Allowed.
    Allowed,
    /// Not allowed, since something that had to allow it did not.
    ImplicitDeny(Refusal),
    /// Denied by a statement.
    ExplicitDeny,
}

impl Outcome {
    /// The word for it in batch answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Allowed => "allowed",
            Outcome::ImplicitDeny(_) => "implicit-deny",
            Outcome::ExplicitDeny => "explicit-deny",
        }
    }
}

/// What was missing for a request to be allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// No policy of a kind that limits others allows it; for the policies of an organisation, at which level.
    Limit(Layer, Option<usize>),
    /// Neither an identity policy nor the resource policy allows it.
    Grant,
    /// No identity policy allows it, and one must: the resource is another account's, or its policy trusts the
    /// principal's account as a whole.
    Identity,
    /// The resource policy does not allow it, and it must: the resource is another account's, or the principal has no
    /// policies of its own.
    Resource,
    /// The resource policy of a key or role neither allows the principal nor leaves it to the account's own policies.
    Trust,
    /// A federated user session has no permissions without a session policy.
    Session,
}

/// A statement that took part in a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reason {
    /// The kind of policy.
    pub layer: Layer,
    /// For the policies of an organisation: the level, from 0 at the root.
    pub level: Option<usize>,
    /// The policy's index in its list, or in its level.
    pub policy: usize,
    /// The statement's index in the policy.
    pub statement: usize,
}

/// The statements that decided, in the order in which AWS asks them. Reads as a slice.
///
/// The first [`Reasons::INLINE`] of them need no allocation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reasons {
    reasons: SmallVec<[Reason; Reasons::INLINE]>,
}

impl Reasons {
    /// Enough for every layer, with four levels of an organisation on either side.
    pub const INLINE: usize = 13;

    pub(crate) fn push(&mut self, reason: Reason) {
        self.reasons.push(reason);
    }

    pub(crate) fn clear(&mut self) {
        self.reasons.clear();
    }
}

impl Deref for Reasons {
    type Target = [Reason];

    fn deref(&self) -> &[Reason] {
        &self.reasons
    }
}

impl<'a> IntoIterator for &'a Reasons {
    type Item = &'a Reason;
    type IntoIter = std::slice::Iter<'a, Reason>;

    fn into_iter(self) -> Self::IntoIter {
        self.reasons.iter()
    }
}

impl FromIterator<Reason> for Reasons {
    fn from_iter<I: IntoIterator<Item = Reason>>(reasons: I) -> Self {
        Reasons { reasons: reasons.into_iter().collect() }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.outcome {
            Outcome::ImplicitDeny(refusal) => write!(f, "{refusal}"),
            Outcome::ExplicitDeny => list(f, "denied by ", &self.by),
            Outcome::Allowed if self.by.is_empty() => {
                f.write_str("allowed to the account's root user, whom no policy denies it")
            }
            Outcome::Allowed => list(f, "allowed by ", &self.by),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, before: &str, reasons: &[Reason]) -> fmt::Result {
    f.write_str(before)?;
    for (index, reason) in reasons.iter().enumerate() {
        f.write_str(if index > 0 { ", " } else { "" })?;
        write!(f, "{reason}")?;
    }
    Ok(())
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement {} of {} {}", self.statement, self.layer.name(), self.policy)?;
        match self.level {
            Some(level) => write!(f, " at level {level}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Limit(layer, None) => write!(f, "no {} allows it", layer.name()),
            Refusal::Limit(layer, Some(level)) => write!(f, "no {} at level {level} allows it", layer.name()),
            Refusal::Grant => f.write_str("no identity policy and no resource policy allows it"),
            Refusal::Identity => {
                f.write_str("no identity policy allows it, and the resource policy alone is not enough")
            }
            Refusal::Resource => {
                f.write_str("the resource policy does not allow it, and identity policies alone are not enough")
            }
            Refusal::Trust => f.write_str("the resource policy neither allows the principal nor trusts its account"),
            Refusal::Session => f.write_str("a federated user session needs a session policy"),
        }
    }
}
