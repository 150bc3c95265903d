//! `leastwise generate`: every format, every flag.

use crate::support::{Place, delivery, read_of};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub const API: &str = "arn:aws:iam::111122223333:role/orders/orders-api";
pub const DEPLOYER: &str = "arn:aws:iam::111122223333:role/ci/deployer";

pub fn array(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// A string, or the strings of a list.
fn texts(value: &Value) -> Vec<&str> {
    value.as_str().map_or_else(|| array(value).iter().map(text).collect(), |one| vec![one])
}

pub fn principal<'v>(generated: &'v Value, arn: &str) -> &'v Value {
    array(&generated["principals"]).iter().find(|one| one["principal"] == arn).unwrap_or_else(|| panic!("no {arn}"))
}

fn statements(principal: &Value) -> Vec<&Value> {
    array(&principal["policies"]).iter().flat_map(|policy| array(&policy["document"]["Statement"])).collect()
}

pub fn actions(principal: &Value) -> BTreeSet<&str> {
    statements(principal).into_iter().flat_map(|statement| texts(&statement["Action"])).collect()
}

pub fn resources(principal: &Value) -> BTreeSet<&str> {
    statements(principal).into_iter().flat_map(|statement| texts(&statement["Resource"])).collect()
}

pub fn reasons(principal: &Value) -> BTreeSet<&str> {
    array(&principal["left_out"]).iter().map(|one| text(&one["reason"])).collect()
}

#[test]
fn policies_of_the_sample_trail_are_proven_and_rest_on_evidence() {
    let place = Place::with_analysis();
    let generated = place.generate(&[]);
    assert!(array(&generated["principals"]).len() >= 5);
    let mut names = BTreeSet::new();
    for one in array(&generated["principals"]) {
        let proof = &one["proof"];
        assert_eq!(proof["allowed"], proof["requests"], "{}: a use is not allowed again", one["principal"]);
        assert_eq!(proof["needed"], proof["pairs"], "{}: something granted is not needed", one["principal"]);
        assert!(proof["calls"].as_u64() >= proof["requests"].as_u64() && proof["pairs"].as_u64() > Some(0));
        for policy in array(&one["policies"]) {
            assert!(names.insert(text(&policy["name"])), "{} twice", policy["name"]);
            let characters =
                policy["document"].to_string().chars().filter(|character| !character.is_whitespace()).count();
            assert_eq!(policy["size"], characters);
            assert!(characters <= 6144);
            let sids: Vec<&Value> =
                array(&policy["document"]["Statement"]).iter().map(|statement| &statement["Sid"]).collect();
            let evidence: Vec<&Value> = array(&policy["evidence"]).iter().map(|evidence| &evidence["sid"]).collect();
            assert_eq!(sids, evidence);
            for evidence in array(&policy["evidence"]) {
                assert!(
                    evidence["calls"].as_u64() > Some(0)
                        && !array(&evidence["samples"]).is_empty()
                        && evidence["first_seen"].is_string()
                );
            }
        }
    }
}

#[test]
fn root_and_services_get_no_policy_and_are_told() {
    let place = Place::with_analysis();
    let generated = place.generate(&["--include-denied"]);
    let kinds: BTreeSet<&str> = array(&generated["principals"]).iter().map(|one| text(&one["kind"])).collect();
    assert!(kinds.is_subset(&["role", "user", "permission-set"].into()), "{kinds:?}");
    let without: BTreeSet<&str> = array(&generated["not_generated"]).iter().map(|one| text(&one["kind"])).collect();
    assert!(without.is_superset(&["root", "service", "service-linked-role", "account"].into()), "{without:?}");
    assert!(array(&generated["not_generated"]).iter().all(|one| !text(&one["reason"]).is_empty()));
}

#[test]
fn one_principal_for_reading() {
    let place = Place::with_analysis();
    let answer =
        place.run(["generate", "--analysis", "analysis.json", "--principal", "orders-api", "--format", "human"]);
    insta::assert_snapshot!("one_principal_for_reading", answer.succeeds().out);
    let markdown =
        place.run(["generate", "--analysis", "analysis.json", "--principal", "orders-api", "--format", "md"]);
    insta::assert_snapshot!("one_principal_in_markdown", markdown.succeeds().out);
}

#[test]
fn sarif_holds_what_code_scanning_wants() {
    let place = Place::with_analysis();
    place.write("attached policy.json", ATTACHED);
    let log = place
        .run([
            "generate",
            "--analysis",
            "analysis.json",
            "--principal",
            "orders-api",
            "--format",
            "sarif",
            "--compare",
            "attached policy.json",
        ])
        .succeeds()
        .json();
    assert_eq!(log["version"], "2.1.0");
    assert!(text(&log["$schema"]).contains("sarif-schema-2.1.0.json"));
    let run = &array(&log["runs"])[0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "leastwise");
    let rules = array(&driver["rules"]);
    for rule in rules {
        for place in ["shortDescription", "fullDescription", "help"] {
            assert!(!text(&rule[place]["text"]).is_empty(), "{rule}");
        }
    }
    let (mut found, mut prints) = (BTreeSet::new(), BTreeSet::new());
    for result in array(&run["results"]) {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["note", "warning", "error"].contains(&text(&result["level"])));
        assert!(!text(&result["message"]["text"]).is_empty());
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "attached%20policy.json");
        assert!(location["region"]["startLine"].as_u64() >= Some(1));
        assert!(
            prints.insert(result["partialFingerprints"].to_string()),
            "two results are one to code scanning: {result}"
        );
        found.insert(text(&result["ruleId"]));
    }
    assert_eq!(found, ["missing-permission", "refused-permission", "unused-permission"].into());
}

const ATTACHED: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:DeleteObject"], "Resource": "arn:aws:s3:::example-orders-documents/*"}]
}"#;

#[test]
fn terraform_is_hcl_with_names_that_iam_accepts() {
    let place = Place::with_analysis();
    let generated = place.generate(&[]);
    let terraform =
        place.run(["generate", "--analysis", "analysis.json", "--format", "terraform"]).succeeds().out.clone();
    let body = hcl::parse(&terraform).unwrap_or_else(|error| panic!("{error}\n{terraform}"));
    let (mut documents, mut names, mut labels) = (0, BTreeSet::new(), BTreeSet::new());
    let mut granted = BTreeSet::new();
    for block in body.blocks() {
        assert!(
            labels.insert(format!("{:?}", (block.identifier(), block.labels()))),
            "declared twice: {:?}",
            block.labels()
        );
        match block.identifier() {
            "data" => {
                documents += 1;
                for statement in block.body().blocks().filter(|block| block.identifier() == "statement") {
                    for attribute in statement.body().attributes().filter(|attribute| attribute.key() == "actions") {
                        let hcl::Expression::Array(actions) = attribute.expr() else { panic!("{attribute:?}") };
                        granted.extend(actions.iter().map(|action| match action {
                            hcl::Expression::String(action) => action.clone(),
                            other => panic!("{other:?}"),
                        }));
                    }
                }
            }
            "resource" => {
                let name = block.body().attributes().find(|attribute| attribute.key() == "name").unwrap();
                let hcl::Expression::String(name) = name.expr() else { panic!("{name:?}") };
                accepted_by_iam(name);
                assert!(names.insert(name.clone()), "{name} twice");
            }
            other => panic!("unexpected block {other}"),
        }
    }
    let expected: BTreeSet<String> =
        array(&generated["principals"]).iter().flat_map(|one| actions(one)).map(str::to_owned).collect();
    assert_eq!(granted, expected);
    assert_eq!((documents, names.len()), (labels.len() / 2, labels.len() / 2));
}

/// 1 to 128 of `[\w+=,.@-]`.
fn accepted_by_iam(name: &str) {
    let good = |character: char| character.is_ascii_alphanumeric() || "_+=,.@-".contains(character);
    assert!((1..=128).contains(&name.len()) && name.chars().all(good), "{name}");
}

#[test]
fn cloudformation_holds_every_policy() {
    let place = Place::with_analysis();
    let generated = place.generate(&[]);
    let template =
        place.run(["generate", "--analysis", "analysis.json", "--format", "cloudformation"]).succeeds().json();
    assert_eq!(template["AWSTemplateFormatVersion"], "2010-09-09");
    let resources = template["Resources"].as_object().unwrap();
    for (id, resource) in resources {
        assert!(id.len() <= 255 && id.chars().all(|character| character.is_ascii_alphanumeric()), "{id}");
        assert_eq!(resource["Type"], "AWS::IAM::ManagedPolicy");
    }
    let mut expected: Vec<&Value> = array(&generated["principals"])
        .iter()
        .flat_map(|one| array(&one["policies"]))
        .map(|policy| &policy["document"])
        .collect();
    let mut found: Vec<&Value> = resources.values().map(|resource| &resource["Properties"]["PolicyDocument"]).collect();
    expected.sort_by_key(|value| value.to_string());
    found.sort_by_key(|value| value.to_string());
    assert_eq!(found, expected);
}

#[test]
fn roles_that_would_share_a_name_keep_policies_of_their_own() {
    let place = Place::new();
    let arns = ["role/team/api", "role/team-api", "role/team_api", "user/api"]
        .map(|name| format!("arn:aws:iam::111122223333:{name}"));
    let records: Vec<Value> = (0..4)
        .map(|number| {
            let mut record = read_of(number, &format!("key-{number}"));
            record["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"] =
                json!(arns[usize::try_from(number).unwrap()]);
            record
        })
        .collect();
    place.write("a.json", delivery(&records));
    place.run(["analyze", "--input", "a.json", "--output", "analysis.json"]).succeeds();
    let template =
        place.run(["generate", "--analysis", "analysis.json", "--format", "cloudformation"]).succeeds().json();
    assert_eq!(template["Resources"].as_object().unwrap().len(), 4);
    let terraform =
        place.run(["generate", "--analysis", "analysis.json", "--format", "terraform"]).succeeds().out.clone();
    let labels: BTreeSet<String> =
        hcl::parse(&terraform).unwrap().blocks().map(|block| format!("{:?}", block.labels())).collect();
    assert_eq!(labels.len(), 8);
}

#[test]
fn mode_actions_names_no_resource() {
    let place = Place::with_analysis();
    let generated = place.generate(&["--mode", "actions", "--principal", "orders-api"]);
    let with_resources = place.generate(&["--mode", "resources", "--principal", "orders-api"]);
    assert_eq!(resources(principal(&generated, API)), ["*"].into());
    assert!(
        resources(principal(&with_resources, API)).contains("arn:aws:dynamodb:eu-west-1:111122223333:table/orders")
    );
    assert_eq!(actions(principal(&generated, API)), actions(principal(&with_resources, API)));
}

#[test]
fn level_service_grants_services_whole() {
    let place = Place::with_analysis();
    let generated = place.generate(&["--level", "service", "--principal", "orders-api"]);
    let actions = actions(principal(&generated, API));
    assert!(actions.contains("s3:*") && actions.contains("dynamodb:*"), "{actions:?}");
    assert!(actions.iter().all(|action| action.ends_with(":*")), "{actions:?}");
}

#[test]
fn days_limit_what_counts() {
    let place = Place::with_analysis();
    let calls = |flags: &[&str]| -> u64 {
        array(&place.generate(flags)["principals"]).iter().map(|one| one["proof"]["calls"].as_u64().unwrap()).sum()
    };
    let (all, first, second) = (calls(&[]), calls(&["--end", "2026-03-02"]), calls(&["--start", "2026-03-03"]));
    assert!(first > 0 && second > 0);
    assert_eq!(first + second, all);
    for (flags, message) in [
        (&["--start", "2026-03-02T08:00:00Z"][..], "--start `2026-03-02T08:00:00Z` is no UTC day"),
        (&["--start", "2026-03-02T08:00:00+02:00"], "--start `2026-03-02T08:00:00+02:00` is no UTC day"),
        (&["--end", "soon"], "--end `soon` is no UTC day"),
        (&["--start", "2026-03-03", "--end", "2026-03-02"], "--start is after --end"),
    ] {
        place.run([&["generate", "--analysis", "analysis.json"], flags].concat()).fails_with(&[message]);
    }
}

#[test]
fn rare_use_excluded_actions_and_actions_not_allowed_are_left_out_and_told() {
    let place = Place::with_analysis();
    let all = place.generate(&[]);
    let before = actions(principal(&all, DEPLOYER));
    for (flags, reason) in [
        (&["--min-count", "5"][..], "below-min-count"),
        (&["--exclude-actions", "iam:*", "--exclude-actions", "LAMBDA:update*"], "excluded"),
        (&["--allow-actions", "lambda:*", "--allow-actions", "cloudformation:Describe*"], "not-allowed"),
    ] {
        let generated = place.generate(flags);
        let deployer = principal(&generated, DEPLOYER);
        let after = actions(deployer);
        assert!(after.is_subset(&before) && after.len() < before.len(), "{flags:?}: {after:?}");
        assert!(reasons(deployer).contains(reason), "{flags:?}: {:?}", reasons(deployer));
        match reason {
            "excluded" => assert!(
                !after.iter().any(|action| action.starts_with("iam:") || action.starts_with("lambda:Update")),
                "{after:?}"
            ),
            "not-allowed" => assert!(
                after
                    .iter()
                    .all(|action| action.starts_with("lambda:") || action.starts_with("cloudformation:Describe")),
                "{after:?}"
            ),
            _ => {}
        }
    }
}

#[test]
fn a_glob_that_matches_no_action_is_refused() {
    let place = Place::with_analysis();
    for flag in ["--exclude-actions", "--allow-actions"] {
        place.run(["generate", "--analysis", "analysis.json", flag, "s3"]).fails_with(&[
            "error: `s3` matches no action",
            "hint: ",
            "`s3:*`",
        ]);
    }
    place.generate(&["--exclude-actions", "*"]);
    place.write("leastwise.toml", "[generate]\nexclude-actions = [\"iam\"]\n");
    place.run(["generate", "--analysis", "analysis.json"]).fails_with(&["error: `iam` matches no action"]);
}

#[test]
fn a_principal_of_whom_nothing_is_left_is_told_so() {
    let place = Place::with_analysis();
    let run = |format| {
        place.run([
            "generate",
            "--analysis",
            "analysis.json",
            "--exclude-actions",
            "*",
            "--principal",
            "nightly-backup",
            "--format",
            format,
        ])
    };
    let human = run("human").succeeds().out.clone();
    assert!(
        human.contains("No policy: nothing is left to grant")
            && human.contains("more (--format json holds all)")
            && !human.contains("Proof"),
        "{human}"
    );
    assert!(run("md").succeeds().out.contains("No policy: nothing is left to grant"));
    assert_eq!(hcl::parse(&run("terraform").succeeds().out).unwrap().blocks().count(), 0);
    assert_eq!(run("cloudformation").succeeds().json()["Resources"], json!({}));
}

#[test]
fn what_was_refused_is_granted_only_when_asked_for() {
    let place = Place::with_analysis();
    let plain = place.generate(&[]);
    assert!(reasons(principal(&plain, API)).contains("denied"));
    assert!(!actions(principal(&plain, API)).contains("sns:Publish"));
    let denied = array(&plain["denied"]).iter().any(|one| one["action"] == "sns:Publish" && one["principal"] == API);
    assert!(denied, "{}", plain["denied"]);
    let with_denied = place.generate(&["--include-denied"]);
    assert!(actions(principal(&with_denied, API)).contains("sns:Publish"));
    assert!(!reasons(principal(&with_denied, API)).contains("denied"));
}

#[test]
fn resources_are_generalised_past_the_threshold() {
    let place = Place::with_analysis();
    let stars = |flags: &[&str]| {
        let generated = place.generate(flags);
        let api = principal(&generated, API);
        (
            resources(api)
                .iter()
                .filter(|resource| resource.starts_with("arn:aws:s3:") && resource.ends_with('*'))
                .count(),
            array(&api["generalized"]).len(),
        )
    };
    let (default, listed) = stars(&[]);
    assert!(default > 0 && listed > 0);
    assert_eq!(stars(&["--generalize", "0"]), (0, 0));
    assert_eq!(stars(&["--generalize", "100000"]), (0, 0));
    let bytes = |limit: &str| {
        place.generate(&["--principal", "orders-api", "--generalize", limit])["principals"][0]["policies"][0]["size"]
            .as_u64()
            .unwrap()
    };
    assert!(bytes("1") < bytes("10") && bytes("10") < bytes("0"));
}

#[test]
fn quotas_are_kept() {
    let place = Place::with_analysis();
    for (quota, limit) in [("managed", 6144), ("role", 10240), ("user", 2048), ("group", 5120)] {
        let generated = place.generate(&["--quota", quota, "--generalize", "0"]);
        for one in array(&generated["principals"]) {
            let sizes: Vec<u64> =
                array(&one["policies"]).iter().map(|policy| policy["size"].as_u64().unwrap()).collect();
            // Managed policies count one by one, inline ones together; what does not fit inline is told and split.
            let told = array(&one["warnings"])
                .iter()
                .any(|warning| text(warning).contains(&format!("does not fit the {limit} characters")));
            if quota == "managed" || told {
                assert!(sizes.iter().all(|size| *size <= 6144), "{quota}: {sizes:?}");
            } else {
                assert!(sizes.iter().sum::<u64>() <= limit, "{quota}: {} {sizes:?}", one["principal"]);
            }
            for policy in array(&one["policies"]) {
                accepted_by_iam(text(&policy["name"]));
            }
            assert_eq!(one["proof"]["allowed"], one["proof"]["requests"]);
        }
    }
    let split = place.generate(&["--quota", "user", "--generalize", "0"]);
    assert!(
        array(&principal(&split, API)["policies"]).len() > 1 && !array(&principal(&split, API)["warnings"]).is_empty()
    );
    place
        .run(["generate", "--analysis", "analysis.json", "--quota", "unlimited"])
        .fails_with(&["invalid value 'unlimited'", "managed"]);
}

#[test]
fn a_glob_that_nobody_matches_is_refused_and_nothing_is_written() {
    let place = Place::with_analysis();
    let answer =
        place.run(["generate", "--analysis", "analysis.json", "--principal", "nobody-*", "--output", "policies.json"]);
    answer.fails_with(&["no principal in the analysis matches `nobody-*`", "hint: "]);
    assert!(answer.out.is_empty() && !place.has("policies.json"));
}

#[test]
fn output_goes_to_a_new_folder_and_is_what_is_printed() {
    let place = Place::with_analysis();
    for format in ["human", "json", "md", "sarif", "terraform", "cloudformation"] {
        let file = format!("out/{format}/policies");
        let written = place.run(["generate", "--analysis", "analysis.json", "--format", format, "--output", &file]);
        assert_eq!(written.succeeds().out, "");
        let printed = place.run(["generate", "--analysis", "analysis.json", "--format", format]);
        assert_eq!(place.read(&file), printed.succeeds().out);
        assert!(printed.out.ends_with('\n'));
    }
    assert_eq!(
        place.read("out/json/policies"),
        place.run(["generate", "--analysis", "analysis.json"]).succeeds().out,
        "no terminal: JSON"
    );
}
