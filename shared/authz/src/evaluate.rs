//! The order in which AWS asks its policies.

use policy::{Document, Effect, Statement};

use crate::{
    decision::{Decision, Outcome, Reason, Reasons, Refusal},
    policies::{Layer, Policies, PrepareError},
    principal::{Closeness, Principal},
    request::Request,
    statement::{Compiled, Query},
};

/// Decides one request. For many requests under the same policies, see [`Prepared`].
///
/// # Errors
/// When a Deny statement cannot be understood.
pub fn evaluate(request: &Request, policies: &Policies) -> Result<Decision, PrepareError> {
    Ok(Prepared::new(policies)?.evaluate(request))
}

/// Policies, compiled for any number of requests.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) rcps: Vec<Compilation>,
    pub(crate) scps: Vec<Compilation>,
    pub(crate) endpoint: Option<Compilation>,
    pub(crate) resource: Option<Compilation>,
    pub(crate) identity: Compilation,
    pub(crate) boundary: Option<Compilation>,
    pub(crate) session: Option<Compilation>,
}

impl Prepared {
    /// Compiles the policies.
    ///
    /// An Allow statement that cannot be understood (an unknown operator, a missing element) allows nothing.
    ///
    /// # Errors
    /// When a Deny statement cannot be understood.
    pub fn new(policies: &Policies) -> Result<Self, PrepareError> {
        let levels = |levels: &[Vec<Document>], layer| {
            levels
                .iter()
                .enumerate()
                .map(|(level, documents)| Compilation::new(documents, layer, Some(level)))
                .collect::<Result<Vec<_>, _>>()
        };
        let one = |document: &Option<Document>, layer| {
            document.as_ref().map(|document| Compilation::new(std::slice::from_ref(document), layer, None)).transpose()
        };
        let some = |documents: &[Document], layer| {
            (!documents.is_empty()).then(|| Compilation::new(documents, layer, None)).transpose()
        };
        Ok(Prepared {
            rcps: levels(&policies.rcps, Layer::Rcp)?,
            scps: levels(&policies.scps, Layer::Scp)?,
            endpoint: one(&policies.endpoint, Layer::Endpoint)?,
            resource: one(&policies.resource, Layer::Resource)?,
            identity: Compilation::new(&policies.identity, Layer::Identity, None)?,
            boundary: some(policies.boundary.as_deref().unwrap_or_default(), Layer::Boundary)?,
            session: some(&policies.session, Layer::Session)?,
        })
    }

    /// Decides one request.
    ///
    /// Without a resource policy and without the resource's account the question is about the principal's side
    /// only: the resource is taken to be in the principal's account, and to have no policy that would have to trust it.
    ///
    /// Allocates nothing, unless a policy variable has to be filled, the request holds an impossible date, or more than
    /// [`Reasons::INLINE`] statements decide.
    #[must_use]
    pub fn evaluate(&self, request: &Request) -> Decision {
        self.decide(request, &Query::new(request))
    }

    pub(crate) fn decide(&self, request: &Request, query: &Query<'_>) -> Decision {
        let mut found = Found::default();

        for rcp in self.rcps.iter().filter(|_| query.is_under_rcps()) {
            found.require(rcp, query);
        }
        for scp in self.scps.iter().filter(|_| query.is_under_scps()) {
            found.require(scp, query);
        }
        if let Some(endpoint) = &self.endpoint {
            found.require(endpoint, query);
        }
        let resource = self.resource.as_ref().and_then(|resource| resource.ask(query, &mut found));
        let own = OwnSide {
            identity: self.identity.ask(query, &mut found),
            boundary: self.boundary.as_ref().map(|boundary| boundary.ask(query, &mut found)),
            session: self.session.as_ref().map(|session| session.ask(query, &mut found)),
        };
        if !found.denied && found.refusal.is_none() {
            found.refusal = self.grant(request, query, resource, &own, &mut found).err();
        }
        found.decision()
    }

    /// Whether the resource's side and the principal's side together grant what nothing denies or limits.
    fn grant(
        &self,
        request: &Request,
        query: &Query<'_>,
        resource: Option<Allow>,
        own: &OwnSide,
        found: &mut Found,
    ) -> Result<(), Refusal> {
        let principal = request.principal();
        if let Principal::Service(_) | Principal::Federated(_) | Principal::Anonymous = principal {
            found.allow(resource.ok_or(Refusal::Resource)?.reason);
            return Ok(());
        }
        if self.is_cross_account(request, query) {
            let resource = resource.ok_or(Refusal::Resource)?;
            found.allow(resource.reason);
            return own.allow(principal, Refusal::Identity, found);
        }
        match resource {
            // Granted to the very session or user, or to everyone: nothing but a Deny limits that.
            Some(Allow { closeness: Closeness::Caller, reason }) => {
                found.allow(reason);
                Ok(())
            }
            Some(Allow { closeness: Closeness::Role, reason }) => {
                found.allow(reason);
                own.limit(found)
            }
            Some(Allow { closeness: Closeness::Account, reason }) => {
                found.allow(reason);
                own.allow(principal, Refusal::Identity, found)
            }
            None if self.needs_trust(request, query) => Err(Refusal::Trust),
            None => own.allow(principal, Refusal::Grant, found),
        }
    }

    pub(crate) fn is_cross_account(&self, request: &Request, query: &Query<'_>) -> bool {
        let owner = match (request.resource_account(), &self.resource) {
            (Some(account), _) => Some(account),
            (None, Some(_)) => query.resource.account(),
            (None, None) => None,
        };
        match (owner, query.caller.arn) {
            (Some(owner), Some(caller)) => owner != caller.account,
            _ => false,
        }
    }

    /// Keys and roles always have a policy, and identity policies count only so far as it trusts the account:
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>.
    pub(crate) fn needs_trust(&self, request: &Request, query: &Query<'_>) -> bool {
        let is_known = self.resource.is_some() || request.resource_account().is_some();
        let is_key = query.service.eq_ignore_ascii_case("kms") && query.resource.is_of("kms", "key/");
        is_known && (is_key || query.assumes("role/"))
    }
}

impl Query<'_> {
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>: principals of accounts,
    /// but no service-linked roles.
    pub(crate) fn is_under_scps(&self) -> bool {
        self.caller.arn.is_some() && !self.caller.is_service_linked()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>: everyone, but no
    /// service-linked roles, and nobody who makes a session of one; `kms:RetireGrant` is not restricted either.
    pub(crate) fn is_under_rcps(&self) -> bool {
        let retires = self.service.eq_ignore_ascii_case("kms") && self.action.eq_ignore_ascii_case("RetireGrant");
        !retires && !self.caller.is_service_linked() && !self.assumes("role/aws-service-role/")
    }

    /// Whether it asks for a session of a role whose ARN's resource part starts like this.
    fn assumes(&self, start: &str) -> bool {
        let actions = [
            "AssumeRole",
            "AssumeRoleWithSAML",
            "AssumeRoleWithWebIdentity",
            "TagSession",
            "SetSourceIdentity",
            "SetContext",
        ];
        self.service.eq_ignore_ascii_case("sts")
            && self.resource.is_of("iam", start)
            && actions.iter().any(|name| name.eq_ignore_ascii_case(self.action))
    }
}

/// What has been found on the way.
#[derive(Default)]
struct Found {
    denied: bool,
    refusal: Option<Refusal>,
    // INVARIANT: Deny statements only once `denied`, Allow statements only until then.
    by: Reasons,
}

impl Found {
    fn deny(&mut self, reason: Reason) {
        if !self.denied {
            self.denied = true;
            self.by.clear();
        }
        self.by.push(reason);
    }

    fn allow(&mut self, reason: Reason) {
        if !self.denied {
            self.by.push(reason);
        }
    }

    /// A limit must allow the request; the first that does not is the reason of the refusal.
    fn require(&mut self, limit: &Compilation, query: &Query<'_>) {
        match limit.ask(query, self) {
            Some(allow) => self.allow(allow.reason),
            None => self.refusal = self.refusal.or(Some(Refusal::Limit(limit.layer, limit.level))),
        }
    }

    fn decision(mut self) -> Decision {
        let outcome = match self.refusal {
            _ if self.denied => Outcome::ExplicitDeny,
            None => Outcome::Allowed,
            Some(refusal) => {
                self.by.clear();
                Outcome::ImplicitDeny(refusal)
            }
        };
        Decision { outcome, by: self.by }
    }
}

/// What the policies of the principal's own account say; outer `None` where there is no policy of the kind.
struct OwnSide {
    identity: Option<Allow>,
    boundary: Option<Option<Allow>>,
    session: Option<Option<Allow>>,
}

impl OwnSide {
    /// Whether the principal's own policies allow it, and nothing limits them. `missing` is the refusal if none allows it.
    fn allow(&self, principal: &Principal, missing: Refusal, found: &mut Found) -> Result<(), Refusal> {
        match (principal, self.identity) {
            // The root user has full access without any policy.
            (Principal::Root(_), _) => return Ok(()),
            (_, Some(identity)) => found.allow(identity.reason),
            (_, None) => return Err(missing),
        }
        if matches!(principal, Principal::FederatedUser(_)) && self.session.is_none() {
            return Err(Refusal::Session);
        }
        self.limit(found)
    }

    /// Whether boundary and session policies let it through.
    fn limit(&self, found: &mut Found) -> Result<(), Refusal> {
        for (layer, answer) in [(Layer::Boundary, self.boundary), (Layer::Session, self.session)] {
            match answer {
                Some(Some(allow)) => found.allow(allow.reason),
                Some(None) => return Err(Refusal::Limit(layer, None)),
                None => {}
            }
        }
        Ok(())
    }
}

/// An Allow statement that matched.
#[derive(Debug, Clone, Copy)]
struct Allow {
    closeness: Closeness,
    reason: Reason,
}

/// The statements of one list of policies.
#[derive(Debug)]
pub(crate) struct Compilation {
    layer: Layer,
    level: Option<usize>,
    statements: Vec<(usize, usize, Compiled)>,
}

impl Compilation {
    fn new(documents: &[Document], layer: Layer, level: Option<usize>) -> Result<Self, PrepareError> {
        let mut statements = Vec::new();
        for (policy, document) in documents.iter().enumerate() {
            for (index, statement) in document.statements.iter().enumerate() {
                match Compiled::new(statement, document.version, layer) {
                    Ok(compiled) => statements.push((policy, index, compiled)),
                    Err(problem) if statement.effect == Effect::Deny => {
                        return Err(PrepareError { layer, policy, statement: index, problem });
                    }
                    // It cannot be understood, so it allows nothing.
                    Err(_) => {}
                }
            }
        }
        Ok(Compilation { layer, level, statements })
    }

    /// The closest Allow, the first of them if several are as close. Every Deny that matches is added to `found`.
    fn ask(&self, query: &Query<'_>, found: &mut Found) -> Option<Allow> {
        let mut best: Option<Allow> = None;
        for (policy, statement, compiled) in &self.statements {
            let settled = best.is_some_and(|best| best.closeness == Closeness::Caller);
            if compiled.effect == Effect::Allow && settled {
                continue;
            }
            let Some(closeness) = compiled.matches(query) else { continue };
            let reason = self.reason(*policy, *statement);
            match compiled.effect {
                Effect::Deny => found.deny(reason),
                Effect::Allow if best.is_none_or(|best| best.closeness < closeness) => {
                    best = Some(Allow { closeness, reason });
                }
                Effect::Allow => {}
            }
        }
        best
    }

    /// Every statement, with where it stands.
    pub fn statements(&self) -> impl Iterator<Item = (Reason, &Compiled)> {
        self.statements.iter().map(|(policy, statement, compiled)| (self.reason(*policy, *statement), compiled))
    }

    fn reason(&self, policy: usize, statement: usize) -> Reason {
        Reason { layer: self.layer, level: self.level, policy, statement }
    }
}

/// What makes a statement impossible to understand as one of a policy of this kind: as an Allow it allows nothing, and as a Deny it
/// is an error.
#[must_use]
pub fn misunderstood(statement: &Statement, layer: Layer) -> Option<String> {
    // The evaluator passes over an Allow that it does not understand, and tells why of a Deny.
    let denied = Statement { effect: Effect::Deny, ..statement.clone() };
    let document = Document::new(vec![denied]);
    let mut policies = Policies::default();
    match layer {
        Layer::Identity => policies.identity.push(document),
        Layer::Resource => policies.resource = Some(document),
        Layer::Boundary => policies.boundary = Some(vec![document]),
        Layer::Session => policies.session.push(document),
        Layer::Scp => policies.scps.push(vec![document]),
        Layer::Rcp => policies.rcps.push(vec![document]),
        Layer::Endpoint => policies.endpoint = Some(document),
    }
    Prepared::new(&policies).err().map(|error| error.problem.to_string())
}
