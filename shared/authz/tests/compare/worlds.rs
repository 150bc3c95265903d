//! Policies that name whom nobody but AWS knows, and accounts by placeholders, in every small world in which those are
//! somebody: an answer has to hold in all of them.

use std::collections::BTreeMap;

use authz::{Context, Layer, Prepared, Principal, Request, Verdict};
use policy::{ActionBlock, Document, Effect, PrincipalBlock, PrincipalKind, Principals, ResourceBlock, Statement};
use proptest::{collection::vec, prelude::*, sample::select, strategy::ValueTree as _, test_runner::TestRunner};

use crate::{
    decide::{everything_to_everyone, policies, shown_pair, verdict},
    shrink::smallest,
};

const ACCOUNTS: [&str; 4] = ["111122223333", "444455556666", "777700007777", "888800008888"];

/// Users and roles of each account, besides its root user.
const CALLERS: [&str; 4] = ["user/u", "user/other", "role/r", "role/other"];

const CANONICAL_USERS: [&str; 2] = ["cafe01", "cafe02"];
const IDS: [&str; 2] = ["AIDAEXAMPLE", "AROAEXAMPLE"];
const PLACEHOLDERS: [&str; 2] = ["<ACCOUNT ID>", "${AWS::AccountId}"];

/// Nobody in the world.
const NOBODY: &str = "arn:aws:iam::000000000009:user/nobody";

/// Who each of the names is.
type World = BTreeMap<&'static str, String>;

/// All worlds in which the names that the policies hold are somebody.
fn worlds(texts: &str) -> Vec<World> {
    let mut worlds = vec![World::new()];
    let arns = |kind: &str| -> Vec<String> {
        let callers = CALLERS.iter().filter(|caller| caller.starts_with(kind));
        callers.flat_map(|caller| ACCOUNTS.map(|account| format!("arn:aws:iam::{account}:{caller}"))).collect()
    };
    let of_name = |name: &str| -> Vec<String> {
        match name {
            "AIDAEXAMPLE" => [arns("user"), vec![NOBODY.to_owned()]].concat(),
            "AROAEXAMPLE" => [arns("role"), vec![NOBODY.to_owned()]].concat(),
            "cafe01" | "cafe02" => ACCOUNTS.iter().chain(&["000000000009"]).map(|&text| text.to_owned()).collect(),
            _ => ACCOUNTS.iter().map(|&text| text.to_owned()).collect(),
        }
    };
    for name in CANONICAL_USERS.into_iter().chain(IDS).chain(PLACEHOLDERS).filter(|name| texts.contains(name)) {
        worlds = worlds
            .iter()
            .flat_map(|world| {
                of_name(name).into_iter().map(|is| {
                    let mut world = world.clone();
                    world.insert(name, is);
                    world
                })
            })
            .collect();
    }
    // Two canonical users are two accounts.
    worlds
        .retain(|world| world.get("cafe01").is_none_or(|one| one.starts_with('0') || world.get("cafe02") != Some(one)));
    worlds
}

/// The policy as it reads in a world.
fn resolved(document: &Document, world: &World) -> Document {
    let name = |kind: PrincipalKind, name: &String| match kind {
        PrincipalKind::CanonicalUser => (PrincipalKind::Aws, world[name.as_str()].clone()),
        kind => match world.get(name.as_str()) {
            Some(known) => (kind, known.clone()),
            None => (
                kind,
                PLACEHOLDERS.iter().fold(name.clone(), |name, placeholder| match world.get(placeholder) {
                    Some(account) => name.replace(placeholder, account),
                    None => name,
                }),
            ),
        },
    };
    let names = |principals: &Principals| match principals {
        Principals::Everyone => Principals::Everyone,
        Principals::ByKind(kinds) => {
            let all = kinds.iter().flat_map(|(kind, names)| names.iter().map(|one| name(*kind, one)));
            Principals::ByKind(all.map(|(kind, name)| (kind, vec![name])).collect())
        }
    };
    let statement = |statement: &Statement| {
        let principal = statement.principal.as_ref().map(|block| match block {
            PrincipalBlock::Principal(principals) => PrincipalBlock::Principal(names(principals)),
            PrincipalBlock::NotPrincipal(principals) => PrincipalBlock::NotPrincipal(names(principals)),
        });
        Statement { principal, ..statement.clone() }
    };
    Document { statements: document.statements.iter().map(statement).collect(), ..document.clone() }
}

fn requests() -> Vec<Request> {
    let callers = ACCOUNTS.iter().flat_map(|account| {
        let role = |name: &str| format!("arn:aws:sts::{account}:assumed-role/{name}/session");
        let arns = CALLERS.iter().chain(&["root"]).map(move |caller| format!("arn:aws:iam::{account}:{caller}"));
        arns.chain(["r", "other"].map(role))
            .chain([format!("arn:aws:sts::{account}:federated-user/f")])
            .collect::<Vec<_>>()
    });
    let callers: Vec<String> = callers.chain(["*", "sns.amazonaws.com"].map(str::to_owned)).collect();
    let of = |action: &'static str| {
        let request = move |caller: &String| {
            Request::new(Principal::parse(caller), action, "arn:aws:s3:::b/a", Context::default())
        };
        callers.iter().map(request).collect::<Vec<_>>()
    };
    ["s3:AbortMultipartUpload", "s3:GetObject", "s3:GetBucketAcl", "sqs:SendMessage", "ec2:RunInstances"]
        .into_iter()
        .flat_map(of)
        .collect()
}

/// What is wrong with the verdict; `Ok` tells whether all worlds answer alike.
fn judged((old, new): &(Document, Document), requests: &[Request]) -> Result<bool, String> {
    let layer = Layer::Resource;
    let verdict = verdict(layer, old, new);
    let pair = shown_pair(old, new);
    let (mut some, mut none) = (false, false);
    for world in worlds(&pair) {
        let allows = |document| Prepared::new(&policies(layer, resolved(document, &world))).unwrap();
        let (by_old, by_new) = (allows(old), allows(new));
        let is_new =
            |request: &Request| by_new.evaluate(request).is_allowed() && !by_old.evaluate(request).is_allowed();
        match requests.iter().find(|request| is_new(request)) {
            Some(request) if verdict == Verdict::NoNewAccess => {
                return Err(format!("{} is new where {world:?}\n{pair}", authz::compare::wire::request(request)));
            }
            None if verdict.witness().is_some() => {
                return Err(format!("nothing is new where {world:?}\n{:?}\n{pair}", verdict.witness()));
            }
            Some(_) => some = true,
            None => none = true,
        }
        let witness = verdict.witness().filter(|_| !PLACEHOLDERS.iter().any(|name| pair.contains(name)));
        let is_somebody =
            |witness: &Request| witness.principal().account().is_some_and(|account| pair.contains(account));
        if let Some(witness) = witness.filter(|witness| is_somebody(witness)).filter(|witness| !is_new(witness)) {
            return Err(format!("the witness is not new where {world:?}\n{witness:?}\n{pair}"));
        }
    }
    Ok(matches!(verdict, Verdict::Inconclusive(_)) && some != none)
}

fn statement() -> impl Strategy<Value = Statement> {
    let named: &[(PrincipalKind, &str)] = &[
        (PrincipalKind::CanonicalUser, "cafe01"),
        (PrincipalKind::CanonicalUser, "cafe01"),
        (PrincipalKind::CanonicalUser, "cafe02"),
        (PrincipalKind::Aws, "AIDAEXAMPLE"),
        (PrincipalKind::Aws, "AROAEXAMPLE"),
        (PrincipalKind::Aws, "<ACCOUNT ID>"),
        (PrincipalKind::Aws, "arn:aws:iam::<ACCOUNT ID>:role/r"),
        (PrincipalKind::Aws, "arn:aws:iam::<ACCOUNT ID>:user/u"),
        (PrincipalKind::Aws, "arn:aws:iam::${AWS::AccountId}:role/r"),
        (PrincipalKind::Aws, "*"),
        (PrincipalKind::Aws, "111122223333"),
        (PrincipalKind::Aws, "arn:aws:iam::444455556666:root"),
        (PrincipalKind::Aws, "arn:aws:iam::111122223333:user/u"),
        (PrincipalKind::Aws, "arn:aws:iam::444455556666:role/r"),
        (PrincipalKind::Service, "sns.amazonaws.com"),
    ];
    let named = vec(select(named), 1..=2).prop_map(|names| {
        let mut kinds: Vec<(PrincipalKind, Vec<String>)> = Vec::new();
        for (kind, name) in names {
            match kinds.iter_mut().find(|(have, _)| *have == kind) {
                Some((_, names)) => names.push(name.to_owned()),
                None => kinds.push((kind, vec![name.to_owned()])),
            }
        }
        Principals::ByKind(kinds)
    });
    let principals = prop_oneof![1 => Just(Principals::Everyone), 4 => named];
    let actions = select(vec!["*", "*", "s3:*", "s3:AbortMultipartUpload", "s3:GetObject"]);
    (prop::bool::weighted(0.4), prop::bool::weighted(0.4), principals, actions).prop_map(
        |(deny, not, named, action)| Statement {
            sid: None,
            effect: if deny { Effect::Deny } else { Effect::Allow },
            principal: Some(if not { PrincipalBlock::NotPrincipal(named) } else { PrincipalBlock::Principal(named) }),
            action: ActionBlock::Action(vec![action.to_owned()]),
            resource: Some(ResourceBlock::Resource(vec!["*".to_owned()])),
            conditions: Vec::new(),
        },
    )
}

/// Names two accounts and says nothing of what is asked, so that no placeholder is taken for the only account.
fn two_accounts() -> Statement {
    Statement {
        principal: Some(PrincipalBlock::Principal(Principals::aws(ACCOUNTS.into_iter().take(2)))),
        ..Statement::allow(["sqs:SendMessage"], ["*"])
    }
}

fn document() -> impl Strategy<Value = Document> {
    vec(statement(), 1..4).prop_map(|mut statements| {
        statements.push(two_accounts());
        Document::new(statements)
    })
}

#[test]
fn answers_hold_whoever_is_meant() {
    let requests = requests();
    let mut runner = TestRunner::deterministic();
    let factor = std::env::var("COMPARE_FACTOR").ok().and_then(|factor| factor.parse().ok()).unwrap_or(100_u32);
    let pairs = 300 * factor / 100;
    let mut needless = 0;
    for pair in 0..pairs {
        let (mut old, new) = (document(), document()).new_tree(&mut runner).unwrap().current();
        // Statements that both have make them comparable, and so does an old policy that begins with everything.
        if pair % 2 == 0 {
            old.statements.splice(0..0, new.statements.iter().take(2).cloned());
        } else {
            old.statements.splice(0..0, everything_to_everyone().statements);
        }
        match judged(&(old.clone(), new.clone()), &requests) {
            Ok(is_needless) => needless += u32::from(is_needless),
            Err(_) => {
                let two = |document: &Document| document.statements.contains(&two_accounts());
                let wrong =
                    |pair: &(Document, Document)| two(&pair.0) && two(&pair.1) && judged(pair, &requests).is_err();
                panic!("{}", judged(&smallest((old, new), wrong), &requests).unwrap_err());
            }
        }
    }
    println!("{needless} of {pairs} without need inconclusive");
    assert!(needless * 10 <= pairs, "{needless} of {pairs} without need inconclusive");
}
