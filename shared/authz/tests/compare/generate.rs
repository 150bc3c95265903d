//! Pairs of small policies over small alphabets, whose statements overlap and differ in little.

use authz::Layer;
use policy::{
    ActionBlock, Condition, Document, Effect, PrincipalBlock, PrincipalKind, Principals, ResourceBlock, Statement,
    Version,
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{select, subsequence},
};

/// A key with the operators that suit it and values for them.
type Family = (&'static str, &'static [&'static str], &'static [&'static str]);

const STRINGS: &[&str] = &["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"];
const ALL_STRINGS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
];
const NUMBERS: &[&str] = &[
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
];
const DATES: &[&str] =
    &["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"];
const IPS: &[&str] = &["IpAddress", "NotIpAddress"];
const ARNS: &[&str] = &["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals"];
const TEXTS_AND_ARNS: &[&str] = &["ArnLike", "ArnNotLike", "StringEquals", "StringLike", "StringNotLike"];
const ARN_VALUES: &[&str] =
    &["arn:aws:s3:::a*", "arn:aws:s3:::a", "arn:aws:s3:::*", "arn:*:*:*:*:a", "*", "a*", "arn:aws:s3::1?:*"];

/// Keys of the request itself.
const FAMILIES: &[Family] = &[
    ("x", STRINGS, &["a", "b", "a*", "*b", "?", "*", "", "${*}", "a?"]),
    ("x", ALL_STRINGS, &["a", "A", "ab", "Ab", "a*", "*B"]),
    ("aws:TagKeys", ALL_STRINGS, &["a", "b", "a*", "A", "?"]),
    ("k:n", NUMBERS, &["1", "2", "2.0", "10", "-1", "1.5"]),
    ("k:n", NUMBERS, &["1", "2"]),
    ("aws:RequestTag/t", NUMBERS, &["1", "2"]),
    ("k:d", DATES, &["2024-01-01", "2024-01-01T00:00:00Z", "2024-06-01T12:00:00Z", "1704067200", "2025"]),
    ("aws:CurrentTime", DATES, &["2024-01-01", "2024-06-01T12:00:00Z"]),
    ("aws:SourceIp", IPS, &["203.0.113.0/24", "203.0.113.0/25", "203.0.113.7", "2001:db8::/32", "0.0.0.0/0", "::/0"]),
    ("aws:VpcSourceIp", IPS, &["10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9"]),
    ("aws:SecureTransport", &["Bool"], &["true", "false"]),
    ("aws:MultiFactorAuthPresent", &["Bool"], &["true", "false"]),
    ("k:b", &["Bool"], &["true", "false", "True"]),
    ("aws:MultiFactorAuthAge", NUMBERS, &["0", "1", "10"]),
    ("s3:max-keys", NUMBERS, &["1", "2"]),
    ("aws:RequestedRegion", STRINGS, &["a", "b", "*"]),
    ("k:bin", &["BinaryEquals"], &["QQ==", "QUI=", "QQ"]),
    ("aws:SourceArn", TEXTS_AND_ARNS, ARN_VALUES),
    ("k:arn", ARNS, ARN_VALUES),
    ("aws:ResourceAccount", STRINGS, &["111122223333", "444455556666", "1111*", "*3", "*"]),
];

/// Keys that follow from the principal.
const OF_PRINCIPAL: &[Family] = &[
    (
        "aws:PrincipalArn",
        TEXTS_AND_ARNS,
        &[
            "arn:aws:iam::111122223333:role/r",
            "arn:aws:iam::111122223333:role/*",
            "arn:aws:iam::*:role/r",
            "arn:aws:iam::111122223333:*",
            "arn:aws:iam::444455556666:user/u",
            "arn:aws:iam::*:user/?",
            "arn:aws:sts::*:federated-user/*",
            "arn:*:*::1*:*/?",
            "*",
        ],
    ),
    ("aws:PrincipalAccount", STRINGS, &["111122223333", "444455556666", "1111*", "*3333", "*"]),
    ("aws:username", ALL_STRINGS, &["u", "U", "u*", "*v", "?"]),
    ("aws:PrincipalType", STRINGS, &["User", "AssumedRole", "Account", "*e*"]),
    ("aws:PrincipalIsAWSService", &["Bool"], &["true", "false"]),
    ("aws:PrincipalServiceName", STRINGS, &["lambda.amazonaws.com", "*.amazonaws.com"]),
];

/// The same with variables.
const WITH_VARIABLES: &[Family] = &[
    ("x", STRINGS, &["${aws:username}", "${y}", "${y}*", "a", "a*", "${y, 'a'}"]),
    ("y", STRINGS, &["a", "b", "a*", "${x}"]),
    ("aws:PrincipalTag/t", STRINGS, &["${aws:RequestTag/t}", "a", "${y}"]),
    ("aws:RequestTag/t", STRINGS, &["a", "b*", "${aws:PrincipalTag/t}"]),
    ("aws:username", STRINGS, &["u", "a", "${x}"]),
    ("k:n", NUMBERS, &["1", "${y}"]),
    ("aws:PrincipalAccount", &["StringEquals", "StringNotEquals"], &["${aws:ResourceAccount}", "111122223333"]),
    ("aws:ResourceAccount", &["StringEquals", "StringNotEquals"], &["${aws:PrincipalAccount}", "111122223333"]),
    ("aws:PrincipalArn", ARNS, &["arn:aws:iam::*:user/${x}", "arn:aws:iam::${aws:ResourceAccount}:*"]),
];

fn texts(among: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<String>> {
    prop_oneof![
        20 => vec(select(among).prop_map(str::to_owned), 1..=most),
        1 => Just(vec![]),
    ]
}

fn condition((key, operators, values): Family) -> BoxedStrategy<Condition> {
    let set = select(vec!["", "", "", "ForAllValues:", "ForAnyValue:"]);
    let compare = (set, select(operators), prop::bool::weighted(0.3), texts(values, 3)).prop_map(
        move |(set, operator, if_exists, values)| {
            let operator = format!("{set}{operator}{}", if if_exists { "IfExists" } else { "" });
            Condition { operator, key: key.to_owned(), values }
        },
    );
    let null = select(vec!["true", "false"]).prop_map(move |value| Condition::new("Null", key, [value]));
    prop_oneof![6 => compare, 1 => null].boxed()
}

fn actions() -> impl Strategy<Value = ActionBlock> {
    const PATTERNS: &[&str] = &[
        "*",
        "s3:*",
        "s3:Get*",
        "s3:GetObject",
        "S3:getobject",
        "s3:G?tObject",
        "s3:*Object",
        "s3:*Acl",
        "sqs:*",
        "sqs:Send*",
        "iam:PassRole",
    ];
    (prop::bool::weighted(0.15), vec(select(PATTERNS).prop_map(str::to_owned), 1..3))
        .prop_map(|(not, patterns)| if not { ActionBlock::NotAction(patterns) } else { ActionBlock::Action(patterns) })
}

fn resources(with_variables: bool) -> BoxedStrategy<ResourceBlock> {
    let fixed = select(vec![
        "*",
        "*",
        "arn:aws:s3:::*",
        "arn:AWS:S3:::a*",
        "arn:aws:s3",
        "arn:aws:sqs:*:111122223333:a*",
        "arn:aws:sqs:eu-west-1:*:a",
        "arn:aws:*:*:*:a*",
        "arn:*:s3:::?",
        "arn:aws:s3:::${*}",
        "bucket",
    ]);
    let glob = "[ab*?]{1,3}".prop_map(|glob| format!("arn:aws:s3:::{glob}"));
    let variables = select(vec![
        "arn:aws:s3:::${x}",
        "arn:aws:s3:::${x}*",
        "arn:aws:s3:::${aws:username}",
        "arn:aws:s3:::a${y}",
        "arn:aws:s3:::${y, 'b'}",
        "arn:aws:sqs:*:${aws:PrincipalAccount}:a",
        "arn:aws:s3:::${aws:PrincipalTag/t}?",
    ]);
    let pattern = if with_variables {
        prop_oneof![1 => fixed.prop_map(str::to_owned), 2 => glob, 3 => variables.prop_map(str::to_owned)].boxed()
    } else {
        prop_oneof![1 => fixed.prop_map(str::to_owned), 1 => glob].boxed()
    };
    (prop::bool::weighted(0.15), vec(pattern, 1..3))
        .prop_map(
            |(not, patterns)| {
                if not { ResourceBlock::NotResource(patterns) } else { ResourceBlock::Resource(patterns) }
            },
        )
        .boxed()
}

fn principals() -> impl Strategy<Value = PrincipalBlock> {
    const AWS: &[&str] = &[
        "*",
        "111122223333",
        "arn:aws:iam::111122223333:root",
        "444455556666",
        "arn:aws:iam::111122223333:user/u",
        "arn:aws:iam::111122223333:role/r",
        "arn:aws:iam::444455556666:role/app/r",
        "arn:aws:sts::111122223333:assumed-role/r/s",
        "arn:aws:sts::111122223333:federated-user/f",
    ];
    let services: &[&str] = &["*", "lambda.amazonaws.com", "sns.amazonaws.com"];
    let federated: &[&str] = &["*", "arn:aws:iam::111122223333:saml-provider/p", "accounts.google.com"];
    let some = |names: &'static [&'static str], most: usize| vec(select(names).prop_map(str::to_owned), 0..=most);
    let named = (some(AWS, 2), some(services, 1), some(federated, 1)).prop_map(|(aws, services, federated)| {
        let kinds =
            [(PrincipalKind::Aws, aws), (PrincipalKind::Service, services), (PrincipalKind::Federated, federated)];
        Principals::ByKind(kinds.into_iter().filter(|(_, names)| !names.is_empty()).collect())
    });
    let everyone = Just(Principals::Everyone);
    (prop::bool::weighted(0.2), prop_oneof![1 => everyone, 3 => named]).prop_map(|(not, named)| {
        if not { PrincipalBlock::NotPrincipal(named) } else { PrincipalBlock::Principal(named) }
    })
}

fn statement(layer: Layer, theme: &[Family], with_variables: bool) -> BoxedStrategy<Statement> {
    let conditions = theme.iter().map(|family| proptest::option::weighted(0.5, condition(*family))).collect::<Vec<_>>();
    let plain = prop::bool::weighted(0.3);
    let principal = if layer == Layer::Resource { principals().prop_map(Some).boxed() } else { Just(None).boxed() };
    (prop::bool::weighted(0.25), actions(), resources(with_variables), conditions, plain, principal)
        .prop_map(|(deny, action, resource, conditions, plain, principal)| Statement {
            sid: None,
            effect: if deny { Effect::Deny } else { Effect::Allow },
            principal,
            action,
            resource: Some(resource),
            conditions: if plain { Vec::new() } else { each_once(conditions.into_iter().flatten()) },
        })
        .boxed()
}

/// As in a JSON object, no operator asks twice for a key.
fn each_once(conditions: impl Iterator<Item = Condition>) -> Vec<Condition> {
    let mut kept: Vec<Condition> = Vec::new();
    for condition in conditions {
        if !kept.iter().any(|have| have.operator == condition.operator && have.key == condition.key) {
            kept.push(condition);
        }
    }
    kept
}

fn version(with_variables: bool) -> impl Strategy<Value = Version> {
    let old = if with_variables { 0.1 } else { 0.2 };
    prop::bool::weighted(old).prop_map(|old| if old { Version::V2008 } else { Version::V2012 })
}

/// What the conditions of a pair are about: few keys, so that the statements have something to say about each other.
fn theme(layer: Layer, with_variables: bool) -> BoxedStrategy<Vec<Family>> {
    let of_request = vec(select(FAMILIES), 1..3);
    if with_variables {
        return (vec(select(WITH_VARIABLES), 1..3), vec(select(FAMILIES), 0..2))
            .prop_map(|(mut with, without)| {
                with.extend(without);
                with
            })
            .boxed();
    }
    let weight = if layer == Layer::Resource { 2 } else { 1 };
    prop_oneof![
        3 => of_request,
        weight => (select(OF_PRINCIPAL), select(OF_PRINCIPAL), select(FAMILIES)).prop_map(|(a, b, c)| vec![a, b, c]),
    ]
    .boxed()
}

/// One statement.
pub fn statement_of(layer: Layer) -> BoxedStrategy<Statement> {
    theme(layer, false).prop_flat_map(move |theme| statement(layer, &theme, false)).boxed()
}

/// One policy.
pub fn document(layer: Layer, with_variables: bool) -> BoxedStrategy<Document> {
    (theme(layer, with_variables), version(with_variables))
        .prop_flat_map(move |(theme, version)| {
            vec(statement(layer, &theme, with_variables), 1..4).prop_map(move |statements| Document {
                version,
                id: None,
                statements,
            })
        })
        .boxed()
}

/// Two policies, each with some of the same statements, and NEW often with one of its own.
pub fn pair(layer: Layer, with_variables: bool) -> BoxedStrategy<(Document, Document)> {
    let parts = theme(layer, with_variables).prop_flat_map(move |theme| {
        vec(statement(layer, &theme, with_variables), 2..5).prop_flat_map(|pool| {
            let most = pool.len();
            (subsequence(pool.clone(), 1..=most), subsequence(pool, most.div_ceil(2)..=most))
        })
    });
    (parts, version(with_variables), prop::bool::weighted(0.1))
        .prop_map(|((old, new), version, mixed)| {
            let other = match version {
                _ if !mixed => version,
                Version::V2008 => Version::V2012,
                Version::V2012 => Version::V2008,
            };
            (Document { version, id: None, statements: old }, Document { version: other, id: None, statements: new })
        })
        .boxed()
}
