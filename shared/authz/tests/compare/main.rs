//! The comparison of policies against whatever else can answer the same question: the evaluator on every request of a
//! small world, automata, laws, and single cases that were wrong once.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

extern crate leastwise_authz as authz;

mod bad_input;
mod blocks;
mod brute;
mod corpus;
mod decide;
mod found;
mod generate;
mod globs;
mod laws;
mod questions;
mod shrink;
mod universe;
mod worlds;
