//! What holds for every analysis: policies fit, grant what was used and nothing else, and are the same every time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod support;

use leastwise_generate::{Generated, LeftOutReason, Level, Mode, NamedPolicy, Options, generate};
use policy::{Document, Quota, Statement};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use std::collections::BTreeSet;
use support::*;
use trail::Outcome;
use usage::Row;

/// A use of a real action on a resource of the kind that it takes, in every form that mapping writes.
fn row() -> impl Strategy<Value = Row> {
    let object = prop_oneof![
        5 => (0..3_u8, 0..20_u8).prop_map(|(folder, name)| format!("arn:aws:s3:::reports/{folder}/{name}")),
        1 => (0..3_u8).prop_map(|folder| format!("arn:aws:s3:::reports/{folder}/*")),
        1 => Just("arn:aws:s3:::reports/a${*}b${?}${$}{x}".to_owned()),
        1 => (0..20_u8).prop_map(|name| format!("arn:aws:s3:::reports/we${{*}}kly/{name}")),
        1 => Just("arn:aws:s3:::other/*".to_owned()),
    ];
    let secret = prop_oneof![
        Just("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????".to_owned()),
        (0..4_u8).prop_map(|index| format!("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c{index}")),
    ];
    let describe: Vec<&str> = catalog::builtin()
        .service("ec2")
        .unwrap()
        .actions()
        .map(|action| action.name())
        .filter(|name| name.starts_with("Describe"))
        .collect();
    let pair = prop_oneof![
        4 => (prop::sample::select(vec!["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectTagging"]), object),
        1 => (Just("s3:ListBucket"), (0..3_u8).prop_map(|bucket| format!("arn:aws:s3:::bucket{bucket}"))),
        1 => (Just("secretsmanager:GetSecretValue"), secret),
        1 => (prop::sample::select(vec!["iam:GetRole", "iam:DeleteRole"]), (0..14_u8).prop_map(|role| format!("arn:aws:iam::111122223333:role/r{role}"))),
        1 => (prop::sample::select(vec!["dynamodb:GetItem", "dynamodb:Query"]), prop::sample::select(vec!["Music", "Music/index/Genre", "Orders", "*"]).prop_map(|table| format!("arn:aws:dynamodb:eu-west-1:111122223333:table/{table}"))),
        1 => (Just("kms:Decrypt"), prop::sample::select(vec!["key/1", "key/2", "key/*"]).prop_map(|key| format!("arn:aws:kms:eu-west-1:111122223333:{key}"))),
    ];
    let pair = prop_oneof![
        6 => pair.prop_map(|(action, resource)| (action.to_owned(), resource)),
        2 => prop::sample::select(describe).prop_map(|name| (format!("ec2:{name}"), "*".to_owned())),
    ];
    let context = prop::sample::select(vec![
        None,
        None,
        None,
        Some((Some("athena.amazonaws.com"), "aws:CalledVia", "athena.amazonaws.com")),
        Some((Some("s3.amazonaws.com"), "aws:ViaAWSService", "true")),
        Some((None, "kms:RequestAlias", "alias/orders")),
    ]);
    let outcome = prop::sample::select(vec![Outcome::Allowed, Outcome::Allowed, Outcome::Failed, Outcome::Denied]);
    let days = btree_set(1..20_u8, 1..4);
    (
        pair,
        context,
        outcome,
        days,
        1..5_u64,
        prop::sample::select(vec![APP, APP, "arn:aws:iam::111122223333:user/ann", "arn:aws:iam::111122223333:root"]),
    )
        .prop_map(|((action, resource), context, outcome, days, calls, principal)| {
            let days: Vec<String> = days.into_iter().map(|day| format!("2026-11-{day:02}")).collect();
            let days: Vec<(&str, u64)> = days.iter().map(|day| (day.as_str(), calls)).collect();
            let row = used(&action, &resource).by(principal).became(outcome).on(&days);
            match context {
                Some((Some(service), key, value)) => row.through(service, key, value),
                Some((None, key, value)) => row.under(key, value),
                None => row,
            }
        })
}

fn options() -> impl Strategy<Value = Options> {
    let quota = prop::sample::select(vec![Quota::Managed, Quota::Managed, Quota::User, Quota::Group, Quota::Role]);
    let actions = || {
        prop::sample::select(vec![
            vec![],
            vec![],
            vec!["s3:*".to_owned()],
            vec!["*:Get*".to_owned(), "ec2:Describe?*".to_owned()],
        ])
    };
    let day = || {
        prop::option::weighted(0.3, 1..20_i32)
            .prop_map(|day| day.map(|day| usage::stat::parse_day("2026-11-01").unwrap() + day))
    };
    (
        prop::sample::select(vec![Mode::Resources, Mode::Resources, Mode::Actions]),
        prop::sample::select(vec![Level::Action, Level::Action, Level::Action, Level::Service]),
        (day(), day(), 1..4_u64),
        (actions(), actions(), any::<bool>()),
        prop::sample::select(vec![0, 1, 3, 10]),
        quota,
    )
        .prop_map(
            |(
                mode,
                level,
                (start, end, min_count),
                (exclude_actions, allow_actions, include_denied),
                generalize,
                quota,
            )| Options {
                mode,
                level,
                principal: None,
                start,
                end,
                min_count,
                exclude_actions,
                allow_actions,
                include_denied,
                generalize,
                quota,
            },
        )
}

fn bytes(generated: &Generated) -> String {
    serde_json::to_string(generated).unwrap()
}

/// Whether all that `inner` stands for, `outer` does; both as policies write them.
fn covers(outer: &str, inner: &str) -> bool {
    outer == inner
        || policy::arn_contains(outer, inner)
        || outer.strip_suffix('*').is_some_and(|prefix| inner.starts_with(prefix))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn policies_fit_and_are_proven(rows in vec(row(), 0..60), options in options()) {
        let generated = generate(&analysis(rows), &[], catalog::builtin(), &options).unwrap();
        for one in &generated.principals {
            prop_assert!(!one.principal.ends_with(":root"));
            prop_assert!(one.proof.holds(), "{:?} of {}:\n{}", one.proof, one.principal, serde_json::to_string_pretty(&one.policies).unwrap());
            let quota = if one.policies.len() > 1 { Quota::Managed } else { options.quota };
            let mut names = BTreeSet::new();
            for policy in &one.policies {
                let size = policy.document.size();
                prop_assert!(policy.size == size && (size <= quota.characters() || size <= Quota::Managed.characters() && !one.warnings.is_empty()));
                prop_assert!(names.insert(&policy.name));
                prop_assert_eq!(policy.evidence.len(), policy.document.statements.len());
                let sids: BTreeSet<_> = policy.document.statements.iter().map(|statement| statement.sid.as_deref().unwrap()).collect();
                prop_assert_eq!(sids.len(), policy.document.statements.len(), "Sids differ");
                prop_assert!(sids.iter().all(|sid| sid.bytes().all(|byte| byte.is_ascii_alphanumeric())));
                // It is valid JSON that reads back as the same policy.
                prop_assert_eq!(&policy::parse(&policy::render::json(&policy.document)).unwrap(), &policy.document);
            }
        }
    }

    #[test]
    fn nothing_is_granted_that_was_not_used(rows in vec(row(), 1..60), options in options()) {
        prop_assume!(options.level == Level::Action);
        let rows = analysis(rows);
        for one in generate(&rows, &[], catalog::builtin(), &options).unwrap().principals {
            let used: Vec<&Row> = rows.usage.iter().filter(|row| row.principal == one.principal && (options.include_denied || row.outcome != Outcome::Denied)).collect();
            for (action, resource) in one.policies.iter().flat_map(|policy| expanded(&policy.document)) {
                let rests_on = used.iter().any(|row| row.action == action && (options.mode == Mode::Actions || covers(&resource, &row.resource)));
                prop_assert!(rests_on, "{} on {} was not used by {}", action, resource, one.principal);
            }
        }
    }

    #[test]
    fn every_use_is_granted_or_left_out_with_a_reason(rows in vec(row(), 1..60), options in options()) {
        let rows = analysis(rows);
        let generated = generate(&rows, &[], catalog::builtin(), &options).unwrap();
        for one in &generated.principals {
            let counted = |row: &Row| usage::Stat::from(&row.stat).between(options.start, options.end).map_or(0, |stat| stat.calls);
            let calls: u64 = rows.usage.iter().filter(|row| row.principal == one.principal).map(counted).sum();
            let left_out: u64 = one.left_out.iter().map(|one| one.stat.calls).sum();
            prop_assert_eq!(one.proof.calls + left_out, calls);
            if !options.include_denied {
                let denied = |row: &&Row| row.principal == one.principal && row.outcome == Outcome::Denied && counted(row) > 0;
                let told = one.left_out.iter().filter(|one| one.reason == LeftOutReason::Denied).count();
                prop_assert_eq!(told, rows.usage.iter().filter(denied).count());
            }
            let evidence: u64 = one.policies.iter().flat_map(|policy| &policy.evidence).flat_map(|evidence| evidence.actions.values()).map(|action| action.calls).sum();
            prop_assert!(evidence >= one.proof.calls, "every call stands in some statement's evidence");
        }
    }

    #[test]
    fn the_same_uses_give_the_same_bytes((rows, shuffled) in vec(row(), 0..60).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())), options in options()) {
        let catalog = catalog::builtin();
        let first = generate(&analysis(rows.clone()), &[], catalog, &options).unwrap();
        prop_assert_eq!(bytes(&generate(&analysis(rows), &[], catalog, &options).unwrap()), bytes(&first));
        prop_assert_eq!(bytes(&generate(&analysis(shuffled), &[], catalog, &options).unwrap()), bytes(&first), "in another order");
    }
}

/// A document of one statement for each (action, resource) pair of the policies.
fn pair_by_pair(policies: &[NamedPolicy]) -> Vec<Statement> {
    let statements = policies.iter().flat_map(|policy| &policy.document.statements);
    let pairs = statements.flat_map(|statement| {
        let resources = statement.resource.as_ref().unwrap().patterns();
        statement.action.patterns().iter().flat_map(move |action| {
            resources.iter().map(move |resource| Statement {
                conditions: statement.conditions.clone(),
                ..Statement::allow([action], [resource])
            })
        })
    });
    pairs.collect()
}

fn allows(statements: &[Statement], row: &Row) -> bool {
    let identity = vec![Document::new(statements.to_vec())];
    let context = row.context.iter().map(|(key, value)| (key, [value.as_str()])).collect();
    let resource = trail::arn_format::unescape(&row.resource);
    let request = authz::Request::new(authz::Principal::parse(&row.principal), row.action.as_str(), resource, context);
    authz::evaluate(&request, &authz::Policies { identity, ..authz::Policies::default() }).unwrap().is_allowed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, max_shrink_iters: 100, ..ProptestConfig::default() })]

    /// Once more without the index that the proof looks uses up in.
    #[test]
    fn no_pair_can_be_taken_away(rows in vec(row(), 1..30), options in options()) {
        let Options { mode, level, generalize, quota, .. } = options;
        let options = Options { mode, level, generalize, quota, ..Options::default() };
        let rows = analysis(rows);
        for one in generate(&rows, &[], catalog::builtin(), &options).unwrap().principals {
            let counts = |row: &&Row| row.principal == one.principal && row.outcome != Outcome::Denied;
            let used: Vec<&Row> = rows.usage.iter().filter(counts).collect();
            let pairs = pair_by_pair(&one.policies);
            prop_assert_eq!(one.proof.pairs, pairs.len());
            prop_assert!(used.iter().all(|row| allows(&pairs, row)));
            for taken in 0..pairs.len() {
                let mut left = pairs.clone();
                let taken = left.remove(taken);
                prop_assert!(used.iter().any(|row| !allows(&left, row)), "{:?} is not needed", taken);
            }
        }
    }
}
