//! `leastwise validate` and `leastwise score`: findings with places, gates, better versions, and every format.

use crate::support::Place;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;

const POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Orders",
      "Effect": "Allow",
      "Action": ["dynamodb:GetItems", "dynamodb:Query", "dynamodb:query"],
      "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    },
    {"Sid": "Run", "Effect": "Allow", "Action": ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"}
  ]
}
"#;

const GOOD: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage",
  "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"}]}"#;

fn place() -> Place {
    let place = Place::new();
    place.write("role.json", POLICY);
    place.write("good.json", GOOD);
    place
}

fn codes(findings: &Value) -> Vec<&str> {
    findings.as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn findings_say_where_why_and_what_instead() {
    let answer = place().run(["validate", "role.json", "--format", "json"]);
    assert_eq!(answer.code, 1);
    let file = &answer.json()["files"][0];
    assert_eq!((file["type"].as_str(), file["counts"]["error"].as_u64()), (Some("identity"), Some(1)));
    let first = &file["findings"][0];
    assert_eq!(first["code"], "INVALID_ACTION");
    assert_eq!(first["path"], "Statement[0].Action[0]");
    assert_eq!([&first["line"], &first["column"], &first["end_column"]], [7, 18, 37]);
    assert_eq!(first["sid"], "Orders");
    assert!(first["message"].as_str().unwrap().contains("did you mean `dynamodb:GetItem`"));
    for said in ["why", "instead", "title"] {
        assert!(!first[said].as_str().unwrap().is_empty());
    }
    assert!(first["controls"].as_array().unwrap().iter().any(|one| one["framework"] == "nist-800-53-r5"));
    assert!(codes(&file["findings"]).contains(&"PASS_ROLE_WITH_STAR_IN_RESOURCE"));
    assert!(codes(&file["findings"]).contains(&"REDUNDANT_ACTION"));
}

#[test]
fn people_see_the_lines_that_findings_are_about() {
    let answer = place().run(["validate", "role.json", "good.json", "--format", "human"]);
    for text in [
        "error[INVALID_ACTION]: the action `dynamodb:GetItems` does not exist",
        " --> role.json:7:18 (Statement[0].Action[0])",
        "7 |       \"Action\": [\"dynamodb:GetItems\", \"dynamodb:Query\", \"dynamodb:query\"],",
        "  |                  ^^^^^^^^^^^^^^^^^^^\n",
        "good.json: no findings, identity policy",
    ] {
        assert!(answer.out.contains(text), "`{text}` is not in\n{}", answer.out);
    }
    assert!(!answer.out.contains('\u{1b}'), "colours are for terminals");
}

#[test]
fn the_gate_is_as_strict_as_asked() {
    let place = place();
    let code = |arguments: &[&str]| place.run([&["validate", "--format", "json"], arguments].concat()).code;
    assert_eq!(code(&["good.json"]), 0);
    assert_eq!(code(&["role.json", "--fail-on", "never"]), 0);
    assert_eq!(code(&["role.json", "--fail-on", "suggestion"]), 1);
    place.write("star.json", GOOD.replace("sqs:SendMessage", "sqs:*"));
    assert_eq!((code(&["star.json"]), code(&["star.json", "--fail-on", "warning"])), (0, 1));
    place.run(["validate", "missing.json"]).fails_with(&["cannot read `missing.json`"]);
}

#[test]
fn what_is_no_json_is_a_finding_with_its_place() {
    let place = place();
    place.write("broken.json", "{\n  \"Version\": \"2012-10-17\",\n}");
    let answer = place.run(["validate", "broken.json", "--format", "json"]);
    let finding = &answer.json()["files"][0]["findings"][0];
    assert_eq!((answer.code, &finding["code"], &finding["line"]), (1, &json!("JSON_SYNTAX_ERROR"), &json!(2)));
    assert!(finding["message"].as_str().unwrap().contains("trailing comma"));
    let score = place.run(["score", "broken.json", "--format", "json", "--minimum", "1"]);
    assert_eq!((score.code, &score.json()["files"][0]["score"]), (1, &Value::Null));
}

#[test]
fn accepted_findings_do_not_count_until_they_expire() {
    let place = place();
    let suppression = |expires: &str| {
        format!(
            "[[suppress]]\nrule = \"INVALID_ACTION\"\nsid = \"Orders\"\nreason = \"coming soon\"\nowner = \"team@example.com\"\nexpires = \"{expires}\"\n"
        )
    };
    place.write("leastwise.toml", suppression("2999-12-31"));
    let answer = place.run(["validate", "role.json", "--format", "json"]);
    let file = &answer.json()["files"][0];
    assert_eq!((answer.code, codes(&file["accepted"])), (0, vec!["INVALID_ACTION"]));
    place.write("leastwise.toml", suppression("2020-01-01"));
    let answer = place.run(["validate", "role.json", "--format", "json"]);
    assert_eq!(answer.code, 1);
    assert!(codes(&answer.json()["files"][0]["findings"]).contains(&"SUPPRESSION_EXPIRED"));
    place.write("leastwise.toml", suppression("2999-12-31").replace("INVALID_ACTION", "NO_SUCH_RULE"));
    place.run(["validate", "role.json"]).fails_with(&["no rule is called `NO_SUCH_RULE`"]);
}

#[test]
fn fixes_are_written_into_the_file() {
    let place = place();
    let answer = place.run(["validate", "role.json", "--fix", "--format", "json"]);
    assert!(answer.err.contains("2 fixes made, proved to allow nothing new"), "{}", answer.err);
    let mended = place.json("role.json");
    assert_eq!(mended["Statement"][0]["Action"], json!(["dynamodb:GetItems", "dynamodb:Query"]));
    let members: Vec<&String> = mended["Statement"][0].as_object().unwrap().keys().collect();
    assert_eq!(members, ["Sid", "Effect", "Action", "Resource"]);
    let passing = &mended["Statement"][2];
    assert_eq!((&passing["Action"], &passing["Resource"]), (&json!("iam:PassRole"), &json!("*")));
    assert_eq!(passing["Condition"]["StringEquals"]["iam:PassedToService"], json!(["lambda.amazonaws.com"]));
}

#[test]
fn code_scanning_gets_rules_levels_regions_and_fingerprints() {
    let place = place();
    place.run(["validate", "role.json", "--output", "out.sarif"]);
    let run = place.json("out.sarif")["runs"][0].clone();
    let result = &run["results"][0];
    assert_eq!((result["ruleId"].as_str(), result["level"].as_str()), (Some("INVALID_ACTION"), Some("error")));
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "role.json");
    assert_eq!(location["region"], json!({"startLine": 7, "startColumn": 18, "endLine": 7, "endColumn": 37}));
    assert!(result["partialFingerprints"]["leastwise/v1"].is_string());
    let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!(rule["id"], "INVALID_ACTION");
    assert!(rule["help"]["markdown"].as_str().unwrap().len() > 20);
    // The same finding on another line is the same result.
    let print = result["partialFingerprints"].clone();
    place.write("role.json", format!("\n\n{POLICY}"));
    place.run(["validate", "role.json", "--output", "out.sarif"]);
    assert_eq!(place.json("out.sarif")["runs"][0]["results"][0]["partialFingerprints"], print);
}

#[test]
fn a_score_says_what_drives_it_and_how_to_do_better() {
    let place = place();
    let answer = place.run(["score", "role.json", "--format", "json", "--fixed", "better.json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let file = &answer.json()["files"][0];
    assert!(file["score"].as_u64().unwrap() <= 3 && file["risk"].as_u64().unwrap() > 50, "{file}");
    assert_eq!(file["drivers"][0]["examples"], json!(["iam:PassRole"]));
    let paths: Vec<&str> =
        file["escalations"].as_array().unwrap().iter().map(|path| path["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&"lambda-create-invoke"), "{paths:?}");
    assert_eq!((&file["better"]["effect"], &file["graded_by"]), (&json!("narrower"), &json!("rules")));
    assert!(file["better"]["apply"][1].as_str().unwrap().contains("create-policy-version"));
    assert_eq!(place.json("better.json"), file["better"]["policy"]);
    let escalates = |framework: &Value| {
        framework["controls"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["control"] == "AC-6(10)" && one["status"] == "fail")
    };
    assert!(file["compliance"].as_array().unwrap().iter().any(escalates));
}

#[test]
fn a_minimum_makes_the_score_a_gate() {
    let place = place();
    assert_eq!(place.run(["score", "good.json", "--minimum", "8"]).code, 0);
    let low = place.run(["score", "role.json", "good.json", "--minimum", "8"]);
    assert_eq!(low.code, 1);
    assert!(low.err.contains("`role.json`") && !low.err.contains("`good.json`"), "{}", low.err);
    place.run(["score", "good.json", "--minimum", "11"]).fails_with(&["11"]);
}

#[test]
fn a_boundary_closes_ways_to_more_access() {
    let place = place();
    place.write(
        "boundary.json",
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}}"#,
    );
    let file = |more: &[&str]| {
        let answer = place.run([&["score", "role.json", "--format", "json"], more].concat());
        answer.json()["files"][0].clone()
    };
    assert_ne!(file(&[])["escalations"], json!([]));
    assert_eq!(file(&["--boundary", "boundary.json"])["escalations"], json!([]));
}

#[test]
fn people_and_pull_requests_see_the_score_first() {
    let place = place();
    let human = place.run(["score", "good.json", "--format", "human"]).out.clone();
    assert!(human.starts_with("good.json (identity policy)\n\n   ") && human.contains("/10  █"), "{human}");
    let markdown = place.run(["score", "role.json", "--format", "md"]).out.clone();
    assert!(markdown.contains("/10**, risk ") && markdown.contains("Ways to more access"), "{markdown}");
    place.run(["score", "role.json", "--output", "out.sarif"]);
    let results = place.json("out.sarif")["runs"][0]["results"].clone();
    assert!(results.as_array().unwrap().iter().any(|one| one["ruleId"] == "PRIVILEGE_ESCALATION_PATH"));
}

#[test]
fn lines_are_answered_with_lines() {
    let place = place();
    let lines = [
        json!({"id": "one", "policy": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}).to_string(),
        json!({"id": 2, "policy": GOOD, "type": "identity"}).to_string(),
        json!({"id": 3, "policy": 7}).to_string(),
        json!({"id": 4, "policy": {}, "type": "role"}).to_string(),
    ];
    let input = lines.join("\n");
    let answers = |command: &str| -> Vec<Value> {
        let answer = place.run_on(input.as_bytes(), [command, "--jsonl"]);
        answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let scores = answers("score");
    assert_eq!((&scores[0]["id"], &scores[0]["score"], &scores[0]["risk"]), (&json!("one"), &json!(1), &json!(100)));
    assert!(codes(&scores[0]["findings"]).contains(&"ADMINISTRATIVE_ACCESS"));
    assert_ne!(scores[0]["escalations"], json!([]));
    assert!(scores[1]["score"].as_u64().unwrap() >= 8);
    for answers in [&scores, &answers("validate")] {
        assert_eq!(answers.len(), 4);
        assert!(answers[2]["error"].as_str().unwrap().starts_with("`policy` must be"));
        assert!(answers[3]["error"].as_str().unwrap().contains("`role` is no type of policy"));
    }
}

/// A server on loopback that answers one request, as Anthropic's API does.
fn model_that_says(answer: &Value) -> String {
    let body = json!({"content": [{"type": "text", "text": answer.to_string()}], "usage": {"input_tokens": 10, "output_tokens": 5}});
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut length = 0;
        for line in reader.by_ref().lines().map(|line| line.unwrap().to_lowercase()) {
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.is_empty() {
                break;
            }
        }
        reader.read_exact(&mut vec![0; length]).unwrap();
        let body = body.to_string();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    });
    address
}

#[test]
fn a_model_explains_and_moves_no_number() {
    let mut place = place();
    place.write("wide.json", GOOD.replace("sqs:SendMessage", "sqs:*"));
    let alone = place.run(["score", "wide.json", "--format", "json"]).json()["files"][0].clone();
    place.run(["score", "wide.json", "--advisor", "anthropic"]).fails_with(&["`ANTHROPIC_API_KEY` is not set"]);
    let proposal: Value = serde_json::from_str(GOOD).unwrap();
    let says = json!({"explanation": "It may do anything with the queue. Score 10!", "cited": ["WHOLE_SERVICE"], "policy": proposal, "score": 10});
    place.set("ANTHROPIC_API_KEY", "example");
    place.set("ANTHROPIC_BASE_URL", model_that_says(&says));
    let file = |place: &Place| {
        let answer = place.run(["score", "wide.json", "--advisor", "anthropic", "--format", "json"]);
        answer.json()["files"][0].clone()
    };
    let first = file(&place);
    for field in ["score", "risk", "findings", "escalations", "better", "graded_by"] {
        assert_eq!(first[field], alone[field], "{field}");
    }
    let advice = &first["advice"];
    assert_eq!((&advice["proposal"], &advice["cited"]), (&proposal, &json!(["WHOLE_SERVICE"])), "{advice}");
    assert!(advice["refuses"]["action"].as_str().unwrap().starts_with("sqs:"));
    // The server has gone: what was answered once is not asked again.
    let second = file(&place);
    assert_eq!((&second["advice"]["proposal"], &second["advice"]["kept"]), (&proposal, &json!(true)));
    let human = place.run(["score", "wide.json", "--advisor", "anthropic", "--format", "human"]).out.clone();
    assert!(human.contains("claude-sonnet-4-6 says") && human.contains("proved to be narrower"), "{human}");
}
