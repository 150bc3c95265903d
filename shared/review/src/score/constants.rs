//! The numbers that the score is made of, in one place; `cargo run -p leastwise-benches --release --bin review` shows what they give
//! on a corpus of policies.

use crate::access::Capability;

/// How bad it is to have a capability on everything, from 0 to 1.
pub(super) fn severity(capability: Capability) -> f64 {
    match capability {
        Capability::Escalation => 1.0,
        Capability::CredentialExposure => 0.8,
        Capability::ResourceExposure => 0.7,
        Capability::DataRead => 0.5,
        Capability::Write => 0.4,
        Capability::Tagging => 0.15,
        Capability::Metadata => 0.05,
    }
}

/// How bad it is that everyone in the world has a capability on anything, however little that is.
pub(super) fn open_severity(capability: Capability) -> f64 {
    match capability {
        Capability::Escalation | Capability::CredentialExposure | Capability::ResourceExposure => 1.0,
        Capability::DataRead | Capability::Write => 0.9,
        Capability::Tagging | Capability::Metadata => 0.5,
    }
}

/// What one capability in one service adds to the risk at most.
pub(super) const MOST: f64 = 0.9;

/// As [`MOST`], of what everyone in the world can do: alone enough for the lowest score.
pub(super) const MOST_OPEN: f64 = 0.95;

/// How much more the worse capabilities count than the milder ones: the power that severities are raised to.
pub(super) const SHARPNESS: i32 = 3;

/// The risk from which a policy loses a point, and the next, and so on: ten points, nine steps.
/// A policy of exact ARNs in half a dozen services is as narrow as it can be, and has 9.
pub(super) const STEPS: [f64; 9] = [0.004, 0.055, 0.07, 0.1, 0.18, 0.28, 0.5, 0.75, 0.93];
