//! What holds for every rule.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails may panic"
)]

use authz::{Comparison, Context, Principal, Request, Verdict, compare};
use leastwise_review::{Effect, Inventory, LEFT_OUT, Origin, PolicyType, Rule, improve, rule, rules, validate};
use policy::Node;

fn codes(rule: &Rule, policy: &str) -> Vec<&'static str> {
    let review = validate(policy, rule.example.policy_type, catalog::builtin());
    review.findings.into_iter().map(|finding| finding.code).collect()
}

#[test]
fn every_rule_flags_its_example_and_not_the_mended_one() {
    for rule in rules() {
        let flagged = codes(rule, rule.example.flagged);
        // What is too long is no example.
        assert!(rule.example.flagged.is_empty() || flagged.contains(&rule.code), "{}: {flagged:?}", rule.code);
        let clean = codes(rule, rule.example.clean);
        assert!(clean.is_empty(), "{}: the mended example has {clean:?}", rule.code);
    }
}

#[test]
fn codes_are_unique_and_every_rule_says_what_why_and_what_instead() {
    for pair in rules().windows(2) {
        assert!(pair[0].code < pair[1].code, "{}", pair[1].code);
    }
    for rule in rules() {
        assert!(rule.applies_to.contains(&rule.example.policy_type), "{}", rule.code);
        for text in [rule.what, rule.why, rule.instead] {
            assert!(
                text.ends_with('.') && text.starts_with(|first: char| first.is_uppercase() || first == '`'),
                "{}: {text}",
                rule.code
            );
        }
    }
}

#[test]
fn policies_that_are_too_long_are_flagged() {
    let cases = [
        (PolicyType::Identity, "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", 6_144),
        (PolicyType::Resource, "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA", 20_480),
        (PolicyType::Trust, "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA", 2_048),
        (PolicyType::Scp, "POLICY_SIZE_EXCEEDS_SCP_QUOTA", 5_120),
        (PolicyType::Rcp, "POLICY_SIZE_EXCEEDS_RCP_QUOTA", 5_120),
    ];
    for (policy_type, code, quota) in cases {
        let of_length = |length: usize| {
            let frame = r#"{"Id":"","Statement":[]}"#;
            let policy = frame.replace("\"\"", &format!("\"{}\"", "x".repeat(length - frame.len())));
            let findings = validate(&policy.replace(':', " :\n"), policy_type, catalog::builtin()).findings;
            findings.iter().any(|finding| finding.code == code)
        };
        assert!(!of_length(quota) && of_length(quota + 1), "{code}");
    }
}

#[test]
fn what_is_left_out_is_said_by_code_and_is_no_rule() {
    for pair in LEFT_OUT.windows(2) {
        assert!(pair[0].0 < pair[1].0, "{}", pair[1].0);
    }
    for (code, reason) in LEFT_OUT {
        assert!(rule(code).is_none() && !reason.is_empty(), "{code}");
    }
    let of_access_analyzer = rules().iter().filter(|rule| rule.origin == Origin::AccessAnalyzer).count();
    assert!(of_access_analyzer >= 132, "{of_access_analyzer}");
}

/// The codes of one statement of an identity policy.
fn codes_of(statement: &str) -> Vec<&'static str> {
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
    let findings = validate(&policy, PolicyType::Identity, catalog::builtin()).findings;
    findings.into_iter().map(|finding| finding.code).collect()
}

#[test]
fn a_variable_in_an_arn_is_one_part_of_it() {
    let codes = |actions: &str, resource: &str| {
        codes_of(&format!(r#"{{"Effect": "Allow", "Action": {actions}, "Resource": "{resource}"}}"#))
    };
    for resource in [
        "arn:*:kms:*:${aws:PrincipalAccount}:key/*",
        "arn:aws:kms:${aws:RequestedRegion}:${aws:PrincipalAccount}:key/orders",
    ] {
        let codes = codes(r#""kms:DescribeKey""#, resource);
        assert!(!codes.iter().any(|code| code.contains("ARN") || *code == "INVALID_PARTITION"), "{resource} {codes:?}");
    }
    assert!(codes(r#""kms:DescribeKey""#, "arn:aws:kms:*:${aws:PrincipalAccount}").contains(&"MISSING_ARN_FIELD"));
    assert!(
        codes(r#""kms:DescribeKey""#, "arn:aws:kms:*:${aws:PrincipalAccount}:kez/1").contains(&"INVALID_ARN_RESOURCE")
    );
    for resource in ["arn:aws:iam::${aws:PrincipalAccount}:role/*", "arn:aws:iam::*:role*", "arn:aws:iam::*:**"] {
        assert!(codes(r#""iam:PassRole""#, resource).contains(&"PASS_ROLE_WITH_STAR_IN_RESOURCE"), "{resource}");
    }
    for resource in ["*", "arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:role/aws-service-role/*"] {
        let codes = codes(r#""iam:CreateServiceLinkedRole""#, resource);
        assert!(codes.contains(&"CREATE_SLR_WITH_STAR_IN_RESOURCE"), "{resource}");
    }
    let named = codes(r#""iam:PassRole""#, "arn:aws:iam::*:role/orders-*");
    assert!(!named.contains(&"PASS_ROLE_WITH_STAR_IN_RESOURCE"));
}

#[test]
fn a_text_that_holds_an_arn_is_compared_as_one() {
    let codes = |key: &str, value: &str| {
        codes_of(&format!(
            r#"{{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:*:111122223333:key/orders",
                "Condition": {{"ArnLike": {{"{key}": {value}}}}}}}"#
        ))
    };
    for (key, value, fits) in [
        ("kms:EncryptionContext:aws:s3:arn", r#""arn:aws:s3:::example-*""#, true),
        ("aws:PrincipalTag/queue", r#"["arn:aws:sqs:*:*:a", "arn:aws:sqs:*:*:b"]"#, true),
        ("aws:PrincipalTag/queue", r#"["arn:aws:sqs:*:*:a", "b"]"#, false),
        ("aws:SecureTransport", r#""arn:aws:s3:::example""#, false),
    ] {
        assert_eq!(!codes(key, value).contains(&"TYPE_MISMATCH"), fits, "{key} {value}");
    }
}

/// What is said of one statement of a trust policy: codes and paths.
fn said_of_trust(principal: &str, condition: &str) -> Vec<(&'static str, String)> {
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": {principal},
            "Action": "sts:AssumeRole", "Condition": {{{condition}}}}}]}}"#
    );
    let findings = validate(&policy, PolicyType::Trust, catalog::builtin()).findings;
    // What an empty condition is, is another matter.
    let findings = findings.into_iter().filter(|finding| finding.code != "EMPTY_OBJECT_CONDITION");
    findings.map(|finding| (finding.code, finding.location.path)).collect()
}

#[test]
fn trust_of_everyone_is_public_unless_a_condition_says_who() {
    let is_public = |principal: &str, condition: &str| {
        said_of_trust(principal, condition).iter().any(|(code, _)| *code == "PUBLIC_ACCESS")
    };
    for principal in [r#""*""#, r#"{"AWS": "*"}"#, r#"{"AWS": ["arn:aws:iam::111122223333:root", "*"]}"#] {
        for condition in [
            "",
            r#""StringEquals": {"sts:ExternalId": "example"}"#,
            r#""Bool": {"aws:MultiFactorAuthPresent": "true"}"#,
            r#""StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}"#,
            r#""StringLike": {"aws:PrincipalOrgID": "o-*"}"#,
            r#""ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}"#,
            r#""StringEquals": {"aws:PrincipalTag/team": "orders"}"#,
        ] {
            assert!(is_public(principal, condition), "{principal} {condition}");
        }
        for condition in [
            r#""StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}"#,
            r#""StringEquals": {"aws:PrincipalAccount": ["111122223333", "444455556666"]}"#,
            r#""ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/deploy-*"}"#,
        ] {
            assert!(!is_public(principal, condition), "{principal} {condition}");
        }
    }
    assert!(!is_public(r#"{"AWS": "arn:aws:iam::111122223333:root"}"#, ""));
}

/// The codes of what is said of a policy of a resource.
fn said_of_resource(statements: &str) -> Vec<&'static str> {
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    validate(&policy, PolicyType::Resource, catalog::builtin()).findings.into_iter().map(|one| one.code).collect()
}

#[test]
fn what_a_deny_closes_is_not_public() {
    let allow =
        r#"{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}"#;
    let with = |deny: &str| said_of_resource(&format!(r#"{allow}, {{"Effect": "Deny", {deny}}}"#));
    let everyone = r#""Principal": "*", "Action": "execute-api:*""#;
    for deny in [
        format!(r#"{everyone}, "Resource": "execute-api:/*""#),
        format!(
            r#"{everyone}, "Resource": "*", "Condition": {{"StringNotEquals": {{"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}}}"#
        ),
        format!(
            r#"{everyone}, "Resource": "*", "Condition": {{"StringNotEqualsIfExists": {{"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
            "BoolIfExists": {{"aws:PrincipalIsAWSService": "false"}}}}"#
        ),
    ] {
        assert!(!with(&deny).contains(&"PUBLIC_ACCESS"), "{deny}");
    }
    for deny in [
        format!(r#"{everyone}, "Resource": "execute-api:/prod/*""#),
        format!(r#"{everyone}, "Resource": "*", "Condition": {{"StringNotLike": {{"aws:SourceVpce": "vpce-*"}}}}"#),
        format!(
            r#"{everyone}, "Resource": "*", "Condition": {{"StringNotEquals": {{"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}},
            "StringEquals": {{"aws:PrincipalTag/team": "orders"}}}}"#
        ),
        r#""Principal": {"AWS": "111122223333"}, "Action": "*", "Resource": "*""#.to_owned(),
        r#""Principal": "*", "Action": "s3:*", "Resource": "*""#.to_owned(),
    ] {
        assert!(with(&deny).contains(&"PUBLIC_ACCESS"), "{deny}");
    }
}

#[test]
fn a_source_that_anybody_is_restricts_no_service() {
    let is_said = |service: &str, condition: &str| {
        said_of_resource(&format!(
            r#"{{"Effect": "Allow", "Principal": {{"Service": "{service}"}}, "Action": "lambda:InvokeFunction",
                "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:orders", "Condition": {{{condition}}}}}"#
        ))
        .contains(&"RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL")
    };
    for condition in [
        r#""ArnLike": {"aws:SourceArn": "*"}"#,
        r#""ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}"#,
        r#""Null": {"aws:SourceArn": "false"}"#,
        r#""StringNotEquals": {"aws:SourceAccount": "111122223333"}"#,
        r#""StringEquals": {"aws:ResourceAccount": "111122223333"}"#,
    ] {
        assert!(is_said("sns.amazonaws.com", condition), "{condition}");
    }
    for condition in [
        r#""ArnLike": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:*"}"#,
        r#""ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:example-orders"}"#,
        r#""StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}"#,
        r#""StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}"#,
    ] {
        assert!(!is_said("sns.amazonaws.com", condition), "{condition}");
    }
    assert!(!is_said(
        "alexa-appkit.amazon.com",
        r#""StringEquals": {"lambda:EventSourceToken": "amzn1.ask.skill.example"}"#
    ));
}

#[test]
fn tags_of_sessions_may_be_allowed_in_a_statement_of_their_own() {
    let is_said = |statements: &str| {
        let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
        let findings = validate(&policy, PolicyType::Trust, catalog::builtin()).findings;
        findings.iter().any(|finding| finding.code == "MISSING_ACTION_FOR_CONDITION_KEY")
    };
    let may = |action: &str, condition: &str| {
        format!(
            r#"{{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::111122223333:user/anna"}}, "Action": "sts:{action}",
                "Condition": {{{condition}}}}}"#
        )
    };
    let tagged = r#""StringLike": {"aws:RequestTag/project": "*"}"#;
    assert!(is_said(&may("AssumeRole", tagged)));
    assert!(!is_said(&format!("{}, {}", may("AssumeRole", tagged), may("TagSession", tagged))));
    assert!(!is_said(&may("AssumeRole", r#""Null": {"aws:RequestTag/project": "true"}"#)));
}

#[test]
fn trust_of_accounts_is_said_once_for_a_principal_element() {
    let said = |principal: &str, condition: &str| -> Vec<String> {
        let said = said_of_trust(principal, condition).into_iter();
        said.filter(|(code, _)| *code == "TRUST_OF_ACCOUNT_WITHOUT_CONDITION").map(|(_, path)| path).collect()
    };
    let root = r#"{"AWS": "arn:aws:iam::111122223333:root"}"#;
    for principal in [
        root,
        r#"{"AWS": "111122223333"}"#,
        r#"{"AWS": ["arn:aws:iam::111122223333:user/anna", "arn:aws:iam::444455556666:role/deploy", "444455556666"]}"#,
    ] {
        assert_eq!(said(principal, "").len(), 1, "{principal}");
        assert_eq!(said(principal, r#""StringEquals": {"sts:ExternalId": "example"}"#).len(), 0, "{principal}");
    }
    for enough in [
        r#""StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}"#,
        r#""Bool": {"aws:MultiFactorAuthPresent": "true"}"#,
        r#""NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}"#,
        r#""StringLike": {"sts:SourceIdentity": "anna*"}"#,
    ] {
        assert!(said(root, enough).is_empty(), "{enough}");
    }
    for too_little in [
        r#""StringLike": {"sts:ExternalId": "*"}"#,
        r#""Bool": {"aws:MultiFactorAuthPresent": "false"}"#,
        r#""BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}"#,
        r#""Bool": {"aws:SecureTransport": "true"}"#,
    ] {
        assert_eq!(said(root, too_little).len(), 1, "{too_little}");
    }
    for no_account in [r#"{"Service": "lambda.amazonaws.com"}"#, r#"{"AWS": "*"}"#, r#""*""#] {
        assert!(said(no_account, "").is_empty(), "{no_account}");
    }
}

#[test]
fn trust_of_a_service_asks_for_the_source_where_its_documentation_does() {
    let said = |service: &str, condition: &str| {
        let said = said_of_trust(&format!(r#"{{"Service": {service}}}"#), condition).into_iter();
        said.filter(|(code, _)| *code == "TRUST_OF_SERVICE_WITHOUT_SOURCE").count()
    };
    assert_eq!(said(r#""scheduler.amazonaws.com""#, ""), 1);
    assert_eq!(said(r#"["states.amazonaws.com", "lambda.amazonaws.com", "bedrock.amazonaws.com"]"#, ""), 2);
    for service in ["lambda", "ec2", "cloudtrail", "cloudformation", "glue"] {
        assert_eq!(said(&format!(r#""{service}.amazonaws.com""#), ""), 0, "{service}");
    }
    for enough in [
        r#""StringEquals": {"aws:SourceAccount": "111122223333"}"#,
        r#""StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}"#,
        r#""ArnLike": {"aws:SourceArn": "arn:aws:scheduler:*:111122223333:schedule-group/orders"}"#,
        r#""StringEquals": {"aws:SourceOrgID": "${aws:ResourceOrgID}"}"#,
    ] {
        assert_eq!(said(r#""scheduler.amazonaws.com""#, enough), 0, "{enough}");
    }
    let anybody = r#""ArnLike": {"aws:SourceArn": "arn:aws:scheduler:*:*:schedule-group/*"}"#;
    assert_eq!(said(r#""scheduler.amazonaws.com""#, anybody), 1);
}

#[test]
fn hostile_and_odd_documents_are_looked_at_without_a_panic() {
    let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
    let long = format!(r#"{{"Statement": [{{"Action": "{}"}}]}}"#, "é*?${".repeat(5_000));
    let odd = [
        "",
        " ",
        "null",
        "[]",
        "{}",
        "1",
        "\u{feff}{}",
        "{\"Statement\": null}",
        "{\"Statement\": [null, 1, {}]}",
        r#"{"Statement": [{"Action": ["", ":", "*:*", "a:b:c", "é:é"], "Resource": ["", "arn", "arn:", "arn:::::", "arn:aws:é:é:é:é"]}]}"#,
        r#"{"Statement": {"Condition": {"": {"": ""}, "StringLike": {":": [null, [], {}]}, "IpAddress": {"aws:SourceIp": ["/", "1.2.3.4/é"]}}}}"#,
        r#"{"Statement": {"Principal": {"AWS": [1, {}], "é": ["*"]}, "NotPrincipal": "é", "Sid": {}, "Effect": []}}"#,
        deep.as_str(),
        long.as_str(),
    ];
    for text in odd {
        for policy_type in PolicyType::ALL {
            let review = validate(text, policy_type, catalog::builtin());
            assert!(!review.findings.is_empty(), "{policy_type} {}", text.chars().take(80).collect::<String>());
        }
    }
}

#[test]
fn documents_of_a_megabyte_are_looked_at_in_time() {
    let inventory = Inventory::new(catalog::builtin());
    let statement = |actions: &str, resources: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": [{actions}], "Resource": [{resources}]}}]}}"#
        )
    };
    let many = |one: &dyn Fn(usize) -> String, most: usize| {
        (0..most).map(|at| format!("\"{}\"", one(at))).collect::<Vec<_>>().join(",")
    };
    let long = format!("\"arn:aws:ec2:*:*:{}\"", "a*".repeat(450_000));
    let statements =
        (0..12_000).map(|_| r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "a"}"#).collect::<Vec<_>>().join(",");
    let large = [
        statement(&many(&|at| format!("s3:GetObjekt{at}"), 40_000), "\"*\""),
        statement(&many(&|at| format!("s3:*{at}*"), 40_000), "\"*\""),
        statement("\"s3:GetObject\"", &many(&|at| format!("arn:aws:s3:::*{at}/*"), 30_000)),
        statement("\"ec2:*\"", &long),
        format!(r#"{{"Statement": [{statements}]}}"#),
    ];
    for text in large {
        let review = validate(&text, PolicyType::Identity, catalog::builtin());
        assert!(!review.findings.is_empty());
        let score = inventory.score(&[review.document.unwrap()], PolicyType::Identity, &[]);
        assert!((1..=10).contains(&score.score));
    }
}

#[test]
fn fixes_mend_what_they_are_for_and_allow_nothing_new() {
    let mut mended = 0;
    for rule in rules() {
        let Ok(root) = Node::read(rule.example.flagged) else { continue };
        let review = validate(rule.example.flagged, rule.example.policy_type, catalog::builtin());
        let has_fix = review.findings.iter().any(|finding| finding.code == rule.code && finding.fix.is_some());
        if !has_fix {
            continue;
        }
        mended += 1;
        let remedy = improve(&root, rule.example.policy_type, catalog::builtin(), &[], &|_| true);
        let remedy = remedy.unwrap_or_else(|| panic!("{}: no fix was made", rule.code));
        assert!(remedy.applied.iter().any(|step| step.code == rule.code), "{} {:?}", rule.code, remedy.left);
        let codes: Vec<&str> = remedy.review.findings.iter().map(|finding| finding.code).collect();
        assert!(!codes.contains(&rule.code), "{}: {codes:?}", rule.code);
        if let Some(original) = review.document {
            let layer = rule.example.policy_type.layer();
            let verdict = compare(&[original], &[remedy.document], &Comparison::of(layer)).unwrap();
            assert_eq!(verdict, Verdict::NoNewAccess, "{}", rule.code);
        }
    }
    assert!(mended >= 10, "{mended}");
}

#[test]
fn sids_are_mended_only_where_each_still_names_one_statement() {
    let sids = ["a-b", "ab", "send orders", "--"];
    let statement = |(at, sid): (usize, &&str)| {
        format!(
            r#"{{"Sid": "{sid}", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q{at}"}}"#
        )
    };
    let statements = sids.iter().enumerate().map(statement).collect::<Vec<_>>().join(",");
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    let remedy =
        improve(&Node::read(&policy).unwrap(), PolicyType::Identity, catalog::builtin(), &[], &|_| true).unwrap();
    let mended: Vec<_> = remedy.document.statements.iter().map(|statement| statement.sid.as_deref()).collect();
    assert_eq!(mended, [Some("a-b"), Some("ab"), Some("sendorders"), None]);
}

#[test]
fn what_is_in_use_stays_allowed() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage",
        "Resource": "*", "Condition": {"NumericLessThan": {"example:size": ["10", "20"]}}}]}"#;
    let root = Node::read(policy).unwrap();
    let request = |size: &str| {
        let mut context = Context::default();
        context.insert("example:size", vec![size.to_owned()]);
        let principal = Principal::parse("arn:aws:iam::111122223333:role/orders");
        Request::new(principal, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:orders", context)
    };
    let improved = |observed: &[Request]| {
        let remedy = improve(&root, PolicyType::Identity, catalog::builtin(), observed, &|_| true);
        remedy.map(|remedy| remedy.effect)
    };
    assert_eq!(improved(&[]), Some(Effect::Same));
    assert_eq!(improved(&[request("15")]), Some(Effect::Same));
}

#[test]
fn better_versions_take_away_what_nothing_in_the_policy_needs() {
    let better = |policy: &str, policy_type| {
        let remedy = improve(&Node::read(policy).unwrap(), policy_type, catalog::builtin(), &[], &|_| true).unwrap();
        assert!(matches!(remedy.effect, Effect::Narrower(_)), "{:?}", remedy.effect);
        remedy.policy
    };
    let passing = better(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*",
            "Action": ["lambda:CreateFunction", "iam:PassRole"]}]}"#,
        PolicyType::Identity,
    );
    let own = &passing["Statement"][1];
    assert_eq!(passing["Statement"][0]["Action"], serde_json::json!(["lambda:CreateFunction"]));
    assert_eq!(own["Action"], "iam:PassRole");
    assert_eq!(own["Condition"]["StringEquals"]["iam:PassedToService"], serde_json::json!(["lambda.amazonaws.com"]));

    let queue = better(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
            "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"}]}"#,
        PolicyType::Resource,
    );
    assert_eq!(queue["Statement"][0]["Condition"]["StringEquals"]["aws:SourceAccount"], "111122223333");

    let bucket = better(
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
            "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-orders/*"}}"#,
        PolicyType::Resource,
    );
    assert_eq!(bucket["Statement"][1]["Condition"]["Bool"]["aws:SecureTransport"], "false");
}

#[test]
fn passing_roles_is_left_alone_where_nothing_says_to_which_service() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*",
        "Action": ["s3:GetObject", "iam:PassRole"]}]}"#;
    let review = validate(policy, PolicyType::Identity, catalog::builtin());
    let passing = review.findings.iter().find(|finding| finding.code == "PASS_ROLE_WITH_STAR_IN_RESOURCE").unwrap();
    assert_eq!(passing.fix, None);
}
