//! Two evaluators that share no code must agree; and laws that hold for every policy.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod naive;

use leastwise_authz::{Context, Policies, Prepared, Principal, Request};
use naive::{Ask, Given};
use policy::{ActionBlock, Condition, Document, Effect, PrincipalBlock, Principals, ResourceBlock, Statement, Version};
use proptest::{
    collection::vec, option, prelude::*, sample::select, strategy::ValueTree as _, test_runner::TestRunner,
};

/// Patterns and names that overlap often, so that most statements are about most requests in part.
fn actions() -> impl Strategy<Value = Vec<String>> {
    vec(
        select(vec!["*", "*", "s3:*", "s3:Get*", "S3:get?bject", "s3:GetObject", "s3:PutObject", "sqs:*", "s*:*"])
            .prop_map(str::to_owned),
        1..4,
    )
}

fn resources() -> impl Strategy<Value = Vec<String>> {
    vec(
        select(vec![
            "*",
            "*",
            "arn:aws:s3:::b/*",
            "arn:aws:s3:::b/*",
            "arn:aws:s3:::b/a",
            "arn:aws:s3:::${aws:username}/*",
            "arn:aws:s3:::b/${*}",
            "arn:AWS:s3:::b/?",
            "arn:aws:s3:::B/a",
            "arn:aws:s3:::b/${x, 'a'}",
            "arn:aws:s3:::b/${x}*",
            "arn:aws:*:*:111122223333:b/*",
            "arn:aws:s3:::*a",
        ])
        .prop_map(str::to_owned),
        1..4,
    )
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "a",
            "b",
            "B",
            "",
            "*",
            "a*",
            "?",
            "true",
            "false",
            "1",
            "2",
            "10",
            "${x}",
            "${y}b",
            "${*}",
            "${y, 'a'}",
            "u",
            "${aws:username}"
        ])
        .prop_map(str::to_owned),
        select(vec!["arn:aws:s3:::b", "arn:aws:s3:::*", "arn:aws:S3:::b", "*:b", "arn:aws:*:::${x}"])
            .prop_map(str::to_owned),
    ]
}

fn keys() -> impl Strategy<Value = &'static str> {
    select(vec!["x", "y", "X", "aws:username", "aws:PrincipalArn"])
}

prop_compose! {
    fn condition()(
        set in select(vec!["", "", "ForAllValues:", "ForAnyValue:"]),
        name in select(vec![
            "StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "ArnLike", "ArnNotLike", "Bool", "NumericLessThan", "Null",
        ]),
        if_exists in any::<bool>(),
        key in keys(),
        values in vec(texts(), 0..3),
    ) -> Condition {
        let values = match name {
            "Bool" | "Null" => vec![if values.len() > 1 { "true" } else { "false" }.to_owned()],
            _ => values,
        };
        let operator = match name {
            "Null" => name.to_owned(),
            _ => format!("{set}{name}{}", if if_exists { "IfExists" } else { "" }),
        };
        Condition { operator, key: key.to_owned(), values }
    }
}

const PRINCIPALS: [&str; 8] = [
    "*",
    "111122223333",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:user/u",
    "arn:aws:iam::111122223333:role/r",
    "arn:aws:sts::111122223333:assumed-role/r/s",
    "arn:aws:iam::444455556666:user/u",
    "444455556666",
];

fn principals() -> impl Strategy<Value = PrincipalBlock> {
    let named =
        prop_oneof![Just(Principals::Everyone), vec(select(PRINCIPALS.to_vec()), 0..3).prop_map(Principals::aws),];
    (any::<bool>(), named).prop_map(|(not, named)| {
        if not { PrincipalBlock::NotPrincipal(named) } else { PrincipalBlock::Principal(named) }
    })
}

prop_compose! {
    fn statement(with_principal: bool)(
        deny in prop::bool::weighted(0.2),
        not_action in prop::bool::weighted(0.2),
        actions in actions(),
        not_resource in prop::bool::weighted(0.2),
        resources in resources(),
        conditions in prop_oneof![2 => Just(vec![]), 1 => vec(condition(), 1..3)],
        principal in principals(),
    ) -> Statement {
        Statement {
            sid: None,
            effect: if deny { Effect::Deny } else { Effect::Allow },
            principal: with_principal.then_some(principal),
            action: if not_action { ActionBlock::NotAction(actions) } else { ActionBlock::Action(actions) },
            resource: Some(if not_resource { ResourceBlock::NotResource(resources) } else { ResourceBlock::Resource(resources) }),
            conditions,
        }
    }
}

prop_compose! {
    fn document(with_principal: bool)(
        current in prop::bool::weighted(0.8),
        statements in vec(statement(with_principal), 1..4),
    ) -> Document {
        Document { version: if current { Version::V2012 } else { Version::V2008 }, id: None, statements }
    }
}

/// Mostly absent, since each limit that is there refuses most requests.
fn limit() -> impl Strategy<Value = Vec<Document>> {
    prop_oneof![3 => Just(vec![]), 1 => vec(document(false), 1..4)]
}

prop_compose! {
    fn given()(
        identity in vec(document(false), 0..4),
        resource in option::of(document(true)),
        boundary in limit(),
        session in limit(),
        scps in prop_oneof![3 => Just(vec![]), 1 => vec(vec(document(false), 1..4), 1..3)],
    ) -> Given {
        Given { identity, resource, boundary, session, scps }
    }
}

prop_compose! {
    fn ask()(
        principal in select(vec![
            "arn:aws:iam::111122223333:user/u", "arn:aws:sts::111122223333:assumed-role/r/s", "arn:aws:iam::444455556666:user/u",
        ]),
        action in select(vec!["s3:GetObject", "s3:GetObject", "S3:putobject", "sqs:SendMessage", "s3"]),
        resource in select(vec!["arn:aws:s3:::b/a", "arn:aws:s3:::b/*", "arn:aws:s3:::u/a", "arn:aws:S3:::b/ab", "*", "arn:aws:s3:eu-west-1:111122223333:b/a"]),
        context in prop::collection::btree_map(
            select(vec!["x", "y"]),
            vec(select(vec!["a", "b", "*", "", "1", "5", "true", "arn:aws:s3:::b"]).prop_map(str::to_owned), 0..3),
            0..3,
        ),
    ) -> Ask {
        let account = principal.split(':').nth(4).unwrap();
        let mut context: std::collections::BTreeMap<String, Vec<String>> =
            context.into_iter().map(|(key, values)| (key.to_owned(), values)).collect();
        // What a request implies, said in full: the naive evaluator takes requests as they are.
        let arn = principal.replace(":sts:", ":iam:").replace("assumed-role/r/s", "role/r");
        context.insert("aws:principalarn".to_owned(), vec![arn]);
        if principal.contains("user/") {
            context.insert("aws:username".to_owned(), vec!["u".to_owned()]);
        }
        Ask {
            principal: principal.to_owned(),
            account: account.to_owned(),
            action: action.to_owned(),
            resource: resource.to_owned(),
            resource_account: "111122223333".to_owned(),
            context,
        }
    }
}

fn request(ask: &Ask) -> Request {
    let context: Context = ask.context.iter().map(|(key, values)| (key, values.clone())).collect();
    Request::new(Principal::parse(&ask.principal), &ask.action, &ask.resource, context)
        .in_account(&ask.resource_account)
}

fn policies(given: &Given) -> Policies {
    Policies {
        identity: given.identity.clone(),
        resource: given.resource.clone(),
        boundary: Some(given.boundary.clone()),
        session: given.session.clone(),
        scps: given.scps.clone(),
        ..Policies::default()
    }
}

fn decide(ask: &Ask, given: &Given) -> &'static str {
    Prepared::new(&policies(given)).unwrap().evaluate(&request(ask)).outcome.as_str()
}

#[test]
fn the_generated_cases_are_decided_in_each_way() {
    let mut runner = TestRunner::deterministic();
    let mut counts = std::collections::BTreeMap::new();
    for _ in 0..3_000 {
        let (given, ask) = (given(), ask()).new_tree(&mut runner).unwrap().current();
        *counts.entry(decide(&ask, &given)).or_insert(0) += 1;
    }
    for outcome in ["allowed", "implicit-deny", "explicit-deny"] {
        assert!(counts[outcome] > 300, "{counts:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn both_evaluators_agree(given in given(), asks in vec(ask(), 50)) {
        let prepared = Prepared::new(&policies(&given)).unwrap();
        for ask in &asks {
            let decision = prepared.evaluate(&request(ask));
            prop_assert_eq!(decision.outcome.as_str(), naive::decide(ask, &given), "{:?}", ask);
        }
    }

    #[test]
    fn adding_a_deny_never_widens(given in given(), ask in ask(), mut more in statement(false), to_identity in any::<bool>()) {
        more.effect = Effect::Deny;
        let before = decide(&ask, &given);
        let mut after = given;
        let list = if to_identity { &mut after.identity } else { &mut after.session };
        list.push(Document::new(vec![more]));
        prop_assert!(before == "allowed" || decide(&ask, &after) != "allowed");
    }

    #[test]
    fn adding_an_allow_to_a_policy_never_narrows(given in given(), ask in ask(), mut more in statement(false)) {
        more.effect = Effect::Allow;
        let before = decide(&ask, &given);
        let mut after = given;
        for document in after.identity.iter_mut().chain(&mut after.boundary).chain(&mut after.session) {
            document.statements.push(more.clone());
        }
        prop_assert!(before != "allowed" || decide(&ask, &after) == "allowed");
    }

    #[test]
    fn reasons_point_at_statements_that_decide(given in given(), ask in ask()) {
        let policies = policies(&given);
        let decision = Prepared::new(&policies).unwrap().evaluate(&request(&ask));
        let effect = if decision.is_allowed() { Effect::Allow } else { Effect::Deny };
        for reason in &decision.by {
            let list = match reason.layer.as_str() {
                "identity" => policies.identity.clone(),
                "resource" => policies.resource.clone().into_iter().collect(),
                "boundary" => policies.boundary.clone().unwrap(),
                "session" => policies.session.clone(),
                "scp" => policies.scps[reason.level.unwrap()].clone(),
                other => panic!("{other} was not given"),
            };
            prop_assert_eq!(list[reason.policy].statements[reason.statement].effect, effect);
        }
    }
}
