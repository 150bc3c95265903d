//! The corpus of the fuzz target `compare`, run as an ordinary test.

#[path = "../../../../tests/fuzz/checks/compare.rs"]
mod check;

#[test]
fn the_corpus_of_comparisons_passes() {
    let mut count = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fuzz/corpus/compare")).unwrap() {
        check::check(&String::from_utf8_lossy(&std::fs::read(entry.unwrap().path()).unwrap()));
        count += 1;
    }
    assert!(count > 0, "the corpus is empty");
}
