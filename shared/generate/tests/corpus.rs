//! The corpus of the fuzz target `record`, run as an ordinary test: here, where all that it reaches can be named.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

extern crate leastwise_generate as generate;

#[path = "../../../tests/fuzz/checks/record.rs"]
mod record;

#[test]
fn the_corpus_of_delivery_files_passes() {
    let mut count = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fuzz/corpus/record")).unwrap() {
        record::check(&std::fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 0, "the corpus is empty");
}
