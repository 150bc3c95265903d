//! ARNs and patterns from hostile text.
#![no_main]

#[path = "../checks/arn.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|text: &str| check::check(text));
