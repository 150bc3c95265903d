//! The laws of the score, on generated policies: narrowing never lowers it, writing otherwise never moves it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails may panic")]

use std::sync::LazyLock;

use leastwise_review::{Inventory, PolicyType, Score};
use policy::{ActionBlock, Condition, Document, Effect, ResourceBlock, Statement};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
};

static INVENTORY: LazyLock<Inventory<'static>> = LazyLock::new(|| Inventory::new(catalog::builtin()));

/// Pairs for each law; more are compared with `PROPTEST_CASES`.
fn cases() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(asked.unwrap_or(20_000)) }
}

fn score(statements: &[Statement]) -> Score {
    INVENTORY.score(&[Document::new(statements.to_vec())], PolicyType::Identity, &[])
}

fn action() -> impl Strategy<Value = String> {
    let named = select(vec![
        "iam:PassRole",
        "iam:PutUserPolicy",
        "iam:CreateAccessKey",
        "iam:GetRole",
        "iam:ListRoles",
        "iam:*",
        "iam:*Policy",
        "s3:GetObject",
        "s3:PutObject",
        "s3:ListBucket",
        "s3:PutBucketPolicy",
        "s3:ListAllMyBuckets",
        "s3:*",
        "s3:Get*",
        "s3:?etObject*",
        "sqs:SendMessage",
        "sqs:ReceiveMessage",
        "sqs:*",
        "sqs:TagQueue",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:*Item",
        "secretsmanager:GetSecretValue",
        "lambda:UpdateFunctionCode",
        "lambda:Invoke*",
        "ec2:RunInstances",
        "ec2:Describe*",
        "kms:Decrypt",
        "kms:*",
        "sts:AssumeRole",
        "logs:*",
        "tag:GetResources",
        "nothing:Here",
        "s3:NoSuchAction",
    ]);
    named.prop_map(str::to_owned)
}

fn resource() -> impl Strategy<Value = String> {
    let named = select(vec![
        "*",
        "arn:aws:s3:::*",
        "arn:aws:s3:::example-orders",
        "arn:aws:s3:::example-orders/*",
        "arn:aws:s3:::example-*/reports/*",
        "arn:aws:s3:::example-orders/?",
        "arn:*:*:*:*:*",
        "arn:aws:iam::*:role/*",
        "arn:aws:iam::111122223333:role/orders",
        "arn:aws:iam::111122223333:user/${aws:username}",
        "arn:aws:iam::111122223333:user/*",
        "arn:aws:sqs:*:*:*",
        "arn:aws:sqs:eu-west-1:111122223333:orders*",
        "arn:aws:sqs:eu-*:111122223333:orders",
        "arn:aws:dynamodb:*:*:table/*",
        "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
        "arn:aws:lambda:*:*:function:*",
        "arn:aws:kms:*:*:key/*",
        "arn:aws:logs",
        "nonsense",
    ]);
    named.prop_map(str::to_owned)
}

fn condition() -> impl Strategy<Value = Condition> {
    select(vec![
        Condition::new("StringEquals", "aws:PrincipalTag/team", ["orders"]),
        Condition::new("StringNotEquals", "aws:RequestedRegion", ["eu-west-1"]),
        Condition::new("Bool", "aws:MultiFactorAuthPresent", ["true"]),
        Condition::new("StringLike", "iam:PassedToService", ["lambda.amazonaws.com"]),
        Condition::new("StringLike", "aws:Referer", ["https://www.example.com/*"]),
        Condition::new("IpAddress", "aws:SourceIp", ["203.0.113.0/24"]),
        Condition::new("DateLessThan", "aws:CurrentTime", ["2099-01-01T00:00:00Z"]),
        Condition::new("StringEqualsIfExists", "aws:SourceVpc", ["vpc-0123456789abcdef0"]),
    ])
}

fn vacuous() -> impl Strategy<Value = Condition> {
    select(vec![
        Condition::new("StringLike", "aws:PrincipalArn", ["*"]),
        Condition::new("ArnLike", "aws:PrincipalArn", ["arn:*:*:*:*:*"]),
        Condition::new("IpAddress", "aws:SourceIp", ["0.0.0.0/0"]),
        Condition::new("StringLikeIfExists", "aws:PrincipalTag/team", ["*"]),
        Condition::new("StringLike", "aws:PrincipalArn", ["arn:*"]),
        Condition::new("Null", "aws:PrincipalArn", ["false"]),
        Condition::new("DateGreaterThan", "aws:CurrentTime", ["2015-01-01T00:00:00Z"]),
        Condition::new("ForAllValues:DateLessThan", "aws:TokenIssueTime", ["2015-01-01T00:00:00Z"]),
    ])
}

prop_compose! {
    fn statement()(
        actions in vec(action(), 1..5),
        not_action in proptest::bool::weighted(0.1),
        resources in vec(resource(), 1..4),
        not_resource in proptest::bool::weighted(0.1),
        conditions in vec(condition(), 0..2),
        denies in proptest::bool::weighted(0.2),
    ) -> Statement {
        Statement {
            sid: None,
            effect: if denies { Effect::Deny } else { Effect::Allow },
            principal: None,
            action: if not_action { ActionBlock::NotAction(actions) } else { ActionBlock::Action(actions) },
            resource: Some(if not_resource { ResourceBlock::NotResource(resources) } else { ResourceBlock::Resource(resources) }),
            conditions,
        }
    }
}

fn policy() -> impl Strategy<Value = Vec<Statement>> {
    vec(statement(), 1..5)
}

/// One way to narrow.
#[derive(Debug, Clone)]
enum Narrowing {
    TakeAllow(Index),
    TakeAction(Index, Index),
    TakeResource(Index, Index),
    AddCondition(Index, Condition),
    Lengthen(Index, Index),
    Deny(Statement),
}

fn narrowing() -> impl Strategy<Value = Narrowing> {
    let index = any::<Index>;
    prop_oneof![
        index().prop_map(Narrowing::TakeAllow),
        (index(), index()).prop_map(|(a, b)| Narrowing::TakeAction(a, b)),
        (index(), index()).prop_map(|(a, b)| Narrowing::TakeResource(a, b)),
        (index(), condition()).prop_map(|(a, b)| Narrowing::AddCondition(a, b)),
        (index(), index()).prop_map(|(a, b)| Narrowing::Lengthen(a, b)),
        statement().prop_map(|mut one| {
            one.effect = Effect::Deny;
            Narrowing::Deny(one)
        }),
    ]
}

fn narrowed(policy: &[Statement], how: Narrowing) -> Vec<Statement> {
    let mut policy = policy.to_vec();
    let allows: Vec<usize> = (0..policy.len()).filter(|at| policy[*at].effect == Effect::Allow).collect();
    if let Narrowing::Deny(deny) = how {
        policy.push(deny);
        return policy;
    }
    if allows.is_empty() {
        return policy;
    }
    let pick = |index: &Index| allows[index.index(allows.len())];
    match how {
        Narrowing::TakeAllow(at) => drop(policy.remove(pick(&at))),
        Narrowing::AddCondition(at, condition) => {
            let conditions = &mut policy[pick(&at)].conditions;
            if !conditions.iter().any(|one| (&one.operator, &one.key) == (&condition.operator, &condition.key)) {
                conditions.push(condition);
            }
        }
        Narrowing::TakeAction(at, which) => match &mut policy[pick(&at)].action {
            ActionBlock::Action(actions) if actions.len() > 1 => drop(actions.remove(which.index(actions.len()))),
            ActionBlock::NotAction(actions) => actions.push("s3:*".to_owned()),
            ActionBlock::Action(_) => {}
        },
        Narrowing::TakeResource(at, which) => match &mut policy[pick(&at)].resource {
            Some(ResourceBlock::Resource(all)) if all.len() > 1 => drop(all.remove(which.index(all.len()))),
            Some(ResourceBlock::NotResource(all)) => all.push("arn:aws:s3:::example-orders/*".to_owned()),
            _ => {}
        },
        Narrowing::Lengthen(at, which) => {
            if let Some(ResourceBlock::Resource(all)) = &mut policy[pick(&at)].resource {
                let which = which.index(all.len());
                // A star that becomes a text and a star matches less.
                if all[which].starts_with("arn:aws:") && all[which].ends_with('*') {
                    all[which] = format!("{}x*", all[which].trim_end_matches('*'));
                }
            }
        }
        Narrowing::Deny(_) => {}
    }
    policy
}

/// The same, written otherwise.
fn rewritten(policy: &[Statement], ways: &[Index]) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::new();
    for (number, one) in policy.iter().enumerate() {
        let mut statement = one.clone();
        let way = ways[number % ways.len()].index(6);
        match (way, &mut statement.action, &mut statement.resource) {
            (0, ActionBlock::Action(actions) | ActionBlock::NotAction(actions), _) => {
                for action in actions.iter_mut() {
                    *action = action
                        .chars()
                        .map(|c| if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() })
                        .collect();
                }
            }
            (1, ActionBlock::Action(actions), _) => {
                // Globs written out.
                let known: Vec<String> = actions.iter().flat_map(|pattern| matched(pattern)).collect();
                if !known.is_empty() && actions.iter().all(|pattern| pattern != "*") {
                    *actions = known;
                }
            }
            (2, ActionBlock::Action(actions), _) if statement.effect == Effect::Allow => {
                for action in actions.clone() {
                    out.push(Statement { action: ActionBlock::Action(vec![action]), ..one.clone() });
                }
                continue;
            }
            (3, _, Some(ResourceBlock::Resource(resources))) if statement.effect == Effect::Allow => {
                for resource in resources.clone() {
                    out.push(Statement { resource: Some(ResourceBlock::Resource(vec![resource])), ..one.clone() });
                }
                continue;
            }
            (4, ActionBlock::Action(actions), _) => {
                // All but what is meant.
                let kept: Vec<String> = actions.iter().flat_map(|pattern| matched(pattern)).collect();
                let services: Vec<&str> = kept.iter().filter_map(|name| name.split(':').next()).collect();
                let mut rest: Vec<String> = catalog::builtin()
                    .services()
                    .map(|service| service.prefix())
                    .filter(|prefix| !services.contains(prefix))
                    .map(|prefix| format!("{prefix}:*"))
                    .collect();
                for service in catalog::builtin().services().filter(|service| services.contains(&service.prefix())) {
                    let names = service.actions().map(|action| format!("{}:{}", action.service(), action.name()));
                    rest.extend(names.filter(|name| !kept.contains(name)));
                }
                if !kept.is_empty() && kept.len() < 50 {
                    statement.action = ActionBlock::NotAction(rest);
                }
            }
            (_, _, Some(ResourceBlock::Resource(resources))) => {
                resources.reverse();
                let first = resources[0].clone();
                resources.push(first);
            }
            _ => {}
        }
        out.push(statement);
    }
    out.reverse();
    out
}

fn matched(pattern: &str) -> Vec<String> {
    let Some(service) = pattern.split(':').next().and_then(|prefix| catalog::builtin().service(prefix)) else {
        return Vec::new();
    };
    let names = service.actions().map(|action| format!("{}:{}", action.service(), action.name()));
    names.filter(|name| policy::action_matches(pattern, name)).collect()
}

#[test]
fn a_deny_of_what_a_variable_stands_for_takes_nothing_away() {
    let objects = || Statement::allow(["s3:*"], ["arn:aws:s3:::*"]);
    let before = score(&[objects()]);
    for resource in ["arn:aws:s3:::${aws:PrincipalTag/team}", "arn:aws:s3:::${*}", "arn:aws:s3:::*${aws:username}"] {
        let deny = Statement { effect: Effect::Deny, ..Statement::allow(["s3:*"], [resource]) };
        assert_eq!(score(&[objects(), deny]), before, "{resource}");
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn narrowing_never_lowers_the_score(policy in policy(), how in narrowing()) {
        let (before, after) = (score(&policy), score(&narrowed(&policy, how)));
        prop_assert!(after.score >= before.score && after.risk <= before.risk, "{} {} -> {} {}", before.score, before.risk, after.score, after.risk);
    }

    #[test]
    fn the_same_access_has_the_same_score_however_it_is_written(policy in policy(), ways in vec(any::<Index>(), 5)) {
        let (before, after) = (score(&policy), score(&rewritten(&policy, &ways)));
        prop_assert_eq!((before.score, before.risk), (after.score, after.risk));
    }

    #[test]
    fn a_vacuous_condition_changes_nothing(policy in policy(), condition in vacuous(), at in any::<Index>()) {
        let mut changed = policy.clone();
        let statement = &mut changed[at.index(policy.len())];
        if statement.effect == Effect::Allow {
            statement.conditions.push(condition);
        }
        let (before, after) = (score(&policy), score(&changed));
        prop_assert_eq!((before.score, before.risk), (after.score, after.risk));
    }

    #[test]
    fn a_deny_never_lowers_the_score(policy in policy(), mut deny in statement()) {
        deny.effect = Effect::Deny;
        let before = score(&policy);
        let after = score(&[policy, vec![deny]].concat());
        prop_assert!(after.score >= before.score && after.risk <= before.risk);
    }

    #[test]
    fn score_and_risk_never_disagree(a in policy(), b in policy()) {
        let (a, b) = (score(&a), score(&b));
        prop_assert!(a.risk >= b.risk || a.score >= b.score);
    }

}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn what_only_denies_is_10_and_0(mut policy in policy()) {
        policy.iter_mut().for_each(|statement| statement.effect = Effect::Deny);
        let score = score(&policy);
        prop_assert_eq!((score.score, score.risk), (10, 0));
    }

    #[test]
    fn everything_beside_anything_is_1_and_100(policy in policy()) {
        let allowed: Vec<Statement> = policy.into_iter().filter(|one| one.effect == Effect::Allow).collect();
        let score = score(&[allowed, vec![Statement::allow(["*"], ["*"])]].concat());
        prop_assert_eq!((score.score, score.risk), (1, 100));
    }
}
