//! `leastwise diff`: what is added and removed, in every format, and the exit status that a pipeline reads.

use crate::generate::{array, text};
use crate::support::{Answer, Place};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const OLD: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:ListBucket"],
      "Resource": ["arn:aws:s3:::example-orders", "arn:aws:s3:::example-orders/*"]
    },
    {"Sid": "Queue", "Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"}
  ]
}
"#;

const NEW: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadWrite",
      "Effect": "Allow",
      "Action": ["s3:Get*", "s3:PutObject", "s3:ListBucket"],
      "Resource": ["arn:aws:s3:::example-orders", "arn:aws:s3:::example-orders/*"]
    },
    {
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "arn:aws:iam::111122223333:role/orders-*",
      "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
    }
  ]
}
"#;

const NOTHING: &str = r#"{"Version": "2012-10-17", "Statement": []}"#;

fn allow(action: &str, resource: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]})
        .to_string()
}

/// A place with the two policies as `old.json` and `new.json`.
fn place(old: &str, new: &str) -> Place {
    let place = Place::new();
    place.write("old.json", old);
    place.write("new.json", new);
    place
}

fn diff(place: &Place, more: &[&str]) -> Answer {
    place.run([&["diff", "old.json", "new.json"], more].concat())
}

#[test]
fn the_difference_for_reading() {
    let answer = diff(&place(OLD, NEW), &["--format", "human", "--service-aware"]);
    assert_eq!((answer.code, answer.err.as_str()), (3, ""));
    insta::assert_snapshot!(answer.out);
}

#[test]
fn the_difference_in_json() {
    let answer = diff(&place(OLD, NEW), &["--service-aware"]);
    assert_eq!(answer.code, 3);
    insta::assert_snapshot!(answer.out);
}

#[test]
fn the_difference_in_markdown() {
    let answer = diff(&place(OLD, NEW), &["--format", "md", "--service-aware"]);
    assert_eq!(answer.code, 3);
    insta::assert_snapshot!(answer.out);
}

#[test]
fn the_difference_in_sarif() {
    let answer = diff(&place(OLD, NEW), &["--format", "sarif", "--service-aware"]);
    assert_eq!(answer.code, 3);
    insta::assert_snapshot!(answer.out);
}

#[test]
fn verdicts_have_their_exit_status() {
    let same = allow("s3:GetObject", "*");
    let less = allow("s3:GetObject", "arn:aws:s3:::example-orders/*");
    for (old, new, code, verdict, added, removed) in [
        (&same, &same, 0, "no-new-access", 0, 0),
        (&same, &less, 0, "no-new-access", 0, 1),
        (&less, &same, 3, "new-access", 1, 0),
        (&same, &NOTHING.to_owned(), 0, "no-new-access", 0, 1),
        (&NOTHING.to_owned(), &same, 3, "new-access", 1, 0),
        (&allow("s3:*", "*"), &allow("S3:*", "*"), 0, "no-new-access", 0, 0),
    ] {
        let answer = diff(&place(old, new), &[]);
        assert_eq!(answer.code, code, "{old} {new}");
        let out = answer.json();
        assert_eq!(out["verdict"], verdict);
        assert_eq!((array(&out["added"]).len(), array(&out["removed"]).len()), (added, removed), "{old} {new}");
        assert_eq!(out["witness"].is_null(), code == 0);
        assert_eq!(answer.err.is_empty(), code == 0, "a pipeline's log says why: {}", answer.err);
        let line = diff(&place(old, new), &["--format", "human"]).out;
        assert!(line.starts_with(if code == 0 { "no new access" } else { "new access: " }), "{line}");
    }
}

#[test]
fn what_cannot_be_decided_does_not_pass() {
    let of = |principal: &str| {
        json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-orders/*",
            "Principal": {"CanonicalUser": principal}
        }]})
        .to_string()
    };
    let place = place(&of("a1"), &of("b2"));
    let answer = diff(&place, &[]);
    assert_eq!(answer.code, 3);
    let out = answer.json();
    assert_eq!(
        (&out["verdict"], &out["witness"], &out["type"]),
        (&json!("inconclusive"), &json!(null), &json!("resource"))
    );
    assert!(text(&out["inconclusive"]["added"]).contains("b2"), "{}", out["inconclusive"]);
    for format in ["human", "md"] {
        let shown = diff(&place, &["--format", format]);
        assert_eq!(shown.code, 3);
        let first = shown.out.to_lowercase();
        assert!(first.contains("inconclusive, which counts as new access"), "{}", shown.out);
    }
    let log = diff(&place, &["--format", "sarif"]).json();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "inconclusive");
}

/// Every witness is a request that one policy allows and the other does not, as `simulate` decides.
#[test]
fn witnesses_replay() {
    let bucket = |principal: Value, action: &str, condition: Value| {
        json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": principal, "Action": action,
            "Resource": "arn:aws:s3:::example-orders/*", "Condition": condition
        }]})
        .to_string()
    };
    let pairs = [
        (OLD.to_owned(), NEW.to_owned(), "identity"),
        (allow("s3:*", "*"), NEW.to_owned(), "identity"),
        (
            bucket(
                json!({"AWS": "arn:aws:iam::111122223333:role/app"}),
                "s3:GetObject",
                json!({"Bool": {"aws:SecureTransport": "true"}}),
            ),
            bucket(json!("*"), "s3:*Object", json!({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}})),
            "resource",
        ),
    ];
    let (mut asked, mut expected) = (String::new(), Vec::new());
    for (old, new, layer) in pairs {
        let answer = diff(&place(&old, &new), &[]);
        let out = answer.json();
        assert_eq!(out["type"], layer);
        for (direction, with, without) in [("added", &new, &old), ("removed", &old, &new)] {
            for block in array(&out[direction]) {
                for (policy, decision) in [(with, true), (without, false)] {
                    let mut policies = json!({});
                    policies[layer] = json!(policy);
                    let line = json!({"id": expected.len(), "request": block["witness"], "policies": policies});
                    asked.push_str(&format!("{line}\n"));
                    expected.push(decision);
                }
            }
        }
    }
    assert!(expected.len() >= 10, "{} questions", expected.len());
    let answers = Place::new().run_on(asked.as_bytes(), ["simulate", "--jsonl"]).succeeds().lines();
    let decided: Vec<bool> = answers.iter().map(|answer| answer["decision"] == "allowed").collect();
    assert_eq!(decided, expected);
}

#[test]
fn files_hold_a_document_or_a_list_of_them() {
    let list = format!("[{},\n  {}]", allow("s3:GetObject", "*"), allow("sqs:SendMessage", "*"));
    let out = diff(&place(&allow("s3:GetObject", "*"), &list), &[]).json();
    let block = &array(&out["added"])[0];
    assert_eq!((&block["policy"], &block["statement"], &block["line"]), (&json!(1), &json!(0), &json!(2)));
    assert_eq!(block["allows"], json!({"Action": "sqs:SendMessage", "Resource": "*"}));
}

#[test]
fn one_policy_may_come_from_standard_input() {
    let place = place(OLD, NEW);
    let added = |arguments: &[&str], input: &str| {
        let answer = place.run_on(input.as_bytes(), arguments);
        assert_eq!(answer.code, 3);
        answer.json()["added"].clone()
    };
    let expected = added(&["diff", "old.json", "new.json"], "");
    assert_eq!(added(&["diff", "-", "new.json"], OLD), expected);
    assert_eq!(added(&["diff", "old.json", "-"], NEW), expected);
    place.run(["diff", "-", "-"]).fails_with(&["both policies cannot be read from standard input", "hint: "]);
}

#[test]
fn the_format_follows_the_name_of_the_file() {
    let place = place(OLD, NEW);
    for (name, start) in
        [("out/diff.md", "## Access"), ("diff.sarif", "{\n  \"$schema\""), ("diff.json", "{\n  \"verdict\"")]
    {
        let answer = diff(&place, &["--output", name]);
        assert_eq!((answer.code, answer.out.as_str()), (3, ""));
        assert!(answer.err.starts_with("new access: "), "{}", answer.err);
        assert!(place.read(name).starts_with(start), "{name}: {}", place.read(name));
    }
}

#[test]
fn the_type_is_told_or_seen() {
    let trust = |service: &str| {
        json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
        ]})
        .to_string()
    };
    let place = place(&trust("lambda.amazonaws.com"), &trust("ec2.amazonaws.com"));
    for (flags, kind) in [(&[][..], "resource"), (&["--type", "trust"], "trust")] {
        let out = diff(&place, flags).json();
        assert_eq!((&out["type"], &out["verdict"]), (&json!(kind), &json!("new-access")));
        assert_eq!(out["witness"]["principal"], json!({"Service": "ec2.amazonaws.com"}));
        assert_eq!(array(&out["added"])[0]["allows"]["Principal"], json!({"Service": "ec2.amazonaws.com"}));
    }
    diff(&place, &["--type", "bucket"]).fails_with(&["invalid value 'bucket'", "resource"]);
}

#[test]
fn service_aware_leaves_out_what_cannot_be() {
    let place = place(NOTHING, &allow("s3:GetObject", "arn:aws:sqs:eu-west-1:111122223333:orders"));
    assert_eq!(diff(&place, &[]).code, 3);
    assert_eq!(diff(&place, &["--service-aware"]).code, 0);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    for (new, messages) in [
        ("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [,]\n}", &["`new.json` line 3, column 17: "][..]),
        (
            "{\n \"Statement\": [{\"Effect\": \"Alow\", \"Action\": \"*\"}]}",
            &["`new.json` line 2, ", "`Alow`", "hint: did you mean `Allow`"],
        ),
        (
            "[{\"Statement\": []},\n {\"Statement\": [{\"Effect\": \"Allow\"}]}]",
            &["`new.json` line 2, column 17: ", "no `Action`", "hint: "],
        ),
        ("[{\"Statement\": []}", &["`new.json` line 1, column 18: "]),
        ("[]", &["`new.json` line 1, column 1: the list holds no policy document", "hint: "]),
        ("", &["`new.json` line 1, column 1: "]),
        ("[5]", &["`new.json` line 1, column 2: ", "object"]),
        (
            "{\"Statement\": [\n  {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringEqual\": {\"a:b\": \"c\"}}}]}",
            &["`new.json` line 2, column 3: the statement denies, and `StringEqual` is no condition operator"],
        ),
    ] {
        let place = place(OLD, new);
        let answer = diff(&place, &[]);
        answer.fails_with(messages);
        assert!(answer.out.is_empty());
        // Whichever side it is on.
        place.run(["diff", "new.json", "old.json"]).fails_with(&["`new.json` line "]);
    }
    place(OLD, NEW).run(["diff", "old.json", "none.json"]).fails_with(&["cannot read `none.json`"]);
    place(OLD, NEW).run(["diff", "old.json"]).fails_with(&["<NEW>"]);
    place(OLD, NEW).run(["diff", "--jsonl", "old.json"]).fails_with(&["cannot be used with"]);
    let nothing: [&str; 1] = ["diff"];
    Place::new().run(nothing).fails_with(&["<OLD>", "<NEW>"]);
}

#[test]
fn an_allow_that_cannot_be_understood_is_named() {
    let new = r#"{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEqual": {"aws:PrincipalTag/team": "a"}}}]}"#;
    let warning = "the statement allows nothing: `StringEqual` is no condition operator";
    let answer = diff(&place(NOTHING, new), &[]);
    assert_eq!((answer.code, answer.json()["verdict"].clone()), (0, json!("no-new-access")));
    assert!(answer.err.contains(&format!("warning: `new.json` line 2, column 3: {warning}")), "{}", answer.err);

    let document: Value = serde_json::from_str(new).unwrap();
    let line = json!({"id": "x", "old": {"Statement": []}, "new": document}).to_string();
    let answer = Place::new().run_on(line.as_bytes(), ["diff", "--jsonl"]);
    assert_eq!((answer.code, &answer.lines()[0]["verdict"]), (0, &json!("no-new-access")));
    assert!(
        answer.err.contains("statement 0 of identity policy 0 of \"x\" allows nothing: `StringEqual`"),
        "{}",
        answer.err
    );
}

#[test]
fn sarif_results_are_told_apart() {
    let twice = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    ]});
    let log = diff(&place(NOTHING, &twice.to_string()), &["--format", "sarif"]).json();
    let results = array(&log["runs"][0]["results"]);
    let prints: BTreeSet<String> = results.iter().map(|result| result["partialFingerprints"].to_string()).collect();
    assert_eq!((results.len(), prints.len()), (2, 2));
    // The same result where other lines come before it.
    let moved = diff(&place(NOTHING, &format!("\n\n{twice}")), &["--format", "sarif"]).json();
    for (result, moved) in results.iter().zip(array(&moved["runs"][0]["results"])) {
        assert_eq!(result["partialFingerprints"], moved["partialFingerprints"]);
        assert_ne!(result["locations"], moved["locations"]);
    }
}

#[test]
fn a_comment_stays_as_short_as_a_comment_may_be() {
    let statements: Vec<Value> = (0..40)
        .map(|number| {
            let resources: Vec<String> =
                (0..5).map(|part| format!("arn:aws:s3:::bucket-{number}/{part}{}/*", "x".repeat(600))).collect();
            json!({"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": resources})
        })
        .collect();
    let place = place(NOTHING, &json!({"Version": "2012-10-17", "Statement": statements}).to_string());
    let markdown = diff(&place, &["--format", "md"]).out;
    assert!(markdown.len() < 65_536, "{} characters", markdown.len());
    let rows = markdown.lines().filter(|line| line.contains(", line 1 (new)")).count();
    assert!(rows > 10 && markdown.contains(&format!("... and {} more", 40 - rows)), "{rows} rows");
}
