//! The corpora of the fuzz targets `arn` and `policy`, run as an ordinary test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

extern crate leastwise_policy as policy;

#[path = "../../../tests/fuzz/checks/arn.rs"]
mod arn;
#[path = "../../../tests/fuzz/checks/policy.rs"]
mod document;

fn replay(target: &str, check: fn(&str)) {
    let folder = format!("{}/../../tests/fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        check(&String::from_utf8_lossy(&std::fs::read(entry.unwrap().path()).unwrap()));
        count += 1;
    }
    assert!(count > 0, "the corpus of {target} is empty");
}

#[test]
fn the_corpus_of_arns_passes() {
    replay("arn", arn::check);
}

#[test]
fn the_corpus_of_policies_passes() {
    replay("policy", document::check);
}
