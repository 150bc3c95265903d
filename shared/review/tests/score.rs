//! The laws of the score, on generated policies: narrowing never lowers it, writing otherwise never moves it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails may panic")]

use std::sync::LazyLock;

use leastwise_review::{Inventory, PolicyType, Score};
use policy::{
    ActionBlock, Condition, Document, Effect, PrincipalBlock, PrincipalKind, Principals, ResourceBlock, Statement,
};
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

/// As a policy of what it looks like: with principals, one of a resource, or a trust policy where no resource is named.
fn score(statements: &[Statement]) -> Score {
    let names_principals = statements.iter().any(|one| one.principal.is_some());
    let policy_type = match names_principals {
        true if statements.iter().all(|one| one.resource.is_none()) => PolicyType::Trust,
        true => PolicyType::Resource,
        false => PolicyType::Identity,
    };
    INVENTORY.score(&[Document::new(statements.to_vec())], policy_type, &[])
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
        Condition::new("StringEquals", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"]),
        Condition::new("ArnLike", "aws:PrincipalArn", ["arn:aws:iam::111122223333:role/*"]),
        Condition::new("StringEquals", "sts:ExternalId", ["example"]),
        Condition::new("StringNotEquals", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"]),
        Condition::new("StringNotEqualsIfExists", "aws:SourceVpce", ["vpce-0123456789abcdef0"]),
        Condition::new("StringLike", "token.actions.githubusercontent.com:sub", ["repo:example/*"]),
    ])
}

fn principal() -> impl Strategy<Value = (PrincipalKind, String)> {
    let named = select(vec![
        (PrincipalKind::Aws, "*"),
        (PrincipalKind::Aws, "111122223333"),
        (PrincipalKind::Aws, "arn:aws:iam::111122223333:root"),
        (PrincipalKind::Aws, "arn:aws:iam::111122223333:role/orders"),
        (PrincipalKind::Aws, "arn:aws:iam::444455556666:user/anna"),
        (PrincipalKind::Service, "sns.amazonaws.com"),
        (PrincipalKind::Service, "scheduler.amazonaws.com"),
        (PrincipalKind::Federated, "accounts.google.com"),
        (PrincipalKind::Federated, "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"),
        (PrincipalKind::Federated, "arn:aws:iam::111122223333:oidc-provider/login.example.com"),
        (PrincipalKind::CanonicalUser, "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"),
    ]);
    named.prop_map(|(kind, name)| (kind, name.to_owned()))
}

fn by_kind(named: &[(PrincipalKind, String)]) -> Principals {
    let of = |kind: PrincipalKind| -> Vec<String> {
        named.iter().filter(|(one, _)| *one == kind).map(|(_, name)| name.clone()).collect()
    };
    let kinds = PrincipalKind::ALL.into_iter().map(|kind| (kind, of(kind)));
    Principals::ByKind(kinds.filter(|(_, names)| !names.is_empty()).collect())
}

fn named(principals: &Principals) -> Vec<(PrincipalKind, String)> {
    match principals {
        Principals::Everyone => vec![(PrincipalKind::Aws, "*".to_owned())],
        Principals::ByKind(kinds) => {
            kinds.iter().flat_map(|(kind, names)| names.iter().map(move |name| (*kind, name.clone()))).collect()
        }
    }
}

fn principals() -> impl Strategy<Value = PrincipalBlock> {
    let principals = prop_oneof![
        1 => Just(Principals::Everyone),
        4 => vec(principal(), 1..4).prop_map(|named| by_kind(&named)),
    ];
    (principals, proptest::bool::weighted(0.1)).prop_map(|(principals, negated)| match negated {
        true => PrincipalBlock::NotPrincipal(principals),
        false => PrincipalBlock::Principal(principals),
    })
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

/// Of a principal, of a resource, or a trust policy.
fn policy() -> impl Strategy<Value = Vec<Statement>> {
    let of_resource = || {
        (statement(), principals()).prop_map(|(mut statement, principals)| {
            statement.principal = Some(principals);
            statement
        })
    };
    let assume = select(vec!["sts:AssumeRole", "sts:*", "sts:TagSession", "*", "sts:AssumeRoleWithSAML"]);
    let of_trust = (of_resource(), assume).prop_map(|(mut statement, action)| {
        statement.resource = None;
        statement.action = ActionBlock::Action(vec![action.to_owned()]);
        statement
    });
    prop_oneof![vec(statement(), 1..5), vec(of_resource(), 1..5), vec(of_trust, 1..5)]
}

/// One way to narrow.
#[derive(Debug, Clone)]
enum Narrowing {
    TakeAllow(Index),
    TakeAction(Index, Index),
    TakeResource(Index, Index),
    AddCondition(Index, Condition),
    Lengthen(Index, Index),
    TakePrincipal(Index, Index),
    NamePrincipals(Index, Vec<(PrincipalKind, String)>),
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
        (index(), index()).prop_map(|(a, b)| Narrowing::TakePrincipal(a, b)),
        (index(), vec(principal(), 1..3)).prop_map(|(a, named)| Narrowing::NamePrincipals(a, named)),
        (statement(), proptest::option::of(principals())).prop_map(|(mut one, principals)| {
            one.effect = Effect::Deny;
            one.principal = principals;
            Narrowing::Deny(one)
        }),
    ]
}

fn narrowed(policy: &[Statement], how: Narrowing) -> Vec<Statement> {
    let mut policy = policy.to_vec();
    let allows: Vec<usize> = (0..policy.len()).filter(|at| policy[*at].effect == Effect::Allow).collect();
    if let Narrowing::Deny(deny) = how {
        policy.push(like(deny, &policy));
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
        Narrowing::TakePrincipal(at, which) => {
            if let Some(PrincipalBlock::Principal(principals)) = &mut policy[pick(&at)].principal {
                let mut all = named(principals);
                if all.len() > 1 {
                    all.remove(which.index(all.len()));
                    *principals = by_kind(&all);
                }
            }
        }
        Narrowing::NamePrincipals(at, names) => match &mut policy[pick(&at)].principal {
            Some(PrincipalBlock::Principal(principals)) if *principals == Principals::Everyone => {
                *principals = by_kind(&names);
            }
            Some(PrincipalBlock::NotPrincipal(principals)) => {
                *principals = by_kind(&[named(principals), names].concat());
            }
            _ => {}
        },
        Narrowing::Deny(_) => {}
    }
    policy
}

/// A statement as it can stand in a policy: with or without principals and resources, as the others.
fn like(mut statement: Statement, policy: &[Statement]) -> Statement {
    let first = &policy[0];
    match (&first.principal, &statement.principal) {
        (None, _) => statement.principal = None,
        (Some(_), None) => statement.principal = Some(PrincipalBlock::Principal(Principals::Everyone)),
        _ => {}
    }
    if first.resource.is_none() {
        statement.resource = None;
    }
    statement
}

/// The same, written otherwise.
fn rewritten(policy: &[Statement], ways: &[Index]) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::new();
    for (number, one) in policy.iter().enumerate() {
        let mut statement = one.clone();
        let way = ways[number % ways.len()].index(8);
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
            // One statement for each principal.
            (6, _, _) if statement.effect == Effect::Allow => {
                if let Some(PrincipalBlock::Principal(principals)) = &one.principal {
                    for single in named(principals) {
                        let principal = Some(PrincipalBlock::Principal(by_kind(&[single])));
                        out.push(Statement { principal, ..one.clone() });
                    }
                    continue;
                }
            }
            (7, _, _) => {
                if let Some(PrincipalBlock::Principal(principals)) = &mut statement.principal {
                    let mut all = named(principals);
                    all.reverse();
                    *principals = by_kind(&all);
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

/// One statement of a resource's policy, or of a trust policy where no resource is named.
fn score_of(principals: &Principals, actions: &[&str], resources: &[&str], condition: Option<Condition>) -> u8 {
    let statement = Statement {
        principal: Some(PrincipalBlock::Principal(principals.clone())),
        resource: (!resources.is_empty())
            .then(|| ResourceBlock::Resource(resources.iter().map(|one| (*one).to_owned()).collect())),
        conditions: condition.into_iter().collect(),
        ..Statement::allow(actions.iter().copied(), ["*"])
    };
    score(&[statement]).score
}

#[test]
fn who_is_reached_counts() {
    let account = Principals::aws(["arn:aws:iam::111122223333:root"]);
    let role = Principals::aws(["arn:aws:iam::111122223333:role/orders"]);
    let of_org = || Some(Condition::new("StringEquals", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"]));
    let objects = ["arn:aws:s3:::example-orders/*"];
    let (read, write) = (["s3:GetObject"].as_slice(), ["s3:GetObject", "s3:PutObject"].as_slice());
    for everyone in [Principals::Everyone, Principals::aws(["*"]), Principals::aws(["arn:aws:iam::*:root"])] {
        assert!((1..=3).contains(&score_of(&everyone, write, &objects, None)));
        assert!((2..=4).contains(&score_of(&everyone, read, &objects, None)));
        assert!((5..=8).contains(&score_of(&everyone, write, &objects, of_org())));
        assert_eq!(score_of(&everyone, &["sts:AssumeRole"], &[], None), 1);
        assert!((5..=8).contains(&score_of(&everyone, &["sts:AssumeRole"], &[], of_org())));
        let with_id = Condition::new("StringEquals", "sts:ExternalId", ["example"]);
        assert!((2..=4).contains(&score_of(&everyone, &["sts:AssumeRole"], &[], Some(with_id))));
    }
    assert!((5..=8).contains(&score_of(&account, write, &objects, None)));
    assert!(score_of(&role, write, &objects, None) >= 8);
    assert!((5..=8).contains(&score_of(&account, &["sts:AssumeRole"], &[], None)));
    assert!(score_of(&role, &["sts:AssumeRole"], &[], None) >= 8);
    let by_token = |provider: &str, condition: Option<(&str, &str)>| {
        let condition = condition.map(|(key, value)| Condition::new("StringLike", key, [value]));
        score_of(&Principals::federated([provider]), &["sts:AssumeRoleWithWebIdentity"], &[], condition)
    };
    assert!((5..=8).contains(&by_token("arn:aws:iam::111122223333:oidc-provider/login.example.com", None)));
    // Everybody can get a token of these.
    let github = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
    let subject = "token.actions.githubusercontent.com:sub";
    for (provider, too_little, enough) in [
        ("accounts.google.com", None, ("accounts.google.com:aud", "example")),
        (github, Some((subject, "repo:*")), (subject, "repo:example/orders:*")),
        (github, Some(("token.actions.githubusercontent.com:aud", "sts.amazonaws.com")), (subject, "repo:example/*")),
    ] {
        assert!(by_token(provider, too_little) <= 4, "{provider} {too_little:?}");
        assert!(by_token(provider, Some(enough)) >= 8, "{provider} {enough:?}");
    }
    let source = Condition::new("StringEquals", "aws:SourceAccount", ["111122223333"]);
    assert!(score_of(&Principals::service(["scheduler.amazonaws.com"]), &["sts:AssumeRole"], &[], Some(source)) >= 9);
}

/// A statement of a resource's policy for everyone.
fn for_everyone(effect: Effect, action: &str, resource: &str, condition: Option<Condition>) -> Statement {
    Statement {
        effect,
        principal: Some(PrincipalBlock::Principal(Principals::Everyone)),
        conditions: condition.into_iter().collect(),
        ..Statement::allow([action], [resource])
    }
}

#[test]
fn a_deny_for_all_others_counts_as_a_condition_for_some() {
    let objects = "arn:aws:s3:::example-orders/*";
    let allow = |condition| for_everyone(Effect::Allow, "s3:GetObject", objects, condition);
    let deny = |action, resource, operator, key, value| {
        for_everyone(Effect::Deny, action, resource, Some(Condition::new(operator, key, [value])))
    };
    let open = score(&[allow(None)]);
    let of_org = score(&[allow(Some(Condition::new("StringEquals", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"])))]);
    assert!(open.score < of_org.score);
    // Fewer principals are never worse off for it.
    let fence = deny("s3:*", "*", "StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5");
    for fewer in [Principals::federated(["login.example.com"]), Principals::aws(["111122223333"])] {
        let principal = Some(PrincipalBlock::Principal(fewer));
        let scored = score(&[Statement { principal, ..allow(None) }, fence.clone()]);
        assert!(scored.risk <= of_org.risk && scored.score >= of_org.score);
    }
    for operator in ["StringNotEquals", "StringNotEqualsIfExists", "ForAllValues:StringNotLike"] {
        let fence = deny("s3:*", "*", operator, "aws:PrincipalOrgID", "o-a1b2c3d4e5");
        let fenced = score(&[allow(None), fence]);
        assert_eq!((fenced.score, fenced.risk), (of_org.score, of_org.risk), "{operator}");
    }
    for fence in [
        deny("s3:*", "*", "StringNotLike", "aws:PrincipalOrgID", "o-*"),
        deny("s3:*", "*", "ForAnyValue:StringNotEquals", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*"),
        deny("s3:*", "*", "StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
        deny("s3:PutObject", "*", "StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
        deny("s3:*", "arn:aws:s3:::example-orders/a/*", "StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
    ] {
        assert_eq!(score(&[allow(None), fence.clone()]).risk, open.risk, "{fence:?}");
    }
}

#[test]
fn in_the_policy_of_one_resource_everything_is_that_resource() {
    let allow = |action: &str, resource: &str| {
        let account = Principals::aws(["arn:aws:iam::111122223333:root"]);
        let principal = Some(PrincipalBlock::Principal(account));
        let scored = score(&[Statement { principal, ..Statement::allow([action], [resource]) }]);
        (scored.score, scored.risk)
    };
    for (action, resource) in [
        ("kms:*", "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555"),
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3"),
        ("sqs:*", "arn:aws:sqs:eu-west-1:111122223333:orders"),
        ("sns:Publish", "arn:aws:sns:eu-west-1:111122223333:orders"),
    ] {
        assert_eq!(allow(action, "*"), allow(action, resource), "{action}");
    }
    // What AWS refuses, or reads in its own way, is no better than what it may mean.
    assert_eq!(allow("sqs:SendMessage", "orders"), allow("sqs:SendMessage", "*"));
    assert_eq!(
        allow("execute-api:Invoke", "execute-api:/prod/GET/orders"),
        allow("execute-api:Invoke", "arn:*:execute-api:*:*:*/prod/GET/orders")
    );
}

#[test]
fn the_breakdown_adds_up_where_principals_are_named() {
    for principals in
        [Principals::Everyone, Principals::aws(["111122223333"]), Principals::service(["sns.amazonaws.com"])]
    {
        let statement = Statement {
            principal: Some(PrincipalBlock::Principal(principals)),
            ..Statement::allow(["sqs:*"], ["arn:aws:sqs:eu-west-1:111122223333:orders"])
        };
        let Score { risk, breakdown, .. } = score(&[statement]);
        assert_eq!(breakdown.actions - breakdown.resources - breakdown.conditions - breakdown.effect, risk);
    }
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
        let deny = like(deny, &policy);
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
        let everything = like(Statement::allow(["*"], ["*"]), &policy);
        let allowed: Vec<Statement> = policy.into_iter().filter(|one| one.effect == Effect::Allow).collect();
        let score = score(&[allowed, vec![everything]].concat());
        prop_assert_eq!((score.score, score.risk), (1, 100));
    }
}
