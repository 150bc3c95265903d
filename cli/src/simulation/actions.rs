//! Which actions policies allow at all: on some resource, under some condition.

use authz::compare::{AllowedAction, allowed_actions};
use authz::{Layer, PrepareError};
use catalog::{Action, Catalog};
use policy::{ActionBlock, Document, Pattern};
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

/// Asks for every action of the catalog.
///
/// # Errors
/// When a Deny statement cannot be understood.
pub fn allowed(documents: &[Document], layer: Layer, catalog: &Catalog) -> Result<Allowed, PrepareError> {
    let mut allowed = Allowed::default();
    for AllowedAction { action, is_certain } in allowed_actions(documents, layer, catalog)? {
        let name = format!("{}:{}", action.service(), action.name());
        allowed.services.entry(action.service().to_owned()).or_default().insert(name);
        allowed.undecided += usize::from(!is_certain);
    }
    Ok(allowed)
}

/// What an action is about; each once.
pub fn formats<'c>(action: Action<'c>) -> Vec<&'c str> {
    let mut formats: Vec<&str> = action.resources().flat_map(|resource| resource.resource_type.arn_formats()).collect();
    formats.sort_unstable();
    formats.dedup();
    formats
}

/// Whether a pattern names a resource of a service that has one of these formats; nothing is said of the rest of it.
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
