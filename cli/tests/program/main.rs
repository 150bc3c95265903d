//! The built program from outside: what it reads, prints, writes, and ends with.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails may panic"
)]

mod analyses;
mod analyze;
mod backfill;
mod batch;
mod catalog;
mod compare;
mod completions;
mod damage;
mod diff;
mod generate;
mod hostile;
#[path = "../../../tests/support/ministack.rs"]
mod ministack;
mod review;
mod s3;
mod serve;
mod settings;
mod simulate;
mod support;
