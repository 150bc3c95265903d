//! Files as CloudTrail and people write them, whole and damaged.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::io::{self, Read, Write};

use flate2::{Compression, write::GzEncoder};
use leastwise_trail::{Item, Limits, Other, Problem, ProblemKind, read_records};

fn event(name: &str) -> String {
    format!(r#"{{"eventVersion":"1.09","eventSource":"s3.amazonaws.com","eventName":"{name}"}}"#)
}

fn zip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Gives a byte a read, so that every boundary falls inside a chunk.
struct Trickle<'a>(&'a [u8]);
impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.len().min(buffer.len()).min(7);
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

fn read_with(bytes: impl Read, limits: &Limits) -> (Vec<String>, Vec<Other>, Vec<Problem>) {
    let (mut names, mut others, mut problems) = (vec![], vec![], vec![]);
    read_records(bytes, limits, |item| match item {
        Item::Record(record) => names.push(record.event_name.to_string()),
        Item::Other(other) => others.push(other),
        Item::Problem(problem) => problems.push(problem),
    });
    (names, others, problems)
}

fn read(bytes: &[u8]) -> (Vec<String>, Vec<Other>, Vec<Problem>) {
    read_with(Trickle(bytes), &Limits::default())
}

#[test]
fn every_shape_of_file_gives_its_records() {
    let (a, b) = (event("A"), event("B"));
    let envelope = format!("{{\"Records\": [{a}, {b}]}}");
    let shapes = [
        ("envelope", envelope.clone().into_bytes()),
        (
            "envelope with more members",
            format!("{{\"x\":{{\"Records\":[1]}},\"Records\":[{a},{b}],\"y\":[1,{{}}]}}").into_bytes(),
        ),
        ("array", format!("[{a},\n {b}]").into_bytes()),
        ("JSON lines", format!("{a}\n{b}\n").into_bytes()),
        ("byte order mark", format!("\u{feff}{envelope}").into_bytes()),
        ("two envelopes", format!("{{\"Records\":[{a}]}}{{\"Records\":[{b}]}}").into_bytes()),
        ("gzip", zip(envelope.as_bytes())),
        (
            "two members",
            [zip(format!("{{\"Records\":[{a}]}}").as_bytes()), zip(format!("{{\"Records\":[{b}]}}").as_bytes())]
                .concat(),
        ),
    ];
    for (shape, bytes) in shapes {
        let (names, others, problems) = read(&bytes);
        assert_eq!((names.join(" ").as_str(), others.len(), problems), ("A B", 0, vec![]), "{shape}");
    }
}

#[test]
fn a_bad_record_costs_only_itself() {
    let (a, b) = (event("A"), event("B"));
    for bad in [
        r#"{"eventVersion":"1.09","eventName":7}"#,
        r#"{"eventVersion":}"#,
        r#"{"eventVersion":"1","x":"\q"}"#,
        "{}",
        "17",
        "{\"eventVersion\":\"\u{0}\"}",
    ] {
        let (names, _, problems) = read(format!("{{\"Records\":[{a},{bad},{b}]}}").as_bytes());
        assert_eq!(names, ["A", "B"], "{bad}");
        assert_eq!(problems.len(), 1, "{bad}: {problems:?}");
        assert_eq!(problems[0].offset, 12 + a.len() as u64 + 1, "{bad}");
    }
}

#[test]
fn damage_that_unbalances_the_braces_is_stepped_over() {
    let (a, b, c) = (event("A"), event("B"), event("C"));
    for bad in [r#"{"eventVersion":"1","x":"#, r#"{"eventVersion":{{{"#, r#"{"eventVersion":"1"}}}]"#, "\u{fffd}\u{1}"]
    {
        let (names, _, problems) = read(format!("{{\"Records\":[{a},{bad},{b},{c}]}}").as_bytes());
        assert_eq!(names, ["A", "B", "C"], "{bad}: {problems:?}");
        assert!(!problems.is_empty(), "{bad}");
    }
}

#[test]
fn a_truncated_file_keeps_what_came_before() {
    let whole = format!("{{\"Records\":[{},{}]}}", event("A"), event("B"));
    let cut = &whole.as_bytes()[..whole.len() - 10];
    let (names, _, problems) = read(cut);
    assert_eq!(names, ["A"]);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].kind, ProblemKind::Truncated);
    let closed = read(&whole.as_bytes()[..whole.len() - 2]);
    assert_eq!((closed.0.len(), closed.2[0].kind.clone()), (2, ProblemKind::Truncated));
}

#[test]
fn truncated_and_damaged_gzip_keep_what_came_before() {
    let mut state = 7u64;
    let many: Vec<String> = (0..400)
        .map(|_| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            event(&format!("Event{state}"))
        })
        .collect();
    let zipped = zip(format!("{{\"Records\":[{}]}}", many.join(",")).as_bytes());
    let (names, _, problems) = read(&zipped[..zipped.len() / 2]);
    assert!(!names.is_empty() && !problems.is_empty(), "{} {problems:?}", names.len());
    let mut damaged = zipped.clone();
    let half = damaged.len() / 2;
    damaged[half..half + 40].fill(0xff);
    let (names, _, problems) = read(&damaged);
    assert!(
        !names.is_empty()
            && problems.iter().any(|p| matches!(p.kind, ProblemKind::Gzip(_) | ProblemKind::Malformed(_))),
        "{problems:?}"
    );
}

#[test]
fn bombs_and_endless_records_stop_at_their_limits() {
    let bomb = zip(&vec![b' '; 3 << 20]);
    let (_, _, problems) = read_with(&*bomb, &Limits { file_bytes: 1 << 20, ..Limits::default() });
    assert_eq!(problems[0].kind, ProblemKind::FileTooLarge(1 << 20));
    let long = format!("{{\"Records\":[{{\"eventVersion\":\"{}\"}},{}]}}", "x".repeat(300_000), event("B"));
    let (names, _, problems) = read_with(long.as_bytes(), &Limits { record_bytes: 100_000, ..Limits::default() });
    assert_eq!((names.join(""), problems.len()), ("B".to_owned(), 1));
}

#[test]
fn digests_insights_and_test_events_are_told_apart() {
    let (names, others, problems) = read(
        concat!(
            r#"{"awsAccountId":"111122223333","digestStartTime":"2026-01-01T00:00:00Z","logFiles":[]}"#,
            r#"{"Records":[{"eventVersion":"1.07","eventCategory":"Insight","eventSource":"x","eventName":"y"}]}"#,
            r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}"#
        )
        .as_bytes(),
    );
    assert_eq!((names.len(), others, problems), (0, vec![Other::Digest, Other::Insight, Other::TestEvent], vec![]));
}

#[test]
fn an_empty_file_says_so_and_an_empty_list_is_fine() {
    assert_eq!(read(b" \n").2[0].kind, ProblemKind::Empty);
    assert_eq!(read(b"").2[0].kind, ProblemKind::Empty);
    assert_eq!(read(br#"{"Records":[]}"#), (vec![], vec![], vec![]));
}

#[test]
fn little_is_lost_before_damage_however_the_bytes_arrive() {
    let mut state = 7u64;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        event(&format!("Event{state}"))
    };
    let many: Vec<String> = (0..6000).map(|_| next()).collect();
    let mut zipped = zip(format!("{{\"Records\":[{}]}}", many.join(",")).as_bytes());
    let half = zipped.len() / 2;
    zipped[half..half + 40].fill(0xff);
    let (trickled, _, _) = read(&zipped);
    let (whole, _, problems) = read_with(&*zipped, &Limits::default());
    assert!(problems.iter().any(|problem| matches!(problem.kind, ProblemKind::Gzip(_))), "{problems:?}");
    let lost = trickled.len().saturating_sub(whole.len());
    assert!(trickled.len() > 2000 && lost * many[0].len() < 20 << 10, "{lost} of {}", trickled.len());
}
