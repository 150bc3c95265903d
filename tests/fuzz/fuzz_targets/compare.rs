//! Comparisons of hostile policies.
#![no_main]

#[path = "../checks/compare.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|text: &str| check::check(text));
