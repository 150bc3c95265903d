//! Damaged files: named with place and reason, good records kept, exit status 2.

use crate::support::{Answer, Place, calls, delivery, gzip, lines, read_of};
use serde_json::Value;
use std::fmt::Write;

/// Ten reads of ten objects.
fn ten() -> Vec<Value> {
    (0..10).map(|number| read_of(number, &format!("object-{number}"))).collect()
}

/// Analyses `file` beside a good one with one event, and checks what is true of all damage.
/// Gives the warnings and how many events of `file` were kept.
fn damaged(bytes: &[u8]) -> (Answer, u64) {
    let place = Place::new();
    place.write("trail/damaged.json.gz", bytes);
    place.write("trail/good.json", delivery(&[read_of(100, "good")]));

    let answer = place.run(["analyze", "--input", "trail", "--output", "out/analysis.json"]);
    answer.fails_with(&["warning: `trail/damaged.json.gz` at byte "]);
    let analysis = place.json("out/analysis.json");
    assert!(!analysis["reading"]["problems"].as_array().unwrap().is_empty());
    assert!(answer.out.contains("places that could not be read"), "{}", answer.out);

    let strict = place.run(["analyze", "--input", "trail", "--strict", "--output", "strict.json"]);
    strict.fails_with(&[
        "warning: `trail/damaged.json.gz` at byte ",
        "error: a file could not be read whole, and nothing was written",
        "hint: ",
    ]);
    assert!(!place.has("strict.json") && strict.out.is_empty());
    (answer, calls(&analysis) - 1)
}

#[track_caller]
fn check(bytes: &[u8], kept: u64, warning: &str) {
    let (answer, found) = damaged(bytes);
    assert_eq!(found, kept, "{}", answer.err);
    assert!(answer.err.contains(warning), "`{warning}` is not in: {}", answer.err);
    assert!(!answer.err.contains("good.json"), "{}", answer.err);
}

#[test]
fn a_file_that_ends_early_keeps_its_whole_records() {
    let text = delivery(&ten());
    let fifth = String::from_utf8(text.clone()).unwrap().match_indices("{\"eventVersion\"").nth(5).unwrap().0;
    check(&text[..fifth + 30], 5, &format!("at byte {fifth}: the file ends in the middle (truncated)"));
    check(&text[..text.len() - 2], 10, "the file ends in the middle (truncated)");
}

#[test]
fn gzip_that_ends_early_keeps_what_came_before() {
    let zipped = [gzip(&lines(&ten()[..9])), gzip(&lines(&ten()[9..]))].concat();
    check(&zipped[..zipped.len() - 20], 9, "the file ends in the middle (truncated)");
}

#[test]
fn damaged_gzip_keeps_what_came_before() {
    let mut zipped = gzip(&lines(&ten()[..9]));
    let first = zipped.len();
    zipped.extend(gzip(&lines(&ten()[9..])));
    // The second member's checksum and length.
    let end = zipped.len();
    zipped[end - 8..].fill(0xff);
    zipped[first + 12..first + 24].fill(0xff);
    check(&zipped, 9, "damaged gzip data (");
}

#[test]
fn bytes_after_a_gzip_member_are_named() {
    let (answer, kept) = damaged(&[gzip(&lines(&ten())), b"no gzip".to_vec()].concat());
    assert_eq!(kept, 10, "{}", answer.err);
}

#[test]
fn a_bad_record_costs_only_itself() {
    let good = lines(&ten());
    for (bad, reason) in [
        (
            r#"{"eventVersion":"1.11","eventSource":["s3"],"eventName":"GetObject"}"#,
            "a record is not valid (invalid type: ",
        ),
        (r#"{"eventVersion":"1.11","eventSource":"s3.amazonaws.com","eventName":"Get}"#, ""),
        (r#"{"some":"object"}"#, "this is JSON but no CloudTrail event"),
        ("garbage", "a record is not valid (expected `{`, found byte 0x67)"),
        ("{{{{", ""),
    ] {
        let (start, end) = good.split_at(lines(&ten()[..5]).len());
        let bytes = [start, bad.as_bytes(), b"\n", end].concat();
        check(&bytes, 10, &format!("at byte {}: {reason}", start.len()));
    }
}

#[test]
fn a_record_without_end_costs_only_itself() {
    let mut huge = read_of(50, "huge");
    huge["requestParameters"]["padding"] = Value::from("x".repeat(5 << 20));
    let bytes = [lines(&ten()[..5]), lines(&[huge]), lines(&ten()[5..])].concat();
    check(
        &gzip(&bytes),
        10,
        &format!("at byte {}: a record is longer than 4194304 bytes; it was skipped", lines(&ten()[..5]).len()),
    );
}

#[test]
fn files_that_hold_no_trail_are_named() {
    check(b"", 0, "at byte 0: the file is empty");
    check(&gzip(b""), 0, "at byte 0: the file is empty");
    check(b"<html>not found</html>", 0, "at byte 0: a record is not valid (expected `{`, found byte 0x3c)");
    check(&[0x1f, 0x8b], 0, "at byte 0: ");
    check(&[0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0, "at byte 0: ");
    check(b"[1,2,3]", 0, "at byte 1: a record is not valid");
}

#[test]
fn many_places_in_one_file_are_all_named() {
    let mut text = String::new();
    for record in ten() {
        writeln!(text, "{record}\n{{\"no\":\"event\"}}").unwrap();
    }
    let (answer, kept) = damaged(text.as_bytes());
    assert_eq!((kept, answer.err.matches("no CloudTrail event").count()), (10, 10), "{}", answer.err);
}

#[test]
fn a_path_that_is_not_there_is_refused() {
    let place = Place::with_sample();
    let answer = place.run(["analyze", "--input", "trail", "no-such-folder", "--output", "analysis.json"]);
    answer.fails_with(&["error: cannot read `no-such-folder`: "]);
    assert!(!place.has("analysis.json"));
    std::fs::create_dir(place.path("nothing")).unwrap();
    place.run(["analyze", "--input", "nothing"]).fails_with(&["error: no CloudTrail files were found", "hint: "]);
    place.run(["map", "--input", "nothing"]).fails_with(&["error: no CloudTrail files were found", "hint: "]);
    place.write("notes/a.txt", "a");
    place
        .run(["analyze", "--input", "notes"])
        .fails_with(&["error: no CloudTrail files were found", "1 that do not end in"]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_in_a_folder_costs_only_itself() {
    let place = Place::new();
    place.write("trail/good.json", delivery(&ten()));
    std::os::unix::fs::symlink("nowhere", place.path("trail/link.json")).unwrap();
    std::os::unix::fs::symlink(".", place.path("trail/loop")).unwrap();
    let answer = place.run(["analyze", "--input", "trail", "--output", "analysis.json"]);
    answer.fails_with(&["warning: `trail/link.json` at byte 0: ", "warning: `trail/loop"]);
    assert_eq!(calls(&place.json("analysis.json")), 10);
    assert_eq!(place.json("analysis.json")["reading"]["files"].as_object().unwrap().len(), 1);
    let mapped = place.run(["map", "--input", "trail"]);
    mapped.fails_with(&["trail/link.json"]);
    assert_eq!(mapped.out.matches("s3:GetObject").count(), 10);
}

/// A file that opens and then fails to be read, whoever reads it: this process' memory, at address 0.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_costs_only_itself() {
    let place = Place::new();
    place.write("trail/good.json", delivery(&ten()));
    std::os::unix::fs::symlink("/proc/self/mem", place.path("trail/unreadable.json")).unwrap();
    let answer = place.run(["analyze", "--input", "trail", "--output", "analysis.json"]);
    answer.fails_with(&["warning: `trail/unreadable.json` at byte 0: reading failed ("]);
    assert_eq!(calls(&place.json("analysis.json")), 10);
}

#[cfg(unix)]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let place = Place::with_sample();
    place.write("file", "");
    place
        .run(["analyze", "--input", "trail", "--output", "file/analysis.json"])
        .fails_with(&["error: cannot write `file"]);
    place.run(["analyze", "--input", "trail", "--output", "trail"]).fails_with(&["error: cannot write `trail`"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_or_closed_terminal_is_no_panic() {
    use std::process::{Command, Stdio};
    let place = Place::with_analysis();
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leastwise"));
        command
            .args(arguments)
            .current_dir(place.path(""))
            .env("LEASTWISE_CACHE", place.path("cache"))
            .stdin(Stdio::null());
        command
    };
    let generate = ["generate", "--analysis", "analysis.json"];
    let answer = run(&generate).stdout(full()).output().unwrap();
    assert_eq!(answer.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&answer.stderr).contains("error: cannot write to standard output"));
    assert_eq!(run(&["analyze", "--input", "no-such-file"]).stderr(full()).status().unwrap().code(), Some(2));

    // `leastwise generate | head -c 0`: the reader is gone before the first byte.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let answer = run(&generate).stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!((answer.status.code(), &*answer.stderr), (Some(0), &b""[..]));
}

#[test]
fn a_store_is_told_of_the_first_places_and_of_how_many_more_there_are() {
    let place = Place::new();
    place.write("bad.jsonl", "{}\n".repeat(150));
    let answer = place.run(["analyze", "--input", "bad.jsonl", "--store", "usage.db"]);
    assert_eq!(answer.err.matches("warning: `bad.jsonl` at byte").count(), 100, "{}", answer.err);
    answer.fails_with(&["warning: `bad.jsonl` has 50 more"]);
}
