//! Policies and requests that overlap often: most statements are about most requests in part.

use std::collections::BTreeMap;

use policy::{
    ActionBlock, Condition, Document, Effect, PrincipalBlock, PrincipalKind, Principals, ResourceBlock, Statement,
    Version,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::naive::{Ask, Given, Who};

fn texts_of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(texts).prop_map(str::to_owned)
}

fn actions() -> impl Strategy<Value = Vec<String>> {
    vec(
        texts_of(&[
            "*",
            "*",
            "*",
            "s3:*",
            "s3:Get*",
            "S3:get?bject",
            "s3:GetObject",
            "s3:PutObject",
            "sqs:*",
            "s*:*",
            "kms:*",
            "kms:Decrypt",
            "sts:Assume*",
            "STS:AssumeRole",
            "s3:*Object*",
            "s3:?etObject",
        ]),
        1..4,
    )
}

fn resources() -> impl Strategy<Value = Vec<String>> {
    vec(
        texts_of(&[
            "*",
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
            "arn:aws:s3:::b*/${y}${?}",
            "arn:aws:*:*:111122223333:b/*",
            "arn:aws:s3:::*a",
            "arn:aws:kms:*:111122223333:key/*",
            "arn:aws:iam::*:role/${x}",
            "arn:aws:iam::111122223333:*",
        ]),
        1..4,
    )
}

/// What conditions and contexts say: each text is of use to several operators.
const VALUES: &[&str] = &[
    "a",
    "b",
    "B",
    "",
    "*",
    "true",
    "TRUE",
    "false",
    "1",
    "2",
    "10",
    "1.5",
    "NaN",
    "2024-01-01",
    "2024-01-01T12:00:00Z",
    "1704067200",
    "2024-02-30",
    "QQ==",
    "203.0.113.7",
    "203.0.113.200",
    "2001:db8::7",
    "arn:aws:s3:::b",
    "arn:aws:S3:::b",
    "u",
];

const WANTED: &[&str] = &[
    "a*",
    "?",
    "*",
    "${x}",
    "${y}b",
    "${*}",
    "${y, 'a'}",
    "${aws:username}",
    "*:b",
    "arn:aws:s3:::*",
    "arn:aws:*:::${x}",
    "arn:aws:s3:::b",
    "203.0.113.0/24",
    "203.0.113.0/25",
    "2001:db8::/32",
    "203.0.113.0/33",
    "0.0.0.0/0",
];

/// The operators with the sort of value that suits them: where it does, more than the obvious is put to the test.
const OPERATORS: &[(&str, &[&str])] = &[
    ("StringEquals", VALUES),
    ("StringNotEquals", VALUES),
    ("StringEquals", WANTED),
    ("StringEqualsIgnoreCase", VALUES),
    ("StringEqualsIgnoreCase", WANTED),
    ("StringNotEqualsIgnoreCase", WANTED),
    ("StringLike", WANTED),
    ("StringNotLike", WANTED),
    ("ArnLike", WANTED),
    ("ArnEquals", VALUES),
    ("ArnNotLike", WANTED),
    ("ArnNotEquals", WANTED),
    ("Bool", &["true", "false", "True", "a"]),
    ("NumericEquals", &["1", "2", "10", "1.0", "NaN", "a"]),
    ("NumericNotEquals", &["1", "2", "10"]),
    ("NumericLessThan", &["1", "2", "10", "NaN"]),
    ("NumericLessThanEquals", &["1", "2", "10"]),
    ("NumericGreaterThan", &["1", "2", "1.5"]),
    ("NumericGreaterThanEquals", &["1", "2", "${x}"]),
    ("DateEquals", &["2024-01-01", "2024", "2024-01", "1704067200"]),
    ("DateNotEquals", &["2024-01-01", "2024-02-30"]),
    ("DateLessThan", &["2024-01-01T00:00:01Z", "2024-02-30", "2024-01-01T12:00:00Z"]),
    ("DateLessThanEquals", &["2024-01-01", "2024-01-01T12:00:00Z"]),
    ("DateGreaterThan", &["2024-01-01", "1704067199"]),
    ("DateGreaterThanEquals", &["2024-01-01T12:00:00Z", "x"]),
    ("BinaryEquals", &["QQ==", "QQ", "true"]),
    ("IpAddress", WANTED),
    ("IpAddress", &["203.0.113.0/24", "203.0.113.0/25", "203.0.113.7", "2001:db8::/32"]),
    ("NotIpAddress", &["203.0.113.0/24", "203.0.113.0/25", "203.0.113.7", "2001:db8::/32"]),
    ("Null", &["true", "false", "a"]),
];

fn keys() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        6 => select(vec!["x", "y", "X", "z"]),
        1 => select(vec!["aws:username", "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType"]),
    ]
}

prop_compose! {
    fn condition()(
        set in select(vec!["", "", "", "ForAllValues:", "ForAnyValue:"]),
        (name, values) in select(OPERATORS).prop_flat_map(|(name, values)| (Just(name), vec(texts_of(values), 0..4))),
        if_exists in any::<bool>(),
        key in keys(),
    ) -> Condition {
        let operator = match name {
            "Null" => name.to_owned(),
            _ => format!("{set}{name}{}", if if_exists { "IfExists" } else { "" }),
        };
        Condition { operator, key: key.to_owned(), values }
    }
}

fn principals() -> impl Strategy<Value = PrincipalBlock> {
    let aws = vec(
        texts_of(&[
            "*",
            "111122223333",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::111122223333:user/team/u",
            "arn:aws:iam::111122223333:role/app/r",
            "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX",
            "arn:aws:sts::111122223333:assumed-role/r/s",
            "arn:aws:sts::111122223333:assumed-role/r/other",
            "arn:aws:sts::111122223333:federated-user/f",
            "arn:aws:iam::444455556666:user/u",
            "444455556666",
            "lambda.amazonaws.com",
        ]),
        0..4,
    );
    let services = vec(texts_of(&["*", "lambda.amazonaws.com", "sns.amazonaws.com"]), 0..2);
    let federated = vec(texts_of(&["*", PROVIDER, "accounts.google.com"]), 0..2);
    let named = prop_oneof![
        2 => Just(Principals::Everyone),
        3 => (aws, services, federated).prop_map(|(aws, services, federated)| {
            let kinds = [(PrincipalKind::Aws, aws), (PrincipalKind::Service, services), (PrincipalKind::Federated, federated)];
            Principals::ByKind(kinds.into_iter().filter(|(_, names)| !names.is_empty()).collect())
        }),
    ];
    (prop::bool::weighted(0.25), named).prop_map(|(not, named)| {
        if not { PrincipalBlock::NotPrincipal(named) } else { PrincipalBlock::Principal(named) }
    })
}

prop_compose! {
    pub fn statement(with_principal: bool)(
        deny in prop::bool::weighted(0.15),
        not_action in prop::bool::weighted(0.15),
        actions in actions(),
        not_resource in prop::bool::weighted(0.15),
        resources in resources(),
        conditions in prop_oneof![1 => Just(vec![]), 1 => vec(condition(), 1..3)],
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
    prop_oneof![4 => Just(vec![]), 1 => vec(document(false), 1..4)]
}

fn levels(with_principal: bool) -> impl Strategy<Value = Vec<Vec<Document>>> {
    prop_oneof![5 => Just(vec![]), 1 => vec(vec(document(with_principal), 1..4), 1..3)]
}

prop_compose! {
    pub fn given()(
        identity in vec(document(false), 0..4),
        resource in option::weighted(0.7, document(true)),
        boundary in limit(),
        session in limit(),
        scps in levels(false),
        rcps in levels(true),
        endpoint in option::weighted(0.15, document(true)),
    ) -> Given {
        Given { identity, resource, boundary, session, scps, rcps, endpoint }
    }
}

const PROVIDER: &str = "arn:aws:iam::111122223333:oidc-provider/token.example.com";

/// A caller as people write it, with what AWS puts into the context for it: the naive evaluator implies nothing.
type Caller = (&'static str, &'static [(&'static str, &'static str)]);

pub const CALLERS: [Caller; 11] = [
    (
        "arn:aws:iam::111122223333:user/team/u",
        &[
            ("aws:principalarn", "arn:aws:iam::111122223333:user/team/u"),
            ("aws:username", "u"),
            ("aws:principaltype", "User"),
        ],
    ),
    (
        "arn:aws:sts::111122223333:assumed-role/r/s",
        &[("aws:principalarn", "arn:aws:iam::111122223333:role/r"), ("aws:principaltype", "AssumedRole")],
    ),
    (
        "arn:aws:iam::444455556666:user/u",
        &[
            ("aws:principalarn", "arn:aws:iam::444455556666:user/u"),
            ("aws:username", "u"),
            ("aws:principaltype", "User"),
        ],
    ),
    (
        "arn:aws:iam::111122223333:root",
        &[("aws:principalarn", "arn:aws:iam::111122223333:root"), ("aws:principaltype", "Account")],
    ),
    ("444455556666", &[("aws:principalarn", "arn:aws:iam::444455556666:root"), ("aws:principaltype", "Account")]),
    (
        "arn:aws:iam::111122223333:role/app/r",
        &[("aws:principalarn", "arn:aws:iam::111122223333:role/app/r"), ("aws:principaltype", "AssumedRole")],
    ),
    (
        "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/x",
        &[
            ("aws:principalarn", "arn:aws:iam::111122223333:role/AWSServiceRoleForX"),
            ("aws:principaltype", "AssumedRole"),
        ],
    ),
    (
        "arn:aws:sts::111122223333:federated-user/f",
        &[("aws:principalarn", "arn:aws:sts::111122223333:federated-user/f"), ("aws:principaltype", "FederatedUser")],
    ),
    ("lambda.amazonaws.com", &[]),
    (PROVIDER, &[]),
    ("*", &[("aws:principaltype", "Anonymous")]),
];

fn who(text: &str) -> Who {
    match text {
        "*" => Who::Anonymous,
        "lambda.amazonaws.com" => Who::Service(text.to_owned()),
        PROVIDER => Who::Federated(text.to_owned()),
        "444455556666" => Who::OfAccount("arn:aws:iam::444455556666:root".to_owned()),
        arn => Who::OfAccount(arn.to_owned()),
    }
}

/// What the keys that conditions ask for may turn out to be.
pub fn completion() -> impl Strategy<Value = BTreeMap<&'static str, Vec<String>>> {
    prop::collection::btree_map(select(vec!["x", "y", "z"]), vec(texts_of(VALUES), 0..3), 0..4)
}

prop_compose! {
    /// A request, with its caller as people write it.
    pub fn ask()(
        (caller, implied) in prop_oneof![1 => select(&CALLERS[..2]), 1 => select(&CALLERS[..])],
        (action, resource) in prop_oneof![
            6 => (
                select(vec!["s3:GetObject", "s3:GetObject", "S3:putobject", "sqs:SendMessage", "s3"]),
                select(vec![
                    "arn:aws:s3:::b/a", "arn:aws:s3:::b/*", "arn:aws:s3:::u/a", "arn:aws:S3:::b/ab", "*", "arn:aws:s3:eu-west-1:111122223333:b/a",
                    "b/a", "arn:aws:s3:::", "arn:aws:s3",
                ]),
            ),
            1 => (
                select(vec!["kms:Decrypt", "KMS:decrypt", "kms:RetireGrant", "s3:GetObject"]),
                Just("arn:aws:kms:eu-west-1:111122223333:key/a"),
            ),
            1 => (
                select(vec!["sts:AssumeRole", "sts:AssumeRole", "sts:GetCallerIdentity"]),
                select(vec!["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/a"]),
            ),
        ],
        other_account in prop::bool::weighted(0.15),
        context in prop::collection::btree_map(select(vec!["x", "y", "z"]), vec(texts_of(VALUES), 0..3), 0..3),
    ) -> (&'static str, Ask) {
        let mut context: BTreeMap<String, Vec<String>> =
            context.into_iter().map(|(key, values)| (key.to_owned(), values)).collect();
        for (key, value) in implied {
            context.insert((*key).to_owned(), vec![(*value).to_owned()]);
        }
        let who = who(caller);
        if let Who::OfAccount(arn) = &who {
            context.insert("aws:principalaccount".to_owned(), vec![arn.split(':').nth(4).unwrap().to_owned()]);
        }
        let ask = Ask {
            who,
            action: action.to_owned(),
            resource: resource.to_owned(),
            resource_account: if other_account { "444455556666" } else { "111122223333" }.to_owned(),
            context,
        };
        (caller, ask)
    }
}
