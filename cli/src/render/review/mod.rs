//! Findings in policy files, one format a file.

pub mod human;
pub mod json;
pub mod markdown;
pub mod sarif;
