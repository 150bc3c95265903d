//! Text that an attacker chose (names, ARNs, user agents, keys) stays text, wherever it is shown.

use crate::support::{Answer, Place, delivery, read_of};
use serde_json::{Value, json};

/// Escape sequences (also as one character, C1), a title change, line breaks, direction and invisible marks, and
/// what Markdown, HTML and HCL would act on.
pub const EVIL: &str = "a\u{1b}[31m\u{9b}2J\u{1b}]0;title\u{7}\r\nb\u{202e}\u{2066}\u{200b}\u{2028}|c`d``e<script>alert(1)</script>${x}%{y}\"\\[l](javascript:0)\u{0}\u{7f}";

fn place() -> Place {
    let place = Place::new();
    let with = |number: u64, change: &dyn Fn(&mut Value)| {
        let mut record = read_of(number, "plain");
        change(&mut record);
        record
    };
    let records = [
        with(1, &|record| record["requestParameters"]["key"] = json!(EVIL)),
        with(2, &|record| record["requestParameters"]["bucketName"] = json!(EVIL)),
        with(3, &|record| {
            record["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"] =
                json!(format!("arn:aws:iam::111122223333:role/{EVIL}"))
        }),
        with(4, &|record| record["eventName"] = json!(EVIL)),
        with(5, &|record| record["eventSource"] = json!(format!("{EVIL}.amazonaws.com"))),
        with(6, &|record| {
            record["errorCode"] = json!("AccessDenied");
            record["errorMessage"] = json!(EVIL);
            record["requestParameters"]["key"] = json!(EVIL);
        }),
        with(7, &|record| record["userIdentity"]["invokedBy"] = json!(format!("{EVIL}.amazonaws.com"))),
        with(8, &|record| record["awsRegion"] = json!(EVIL)),
        with(9, &|record| record["eventID"] = json!(EVIL)),
        with(10, &|record| record["eventTime"] = json!(EVIL)),
        with(11, &|record| record["userAgent"] = json!(EVIL)),
        with(12, &|record| record["recipientAccountId"] = json!(EVIL)),
        with(13, &|record| record["userIdentity"]["accountId"] = json!(EVIL)),
        with(14, &|record| record["userIdentity"] = json!({"type": EVIL, "arn": EVIL, "principalId": EVIL})),
        with(15, &|record| record["eventType"] = json!(EVIL)),
        with(16, &|record| {
            record["eventSource"] = json!("ssm.amazonaws.com");
            record["eventName"] = json!("GetParameter");
            record["requestParameters"] = json!({"name": EVIL});
        }),
        with(17, &|record| {
            record["eventSource"] = json!("lambda.amazonaws.com");
            record["eventName"] = json!("CreateFunction20150331");
            record["requestParameters"] = json!({"functionName": EVIL, "role": EVIL});
        }),
    ];
    place.write("trail/a.json", delivery(&records));
    place
}

/// Nothing in it acts on a terminal, except ends of lines.
pub fn harmless(what: &str, text: &str) {
    let acts = |character: char| {
        (character.is_control() && character != '\n')
            || "\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}".contains(character)
    };
    if let Some(at) = text.find(acts) {
        panic!("{what} prints {:?}", text[at..].chars().take(20).collect::<String>());
    }
}

fn shown(place: &Place, arguments: &[&str]) -> Answer {
    let answer = place.run(arguments);
    harmless(&format!("{arguments:?}"), &answer.out);
    harmless(&format!("{arguments:?} on standard error"), &answer.err);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(answer.out.contains("script"), "the text got lost, and the test with it: {arguments:?}");
    answer
}

#[test]
fn nothing_reaches_a_terminal_raw() {
    let place = place();
    for format in ["human", "json"] {
        shown(&place, &["analyze", "--input", "trail", "--format", format, "--output", "analysis.json"]);
    }
    for format in ["human", "json", "md", "sarif", "terraform", "cloudformation"] {
        shown(&place, &["generate", "--analysis", "analysis.json", "--include-denied", "--format", format]);
    }
    shown(&place, &["map", "--input", "trail"]);
    let lines = json!({"id": EVIL, "event": read_of(1, EVIL)}).to_string();
    let mapped = place.run_on(lines.as_bytes(), ["map", "--jsonl"]);
    harmless("map --jsonl", &mapped.succeeds().out);
    assert_eq!(mapped.lines()[0]["id"], EVIL, "escaped, and the same text");
}

#[test]
fn rows_of_tables_stay_rows() {
    let place = place();
    for arguments in [&["analyze", "--input", "trail"][..], &["map", "--input", "trail"]] {
        let table = shown(&place, arguments).out;
        for line in table.lines().filter(|line| !line.is_empty()) {
            assert!("┌│╞├└".contains(line.chars().next().unwrap()), "a name broke out of its cell: {line}");
        }
    }
}

#[test]
fn json_says_what_the_trail_said() {
    let place = place();
    shown(&place, &["analyze", "--input", "trail", "--output", "analysis.json"]);
    let generated = place.generate(&[]);
    let named = generated["principals"]
        .as_array()
        .unwrap()
        .iter()
        .any(|one| one["principal"].as_str().unwrap().ends_with(EVIL));
    let listed = generated["unknown"].as_array().unwrap().iter().any(|one| one["name"] == EVIL);
    assert!(named || generated["not_generated"].to_string().contains("script"), "{generated}");
    assert!(listed, "{}", generated["unknown"]);
}

#[test]
fn sids_and_names_are_what_iam_takes() {
    let place = place();
    shown(&place, &["analyze", "--input", "trail", "--output", "analysis.json"]);
    let mut sids = 0;
    for mode in ["resources", "actions"] {
        let generated = place.generate(&["--include-denied", "--mode", mode]);
        for policy in
            generated["principals"].as_array().unwrap().iter().flat_map(|one| one["policies"].as_array().unwrap())
        {
            let name = policy["name"].as_str().unwrap();
            assert!(
                name.len() <= 128
                    && name.chars().all(|character| character.is_ascii_alphanumeric() || "_+=,.@-".contains(character)),
                "{name}"
            );
            for statement in policy["document"]["Statement"].as_array().unwrap() {
                let sid = statement["Sid"].as_str().unwrap();
                assert!(!sid.is_empty() && sid.chars().all(|character| character.is_ascii_alphanumeric()), "{sid}");
                sids += 1;
            }
        }
    }
    assert!(sids > 2);
}

#[test]
fn terraform_stays_hcl() {
    let place = place();
    shown(&place, &["analyze", "--input", "trail", "--output", "analysis.json"]);
    let terraform = shown(&place, &["generate", "--analysis", "analysis.json", "--format", "terraform"]).out;
    let body = hcl::parse(&terraform).unwrap_or_else(|error| panic!("{error}\n{terraform}"));
    assert!(body.blocks().all(|block| ["data", "resource"].contains(&block.identifier())));
    assert_eq!(body.attributes().count(), 0, "a name became an attribute");
}

#[test]
fn markdown_cells_stay_cells_and_html_stays_text() {
    let place = place();
    shown(&place, &["analyze", "--input", "trail", "--output", "analysis.json"]);
    place.write(
        "attached.json",
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}"#,
    );
    let text = shown(
        &place,
        &[
            "generate",
            "--analysis",
            "analysis.json",
            "--include-denied",
            "--compare",
            "attached.json",
            "--format",
            "md",
        ],
    )
    .out;
    let (mut columns, mut fence, mut rows) = (0, None::<String>, 0);
    for line in text.lines() {
        if let Some(open) = &fence {
            if line == open {
                fence = None;
            }
            continue;
        }
        if line.starts_with("```") {
            fence = Some(line.trim_end_matches("json").to_owned());
            continue;
        }
        let outside = without_code(line);
        assert!(!outside.replace("\\<", "").contains('<'), "HTML: {line}");
        assert!(!outside.replace("\\]", "").contains("]("), "a link: {line}");
        // GitHub splits rows before it looks for code.
        let cells = line.replace("\\|", "").matches('|').count();
        if !line.starts_with('|') {
            columns = 0;
        } else if columns == 0 {
            columns = cells;
        } else {
            assert_eq!(cells, columns, "{line}");
            rows += 1;
        }
    }
    assert!(fence.is_none() && rows > 10, "{text}");
}

/// A line without its code spans: runs of backticks that a run of the same length closes.
fn without_code(line: &str) -> String {
    let (mut outside, mut rest) = (String::new(), line);
    while let Some(at) = rest.find('`') {
        outside.push_str(&rest[..at]);
        let run = rest[at..].chars().take_while(|character| *character == '`').count();
        let after = &rest[at + run..];
        let mut from = 0;
        let closed = loop {
            let Some(found) = after[from..].find('`') else { break None };
            let start = from + found;
            let length = after[start..].chars().take_while(|character| *character == '`').count();
            if length == run {
                break Some(start + length);
            }
            from = start + length;
        };
        match closed {
            Some(end) => rest = &after[end..],
            None => rest = after,
        }
    }
    outside + rest
}
