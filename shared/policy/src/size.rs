//! How large a policy is in AWS's eyes, and how large it may be.

use crate::{document::Document, render};

/// The quota that a policy has to fit, by where it is stored.
///
/// Characters, white space not counted:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>.
/// The inline quotas hold for all inline policies of one user, group or role together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quota {
    /// A managed policy: 6,144.
    Managed,
    /// The inline policies of a user: 2,048.
    User,
    /// The inline policies of a group: 5,120.
    Group,
    /// The inline policies of a role: 10,240.
    Role,
}

impl Quota {
    /// How many characters fit.
    #[must_use]
    pub fn characters(self) -> usize {
        match self {
            Quota::Managed => 6_144,
            Quota::User => 2_048,
            Quota::Group => 5_120,
            Quota::Role => 10_240,
        }
    }
}

impl Document {
    /// The characters that AWS counts: the JSON text without white space between its tokens.
    ///
    /// White space inside a string is counted, so the result is never too small. A list of one is counted as a plain
    /// string, as [`render::json`] writes it.
    #[must_use]
    pub fn size(&self) -> usize {
        render::to_value(self).to_string().chars().count()
    }
}
