//! Scores of policy files, one format a file.

pub mod human;
pub mod json;
pub mod markdown;
pub mod sarif;

use crate::reviewed::Reviewed;
use advisor::Advice;
use review::{Better, Driver, Escalation, Score};

/// One file and its score.
pub struct Scored {
    pub reviewed: Reviewed,
    pub score: Score,
    pub escalations: Vec<Escalation>,
    pub better: Option<Better>,
    pub better_score: Option<Score>,
    /// The model that was asked, and what it said.
    pub advice: Option<(String, Advice)>,
}

impl Scored {
    /// Whether every document could be read: a score of what could not be says nothing.
    pub fn is_readable(&self) -> bool {
        !self.reviewed.reviews.is_empty() && self.reviewed.reviews.iter().all(|review| review.document.is_some())
    }
}

/// `iam:PassRole, iam:PutUserPolicy and 3 more, on everything`
fn told(driver: &Driver) -> String {
    let more = driver.actions.saturating_sub(driver.examples.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let reach = match driver.exposure {
        exposure if exposure >= 0.99 => "on everything",
        exposure if exposure >= 0.4 => "on much",
        exposure if exposure > 0.15 => "on some",
        _ => "on little",
    };
    format!("{}{more}, {reach}", driver.examples.join(", "))
}

/// Drivers that are shown; those behind add next to nothing.
const DRIVERS: usize = 8;
