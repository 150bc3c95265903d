//! Analysis files: several give what one gives, and nothing counts twice.

use crate::support::{Place, delivery, files_below, read_of, sample_records};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn analyses_of_parts_give_the_policies_of_the_whole() {
    let place = Place::with_sample();
    // Events that two parts share would count twice, so each part has its own.
    let mut seen = BTreeSet::new();
    let records: Vec<Value> =
        sample_records().into_iter().filter(|record| seen.insert(record["eventID"].to_string())).collect();
    for (name, part) in [("one", &records[..300]), ("two", &records[300..]), ("analysis", &records[..])] {
        place.write(format!("{name}.trail.json"), delivery(part));
        place
            .run(["analyze", "--input", &format!("{name}.trail.json"), "--output", &format!("{name}.json")])
            .succeeds();
    }
    let merged = place.run(["generate", "--format", "json", "--analysis", "two.json", "one.json"]).succeeds().json();
    assert_eq!(merged, place.generate(&[]));
}

#[test]
fn one_file_in_two_analyses_is_refused() {
    let place = Place::with_analysis();
    place
        .run(["generate", "--analysis", "analysis.json", "analysis.json"])
        .fails_with(&["was counted by two of the analyses", "hint: "]);
    let file = files_below(&place.path("trail"))
        .into_iter()
        .find(|path| path.to_string_lossy().contains("_CloudTrail_"))
        .unwrap();
    place.write("copy.json.gz", std::fs::read(file).unwrap());
    place.run(["analyze", "--input", "copy.json.gz", "--output", "copy.json"]).succeeds();
    place
        .run(["generate", "--analysis", "analysis.json", "copy.json"])
        .fails_with(&["`copy.json.gz` was counted by two of the analyses (once as `trail/"]);

    // Two days of one trail share a file, and no event.
    place.run(["analyze", "--input", "trail", "--end", "2026-03-02", "--output", "monday.json"]).succeeds();
    place.run(["analyze", "--input", "trail", "--start", "2026-03-03", "--output", "tuesday.json"]).succeeds();
    let days =
        place.run(["generate", "--format", "json", "--analysis", "monday.json", "tuesday.json"]).succeeds().json();
    assert_eq!(days, place.generate(&[]));

    // A file that is there twice, in one analysis, and files without events are no reason.
    place.write("twice/1.json", delivery(&[read_of(1, "a")]));
    place.write("twice/2.json", delivery(&[read_of(1, "a")]));
    place.write("twice/3.json", delivery(&[]));
    place.write("none/4.json", delivery(&[]));
    for name in ["twice", "none"] {
        place.run(["analyze", "--input", name, "--output", &format!("{name}.json")]).succeeds();
    }
    let merged = place.run(["generate", "--format", "json", "--analysis", "twice.json", "none.json"]).succeeds().json();
    assert_eq!(merged["principals"][0]["proof"]["calls"], 1);
}

#[test]
fn what_is_no_analysis_is_refused() {
    let place = Place::with_sample();
    place.write("text.json", "hello");
    place.write("object.json", "{}");
    place.write("later.json", r#"{"format":99,"leastwise":"9","catalog":"","reading":{"files":{},"skipped":{"digest":0,"insight":0,"outside_window":0,"other":0},"duplicates":0,"outside_window":0,"other_principals":0,"other_items":0,"problems":[]},"totals":{"events":0,"allowed":0,"failed":0,"denied":0,"nothing":0,"unknown":0},"principals":[],"usage":[],"unknown":[],"nothing":[]}"#);
    place.write("bytes.json", [0xff, 0xfe]);
    place
        .run(["generate", "--analysis", "text.json"])
        .fails_with(&["`text.json` is no analysis", "hint: write one with `leastwise analyze"]);
    place.run(["generate", "--analysis", "object.json"]).fails_with(&["`object.json` is no analysis", "hint: "]);
    place
        .run(["generate", "--analysis", "later.json"])
        .fails_with(&["`later.json` has format 99", "hint: analyze the trail again"]);
    place.run(["generate", "--analysis", "bytes.json"]).fails_with(&["cannot read `bytes.json`"]);
    place.run(["generate", "--analysis", "none.json"]).fails_with(&["cannot read `none.json`"]);
    place.run(["generate"]).fails_with(&["--analysis"]);
}
