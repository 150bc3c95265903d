//! Policy documents from hostile text.
#![no_main]

#[path = "../checks/policy.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|text: &str| check::check(text));
