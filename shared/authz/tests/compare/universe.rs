//! A small world of requests that holds one of each kind that the generated policies tell apart, and the search through
//! all of it for one that NEW allows and OLD does not.
//!
//! A statement matches a request if each of its elements does. So for each part of a request it is asked of the evaluator
//! which statements' elements let it through; of parts that the same statements let through one is kept.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet, HashMap},
};

use authz::{Context, Layer, Outcome, Prepared, Principal, Request};
use policy::{ActionBlock, Document, Effect, PrincipalBlock, Principals, ResourceBlock, Statement, Template, Version};

use crate::decide::{everything, everything_to_everyone, policies};

/// Those that exist come first, so that of equal ones they are kept.
const ACTIONS: &[&str] = &[
    "s3:GetObject",
    "s3:PutObject",
    "s3:GetBucketAcl",
    "s3:PutBucketAcl",
    "s3:GetObjectAcl",
    "s3:ListBucket",
    "sqs:SendMessage",
    "sqs:DeleteMessage",
    "iam:PassRole",
    "iam:GetRole",
    "ec2:RunInstances",
    "s3:GotObject",
    "s3:GetXObject",
    "s3:GetAcl",
    "s3:NoSuchAcl",
];

const PRINCIPALS: &[&str] = &[
    "arn:aws:iam::111122223333:user/u",
    "arn:aws:iam::111122223333:user/U",
    "arn:aws:iam::111122223333:user/uv",
    "arn:aws:iam::111122223333:user/w",
    "arn:aws:iam::111122223333:user/long",
    "arn:aws:iam::111122223333:user/a",
    "arn:aws:iam::111122223333:role/r",
    "arn:aws:iam::111122223333:role/q",
    "arn:aws:sts::111122223333:assumed-role/r/s",
    "arn:aws:sts::111122223333:assumed-role/r/other",
    "arn:aws:sts::111122223333:assumed-role/q/s",
    "arn:aws:sts::111122223333:federated-user/f",
    "arn:aws:iam::444455556666:user/u",
    "arn:aws:iam::444455556666:user/x",
    "arn:aws:iam::444455556666:role/r",
    "arn:aws:iam::444455556666:role/app/r",
    "arn:aws:sts::444455556666:assumed-role/r/s",
    "arn:aws:iam::777788889999:user/u",
    "arn:aws:iam::777788889999:role/r",
    "arn:aws:iam::111199993333:user/u",
    "arn:aws:iam::111199999999:role/q",
    "arn:aws:iam::222299993333:role/q",
];

/// Who has no identity policies, or needs none.
const OTHERS: &[&str] = &[
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::444455556666:root",
    "arn:aws:iam::777788889999:root",
    "lambda.amazonaws.com",
    "sns.amazonaws.com",
    "ec2.amazonaws.com",
    "arn:aws:iam::111122223333:saml-provider/p",
    "arn:aws:iam::111122223333:saml-provider/other",
    "accounts.google.com",
    "*",
];

const ACCOUNTS: &[&str] = &["111122223333", "444455556666", "111199999999", "222299993333", "777788889999"];

const OF_PRINCIPAL: [&str; 6] = [
    "aws:principalarn",
    "aws:principalaccount",
    "aws:username",
    "aws:principaltype",
    "aws:principalisawsservice",
    "aws:principalservicename",
];

const RESOURCE_ACCOUNT: &str = "aws:resourceaccount";

/// All values to try for a key, the absent one as an empty list.
fn values(key: &str) -> Vec<Vec<String>> {
    let single = |texts: &[&str]| texts.iter().map(|text| vec![(*text).to_owned()]).collect::<Vec<_>>();
    let absent = || vec![Vec::new()];
    let several = |texts: &[&str]| {
        let mut sets = Vec::new();
        for (at, one) in texts.iter().enumerate() {
            for two in &texts[at..] {
                sets.push(vec![(*one).to_owned(), (*two).to_owned()]);
                for three in ["c", "2"] {
                    sets.push(vec![(*one).to_owned(), (*two).to_owned(), three.to_owned()]);
                }
            }
        }
        sets
    };
    let texts = ["", "a", "b", "A", "c", "ab", "Ab", "aB", "aA", "ac", "cb", "cc", "aab", "abc", "*"];
    let numbers = ["-2", "-1", "0", "1", "1.2", "1.5", "1.7", "2", "3", "10", "11", "many", ""];
    let dates = [
        "2023-12-31",
        "2024-01-01",
        "2024-03-01",
        "2024-06-01T12:00:00Z",
        "2024-07-01",
        "2025-01-01T00:00:00Z",
        "2026-01-01",
    ];
    let arns = [
        "arn:aws:s3:::a",
        "arn:aws:s3:::ab",
        "arn:aws:s3:::b",
        "arn:aws:s3::12:b",
        "arn:aws:sqs:x:1:a",
        "a",
        "ab",
        "b",
    ];
    let with_absent = |mut all: Vec<Vec<String>>| {
        all.extend(absent());
        all
    };
    match key {
        "k:n" => with_absent([single(&numbers), several(&numbers)].concat()),
        "k:d" => with_absent([single(&dates), single(&["", "never"]), several(&dates)].concat()),
        "aws:currenttime" => single(&dates),
        "aws:sourceip" => {
            with_absent(single(&["203.0.113.7", "203.0.113.8", "203.0.113.200", "8.8.8.8", "2001:db8::1", "::1"]))
        }
        "aws:vpcsourceip" => with_absent(single(&["10.1.0.0", "10.200.0.0", "192.168.0.1", "::1"])),
        "aws:multifactorauthage" => with_absent(single(&numbers[..11])),
        "s3:max-keys" => with_absent(single(&numbers[..11])),
        "aws:requestedregion" => single(&texts[1..]),
        "aws:securetransport" => single(&["true", "false"]),
        "aws:multifactorauthpresent" => with_absent(single(&["true", "false"])),
        "k:b" => with_absent([single(&["true", "false", "many", ""]), several(&["true", "false", "many"])].concat()),
        "k:bin" => {
            with_absent([single(&["QQ==", "QUI=", "QUJD", "!", ""]), several(&["QQ==", "QUI=", "QUJD"])].concat())
        }
        "aws:sourcearn" => with_absent(single(&arns)),
        "k:arn" => with_absent([single(&arns), several(&arns)].concat()),
        "aws:requesttag/t" => with_absent([single(&numbers), single(&texts)].concat()),
        key if key.starts_with("aws:") && key != "aws:tagkeys" => with_absent(single(&texts)),
        _ => with_absent([single(&texts), several(&texts[1..11])].concat()),
    }
}

/// How many ways to fill variables are tried.
const MOST_WAYS: usize = 60;

/// A resource with the account that owns it, empty if nobody says.
type Place = (String, String);

/// Resources with names of up to so many characters.
fn places(longest: usize, with_accounts: bool) -> Vec<Place> {
    let mut names = vec![String::new()];
    let mut from = 0;
    for _ in 0..longest {
        let to = names.len();
        for at in from..to {
            for character in ["a", "b", "c"] {
                names.push(format!("{}{character}", names[at]));
            }
        }
        from = to;
    }
    names.remove(0);
    names.extend(["u", "*", "u/a"].map(str::to_owned));
    let mut resources: Vec<String> = names.iter().map(|name| format!("arn:aws:s3:::{name}")).collect();
    resources.extend(["a", "ab"].map(|name| format!("arn:aws-cn:s3:::{name}")));
    resources.extend(["a", "ab", "b"].map(|name| format!("arn:aws:s3:eu-west-1:111122223333:{name}")));
    resources.push("*".to_owned());
    let accounts = if with_accounts { ACCOUNTS } else { &ACCOUNTS[..1] };
    let mut places: Vec<Place> = Vec::new();
    for resource in resources {
        match resource.split(':').nth(4) {
            Some(account) if !account.is_empty() => places.push((resource.clone(), account.to_owned())),
            _ => {
                places.extend(accounts.iter().map(|account| (resource.clone(), (*account).to_owned())));
                // Some actions know no such account.
                if with_accounts {
                    places.push((resource.clone(), String::new()));
                }
            }
        }
    }
    for account in ACCOUNTS {
        for (region, name) in [("eu-west-1", "a"), ("eu-west-1", "ab"), ("eu-west-1", "b"), ("us-east-1", "a")] {
            places.push((format!("arn:aws:sqs:{region}:{account}:{name}"), (*account).to_owned()));
        }
    }
    places
}

/// A request in the making.
#[derive(Clone)]
struct Draft {
    principal: Principal,
    action: String,
    place: Place,
    context: BTreeMap<String, Vec<String>>,
}

impl Draft {
    fn request(&self) -> Request {
        let mut context: Context = self.context.iter().map(|(key, values)| (key, values.clone())).collect();
        if !self.place.1.is_empty() {
            context.insert(RESOURCE_ACCOUNT, vec![self.place.1.clone()]);
        }
        Request::new(self.principal.clone(), &self.action, &self.place.0, context)
    }
}

/// The elements that one part of a request is about.
#[derive(Clone, Copy)]
enum Part<'k> {
    Action,
    Resource,
    Principal,
    Key(&'k str),
}

struct World<'p> {
    layer: Layer,
    statements: Vec<(&'p Statement, Version)>,
}

thread_local! {
    /// What the evaluator said of a lone element, as generated elements come again and again.
    static SAID: RefCell<HashMap<String, Vec<bool>>> = RefCell::default();
}

impl World<'_> {
    /// The statement with no more than the elements that the part is about.
    fn lone(&self, statement: &Statement, part: Part<'_>) -> Statement {
        let about = |key: &str| {
            let key = key.to_lowercase();
            match part {
                Part::Action => false,
                Part::Resource => key == RESOURCE_ACCOUNT,
                Part::Principal => OF_PRINCIPAL.contains(&key.as_str()),
                Part::Key(name) => key == name,
            }
        };
        let everyone = (self.layer == Layer::Resource).then_some(PrincipalBlock::Principal(Principals::Everyone));
        Statement {
            sid: None,
            effect: statement.effect,
            principal: if let Part::Principal = part { statement.principal.clone() } else { everyone },
            action: match part {
                Part::Action => statement.action.clone(),
                _ => ActionBlock::Action(vec!["*".to_owned()]),
            },
            resource: match part {
                Part::Resource => statement.resource.clone(),
                _ => Some(ResourceBlock::Resource(vec!["*".to_owned()])),
            },
            conditions: statement.conditions.iter().filter(|condition| about(&condition.key)).cloned().collect(),
        }
    }

    /// For each of the drafts, which statements let the part through, as bits.
    fn let_through(&self, part: Part<'_>, drafts: &[Draft], cached: Option<&str>) -> Vec<u64> {
        let mut bits = vec![0_u64; drafts.len()];
        let requests = OnceCell::new();
        for (index, (statement, version)) in self.statements.iter().enumerate() {
            let lone = self.lone(statement, part);
            let ask = || {
                let mut document = Document { version: *version, id: None, statements: vec![lone.clone()] };
                if lone.effect == Effect::Deny {
                    let all = if self.layer == Layer::Resource { everything_to_everyone() } else { everything() };
                    document.statements.extend(all.statements);
                }
                let prepared = Prepared::new(&policies(self.layer, document)).unwrap();
                let wanted = |outcome| match lone.effect {
                    Effect::Allow => outcome == Outcome::Allowed,
                    Effect::Deny => outcome == Outcome::ExplicitDeny,
                };
                let made = || drafts.iter().map(|draft| draft.request()).collect::<Vec<_>>();
                let requests = requests.get_or_init(made);
                requests.iter().map(|request| wanted(prepared.evaluate(request).outcome)).collect::<Vec<bool>>()
            };
            let is_open =
                !variables(&[Document { version: *version, id: None, statements: vec![lone.clone()] }]).is_empty();
            let answers = match cached {
                Some(name) if !is_open => SAID.with_borrow_mut(|said| {
                    said.entry(format!("{name} {:?} {version:?} {lone:?}", self.layer)).or_insert_with(ask).clone()
                }),
                _ => ask(),
            };
            for (bits, answer) in bits.iter_mut().zip(answers) {
                *bits |= u64::from(answer) << index;
            }
        }
        bits
    }
}

fn variables<'d>(documents: impl IntoIterator<Item = &'d Document>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for document in documents {
        for statement in &document.statements {
            let resources = statement.resource.iter().flat_map(|block| block.patterns());
            for text in resources.chain(statement.conditions.iter().flat_map(|condition| &condition.values)) {
                found.extend(Template::parse(text, document.version).keys().map(str::to_lowercase));
            }
        }
    }
    found
}

/// A request of the world that NEW allows and OLD does not.
pub fn difference(layer: Layer, old: &Document, new: &Document) -> Option<Request> {
    find(layer, &[new, old], &|_, allowed| allowed[0] && !allowed[1])
}

/// A request of the world with the wanted answers: whether each of the documents allows it.
pub fn find(layer: Layer, documents: &[&Document], wanted: &dyn Fn(&Request, &[bool]) -> bool) -> Option<Request> {
    let statements: Vec<_> = documents
        .iter()
        .flat_map(|document| document.statements.iter().map(|statement| (statement, document.version)))
        .collect();
    let mut keys: BTreeSet<String> = BTreeSet::new();
    for (statement, _) in &statements {
        keys.extend(statement.conditions.iter().map(|condition| condition.key.to_lowercase()));
    }
    let variables = variables(documents.iter().copied());
    let with_accounts = keys.contains(RESOURCE_ACCOUNT) || variables.contains(RESOURCE_ACCOUNT);
    let all_places = places(if variables.is_empty() { 5 } else { 2 }, with_accounts);
    let mut principals: Vec<Principal> = PRINCIPALS.iter().map(|text| Principal::parse(text)).collect();
    if layer == Layer::Resource {
        principals.extend(OTHERS.iter().map(|text| Principal::parse(text)));
    } else if !keys.iter().chain(&variables).any(|key| OF_PRINCIPAL.contains(&key.as_str())) {
        principals.truncate(1);
    }

    let world = World { layer, statements };
    // What variables stand for has a say in several parts at once, so those parts are fixed first.
    let mut bases: Vec<BTreeMap<String, Vec<String>>> = vec![BTreeMap::new()];
    for key in variables.iter().filter(|key| !OF_PRINCIPAL.contains(&key.as_str()) && *key != RESOURCE_ACCOUNT) {
        let mut tried: Vec<Vec<String>> = ["a", "b", "u", "1", ""].map(|value| vec![value.to_owned()]).into();
        tried.push(Vec::new());
        if !key.starts_with("aws:") {
            tried.push(vec!["a".to_owned(), "b".to_owned()]);
        }
        bases = bases
            .iter()
            .flat_map(|base| {
                tried.iter().map(|values| {
                    let mut base = base.clone();
                    base.insert(key.clone(), values.clone());
                    base
                })
            })
            .collect();
    }
    if !variables.is_empty() {
        let few = ["user/u", "user/a", "user/long", "role/r", "root", "r/s", "lambda.amazonaws.com", "*"];
        principals.retain(|principal| match principal {
            Principal::Service(name) => few.contains(&name.as_str()),
            Principal::Anonymous => true,
            other => other.arn().is_some_and(|arn| few.iter().any(|few| arn.ends_with(few))),
        });
    }
    let callers: Vec<Vec<Principal>> = if variables.iter().any(|key| OF_PRINCIPAL.contains(&key.as_str())) {
        principals.iter().map(|principal| vec![principal.clone()]).collect()
    } else {
        vec![principals]
    };
    let places: Vec<Vec<Place>> = if variables.contains(RESOURCE_ACCOUNT) {
        ACCOUNTS
            .iter()
            .chain(&[""])
            .map(|account| all_places.iter().filter(|(_, owner)| owner == account).cloned().collect())
            .collect()
    } else {
        vec![all_places]
    };
    // Of too many ways to fill the variables, some all over.
    let stride = (bases.len() * callers.len() * places.len()).div_ceil(MOST_WAYS);
    let bases: Vec<_> = bases.into_iter().step_by(stride).collect();
    let keys: Vec<String> = keys
        .into_iter()
        .filter(|key| !OF_PRINCIPAL.contains(&key.as_str()) && key != RESOURCE_ACCOUNT && !variables.contains(key))
        .collect();
    let fixed: Vec<String> = variables.iter().cloned().collect();
    for base in &bases {
        for principals in &callers {
            for places in &places {
                let found = world.search(documents, wanted, base, &fixed, &keys, principals, places);
                if found.is_some() {
                    return found;
                }
            }
        }
    }
    None
}

impl World<'_> {
    #[expect(clippy::too_many_arguments, reason = "one search, called once")]
    fn search(
        &self,
        documents: &[&Document],
        wanted: &dyn Fn(&Request, &[bool]) -> bool,
        base: &BTreeMap<String, Vec<String>>,
        fixed: &[String],
        keys: &[String],
        principals: &[Principal],
        places: &[Place],
    ) -> Option<Request> {
        let first = Draft {
            principal: principals[0].clone(),
            action: ACTIONS[0].to_owned(),
            place: places[0].clone(),
            context: base.clone(),
        };
        let cached = |name: &str| Some(format!("{name} {:?} {} {:?}", places[0], places.len(), principals));
        let all = u64::MAX;
        let mut states: Vec<(u64, Draft)> = vec![(all, first.clone())];
        let mut narrow =
            |part: Part<'_>, drafts: Vec<Draft>, cached: Option<String>, take: &dyn Fn(&mut Draft, &Draft)| {
                let mut kept: BTreeMap<u64, Draft> = BTreeMap::new();
                for (bits, draft) in self.let_through(part, &drafts, cached.as_deref()).into_iter().zip(&drafts) {
                    kept.entry(bits).or_insert_with(|| draft.clone());
                }
                let mut next: BTreeMap<u64, Draft> = BTreeMap::new();
                for (state, draft) in &states {
                    for (bits, part) in &kept {
                        next.entry(state & bits).or_insert_with(|| {
                            let mut draft = draft.clone();
                            take(&mut draft, part);
                            draft
                        });
                    }
                }
                states = next.into_iter().collect();
            };
        let drafts = ACTIONS.iter().map(|action| Draft { action: (*action).to_owned(), ..first.clone() });
        narrow(Part::Action, drafts.collect(), cached("action"), &|draft, part| draft.action = part.action.clone());
        let drafts = places.iter().map(|place| Draft { place: place.clone(), ..first.clone() });
        narrow(Part::Resource, drafts.collect(), cached("resource"), &|draft, part| draft.place = part.place.clone());
        let drafts = principals.iter().map(|principal| Draft { principal: principal.clone(), ..first.clone() });
        narrow(Part::Principal, drafts.collect(), cached("principal"), &|draft, part| {
            draft.principal = part.principal.clone();
        });
        // What a variable's own key is compared with was fixed with it.
        for key in fixed.iter().filter(|key| !OF_PRINCIPAL.contains(&key.as_str()) && *key != RESOURCE_ACCOUNT) {
            narrow(Part::Key(key), vec![first.clone()], None, &|_, _| {});
        }
        for key in keys {
            let drafts = values(key).into_iter().map(|values| {
                let mut draft = first.clone();
                draft.context.insert(key.clone(), values);
                draft
            });
            narrow(Part::Key(key), drafts.collect(), cached(key), &|draft, part| {
                draft.context.insert(key.clone(), part.context[key].clone());
            });
        }
        let prepared: Vec<Prepared> = documents
            .iter()
            .map(|document| Prepared::new(&policies(self.layer, (*document).clone())).unwrap())
            .collect();
        states.into_iter().map(|(_, draft)| draft.request()).find(|request| {
            let allowed: Vec<bool> = prepared.iter().map(|prepared| prepared.evaluate(request).is_allowed()).collect();
            wanted(request, &allowed)
        })
    }
}
