//! The subcommands, one a file.

pub mod analyze;
pub mod backfill;
pub mod catalog;
mod catalog_update;
pub mod completions;
pub mod diff;
mod fill;
pub mod generate;
pub mod map;
pub mod score;
pub mod serve;
pub mod simulate;
pub mod validate;
