//! Whatever is compared, there is an answer, in time, and never by accident that nothing is new.

use std::time::Instant;

use authz::{
    Comparison, Doubt, Layer, PrepareError, Problem, Verdict, compare,
    compare::{allowed_actions, difference, granted, needless},
};
use policy::{Condition, Document, Effect, PrincipalBlock, Principals, ResourceBlock, Statement};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::decide::{false_witness, shown_pair};

/// Seconds that one comparison may take in the dev profile of a small machine that is not busy.
const LIMIT: f64 = 2.0;

fn empty() -> Document {
    Document::new(Vec::new())
}

fn when(operator: &str, key: &str, values: &[&str]) -> Document {
    let mut statement = Statement::allow(["s3:GetObject"], ["*"]);
    statement.conditions = vec![Condition::new(operator, key, values.iter().copied())];
    Document::new(vec![statement])
}

/// The verdict, in time, with a witness that replays.
#[track_caller]
fn judged(old: &Document, new: &Document) -> Verdict {
    let began = cpu();
    let how = Comparison::of(Layer::Identity);
    let verdict = compare(std::slice::from_ref(old), std::slice::from_ref(new), &how).unwrap();
    let took = cpu() - began;
    assert!(took < LIMIT, "{took} s");
    assert_eq!(false_witness(Layer::Identity, old, new, &verdict), None);
    verdict
}

/// The processor's time of this thread, in seconds, so that a busy machine fails no test; else the time that passed.
fn cpu() -> f64 {
    thread_local! { static BEGAN: Instant = Instant::now(); }
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = stat.split_whitespace().next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok());
    spent.map_or_else(|| BEGAN.with(|began| began.elapsed().as_secs_f64()), |nanoseconds| nanoseconds / 1e9)
}

#[test]
fn a_document_of_a_megabyte() {
    let long = "a".repeat(1_000_000);
    let resource = Document::new(vec![Statement::allow(["s3:*"], [format!("arn:aws:s3:::{long}*")])]);
    assert!(judged(&empty(), &resource).witness().is_some());
    assert_ne!(judged(&resource, &when("StringEquals", "x", &["a"])), Verdict::NoNewAccess);
    assert_ne!(judged(&empty(), &when("StringLike", "x", &[&format!("{long}*{long}")])), Verdict::NoNewAccess);
    let names: Vec<String> = (0..20_000).map(|number| format!("arn:aws:s3:::example-bucket-{number:05}/*")).collect();
    let many = Document::new(vec![Statement::allow(["s3:*"], names)]);
    assert_ne!(judged(&empty(), &many), Verdict::NoNewAccess);
    assert!(judged(&many, &many).witness().is_none());
}

#[test]
fn thousands_of_statements() {
    let statements: Vec<Statement> = (0..3_000)
        .map(|number| Statement::allow([format!("s3:Action{number}")], [format!("arn:aws:s3:::b{number}")]))
        .collect();
    let many = Document::new(statements.clone());
    assert_ne!(judged(&empty(), &many), Verdict::NoNewAccess);
    assert!(judged(&many, &many).witness().is_none());
    let fewer = Document::new(statements[1..].to_vec());
    assert!(judged(&many, &fewer).witness().is_none());
    assert_ne!(judged(&fewer, &many), Verdict::NoNewAccess);
    let mut denied = statements;
    for statement in &mut denied {
        statement.effect = Effect::Deny;
    }
    denied.push(Statement::allow(["s3:Action7"], ["*"]));
    assert_ne!(judged(&empty(), &Document::new(denied)), Verdict::NoNewAccess);
}

/// Within eight times the limit: each of these is many comparisons.
fn in_time<T>(name: &str, ask: impl FnOnce() -> T) -> T {
    let began = cpu();
    let answer = ask();
    let took = cpu() - began;
    assert!(took < 8.0 * LIMIT, "{name}: {took} s");
    answer
}

#[test]
fn the_other_questions_about_large_documents() {
    let statements: Vec<Statement> = (0..300)
        .map(|number| Statement::allow(["s3:GetObj*", "ec2:*"], [format!("arn:aws:s3:::b{number}/*")]))
        .collect();
    let many = [Document::new(statements.clone())];
    let fewer = [Document::new(statements[1..].to_vec())];
    let catalog = catalog::builtin();
    let aware = Comparison::of(Layer::Identity).service_aware(catalog);
    let verdict = in_time("service aware", || compare(&fewer, &many, &aware)).unwrap();
    assert_ne!(verdict, Verdict::NoNewAccess);
    for how in [Comparison::of(Layer::Identity), aware] {
        let found = in_time("difference", || difference(&fewer, &many, &how, catalog)).unwrap();
        assert!(found.removed.blocks.is_empty() && found.removed.verdict.witness().is_none());
        assert!(found.added.verdict.witness().is_none() || !found.added.blocks.is_empty());
    }
    in_time("allowed actions", || allowed_actions(&many, Layer::Identity, catalog)).unwrap();
    let found =
        in_time("needless", || needless(&[Document::new(statements[..200].to_vec())], Layer::Identity)).unwrap();
    assert!(found.is_empty());
    let fence = Statement::allow(["s3:*"], ["arn:aws:s3:::b7/*"]);
    assert_ne!(in_time("granted", || granted(&many, fence, Layer::Identity)), Ok(Verdict::NoNewAccess));
}

#[test]
fn ten_thousand_values() {
    let texts: Vec<String> = (0..10_000).map(|number| format!("value-{number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let numbers: Vec<String> = (0..10_000).map(|number| (number * 7 % 10_001).to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let addresses: Vec<String> =
        (0..10_000).map(|number| format!("10.{}.{}.0/24", number / 256, number % 256)).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    for (operator, key, values) in [
        ("StringEquals", "x", &texts),
        ("ForAllValues:StringEquals", "aws:TagKeys", &texts),
        ("ForAnyValue:StringNotEquals", "aws:TagKeys", &texts),
        ("NumericEquals", "x", &numbers),
        ("NumericGreaterThan", "x", &numbers),
        ("IpAddress", "aws:SourceIp", &addresses),
        ("NotIpAddress", "aws:SourceIp", &addresses),
    ] {
        let (all, some) = (when(operator, key, values), when(operator, key, &values[..9_999]));
        assert_ne!(judged(&empty(), &all), Verdict::NoNewAccess, "{operator}");
        assert!(judged(&all, &all).witness().is_none(), "{operator}");
        assert!(judged(&some, &all).witness().is_none() || !operator.contains("Not"), "{operator}");
    }
}

#[test]
fn alternating_stars() {
    for unit in ["*a", "*a?b", "?*", "*a??????????b", "a*b*"] {
        let (short, long) = (unit.repeat(200), unit.repeat(201));
        let resource =
            |pattern: &str| Document::new(vec![Statement::allow(["s3:*"], [format!("arn:aws:s3:::{pattern}")])]);
        let other = Document::new(vec![
            Statement::allow(["s3:*"], [format!("arn:aws:s3:::{}", "*b".repeat(150))]),
            Statement::deny(["s3:*"], [format!("arn:aws:s3:::{}", "*b?a".repeat(100))]),
        ]);
        assert_ne!(judged(&empty(), &resource(&long)), Verdict::NoNewAccess, "{unit}");
        assert_ne!(judged(&resource(&long), &resource(&format!("{short}*"))), Verdict::NoNewAccess, "{unit}");
        judged(&other, &resource(&long));
        judged(&resource(&long), &other);
        judged(&when("StringLike", "x", &[&long]), &when("StringLike", "x", &[&short, &"*b".repeat(200)]));
        let action = Document::new(vec![Statement::allow([format!("s3:{long}")], ["*"])]);
        assert_ne!(judged(&empty(), &action), Verdict::NoNewAccess, "{unit}");
    }
}

#[test]
fn many_keys_and_principals() {
    let mut statement = Statement::allow(["s3:*"], ["*"]);
    statement.conditions =
        (0..2_000).map(|number| Condition::new("StringLike", format!("k:{number}"), ["a*"])).collect();
    let mut without = statement.clone();
    without.conditions.pop();
    let (many, fewer) = (Document::new(vec![statement]), Document::new(vec![without]));
    assert!(judged(&fewer, &many).witness().is_none());
    assert_ne!(judged(&many, &fewer), Verdict::NoNewAccess);

    let names: Vec<String> = (0..3_000).map(|number| format!("arn:aws:iam::{number:012}:role/r{number}")).collect();
    let mut statement = Statement::allow(["s3:*"], ["*"]);
    statement.principal = Some(PrincipalBlock::Principal(Principals::aws(names.clone())));
    let all = Document::new(vec![statement.clone()]);
    statement.principal = Some(PrincipalBlock::Principal(Principals::aws(names[1..].iter().cloned())));
    let some = Document::new(vec![statement]);
    let how = Comparison::of(Layer::Resource);
    let compare = |old: &Document, new: &Document| {
        let began = cpu();
        let verdict = compare(std::slice::from_ref(old), std::slice::from_ref(new), &how).unwrap();
        assert!(cpu() - began < LIMIT, "{} s", cpu() - began);
        verdict
    };
    assert!(compare(&all, &some).witness().is_none());
    assert_ne!(compare(&some, &all), Verdict::NoNewAccess);
}

#[test]
fn variables_in_every_place() {
    let keys: Vec<String> = (0..40).map(|number| format!("${{k{number}}}")).collect();
    let resources =
        Document::new(vec![Statement::allow(["s3:*"], keys.iter().map(|key| format!("arn:aws:s3:::{key}/*")))]);
    let long = Document::new(vec![Statement::allow(["s3:*"], [format!("arn:aws:s3:::{}", keys.join("/"))])]);
    assert_ne!(judged(&empty(), &resources), Verdict::NoNewAccess);
    assert_ne!(judged(&empty(), &long), Verdict::NoNewAccess);
    assert!(judged(&long, &long).witness().is_none());
    judged(&resources, &long);
    judged(&long, &resources);
    let texts: Vec<&str> = keys.iter().map(String::as_str).collect();
    assert_ne!(judged(&empty(), &when("StringEquals", "x", &texts)), Verdict::NoNewAccess);
}

#[test]
fn what_cannot_be_understood() {
    let operator = when("StringIs", "x", &["a"]);
    // An Allow that cannot be understood allows nothing.
    assert_eq!(judged(&empty(), &operator), Verdict::NoNewAccess);
    assert_ne!(judged(&operator, &when("StringEquals", "x", &["a"])), Verdict::NoNewAccess);
    let mut denies = operator;
    denies.statements[0].effect = Effect::Deny;
    let all = Document::new(vec![Statement::allow(["*"], ["*"])]);
    for (old, new) in [(&denies, &all), (&all, &denies)] {
        let error: PrepareError =
            compare(std::slice::from_ref(old), std::slice::from_ref(new), &Comparison::of(Layer::Identity))
                .unwrap_err();
        assert_eq!((error.statement, &error.problem), (0, &Problem::Operator("StringIs".to_owned())));
        assert!(error.to_string().contains("`StringIs`"), "{error}");
    }
    // Without a resource, and without a principal where there must be one.
    let mut nowhere = all.clone();
    nowhere.statements[0].resource = None;
    assert_eq!(judged(&empty(), &nowhere), Verdict::NoNewAccess);
    assert_ne!(judged(&nowhere, &all), Verdict::NoNewAccess);
    let nobody = compare(&[], std::slice::from_ref(&all), &Comparison::of(Layer::Resource));
    assert_eq!(nobody, Ok(Verdict::NoNewAccess));
}

#[test]
fn values_that_are_none() {
    let cases: &[(&str, &[&str])] = &[
        ("NumericLessThan", &["NaN"]),
        ("NumericEquals", &["inf", "1e999", "one", ""]),
        ("DateLessThan", &["2024-02-30T00:00:00Z"]),
        ("DateEquals", &["2023-13", "tomorrow", ""]),
        ("IpAddress", &["203.0.113.0/33", "203.0.113/24", "::/129", ""]),
        ("Bool", &["maybe", ""]),
        ("BinaryEquals", &["QQ", "!"]),
        ("ArnLike", &["arn:aws:s3", "not an arn", ""]),
        ("Null", &["maybe"]),
        ("StringEquals", &[]),
        ("StringLike", &[]),
        ("NumericGreaterThan", &[]),
        ("DateGreaterThan", &[]),
        ("IpAddress", &[]),
        ("Bool", &[]),
        ("Null", &[]),
    ];
    for (operator, values) in cases {
        let new = when(operator, "x", values);
        // It matches nothing, so it allows nothing, and denies nothing either.
        assert_eq!(judged(&empty(), &new), Verdict::NoNewAccess, "{operator} {values:?}");
        let mut old = when(operator, "x", values);
        old.statements[0].effect = Effect::Deny;
        let all = Statement::allow(["s3:GetObject"], ["*"]);
        old.statements.push(all.clone());
        assert_eq!(judged(&old, &Document::new(vec![all])), Verdict::NoNewAccess, "{operator} {values:?}");
        if *operator == "Null" {
            continue;
        }
        let with = |operator: &str| when(operator, "x", values);
        assert!(judged(&new, &with(&format!("{operator}IfExists"))).witness().is_some(), "{operator} {values:?}");
        assert!(judged(&new, &with(&format!("ForAllValues:{operator}"))).witness().is_some(), "{operator} {values:?}");
    }
    for (operator, values) in [
        ("NumericNotEquals", &["NaN"][..]),
        ("DateNotEquals", &["2023-13"]),
        ("NotIpAddress", &["::/129"]),
        ("ArnNotLike", &["not an arn"]),
        ("StringNotLike", &[]),
        ("NumericNotEquals", &[]),
    ] {
        // Everything differs from what is none.
        let all = Document::new(vec![Statement::allow(["s3:GetObject"], ["*"])]);
        assert_eq!(judged(&when(operator, "x", values), &all), Verdict::NoNewAccess, "{operator} {values:?}");
    }
}

#[test]
fn empty_lists_and_odd_elements() {
    let all = Document::new(vec![Statement::allow(["*"], ["*"])]);
    let none: [&str; 0] = [];
    for document in [
        Document::new(vec![Statement::allow(none, ["*"])]),
        Document::new(vec![Statement::allow(["*"], none)]),
        Document::new(vec![Statement::allow(["s3", ":", "*:*", "s3:", "é:x"], ["*"])]),
        Document::new(vec![Statement::allow(["*"], ["arn:", "arn:aws", "example", ""])]),
    ] {
        judged(&document, &all);
        assert!(judged(&all, &document).witness().is_none(), "{}", shown_pair(&all, &document));
        assert_ne!(judged(&document, &all), Verdict::NoNewAccess, "{}", shown_pair(&document, &all));
    }
    let mut nowhere = Statement::allow(["*"], ["*"]);
    nowhere.resource = Some(ResourceBlock::NotResource(Vec::new()));
    assert_eq!(judged(&Document::new(vec![nowhere]), &all), Verdict::NoNewAccess);
}

#[test]
fn characters_from_everywhere() {
    let odd = ["é", "\u{202e}gpj", "日本語", "\u{0}", "\u{10ffff}", "e\u{301}", "\u{200b}", "ß", "İ", "K"];
    for text in odd {
        let resource =
            |glob: String| Document::new(vec![Statement::allow(["s3:GetObject"], [format!("arn:aws:s3:::{glob}")])]);
        assert!(judged(&empty(), &resource(text.to_owned())).witness().is_some(), "{text:?}");
        assert_eq!(
            judged(&resource(format!("{text}*")), &resource(format!("{text}a"))),
            Verdict::NoNewAccess,
            "{text:?}"
        );
        assert!(judged(&resource(format!("{text}a")), &resource(format!("{text}*"))).witness().is_some(), "{text:?}");
        for operator in ["StringEquals", "StringLike", "StringEqualsIgnoreCase"] {
            let (narrow, wide) = (when(operator, text, &[text]), when(operator, text, &[text, "a"]));
            assert!(judged(&wide, &narrow).witness().is_none(), "{operator} {text:?}");
            assert_ne!(judged(&narrow, &wide), Verdict::NoNewAccess, "{operator} {text:?}");
        }
    }
}

/// A budget of nothing leaves the question open, and never answers it.
#[test]
fn without_a_budget() {
    let all = Document::new(vec![Statement::allow(["*"], ["*"])]);
    for budget in 0..40 {
        let how = Comparison { budget, ..Comparison::of(Layer::Identity) };
        let one = Document::new(vec![Statement::allow(["s3:Get*"], ["arn:aws:s3:::a*b"])]);
        let verdict = compare(std::slice::from_ref(&one), std::slice::from_ref(&all), &how).unwrap();
        assert!(verdict.witness().is_some() || verdict == Verdict::Inconclusive(Doubt::Budget), "{budget} {verdict:?}");
    }
}

fn rubbish() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[ab*?:/$}{]{0,12}".boxed(),
        1 => ".{0,12}".boxed(),
        1 => "arn:[a*]{0,2}:[s*]{0,2}:.{0,2}:[0-9*]{0,3}:.{0,5}".boxed(),
        1 => select(vec!["${x}", "${aws:username}", "${aws:PrincipalArn}", "1e5", "-0.0", "2024", "::/0", "true", "*"])
            .prop_map(str::to_owned).boxed(),
    ]
}

prop_compose! {
    fn rubbish_statement()(
        deny in prop::bool::weighted(0.3),
        actions in vec(prop_oneof![rubbish(), "[ab]:[ab*?]{0,3}".boxed()], 0..3),
        resources in vec(rubbish(), 0..3),
        conditions in vec((select(vec![
            "StringEquals", "StringNotEqualsIgnoreCase", "StringLike", "ArnLike", "ArnNotLikeIfExists", "NumericLessThan",
            "NumericNotEqualsIfExists", "DateGreaterThan", "Bool", "Null", "IpAddress", "NotIpAddress", "BinaryEquals",
            "ForAllValues:StringLike", "ForAnyValue:NumericGreaterThan", "ForAllValues:StringEqualsIgnoreCase",
        ]), select(vec![
            "x", "aws:username", "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType", "aws:ResourceAccount",
            "aws:CurrentTime", "aws:SourceIp", "aws:SecureTransport", "aws:TagKeys", "", "é",
        ]), vec(rubbish(), 0..3)), 0..3),
        principals in vec(prop_oneof![
            rubbish(), select(vec!["*", "111122223333", "AROAEXAMPLE", "arn:aws:iam::111122223333:root"]).prop_map(str::to_owned)
        ], 0..3),
        not in any::<bool>(),
    ) -> Statement {
        let mut statement = Statement::allow(actions, resources);
        if deny {
            statement.effect = Effect::Deny;
        }
        let named = Principals::aws(principals);
        statement.principal = Some(if not { PrincipalBlock::NotPrincipal(named) } else { PrincipalBlock::Principal(named) });
        statement.conditions =
            conditions.into_iter().map(|(operator, key, values)| Condition::new(operator, key, values)).collect();
        statement
    }
}

/// Whether an account stands in brackets: a principal is one, or an ARN has one.
fn names_placeholder(statement: &Statement) -> bool {
    let in_brackets = |text: &str| text.starts_with(['$', '<', '{', '[']) && text.ends_with(['>', '}', ']']);
    let is_placeholder = |text: &String| in_brackets(text) || text.split(':').nth(4).is_some_and(in_brackets);
    let names = match statement.principal.as_ref().map(PrincipalBlock::principals) {
        Some(Principals::ByKind(kinds)) => kinds.as_slice(),
        _ => &[],
    };
    let resources = statement.resource.iter().flat_map(|block| block.patterns());
    let values = statement.conditions.iter().flat_map(|condition| &condition.values);
    names.iter().flat_map(|(_, names)| names).chain(resources).chain(values).any(is_placeholder)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn rubbish_is_compared(
        mut old in vec(rubbish_statement(), 0..4),
        mut new in vec(rubbish_statement(), 0..4),
        layer in select(vec![Layer::Identity, Layer::Resource, Layer::Scp, Layer::Boundary, Layer::Session, Layer::Rcp, Layer::Endpoint]),
    ) {
        if matches!(layer, Layer::Identity | Layer::Scp | Layer::Boundary | Layer::Session) {
            for statement in old.iter_mut().chain(&mut new) {
                statement.principal = None;
            }
        }
        let (old, new) = (Document::new(old), Document::new(new));
        let began = cpu();
        let how = Comparison::of(layer);
        let verdict = compare(std::slice::from_ref(&old), std::slice::from_ref(&new), &how).unwrap();
        let same = compare(std::slice::from_ref(&new), std::slice::from_ref(&new), &how).unwrap();
        prop_assert!(cpu() - began < 2.0 * LIMIT, "{} s\n{}", cpu() - began, shown_pair(&old, &new));
        prop_assert!(same.witness().is_none(), "{:?}\n{}", same, shown_pair(&new, &new));
        // A witness against a template names an account that its placeholder may stand for.
        let is_template = [&old, &new].into_iter().flat_map(|document| &document.statements).any(names_placeholder);
        if matches!(layer, Layer::Identity | Layer::Resource) && !is_template {
            prop_assert_eq!(false_witness(layer, &old, &new, &verdict), None);
        }
    }
}
