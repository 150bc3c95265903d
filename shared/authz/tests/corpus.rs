//! The corpus of the fuzz target `evaluate`, run as an ordinary test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

extern crate leastwise_authz as authz;

#[path = "../../../tests/fuzz/checks/evaluate.rs"]
mod evaluate;

#[test]
fn the_corpus_of_requests_passes() {
    let mut count = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fuzz/corpus/evaluate")).unwrap() {
        let path = entry.unwrap().path();
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        evaluate::check(&text);
        if path.extension().is_some_and(|extension| extension == "json") {
            let line = serde_json::from_str(&text).unwrap();
            authz::wire::answer(&line).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        count += 1;
    }
    assert!(count > 0, "the corpus is empty");
}
