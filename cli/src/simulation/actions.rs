//! Which actions policies allow at all: on some resource, under some condition.

use authz::{Comparison, Layer, PrepareError, Verdict, compare};
use catalog::{Action, Catalog};
use policy::{ActionBlock, Document, Effect, Pattern, PrincipalBlock, Principals, ResourceBlock, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// The actions of the catalog that policies allow.
#[derive(Debug, Default)]
pub struct Allowed {
    /// `service:Name`, by service.
    pub services: BTreeMap<String, BTreeSet<String>>,
    /// How many of them could not be decided, and are counted as allowed.
    pub undecided: usize,
}

impl Allowed {
    pub fn count(&self) -> usize {
        self.services.values().map(BTreeSet::len).sum()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.services
            .iter()
            .flat_map(|(service, actions)| actions.iter().map(|action| (service.as_str(), action.as_str())))
    }
}

/// The index of a document, and of a statement in it.
type At = (usize, usize);

/// Whether an action is allowed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Undecided,
}

/// Asks for every action of the catalog. Actions that the same statements name, and that are about the same resources,
/// have one answer.
///
/// # Errors
/// When a Deny statement cannot be understood.
pub fn allowed(documents: &[Document], layer: Layer, catalog: &Catalog) -> Result<Allowed, PrepareError> {
    let mut allowed = Allowed::default();
    let mut known: BTreeMap<(Vec<At>, Vec<&str>), Answer> = BTreeMap::new();
    for service in catalog.services() {
        let named = Named::new(documents, service.prefix());
        for action in service.actions() {
            let statements = named.statements(action.name());
            if !statements.iter().any(|at| effect(documents, *at) == Some(Effect::Allow)) {
                continue;
            }
            let key = (statements, formats(action));
            let answer = match known.get(&key) {
                Some(answer) => *answer,
                None => {
                    let answer = ask(documents, &key.0, layer, action, catalog)?;
                    known.insert(key, answer);
                    answer
                }
            };
            if answer != Answer::No {
                let name = format!("{}:{}", service.prefix(), action.name());
                allowed.services.entry(service.prefix().to_owned()).or_default().insert(name);
                allowed.undecided += usize::from(answer == Answer::Undecided);
            }
        }
    }
    Ok(allowed)
}

fn effect(documents: &[Document], (document, statement): At) -> Option<Effect> {
    documents.get(document)?.statements.get(statement).map(|statement| statement.effect)
}

/// What an action is about; each once.
pub fn formats<'c>(action: Action<'c>) -> Vec<&'c str> {
    let mut formats: Vec<&str> = action.resources().flat_map(|resource| resource.resource_type.arn_formats()).collect();
    formats.sort_unstable();
    formats.dedup();
    formats
}

/// Whether those statements that name the action allow it on anything that it can be about: they do if they allow more
/// than nothing.
fn ask(
    documents: &[Document],
    statements: &[At],
    layer: Layer,
    action: Action<'_>,
    catalog: &Catalog,
) -> Result<Answer, PrepareError> {
    let name = format!("{}:{}", action.service(), action.name());
    let of = |(index, document): (usize, &Document)| Document {
        statements: document
            .statements
            .iter()
            .enumerate()
            .filter(|(statement, _)| statements.contains(&(index, *statement)))
            .map(|(_, statement)| Statement {
                sid: None,
                effect: statement.effect,
                principal: statement.principal.clone(),
                // That it names the action is known, and nothing else is asked.
                action: ActionBlock::Action(vec![name.clone()]),
                resource: statement.resource.clone(),
                conditions: statement.conditions.clone(),
            })
            .collect(),
        version: document.version,
        id: None,
    };
    let named: Vec<Document> = documents.iter().enumerate().map(of).collect();
    let on_resource = matches!(layer, Layer::Resource | Layer::Rcp | Layer::Endpoint);
    let everyone = on_resource.then_some(PrincipalBlock::Principal(Principals::Everyone));
    let plain = |statement: &Statement| {
        statement.effect == Effect::Allow
            && statement.conditions.is_empty()
            && statement.principal == everyone
            && matches!(&statement.resource, Some(ResourceBlock::Resource(patterns)) if patterns.iter().any(|one| one == "*"))
    };
    let mut all = named.iter().flat_map(|document| &document.statements);
    if all.clone().any(plain) && all.all(|statement| statement.effect == Effect::Allow) {
        return Ok(Answer::Yes);
    }
    let formats = formats(action);
    let mut allows = named.iter().flat_map(|document| &document.statements).filter(|one| one.effect == Effect::Allow);
    if !allows.any(|statement| may_be_about(statement, &formats)) {
        return Ok(Answer::No);
    }
    let how = Comparison::of(layer).service_aware(catalog);
    Ok(match compare(&[], &named, &how)? {
        Verdict::NewAccess(_) => Answer::Yes,
        Verdict::NoNewAccess => Answer::No,
        Verdict::Inconclusive(_) => Answer::Undecided,
    })
}

/// Whether a statement names a resource of a service that has one of these formats; nothing is said of the rest of it.
fn may_be_about(statement: &Statement, formats: &[&str]) -> bool {
    match &statement.resource {
        Some(ResourceBlock::Resource(patterns)) => patterns.iter().any(|pattern| may_match(pattern, formats)),
        _ => true,
    }
}

/// As [`may_be_about`], for one pattern.
pub fn may_match(pattern: &str, formats: &[&str]) -> bool {
    let service = |text: &str| text.split(':').nth(2).unwrap_or("*").to_ascii_lowercase();
    let wanted = service(pattern);
    // A format without a service of its own stands for ARNs of any.
    let fits = |format: &&str| {
        let own = service(format);
        own == wanted || own.contains(['$', '*'])
    };
    pattern == "*" || wanted.contains(['*', '?', '$']) || formats.iter().any(fits)
}

/// What statements say of one service's actions.
pub struct Named {
    statements: Vec<(At, bool, Names)>,
}

enum Names {
    All,
    Some(Vec<Pattern>),
}

impl Named {
    pub fn new(documents: &[Document], service: &str) -> Self {
        let mut statements = Vec::new();
        for (index, document) in documents.iter().enumerate() {
            for (number, statement) in document.statements.iter().enumerate() {
                let negated = matches!(statement.action, ActionBlock::NotAction(_));
                let patterns = statement.action.patterns();
                let names = if patterns.iter().any(|pattern| pattern == "*") {
                    Names::All
                } else {
                    let of_service = |pattern: &String| {
                        let (prefix, name) = pattern.split_once(':')?;
                        prefix.eq_ignore_ascii_case(service).then(|| Pattern::new(name))
                    };
                    Names::Some(patterns.iter().filter_map(of_service).collect())
                };
                statements.push(((index, number), negated, names));
            }
        }
        Named { statements }
    }

    /// The statements that name the action.
    pub fn statements(&self, action: &str) -> Vec<At> {
        let names = |names: &Names| match names {
            Names::All => true,
            Names::Some(patterns) => patterns.iter().any(|pattern| pattern.matches_ignoring_case(action)),
        };
        self.statements.iter().filter(|(_, negated, named)| names(named) != *negated).map(|(at, ..)| *at).collect()
    }
}
