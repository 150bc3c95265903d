//! `leastwise simulate`: one request, and real ones before and after a change.

use crate::generate::{API, array, text};
use crate::hostile::{EVIL, harmless};
use crate::support::{Answer, Place};
use serde_json::{Value, json};

const BEFORE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Everything", "Effect": "Allow", "Action": ["s3:*Object", "sqs:*", "iam:PassRole"], "Resource": "*"},
    {"Sid": "NoPurge", "Effect": "Deny", "Action": "sqs:PurgeQueue", "Resource": "*"}
  ]
}
"#;

const AFTER: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Objects",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::example-orders/*"
    },
    {
      "Sid": "Queue",
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}
"#;

const APP: &str = "arn:aws:iam::111122223333:role/app";

fn case(id: &str, action: &str, resource: &str) -> Value {
    json!({"id": id, "principal": APP, "action": action, "resource": resource})
}

fn cases() -> Vec<Value> {
    let mut read = case("read", "s3:GetObject", "arn:aws:s3:::example-orders/a");
    read["calls"] = json!(40);
    let mut delete = case("delete", "s3:DeleteObject", "arn:aws:s3:::example-orders/a");
    delete["calls"] = json!(2);
    delete["expect"] = json!("denied");
    let mut send = case("send", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:orders");
    send["context"] = json!({"aws:SourceVpc": "vpc-0abc"});
    send["expect"] = json!("allowed");
    let create = case("create", "sqs:CreateQueue", "arn:aws:sqs:eu-west-1:111122223333:other");
    let receive = case("receive", "sqs:ReceiveMessage", "arn:aws:sqs:eu-west-1:111122223333:orders");
    let purge = case("purge", "sqs:PurgeQueue", "arn:aws:sqs:eu-west-1:111122223333:orders");
    vec![read, delete, send, purge, create, receive]
}

/// A place with `before.json`, `after.json` and `cases.json`.
fn place(before: &str, after: &str, cases: &[Value]) -> Place {
    let place = Place::new();
    place.write("before.json", before);
    place.write("after.json", after);
    place.write("cases.json", json!(cases).to_string());
    place
}

fn simulate(place: &Place, more: &[&str]) -> Answer {
    place.run(
        [&["simulate", "--before", "before.json", "--after", "after.json", "--cases", "cases.json"], more].concat(),
    )
}

#[test]
fn a_change_for_reading() {
    let answer = simulate(&place(BEFORE, AFTER, &cases()), &["--format", "human"]);
    assert_eq!((answer.code, answer.err.as_str()), (3, ""));
    insta::assert_snapshot!(answer.out);
}

#[test]
fn a_change_in_json() {
    let answer = simulate(&place(BEFORE, AFTER, &cases()), &[]);
    assert_eq!(answer.code, 3);
    insta::assert_snapshot!(answer.out);
}

#[test]
fn a_change_in_markdown() {
    let place = place(BEFORE, AFTER, &cases());
    let answer = simulate(&place, &["--output", "out/diff.md"]);
    assert_eq!((answer.code, answer.out.as_str()), (3, ""));
    assert!(answer.err.contains("2 cases are denied that the policy before allows"), "{}", answer.err);
    insta::assert_snapshot!(place.read("out/diff.md"));
}

/// Counted by hand.
#[test]
fn the_numbers_are_right() {
    let before = r#"{"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListAllMyBuckets", "sqs:SendMessage", "iam:PassRole", "s3:PutBucketPolicy"], "Resource": "*"},
      {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"},
      {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/a",
       "Condition": {"StringEquals": {"aws:PrincipalTag/team": "a"}}},
      {"Effect": "Deny", "Action": "kms:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "a"}}}
    ]}"#;
    let after = r#"{"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::a", "arn:aws:s3:::a/b", "arn:aws:s3:::a/*"]},
      {"Effect": "Allow", "Action": ["s3:ListAllMyBuckets"], "Resource": "*"},
      {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "arn:aws:s3:::a"}
    ]}"#;
    let out = simulate(&place(before, after, &cases()), &["--allow-new-access", "--deny-threshold", "9"]).json();
    // Not sqs:SendMessage and kms:Decrypt, which are denied; not lambda:InvokeFunction, which is about no bucket.
    let actions = &out["allowed_actions"];
    assert_eq!((&actions["before"], &actions["after"], &actions["delta"]), (&json!(4), &json!(3), &json!(-1)));
    let services: Vec<_> =
        array(&actions["services"]).iter().map(|one| (text(&one["service"]), &one["gained"], &one["lost"])).collect();
    assert_eq!(
        services,
        [
            ("iam", &json!([]), &json!(["iam:PassRole"])),
            ("s3", &json!(["s3:ListBucket"]), &json!(["s3:PutBucketPolicy"]))
        ]
    );
    // Three actions with resources on `*`; then GetObject on two patterns of objects, and ListBucket on one bucket.
    let concrete = &out["resource_concreteness"];
    assert_eq!(concrete["before"], json!({"pairs": 3, "concrete": 0, "ratio": 0.0}));
    assert_eq!(concrete["after"], json!({"pairs": 3, "concrete": 2, "ratio": 0.6667}));
    assert_eq!(concrete["change"], json!(0.6667));
    let risk = &out["high_risk"];
    assert_eq!((&risk["before"], &risk["after"], &risk["reduction"]), (&json!(2), &json!(0), &json!(2)));
    let lost: Vec<_> = array(&risk["lost"]).iter().map(|one| text(&one["action"])).collect();
    assert_eq!(lost, ["iam:PassRole", "s3:PutBucketPolicy"]);
}

#[test]
fn the_exit_status_says_what_grew() {
    let no = "{\"Version\": \"2012-10-17\", \"Statement\": []}";
    let cases = cases();
    let expecting = |decision: &str| {
        let mut one = case("one", "s3:GetObject", "arn:aws:s3:::example-orders/a");
        one["expect"] = json!(decision);
        vec![one]
    };
    for (before, after, cases, flags, code, why) in [
        (BEFORE, BEFORE, &cases[..1], &[][..], 0, ""),
        (BEFORE, AFTER, &cases[..1], &[], 0, ""),
        (
            BEFORE,
            AFTER,
            &cases,
            &[],
            3,
            "2 cases are denied that the policy before allows, more than --deny-threshold 0",
        ),
        (BEFORE, AFTER, &cases, &["--deny-threshold", "1"], 3, "2 cases are denied"),
        (BEFORE, AFTER, &cases, &["--deny-threshold", "2"], 0, ""),
        // That `delete` is denied is what it expects.
        (BEFORE, AFTER, &cases[..3], &[], 0, ""),
        (
            BEFORE,
            no,
            &cases[..2],
            &[],
            3,
            "1 case is denied that the policy before allows, more than --deny-threshold 0",
        ),
        (AFTER, BEFORE, &cases[..1], &[], 3, "access grows: the new policy allows"),
        (AFTER, BEFORE, &cases[..1], &["--allow-new-access"], 0, ""),
        (BEFORE, BEFORE, &expecting("denied"), &[], 3, "1 case decided otherwise than expected"),
        (BEFORE, BEFORE, &expecting("allowed"), &[], 0, ""),
        (no, no, &expecting("implicit-deny"), &[], 0, ""),
        (no, no, &expecting("explicit-deny"), &[], 3, "1 case decided otherwise than expected"),
    ] {
        let answer = simulate(&place(before, after, cases), flags);
        assert_eq!(answer.code, code, "{flags:?} {}", answer.err);
        let out = answer.json();
        assert_eq!(out["passed"], json!(code == 0));
        assert!(answer.err.contains(why) && answer.err.is_empty() == (code == 0), "{flags:?} {}", answer.err);
    }
}

#[test]
fn cases_come_in_every_shape() {
    let as_list = place(BEFORE, AFTER, &cases());
    let expected = simulate(&as_list, &[]).json();
    let lines: String = cases().iter().map(|case| format!("{case}\n\n")).collect();
    let nested: String = cases()
        .iter()
        .map(|case| {
            let mut case = case.clone();
            let fields = case.as_object_mut().unwrap();
            let mut request = json!({});
            for name in ["principal", "action", "resource", "context"] {
                if let Some(value) = fields.remove(name) {
                    request[name] = value;
                }
            }
            fields.insert("request".to_owned(), request);
            format!("{case}\n")
        })
        .collect();
    for text in [lines, nested] {
        as_list.write("cases.json", text);
        assert_eq!(simulate(&as_list, &[]).json(), expected);
    }
    let on_stdin = json!(cases()).to_string();
    let arguments = ["simulate", "--before", "before.json", "--after", "after.json", "--cases", "-"];
    assert_eq!(as_list.run_on(on_stdin.as_bytes(), arguments).json(), expected);
}

#[test]
fn what_a_case_leaves_out_has_a_default() {
    let place =
        place(BEFORE, BEFORE, &[json!({"action": "s3:GetObject"}), json!({"action": "sqs:PurgeQueue", "note": "x"})]);
    let answer = simulate(&place, &[]);
    assert_eq!(answer.code, 0);
    assert!(answer.err.contains("the field `note` of cases is not read"), "{}", answer.err);
    assert!(answer.err.contains("2 cases name no principal"), "{}", answer.err);
    let cases = &answer.json()["cases"];
    assert_eq!((&cases["total"], &cases["calls"], &cases["allowed_after"]), (&json!(2), &json!(2), &json!(1)));
}

#[test]
fn cases_that_cannot_be_used_are_refused_with_their_place() {
    let good = case("a", "s3:GetObject", "*");
    for (text, messages) in [
        (
            format!("[\n  {good},\n  {{\"principal\": \"{APP}\"}}\n]"),
            &["`cases.json` line 3, column 3: `action` must be a string", "hint: a case is"][..],
        ),
        (format!("{good}\n{{\"action\": 5}}"), &["`cases.json` line 2, column 1: `action` must be a string"]),
        (format!("{good}\n{{\"action\": \"GetObject\"}}"), &["line 2", "`action` must be"]),
        (format!("{good}\nnot json"), &["`cases.json` line 2, column 2: ", "JSON lines"]),
        (format!("[{good}, 5]"), &["line 1", "a case must be an object"]),
        ("{\"action\": \"s3:GetObject\", \"expect\": \"yes\"}".to_owned(), &["`expect` is `yes`"]),
        ("{\"action\": \"s3:GetObject\", \"calls\": -1}".to_owned(), &["`calls` must be a whole number"]),
        ("{\"action\": \"s3:GetObject\", \"context\": {\"a:b\": {}}}".to_owned(), &["`context[\"a:b\"]` must be"]),
        ("{\"principal\": [], \"action\": \"s3:GetObject\"}".to_owned(), &["`principal` must be"]),
        ("[]".to_owned(), &["`cases.json` holds no case"]),
        (String::new(), &["`cases.json` holds no case"]),
        ("{\"format\": 99, \"usage\": []}".to_owned(), &["`cases.json` is no analysis"]),
    ] {
        let place = place(BEFORE, AFTER, &[]);
        place.write("cases.json", &text);
        let answer = simulate(&place, &[]);
        answer.fails_with(messages);
        assert!(answer.out.is_empty());
    }
    let place = place(BEFORE, AFTER, &cases());
    simulate(&place, &["--principal", "nobody*"]).fails_with(&["no case in `cases.json`", "`nobody*`", "hint: "]);
    simulate(&place, &["--policy", "after.json"]).fails_with(&["the identity policy, and another is given", "hint: "]);
    place.write("after.json", "{\n\"Statement\": {\"Effect\": \"Allow\"}}");
    simulate(&place, &[]).fails_with(&["`after.json` line 2, column 14: the statement has no `Action`"]);
    place.run(["simulate", "--before", "before.json", "--after", "after.json"]).fails_with(&["--cases"]);
    place.run(["simulate", "--before", "-", "--after", "-", "--cases", "cases.json"]).fails_with(&["standard input"]);
}

/// What was generated from the trail allows all that the trail shows, and is narrower than what it replaces.
#[test]
fn the_policies_of_an_analysis_pass() {
    let place = Place::with_analysis();
    let generated = place.generate(&["--principal", "orders-api"]);
    let documents: Vec<&Value> =
        array(&generated["principals"][0]["policies"]).iter().map(|policy| &policy["document"]).collect();
    place.write("after.json", json!(documents).to_string());
    let wide = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:*", "dynamodb:*", "kms:*", "ssm:*", "secretsmanager:*", "sns:*"], "Resource": "*"}
    ]});
    place.write("before.json", wide.to_string());
    let run = |more: &[&str]| {
        let flags = ["simulate", "--before", "before.json", "--after", "after.json", "--cases", "analysis.json"];
        place.run([&flags, more].concat())
    };
    let answer = run(&["--principal", "orders-api"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{}", answer.out);
    let out = answer.json();
    assert_eq!(out["comparison"]["verdict"], "no-new-access");
    assert_eq!(out["access_denied"]["new_denials"], json!({"cases": 0, "calls": 0}));
    // The topic that AWS refused is no loss, though the wide policy allows it.
    assert_eq!(out["cases"]["refused"], json!({"total": 1, "allowed_before": 1, "allowed_after": 0}));
    assert!(out["allowed_actions"]["delta"].as_i64() < Some(-100) && out["high_risk"]["reduction"].as_i64() > Some(10));
    assert_eq!(out["resource_concreteness"]["before"]["ratio"], json!(0.0));
    assert!(out["resource_concreteness"]["after"]["ratio"].as_f64() > Some(0.5));

    let everyone = run(&[]);
    assert_eq!(everyone.code, 3);
    assert!(everyone.err.contains("principals are decided as if all of them had these policies"), "{}", everyone.err);
    assert!(everyone.err.contains("policies of this kind do not apply to"), "{}", everyone.err);

    // Without a prefix of the bucket, the calls under it are denied, and named.
    let text = place.read("after.json").replace("incoming/web/*", "incoming/webshop/*");
    place.write("after.json", text);
    let answer = run(&["--principal", API, "--format", "human"]);
    assert_eq!(answer.code, 3);
    assert!(answer.out.contains("12 cases are denied that the policy before allows"), "{}", answer.out);
    assert!(
        answer.out.contains("s3:PutObject on arn:aws:s3:::example-orders-documents/incoming/web/"),
        "{}",
        answer.out
    );
}

#[test]
fn limits_are_tried_on_what_they_limit() {
    let all = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"#;
    let not_sqs = r#"{"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Sid": "NoQueues", "Effect": "Deny", "Action": "sqs:*", "Resource": "*"}]}"#;
    let place = place(all, not_sqs, &cases());
    place.write("mine.json", AFTER);
    for kind in ["scp", "boundary", "session"] {
        let answer = simulate(&place, &["--type", kind]);
        assert_eq!(answer.code, 3, "{kind}");
        let out = answer.json();
        assert!(text(&out["assumed"]).contains("taken to allow everything"), "{kind}");
        let denied: Vec<_> = array(&out["changes"]).iter().map(|one| text(&one["id"])).collect();
        assert_eq!(denied, ["send", "purge", "create", "receive"]);
        assert_eq!(array(&out["changes"])[0]["after"]["reason"], "denied by `NoQueues` of `after.json` line 2");

        // With the principal's own policies only what those grant is lost.
        let flags: &[&str] = &["--type", kind, "--policy", "mine.json"];
        let denied = simulate(&place, flags).json();
        assert_eq!((&denied["assumed"], array(&denied["changes"]).len()), (&json!(null), 1));
        assert_eq!(denied["changes"][0]["id"], "send");
    }
}

fn ask(place: &Place, action: &str, more: &[&str]) -> Answer {
    let resource = "arn:aws:s3:::example-orders/a";
    let flags = ["simulate", "--policy", "after.json", "--principal", APP, "--action", action, "--resource", resource];
    place.run([&flags, more].concat())
}

#[test]
fn one_request_is_decided_with_its_reason() {
    let place = place(BEFORE, AFTER, &[]);
    insta::assert_snapshot!("one_request_allowed", ask(&place, "s3:GetObject", &["--format", "human"]).succeeds().out);
    insta::assert_snapshot!(
        "one_request_not_allowed",
        ask(&place, "s3:DeleteObject", &["--format", "human"]).succeeds().out
    );
    insta::assert_snapshot!("one_request_in_json", ask(&place, "s3:GetObject", &[]).succeeds().out);
    assert_eq!(ask(&place, "s3:GetObject", &["--fail-on-deny"]).code, 0);
    let denied = ask(&place, "s3:DeleteObject", &["--fail-on-deny"]);
    assert_eq!((denied.code, denied.json()["decision"].clone()), (1, json!("implicit-deny")));
}

#[test]
fn every_kind_of_policy_takes_part() {
    let place = place(BEFORE, AFTER, &[]);
    let document = |effect: &str, principal: bool| {
        let mut statement = json!({"Sid": "Limit", "Effect": effect, "Action": "s3:*", "Resource": "*"});
        if principal {
            statement["Principal"] = json!("*");
        }
        json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
    };
    for (flag, layer, principal) in [
        ("--resource-policy", "resource", true),
        ("--boundary", "boundary", false),
        ("--session", "session", false),
        ("--scp", "scp", false),
        ("--rcp", "rcp", true),
        ("--endpoint-policy", "endpoint", true),
    ] {
        place.write("limit.json", document("Deny", principal));
        let denied = ask(&place, "s3:GetObject", &[flag, "limit.json"]).succeeds().json();
        assert_eq!(denied["decision"], "explicit-deny", "{flag}");
        let by = &array(&denied["by"])[0];
        assert_eq!((&by["layer"], &by["sid"], &by["file"]), (&json!(layer), &json!("Limit"), &json!("limit.json")));
        assert_eq!(denied["reason"], "denied by `Limit` of `limit.json` line 1");

        place.write("limit.json", document("Allow", principal));
        let allowed = ask(&place, "s3:GetObject", &[flag, "limit.json"]).succeeds().json();
        assert_eq!(allowed["decision"], "allowed", "{flag}");
        assert!(array(&allowed["by"]).iter().any(|by| by["layer"] == layer), "{flag}: {allowed}");
    }
    // Levels of an organisation, from the root down.
    place.write("level.json", document("Allow", false));
    place.write("limit.json", document("Deny", false));
    let by = &ask(&place, "s3:GetObject", &["--scp", "level.json", "--scp", "limit.json"]).json()["by"][0];
    assert_eq!((&by["level"], &by["file"]), (&json!(1), &json!("limit.json")));
}

#[test]
fn the_context_is_what_is_given() {
    let tags = r#"{"Version": "2012-10-17", "Statement": [{
      "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
      "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}, "StringEquals": {"aws:SourceVpc": "vpc=1"}}}]}"#;
    let place = place(BEFORE, tags, &[]);
    let decided = |context: &[&str]| {
        let flags: Vec<&str> = context.iter().flat_map(|pair| ["--context", pair]).collect();
        ask(&place, "s3:GetObject", &flags).succeeds().json()["decision"].clone()
    };
    assert_eq!(decided(&["aws:TagKeys=a", "aws:TagKeys=b", "aws:SourceVpc=vpc=1"]), "allowed");
    assert_eq!(decided(&["aws:TagKeys=a", "aws:TagKeys=c", "aws:SourceVpc=vpc=1"]), "implicit-deny");
    assert_eq!(decided(&["aws:TagKeys=a"]), "implicit-deny");
    ask(&place, "s3:GetObject", &["--context", "aws:SourceVpc"])
        .fails_with(&["--context `aws:SourceVpc` has no value"]);
    ask(&place, "GetObject", &[]).fails_with(&["--action `GetObject` names no service", "hint: "]);
    place.run(["simulate", "--action", "s3:GetObject"]).fails_with(&["--principal"]);
    place.run(["simulate", "--resource", "*"]).fails_with(&["--action"]);
}

#[test]
fn what_is_not_known_is_what_the_answer_depends_on() {
    let through_endpoint = r#"{"Version": "2012-10-17", "Statement": [{
      "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
      "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}}]}"#;
    let place = place(BEFORE, through_endpoint, &[]);
    let depends = ask(&place, "s3:GetObject", &["--unknown", "aws:SourceVpce"]).succeeds().json();
    assert_eq!(depends["decision"], "depends");
    assert!(depends["reason"].as_str().unwrap().contains("aws:SourceVpce StringEquals vpce-1"), "{depends}");
    // What no value of the key can change is decided.
    assert_eq!(ask(&place, "s3:PutObject", &["--unknown", "aws:*"]).succeeds().json()["decision"], "implicit-deny");
    assert_eq!(ask(&place, "s3:GetObject", &["--unknown", "aws:SourceVpce", "--fail-on-deny"]).code, 1);
}

#[test]
fn a_principal_that_is_nobody_is_refused() {
    let place = place(BEFORE, AFTER, &[]);
    let arguments =
        |principal| ["simulate", "--policy", "after.json", "--principal", principal, "--action", "s3:GetObject"];
    place.run(arguments("arn:aws:s3:::bucket")).fails_with(&["--principal", "hint: "]);
}

#[test]
fn an_allow_that_cannot_be_understood_is_named() {
    let after = "{\"Statement\": [\n {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": {\"Like\": {\"a:b\": \"c\"}}}]}";
    let warning = "allows nothing: `Like` is no condition operator";
    let place = place(BEFORE, after, &cases()[..1]);
    for answer in [ask(&place, "s3:GetObject", &[]), simulate(&place, &["--deny-threshold", "9"])] {
        assert_eq!(answer.code, 0);
        assert!(
            answer.err.contains(&format!("warning: `after.json` line 2, column 2: the statement {warning}")),
            "{}",
            answer.err
        );
    }
    let document: Value = serde_json::from_str(after).unwrap();
    for policy in [document.clone(), json!(document.to_string())] {
        let line = json!({"id": 7, "request": cases()[0], "policies": {"identity": [policy]}}).to_string();
        let answer = Place::new().run_on(line.as_bytes(), ["simulate", "--jsonl"]);
        assert_eq!((answer.code, &answer.lines()[0]["decision"]), (0, &json!("implicit-deny")));
        assert!(answer.err.contains(&format!("statement 0 of identity policy 0 of 7 {warning}")), "{}", answer.err);
    }

    let nobody = json!({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]});
    let line = json!({"id": 8, "request": cases()[0], "policies": {"resource": nobody}}).to_string();
    let answer = Place::new().run_on(line.as_bytes(), ["simulate", "--jsonl"]);
    assert!(
        answer.err.contains("statement 0 of resource policy 0 of 8 allows nothing: it names no principal"),
        "{}",
        answer.err
    );
}

/// What a policy or a case says of itself stays text.
#[test]
fn names_of_policies_and_cases_stay_text() {
    let mut after: Value = serde_json::from_str(AFTER).unwrap();
    after["Statement"][0]["Sid"] = json!(EVIL);
    after["Statement"][0]["Action"] = json!(["s3:GetObject", format!("s3:{EVIL}")]);
    let mut cases = cases();
    cases[0]["id"] = json!(EVIL);
    cases.push(case(EVIL, "s3:GetObject", &format!("arn:aws:s3:::example-orders/{EVIL}")));
    let place = place("{\"Statement\": []}", &after.to_string(), &cases);
    for format in ["human", "json", "md"] {
        let answer = simulate(&place, &["--format", format]);
        assert!(answer.out.contains("script"), "the text got lost, and the test with it");
        harmless(format, &answer.out);
        harmless(format, &answer.err);
    }
    for format in ["human", "json", "md", "sarif"] {
        let answer = place.run(["diff", "before.json", "after.json", "--format", format]);
        assert!(answer.out.contains("script"), "the text got lost, and the test with it");
        harmless(format, &answer.out);
        harmless(format, &answer.err);
    }
    harmless("one request", &ask(&place, "s3:GetObject", &["--format", "human"]).out);
}
