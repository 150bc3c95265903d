//! Decisions on hostile text.
#![no_main]

#[path = "../checks/evaluate.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|text: &str| check::check(text));
