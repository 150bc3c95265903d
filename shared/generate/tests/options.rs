//! Each option, on an analysis small enough to read.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod support;

use leastwise_generate::{LeftOutReason, Level, Mode, Options, generate};
use policy::{Document, Quota};
use serde_json::json;
use support::*;
use trail::Outcome;
use usage::Row;

const BUCKET: &str = "arn:aws:s3:::reports";
const OBJECT: &str = "arn:aws:s3:::reports/q3.csv";
const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:orders";

fn reading() -> Vec<Row> {
    vec![
        used("s3:ListBucket", BUCKET),
        used("s3:GetObject", OBJECT).times(7),
        used("s3:PutObject", OBJECT),
        used("sqs:SendMessage", QUEUE).times(3),
    ]
}

#[test]
fn actions_on_the_same_resources_share_a_statement() {
    let app = for_app(reading(), &Options::default());
    let expected = [
        json!({ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": BUCKET }),
        json!({ "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": OBJECT }),
        json!({ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": QUEUE }),
    ];
    assert_eq!(statements(&app), expected);
    assert_eq!((app.policies[0].name.as_str(), app.policies.len()), ("leastwise-app", 1));
    assert_eq!(
        (app.proof.calls, app.proof.requests, app.proof.allowed, app.proof.pairs, app.proof.needed),
        (12, 4, 4, 4, 4)
    );
    assert!(app.proof.holds() && app.warnings.is_empty() && app.left_out.is_empty() && app.generalized.is_empty());
}

#[test]
fn evidence_stands_beside_each_statement() {
    let app = for_app(reading(), &Options::default());
    let document = policy::to_value(&app.policies[0].document);
    for (evidence, statement) in app.policies[0].evidence.iter().zip(document["Statement"].as_array().unwrap()) {
        assert_eq!(statement["Sid"], json!(evidence.sid));
    }
    let objects = &app.policies[0].evidence[1];
    assert_eq!(objects.sid, "S3ReadWriteQ3Csv");
    assert_eq!(
        (objects.total.calls, objects.actions["s3:GetObject"].calls, objects.actions["s3:PutObject"].calls),
        (8, 7, 1)
    );
    assert_eq!(objects.total.first_seen.as_deref(), Some("2026-11-10T08:00:00Z"));
    assert_eq!(objects.total.regions, ["eu-west-1"]);
}

#[test]
fn mode_actions_names_no_resource() {
    let app = for_app(reading(), &Options { mode: Mode::Actions, ..Options::default() });
    let expected = [
        json!({ "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket", "s3:PutObject"], "Resource": "*" }),
        json!({ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*" }),
    ];
    assert_eq!(statements(&app), expected);
    assert!(app.proof.holds());
}

#[test]
fn level_service_names_no_action() {
    let app = for_app(reading(), &Options { level: Level::Service, mode: Mode::Actions, ..Options::default() });
    let expected = [
        json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }),
        json!({ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }),
    ];
    assert_eq!(statements(&app), expected);
    assert!(app.proof.holds());
}

#[test]
fn principals_are_chosen_by_arn_name_or_permission_set() {
    let set = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Audit_0123456789abcdef";
    let rows = analysis([
        used("s3:GetObject", OBJECT),
        used("sqs:SendMessage", QUEUE).by("arn:aws:iam::111122223333:user/ann"),
        used("s3:ListBucket", BUCKET).by(set),
    ]);
    let chosen = |glob: &str| -> Vec<String> {
        generated(&rows, &Options { principal: Some(glob.into()), ..Options::default() })
            .principals
            .into_iter()
            .map(|one| one.principal)
            .collect()
    };
    assert_eq!(chosen(APP), [APP]);
    assert_eq!(chosen("ann"), ["arn:aws:iam::111122223333:user/ann"]);
    assert_eq!(chosen("Audit"), [set]);
    assert_eq!(chosen("*:role/*").len(), 2);
    assert!(chosen("nobody").is_empty());
    let all = generated(&rows, &Options::default());
    assert_eq!(
        all.principals.iter().find(|one| one.principal == set).unwrap().permission_set.as_deref(),
        Some("Audit")
    );
}

#[test]
fn only_days_of_the_window_count() {
    let day = |text: &str| usage::stat::parse_day(text);
    let rows = || {
        [
            used("s3:GetObject", OBJECT).on(&[("2026-11-01", 2), ("2026-11-05", 3), ("2026-11-09", 4)]),
            used("sqs:SendMessage", QUEUE).on(&[("2026-11-01", 1)]),
        ]
    };
    let app = for_app(rows(), &Options { start: day("2026-11-02"), end: day("2026-11-06"), ..Options::default() });
    assert_eq!(statements(&app), [json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": OBJECT })]);
    assert_eq!(app.proof.calls, 3);
    let from = for_app(rows(), &Options { start: day("2026-11-05"), ..Options::default() });
    assert_eq!(from.proof.calls, 7);
    let until = for_app(rows(), &Options { end: day("2026-11-01"), ..Options::default() });
    assert_eq!((until.proof.calls, statements(&until).len()), (3, 2));
    let nothing = generated(&analysis(rows()), &Options { start: day("2027-01-01"), ..Options::default() });
    assert_eq!((nothing.principals.len(), nothing.not_generated.len()), (0, 1));
}

#[test]
fn what_is_left_out_says_why() {
    let rows = || {
        [
            used("s3:GetObject", OBJECT).times(7),
            used("s3:PutObject", OBJECT),
            used("sqs:SendMessage", QUEUE).times(9),
            used("sqs:PurgeQueue", QUEUE).times(9).became(Outcome::Denied),
        ]
    };
    let reasons = |options: Options| -> (Vec<String>, Vec<(String, LeftOutReason)>) {
        let app = for_app(rows(), &options);
        let granted =
            app.policies.iter().flat_map(|policy| expanded(&policy.document)).map(|(action, _)| action).collect();
        (granted, app.left_out.into_iter().map(|one| (one.action, one.reason)).collect())
    };
    let denied = ("sqs:PurgeQueue".to_owned(), LeftOutReason::Denied);

    let (granted, left_out) = reasons(Options { min_count: 5, ..Options::default() });
    assert_eq!(granted, ["s3:GetObject", "sqs:SendMessage"]);
    assert_eq!(left_out, [("s3:PutObject".to_owned(), LeftOutReason::BelowMinCount), denied.clone()]);

    let (granted, left_out) = reasons(Options { exclude_actions: vec!["S3:put*".into()], ..Options::default() });
    assert_eq!(granted, ["s3:GetObject", "sqs:SendMessage"]);
    assert_eq!(left_out, [("s3:PutObject".to_owned(), LeftOutReason::Excluded), denied.clone()]);

    let (granted, left_out) = reasons(Options { allow_actions: vec!["s3:*".into()], ..Options::default() });
    assert_eq!(granted, ["s3:GetObject", "s3:PutObject"]);
    assert_eq!(left_out, [denied, ("sqs:SendMessage".to_owned(), LeftOutReason::NotAllowed)]);

    let (granted, left_out) = reasons(Options { include_denied: true, ..Options::default() });
    assert_eq!(granted, ["s3:GetObject", "s3:PutObject", "sqs:PurgeQueue", "sqs:SendMessage"]);
    assert!(left_out.is_empty());
}

#[test]
fn calls_with_refused_credentials_are_never_granted() {
    let mut expired = used("sqs:PurgeQueue", QUEUE).times(3).became(Outcome::Denied);
    expired.credentials_refused = true;
    let rows = || [expired.clone(), used("sqs:DeleteQueue", QUEUE).became(Outcome::Denied)];
    let app = for_app(rows(), &Options { include_denied: true, ..Options::default() });
    assert_eq!(statements(&app), [json!({ "Effect": "Allow", "Action": "sqs:DeleteQueue", "Resource": QUEUE })]);
    let left_out: Vec<_> = app.left_out.iter().map(|one| (one.action.as_str(), one.reason, one.stat.calls)).collect();
    assert_eq!(left_out, [("sqs:PurgeQueue", LeftOutReason::CredentialsRefused, 3)]);

    let told: Vec<_> = generated(&analysis(rows()), &Options::default())
        .denied
        .into_iter()
        .map(|one| (one.action, one.credentials_refused))
        .collect();
    assert_eq!(told, [("sqs:DeleteQueue".to_owned(), false), ("sqs:PurgeQueue".to_owned(), true)]);
}

#[test]
fn a_call_with_refused_credentials_is_no_reason_to_name_each_resource() {
    let mut expired = used("s3:GetObject", "arn:aws:s3:::reports/2026/11.csv").became(Outcome::Denied);
    expired.credentials_refused = true;
    let read = (0..11).map(|index| used("s3:GetObject", &format!("arn:aws:s3:::reports/2026/{index}.csv")));
    let app = for_app(read.chain([expired]), &Options::default());
    assert_eq!(statements(&app)[0]["Resource"], "arn:aws:s3:::reports/2026/*");
}

#[test]
fn refusals_are_listed_whatever_is_granted() {
    let rows = analysis([used("sqs:PurgeQueue", QUEUE).times(4).became(Outcome::Denied)]);
    for include_denied in [false, true] {
        let generated = generated(&rows, &Options { include_denied, ..Options::default() });
        let denied: Vec<_> =
            generated.denied.iter().map(|one| (one.action.as_str(), one.resource.as_str(), one.stat.calls)).collect();
        assert_eq!(denied, [("sqs:PurgeQueue", QUEUE, 4)]);
        assert_eq!(generated.principals[0].policies.len(), usize::from(include_denied));
    }
}

#[test]
fn calls_that_failed_for_another_reason_are_granted() {
    let app = for_app([used("s3:GetObject", OBJECT).became(Outcome::Failed)], &Options::default());
    assert_eq!(statements(&app), [json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": OBJECT })]);
}

#[test]
fn many_keys_under_one_prefix_become_a_pattern_and_are_listed() {
    let rows = || (0..11).map(|index| used("s3:GetObject", &format!("arn:aws:s3:::reports/2026/{index}.csv")));
    let app = for_app(rows(), &Options::default());
    assert_eq!(
        statements(&app),
        [json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/2026/*" })]
    );
    assert_eq!((app.generalized.len(), app.generalized[0].resources, app.generalized[0].examples.len()), (1, 11, 3));
    assert_eq!((app.proof.requests, app.proof.pairs, app.proof.holds()), (11, 1, true));
    assert!(app.policies[0].evidence[0].notes.iter().any(|note| note.contains("stands for 11 resources")));
    let exact = for_app(rows(), &Options { generalize: 0, ..Options::default() });
    assert_eq!((exact.generalized.len(), exact.proof.pairs), (0, 11));
    assert_eq!(for_app(rows(), &Options { generalize: 11, ..Options::default() }).proof.pairs, 11);
}

#[test]
fn what_only_a_service_did_for_the_principal_stands_under_a_condition() {
    let app = for_app(
        [
            used("s3:GetObject", OBJECT).through("athena.amazonaws.com", "aws:CalledVia", "athena.amazonaws.com"),
            used("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/1").through(
                "s3.amazonaws.com",
                "aws:ViaAWSService",
                "true",
            ),
            used("iam:PassRole", "arn:aws:iam::111122223333:role/exec")
                .under("iam:PassedToService", "lambda.amazonaws.com"),
        ],
        &Options::default(),
    );
    let expected = [
        json!({ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/exec", "Condition": { "StringEquals": { "iam:PassedToService": "lambda.amazonaws.com" } } }),
        json!({ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/1", "Condition": { "Bool": { "aws:ViaAWSService": "true" } } }),
        json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": OBJECT, "Condition": { "ForAnyValue:StringEquals": { "aws:CalledVia": "athena.amazonaws.com" } } }),
    ];
    assert_eq!(statements(&app), expected);
    assert!(app.proof.holds());
}

#[test]
fn a_direct_use_makes_the_same_use_through_a_service_redundant() {
    let app = for_app(
        [
            used("s3:GetObject", OBJECT),
            used("s3:GetObject", OBJECT).through("athena.amazonaws.com", "aws:CalledVia", "athena.amazonaws.com"),
        ],
        &Options::default(),
    );
    assert_eq!(statements(&app), [json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": OBJECT })]);
    assert_eq!((app.proof.requests, app.proof.allowed, app.proof.holds()), (2, 2, true));
}

#[test]
fn names_with_wildcards_and_variables_stay_text() {
    let key = "arn:aws:s3:::reports/a${*}b${?}c${$}{aws:username}";
    let app = for_app([used("s3:GetObject", key)], &Options::default());
    assert_eq!(statements(&app), [json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": key })]);
    assert!(app.proof.holds());
    let documents = [app.policies[0].document.clone()];
    let prepared =
        authz::Prepared::new(&authz::Policies { identity: documents.to_vec(), ..authz::Policies::default() }).unwrap();
    let allowed = |resource: &str| {
        let context = std::iter::empty::<(&str, [&str; 1])>().collect();
        prepared
            .evaluate(&authz::Request::new(authz::Principal::parse(APP), "s3:GetObject", resource, context))
            .is_allowed()
    };
    assert!(allowed("arn:aws:s3:::reports/a*b?c${aws:username}"));
    assert!(!allowed("arn:aws:s3:::reports/aXbYc${aws:username}"));
}

#[test]
fn a_character_that_no_policy_may_hold_becomes_a_question_mark() {
    let app = for_app(
        vec![used("s3:GetObject", "arn:aws:s3:::reports/r\u{e9}sum\u{e9} \u{65e5}\u{672c}.csv")],
        &Options::default(),
    );
    assert_eq!(statements(&app)[0]["Resource"], "arn:aws:s3:::reports/r\u{e9}sum\u{e9} ??.csv");
    assert!(app.proof.holds());
    assert_eq!(app.policies[0].evidence[0].notes, ["`?` stands for a character that a policy may not hold"]);
}

#[test]
fn a_pattern_that_covers_a_name_stands_for_it() {
    let secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-";
    let app = for_app(
        [
            used("secretsmanager:GetSecretValue", &format!("{secret}??????")),
            used("secretsmanager:GetSecretValue", &format!("{secret}a1B2c3")),
        ],
        &Options::default(),
    );
    assert_eq!(
        statements(&app),
        [
            json!({ "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": format!("{secret}??????") })
        ]
    );
    assert!(app.proof.holds(), "{:?}", app.proof);
}

#[test]
fn a_wildcard_in_the_name_of_a_folder_is_text() {
    let rows = || (0..11).map(|index| used("s3:GetObject", &format!("arn:aws:s3:::reports/we${{*}}kly/{index}.csv")));
    let app = for_app(rows(), &Options::default());
    let folder = "arn:aws:s3:::reports/we${*}kly/*";
    assert_eq!(statements(&app), [json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": folder })]);
    assert_eq!((app.proof.requests, app.proof.allowed, app.proof.pairs, app.proof.needed), (11, 11, 1, 1));
}

#[test]
fn what_is_left_out_and_allowed_all_the_same_is_told() {
    let athena = |row: Row| row.through("athena.amazonaws.com", "aws:CalledVia", "athena.amazonaws.com");
    let secret = "arn:aws:s3:::reports/secret.csv";
    let rows = [
        athena(used("s3:GetObject", OBJECT)),
        athena(used("s3:GetObject", secret)).became(Outcome::Denied),
        used("s3:GetObject", secret).became(Outcome::Denied),
        used("sqs:SendMessage", QUEUE).became(Outcome::Denied),
    ];
    let app = for_app(rows, &Options { mode: Mode::Actions, ..Options::default() });
    let told: Vec<_> =
        app.left_out.iter().map(|one| (one.action.as_str(), one.via.as_deref(), one.allowed_all_the_same)).collect();
    let expected = [
        ("s3:GetObject", None, false),
        ("s3:GetObject", Some("athena.amazonaws.com"), true),
        ("sqs:SendMessage", None, false),
    ];
    assert_eq!(told, expected);
    assert_eq!(app.left_out[1].context["aws:CalledVia"], "athena.amazonaws.com");
    assert_eq!(app.warnings, ["1 of the uses that are left out are allowed all the same, by a wildcard"]);
}

#[test]
fn root_and_services_get_no_policy() {
    let rows = analysis([
        used("s3:GetObject", OBJECT).by("arn:aws:iam::111122223333:root"),
        used("s3:GetObject", OBJECT).by("delivery.logs.amazonaws.com"),
    ]);
    let generated = generated(&rows, &Options::default());
    assert!(generated.principals.is_empty());
    let reasons: Vec<_> = generated.not_generated.iter().map(|one| (one.principal.as_str(), one.reason)).collect();
    let expected = [
        ("arn:aws:iam::111122223333:root", "no policy limits the root user: use it only where nothing else can"),
        ("delivery.logs.amazonaws.com", "AWS services act by policies of the resources and roles they use"),
    ];
    assert_eq!(reasons, expected);
}

/// Uses of every third action of a large service on a resource of its own, which no wildcard can shorten.
fn many(count: usize) -> Vec<Row> {
    let actions = catalog::builtin().service("ec2").unwrap().actions().step_by(3);
    actions
        .take(count)
        .enumerate()
        .map(|(index, action)| {
            used(
                &format!("ec2:{}", action.name()),
                &format!("arn:aws:ec2:eu-west-1:111122223333:instance/i-{index:017x}"),
            )
        })
        .collect()
}

#[test]
fn quotas_are_kept() {
    let options = |quota| Options { quota, ..Options::default() };
    // Inline policies of a principal share one quota; what fits is one policy.
    for (quota, count) in [(Quota::User, 5), (Quota::Role, 40), (Quota::Group, 20)] {
        let app = for_app(many(count), &options(quota));
        assert_eq!((app.policies.len(), app.warnings.len()), (1, 0), "{quota:?}");
        assert!(app.policies[0].document.size() <= quota.characters());
    }
    // What does not becomes managed policies, and says so.
    for quota in [Quota::User, Quota::Role, Quota::Group] {
        let app = for_app(many(120), &options(quota));
        assert!(app.policies.len() > 1);
        assert_eq!(
            app.warnings,
            [format!(
                "this does not fit the {} characters of inline policies; it is written as managed policies",
                quota.characters()
            )]
        );
        assert!(app.policies.iter().all(|policy| policy.document.size() <= Quota::Managed.characters()));
        assert!(app.proof.holds());
    }
    let names: Vec<_> =
        for_app(many(120), &options(Quota::Managed)).policies.into_iter().map(|policy| policy.name).collect();
    assert_eq!(names.first().map(String::as_str), Some("leastwise-app-1"));
    assert_eq!(names.len(), names.iter().collect::<std::collections::BTreeSet<_>>().len());
}

#[test]
fn more_policies_than_can_be_attached_are_warned_about() {
    let rows: Vec<Row> = (0..720)
        .map(|index| {
            used(
                "sqs:SendMessage",
                &format!("arn:aws:sqs:eu-west-1:111122223333:a-queue-with-a-rather-long-name-{index}"),
            )
        })
        .collect();
    let app = for_app(rows, &Options::default());
    assert!(app.policies.len() > 10);
    assert!(
        app.warnings[0].starts_with(&format!(
            "{} policies are more than the 10 that can be attached by default",
            app.policies.len()
        ))
    );
    assert!(
        app.policies.iter().all(|policy| policy.document.size() <= Quota::Managed.characters()) && app.proof.holds()
    );
}

/// Each of the pairs is looked at for few of the uses, or this takes many minutes.
#[test]
fn thousands_of_resources_are_generalised_and_proven() {
    let secrets = (0..3_000).map(|index| {
        used(
            "secretsmanager:GetSecretValue",
            &format!("arn:aws:secretsmanager:eu-west-1:1111222{:05}:secret:app-{index}-??????", index / 500),
        )
    });
    let app = for_app(secrets, &Options { generalize: 0, ..Options::default() });
    assert_eq!((app.proof.requests, app.proof.pairs, app.proof.holds()), (3_000, 3_000, true));

    let objects = (0..6_000).map(|index| {
        let (bucket, folder) = (index / 600, index / 12);
        used("s3:GetObject", &format!("arn:aws:s3:::bucket-{bucket}/f{folder}/{index}"))
    });
    let app = for_app(objects, &Options::default());
    assert_eq!((app.proof.requests, app.proof.pairs, app.proof.holds()), (6_000, 10, true));
    assert_eq!(app.generalized.iter().map(|one| one.resources).sum::<usize>(), 6_000);
}

#[test]
fn attached_policies_are_compared_with_what_was_used() {
    let attached: Document = policy::parse(r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:*"],"Resource":"*"},{"Effect":"Deny","Action":"sqs:PurgeQueue","Resource":"*"}]}"#).unwrap();
    let generated = generate(&analysis(reading()), &[attached], catalog::builtin(), &Options::default()).unwrap();
    let comparison = generated.principals[0].comparison.as_ref().unwrap();
    let [sqs] = comparison.services.as_slice() else { panic!("{:?}", comparison.services) };
    let known = catalog::builtin().service("sqs").unwrap().actions().len();
    assert_eq!((sqs.service.as_str(), sqs.granted, sqs.used, sqs.unused.len()), ("sqs", known - 1, 1, known - 2));
    assert!(
        sqs.unused.iter().any(|action| action == "sqs:DeleteQueue")
            && !sqs.unused.iter().any(|action| action == "sqs:PurgeQueue")
    );
    let missing: Vec<_> =
        comparison.used_not_granted.iter().map(|one| (one.action.as_str(), one.resource.as_str(), one.calls)).collect();
    assert_eq!(missing, [("s3:GetObject", OBJECT, 7), ("s3:ListBucket", BUCKET, 1), ("s3:PutObject", OBJECT, 1)]);
    // What was used and not granted would be new.
    assert_eq!(comparison.new_access.verdict, "new-access");
    assert!(comparison.new_access.witness.as_ref().unwrap()["action"].as_str().unwrap().starts_with("s3:"));
}

#[test]
fn policies_inside_of_what_is_attached_add_nothing() {
    let attached = policy::parse(
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:*","s3:*"],"Resource":"*"}]}"#,
    )
    .unwrap();
    let generated = generate(&analysis(reading()), &[attached], catalog::builtin(), &Options::default()).unwrap();
    let comparison = generated.principals[0].comparison.as_ref().unwrap();
    assert_eq!((comparison.new_access.verdict, &comparison.new_access.witness), ("no-new-access", &None));
}

#[test]
fn one_principal_seen_in_two_accounts_gets_policies_once() {
    let mut elsewhere = used("sqs:SendMessage", "arn:aws:sqs:eu-west-1:444455556666:orders");
    elsewhere.account = "444455556666".into();
    let app = for_app([used("sqs:SendMessage", QUEUE), elsewhere], &Options::default());
    assert_eq!(
        statements(&app),
        [
            json!({ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": [QUEUE, "arn:aws:sqs:eu-west-1:444455556666:orders"] })
        ]
    );
}
