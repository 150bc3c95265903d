//! `leastwise analyze`: every way in gives the same rows, and every event is accounted for.

use crate::support::{Place, calls, delivery, gzip, lines, read_of, same, sample_records, without_files};
use serde_json::{Value, json};

#[test]
fn the_sample_trail_in_tables() {
    let place = Place::with_sample();
    let answer = place.run(["analyze", "--input", "trail"]);
    insta::assert_snapshot!(answer.succeeds().out);
}

#[test]
fn the_sample_trail_accounted_for() {
    let place = Place::with_sample();
    let analysis = place.analyze(&["trail"], &[]);
    let mut reading = analysis["reading"].clone();
    let files = reading.as_object_mut().unwrap().remove("files").unwrap();
    assert_eq!(files.as_object().unwrap().len(), 7);
    insta::assert_json_snapshot!(
        json!({"reading": reading, "totals": analysis["totals"], "unknown": analysis["unknown"], "nothing": analysis["nothing"]})
    );
    accounted(&analysis);
}

/// read = duplicates + outside the window + of other principals + counted, and
/// counted = allowed + failed + denied + needed nothing + unknown.
fn accounted(analysis: &Value) {
    let number = |value: &Value| value.as_u64().unwrap();
    let reading = &analysis["reading"];
    let read: u64 = reading["files"].as_object().unwrap().values().map(|file| number(&file["records"])).sum();
    let totals = &analysis["totals"];
    let counted = number(&totals["events"]);
    assert_eq!(
        read,
        number(&reading["duplicates"])
            + number(&reading["outside_window"])
            + number(&reading["other_principals"])
            + counted
    );
    let outcomes: u64 =
        ["allowed", "failed", "denied", "nothing", "unknown"].iter().map(|name| number(&totals[*name])).sum();
    assert_eq!(counted, outcomes);
    let principals: u64 = analysis["principals"].as_array().unwrap().iter().map(|row| number(&row["events"])).sum();
    assert_eq!(counted, principals);
}

#[test]
fn filters_leave_every_event_accounted_for() {
    let place = Place::with_sample();
    for (flags, key) in [
        (&["--start", "2026-03-02T09:00:00Z", "--end", "2026-03-03T03:00:00Z"][..], "outside_window"),
        (&["--end", "2026-03-02"], "outside_window"),
        (&["--principal", "orders-api"], "other_principals"),
        (&["--principal", "*:role/ci/*", "--start", "2026-03-03"], "other_principals"),
    ] {
        let analysis = place.analyze(&["trail"], flags);
        accounted(&analysis);
        assert!(analysis["reading"][key].as_u64().unwrap() > 0, "{flags:?}");
        assert!(calls(&analysis) > 0, "{flags:?}");
    }
}

#[test]
fn a_window_counts_its_own_events_only() {
    let place = Place::with_sample();
    let all = place.analyze(&["trail"], &[]);
    let parts = ["--end", "--start"]
        .map(|flag| place.analyze(&["trail"], &[flag, if flag == "--end" { "2026-03-02" } else { "2026-03-03" }]));
    for (part, day) in parts.iter().zip(["2026-03-02", "2026-03-03"]) {
        for row in part["usage"].as_array().unwrap() {
            assert_eq!(row["days"].as_object().unwrap().keys().collect::<Vec<_>>(), [day], "{row}");
        }
    }
    assert_eq!(calls(&parts[0]) + calls(&parts[1]), calls(&all));
    assert!(
        parts[1]["reading"]["skipped"]["outside_window"].as_u64().unwrap() > 0,
        "files of the day before were opened"
    );
}

#[test]
fn a_principal_is_named_by_arn_by_last_part_or_by_permission_set() {
    let place = Place::with_sample();
    for (glob, principal) in [
        ("arn:aws:iam::111122223333:role/orders/orders-api", "arn:aws:iam::111122223333:role/orders/orders-api"),
        ("orders-*", "arn:aws:iam::111122223333:role/orders/orders-api"),
        (
            "PowerUser",
            "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_PowerUser_0bc9f0df162df4d8",
        ),
    ] {
        let analysis = place.analyze(&["trail"], &["--principal", glob]);
        let found: Vec<&str> =
            analysis["principals"].as_array().unwrap().iter().map(|row| row["principal"].as_str().unwrap()).collect();
        assert_eq!(found, [principal], "{glob}");
    }
}

#[test]
fn a_principal_that_nobody_is_gets_a_warning() {
    let place = Place::with_sample();
    let answer = place.run(["analyze", "--input", "trail", "--principal", "nobody-*"]);
    assert_eq!(answer.code, 0);
    assert!(
        answer.err.contains("warning: no principal matches `nobody-*`") && answer.err.contains("hint: "),
        "{}",
        answer.err
    );
}

#[test]
fn jobs_and_files_make_no_difference() {
    let place = Place::with_sample();
    let [one, four] = ["1", "4"].map(|jobs| {
        let file = format!("{jobs}.json");
        place.run(["analyze", "--input", "trail", "--jobs", jobs, "--output", &file]).succeeds();
        place.read(&file)
    });
    assert_eq!(one, four, "the same bytes");

    let expected = without_files(place.analyze(&["trail"], &[]));
    let records = sample_records();
    place.write("one.json", delivery(&records));
    place.write("one.json.gz", gzip(&delivery(&records)));
    place.write("lines.jsonl", lines(&records));
    place.write("array.json", Value::from(records.clone()).to_string());
    place.write("members.json.gz", records.chunks(50).flat_map(|chunk| gzip(&delivery(chunk))).collect::<Vec<_>>());
    let mut reversed = records.clone();
    reversed.reverse();
    for (index, chunk) in reversed.chunks(17).enumerate() {
        place.write(format!("many/{}/{index}.json.gz", index % 3), gzip(&lines(chunk)));
    }
    place.write("first.json", delivery(&records[..200]));
    place.write("second/second.json", delivery(&records[200..]));
    for inputs in [
        &["one.json"][..],
        &["one.json.gz"],
        &["lines.jsonl"],
        &["array.json"],
        &["members.json.gz"],
        &["many"],
        &["first.json", "second"],
    ] {
        assert_eq!(without_files(place.analyze(inputs, &["--jobs", "3"])), expected, "{inputs:?}");
    }
}

#[test]
fn standard_input_is_a_file_too() {
    let place = Place::with_sample();
    let expected = place.analyze(&["trail"], &[]);
    let records = sample_records();
    for bytes in [delivery(&records), gzip(&delivery(&records)), lines(&records)] {
        let analysis = place.run_on(&bytes, ["analyze", "--input", "-", "--format", "json"]).succeeds().json();
        same(&analysis, &expected, "standard input");
        assert_eq!(analysis["reading"]["files"]["standard input"]["records"], 600);
    }
}

#[test]
fn what_is_named_twice_counts_once() {
    let place = Place::with_sample();
    let once = place.analyze(&["trail"], &[]);
    let twice = place.analyze(&["trail", "trail", "trail/AWSLogs"], &[]);
    same(&once, &twice, "named twice");
}

#[test]
fn digests_insights_and_other_files_are_counted_and_not_read() {
    let place = Place::with_sample();
    place.write("trail/notes.txt", "no trail");
    let reading = place.analyze(&["trail"], &[])["reading"].clone();
    assert_eq!(reading["skipped"], json!({"digest": 1, "insight": 1, "outside_window": 0, "other": 1}));
    assert_eq!(reading["problems"], json!([]));
    // Named by hand, or under another name, they are known by what is in them.
    for (kind, items) in [("CloudTrail-Digest", 1), ("CloudTrail-Insight", 2)] {
        let path = crate::support::files_below(&place.path("trail"))
            .into_iter()
            .find(|path| path.to_string_lossy().contains(kind))
            .unwrap();
        place.write("renamed.json.gz", std::fs::read(path).unwrap());
        let analysis = place.analyze(&["renamed.json.gz"], &[]);
        assert_eq!(
            (&analysis["reading"]["other_items"], &analysis["totals"]["events"]),
            (&json!(items), &json!(0)),
            "{kind}"
        );
    }
}

#[test]
fn tables_name_the_first_fifteen_and_count_the_rest() {
    let place = Place::new();
    let records: Vec<Value> = (0..20)
        .map(|number| {
            let mut record = read_of(number, "a");
            record["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"] =
                json!(format!("arn:aws:iam::111122223333:role/app-{number}"));
            record
        })
        .collect();
    place.write("a.json", delivery(&records));
    let answer = place.run(["analyze", "--input", "a.json"]);
    assert!(answer.succeeds().out.contains("... and 5 more (in the analysis)"), "{}", answer.out);
}

#[test]
fn times_are_checked() {
    let place = Place::with_sample();
    for (flags, text) in [
        (&["--start", "yesterday"][..], "--start `yesterday` is no time"),
        (&["--start", "2026-03-02 08:00"], "--start `2026-03-02 08:00` is no time"),
        (&["--end", "2026-02-30"], "--end `2026-02-30` is no time"),
        (&["--start", "2026-03-03", "--end", "2026-03-01"], "--start is not before --end"),
    ] {
        place.run([&["analyze", "--input", "trail"], flags].concat()).fails_with(&[text]);
    }
    place.run(["analyze", "--input", "trail", "--start", "2026-04-01"]).fails_with(&[
        "no CloudTrail files were found",
        "hint: ",
        "7 of other days",
        "--start",
    ]);
}
