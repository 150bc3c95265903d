//! One statement, ready to be matched.

use std::collections::BTreeMap;

use policy::{ActionBlock, Effect, Pattern, ResourceBlock, Statement, Version};

use crate::{
    condition::Condition,
    policies::{Layer, Problem},
    principal::{Caller, Closeness, PrincipalMatcher},
    request::{Context, Request},
    resource::{ArnPattern, Subject},
    unknown::{Hope, Truth, View},
};

/// A statement whose patterns are compiled.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub effect: Effect,
    actions: Actions,
    principal: Option<PrincipalMatcher>,
    resources: Option<Resources>,
    conditions: Vec<Condition>,
}

/// A request, taken apart once for all statements.
pub(crate) struct Query<'a> {
    pub caller: Caller<'a>,
    pub service: &'a str,
    pub action: &'a str,
    pub resource: Subject<'a>,
    pub context: &'a Context,
    /// Where some keys are not known: how what depends on them is taken.
    pub hope: Option<&'a Hope<'a>>,
}

impl<'a> Query<'a> {
    pub fn new(request: &'a Request) -> Self {
        let (service, action) = request.action().split_once(':').unwrap_or(("", request.action()));
        Query {
            caller: Caller::new(request.principal()),
            service,
            action,
            resource: Subject::new(request.resource()),
            context: request.context(),
            hope: None,
        }
    }
}

impl Compiled {
    pub fn new(statement: &Statement, version: Version, layer: Layer) -> Result<Self, Problem> {
        let principal = statement.principal.as_ref().map(|block| PrincipalMatcher::new(block, statement.effect));
        // A policy on a resource must say whom it means. IAM lets no policy on a principal say so; where one does all
        // the same, it means no more than it says.
        if principal.is_none() && matches!(layer, Layer::Resource | Layer::Rcp | Layer::Endpoint) {
            return Err(Problem::NoPrincipal);
        }
        let resources = statement.resource.as_ref().map(|block| Resources::new(block, version));
        // A policy on a resource (a role's trust policy, a repository's policy) may leave out which.
        if resources.is_none() && layer != Layer::Resource {
            return Err(Problem::NoResource);
        }
        Ok(Compiled {
            effect: statement.effect,
            actions: Actions::new(&statement.action),
            principal,
            resources,
            conditions: statement
                .conditions
                .iter()
                .map(|condition| Condition::new(condition, version))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Whether the statement is about this request, and how closely it names the caller; without a `Principal` element
    /// it is about whomever its policy is attached to. The cheapest question comes first.
    pub fn matches(&self, query: &Query<'_>) -> Option<Closeness> {
        let closeness = self.names(query)?;
        let about = match query.hope {
            None => {
                self.resources.as_ref().is_none_or(|resources| resources.match_resource(&query.resource, query.context))
                    && self.conditions.iter().all(|condition| condition.holds(query.context))
            }
            Some(hope) => hope.resolve(self.effect, self.truth(query, &hope.view)),
        };
        about.then_some(closeness)
    }

    /// How closely the statement names the caller, if it is about the action.
    pub fn names(&self, query: &Query<'_>) -> Option<Closeness> {
        if !self.actions.match_action(query.service, query.action) {
            return None;
        }
        match &self.principal {
            Some(principal) => principal.matches(&query.caller),
            None => Some(Closeness::Caller),
        }
    }

    /// Whether resource and conditions are as the statement says, where some keys are not known.
    pub fn truth(&self, query: &Query<'_>, view: &View<'_>) -> Truth {
        let resource = self.resources.as_ref().map(|resources| resources.truth(&query.resource, view));
        let conditions = self.conditions.iter().map(|condition| condition.truth(view));
        conditions.chain(resource).min().unwrap_or(Truth::Yes)
    }

    /// What of the statement depends on keys that are not known, in words.
    pub fn open_parts(&self, query: &Query<'_>, view: &View<'_>) -> Vec<String> {
        let resources = self.resources.iter().filter(|resources| resources.truth(&query.resource, view) == Truth::Open);
        let conditions = self.conditions.iter().filter(|condition| condition.truth(view) == Truth::Open);
        let conditions = conditions.map(|condition| condition.text.to_string());
        resources.map(Resources::text).chain(conditions).collect()
    }
}

/// Action patterns, grouped by service: most statements have nothing to say about most services.
#[derive(Debug)]
struct Actions {
    negated: bool,
    every: bool,
    // INVARIANT: sorted by service, lower-case.
    services: Vec<(String, Vec<Pattern>)>,
}

impl Actions {
    fn new(block: &ActionBlock) -> Self {
        let mut services: BTreeMap<String, Vec<Pattern>> = BTreeMap::new();
        for pattern in block.patterns() {
            if let Some((service, name)) = pattern.split_once(':') {
                services.entry(service.to_ascii_lowercase()).or_default().push(Pattern::new(name));
            }
        }
        Actions {
            negated: matches!(block, ActionBlock::NotAction(_)),
            every: block.patterns().iter().any(|pattern| pattern == "*"),
            services: services.into_iter().collect(),
        }
    }

    fn match_action(&self, service: &str, name: &str) -> bool {
        let named = self.every
            || self.of_service(service).is_some_and(|names| names.iter().any(|n| n.matches_ignoring_case(name)));
        named != self.negated
    }

    fn of_service(&self, service: &str) -> Option<&[Pattern]> {
        let lower = || service.bytes().map(|byte| byte.to_ascii_lowercase());
        let at = self.services.binary_search_by(|(have, _)| have.bytes().cmp(lower())).ok()?;
        self.services.get(at).map(|(_, names)| names.as_slice())
    }
}

#[derive(Debug)]
struct Resources {
    negated: bool,
    patterns: Vec<ArnPattern>,
    /// The patterns with variables, as they are written.
    variable: Vec<String>,
}

impl Resources {
    fn new(block: &ResourceBlock, version: Version) -> Self {
        Resources {
            negated: matches!(block, ResourceBlock::NotResource(_)),
            patterns: block.patterns().iter().map(|pattern| ArnPattern::of_resource(pattern, version)).collect(),
            variable: block.patterns().iter().filter(|pattern| pattern.contains("${")).cloned().collect(),
        }
    }

    fn truth(&self, resource: &Subject<'_>, view: &View<'_>) -> Truth {
        let any = self.patterns.iter().map(|pattern| pattern.truth(resource, view)).max().unwrap_or(Truth::No);
        if self.negated { !any } else { any }
    }

    fn text(&self) -> String {
        format!("{} {}", if self.negated { "NotResource" } else { "Resource" }, self.variable.join(", "))
    }

    fn match_resource(&self, resource: &Subject<'_>, context: &Context) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(resource, context)) != self.negated
    }
}
