//! What is asked.

use std::borrow::Cow;

use policy::Arn;

use crate::principal::Principal;

/// A request: who wants to do what on which resource, and under which circumstances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    // INVARIANT: `context` holds the keys that follow from the other fields.
    principal: Principal,
    action: String,
    resource: String,
    resource_account: Option<String>,
    context: Context,
}

impl Request {
    /// A request for `action` (`s3:GetObject`) on `resource` (an ARN, or `*` for an action without a resource).
    ///
    /// Adds to the context what follows from the principal and the resource where it does not hold them:
    /// `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:PrincipalType`, `aws:PrincipalIsAWSService`,
    /// `aws:PrincipalServiceName`, `aws:username` and `aws:ResourceAccount`.
    ///
    /// Nothing is checked: an action without a service, or a resource that is no ARN, is what only `*` (or an equal text)
    /// stands for. [`crate::wire`] refuses what cannot be meant.
    pub fn new(principal: Principal, action: impl Into<String>, resource: impl Into<String>, context: Context) -> Self {
        let mut request =
            Request { principal, action: action.into(), resource: resource.into(), resource_account: None, context };
        request.imply();
        request
    }

    /// The same request, with the account that owns the resource, for ARNs that do not say (`arn:aws:s3:::bucket`).
    #[must_use]
    pub fn in_account(mut self, account: impl Into<String>) -> Self {
        let account = account.into();
        self.context.fill("aws:resourceaccount", &account);
        self.resource_account = Some(account);
        self
    }

    /// Who asks.
    #[must_use]
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// What for.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// On what.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// Whose resource it is, where that was said.
    #[must_use]
    pub fn resource_account(&self) -> Option<&str> {
        self.resource_account.as_deref()
    }

    /// The condition keys.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    fn imply(&mut self) {
        let Request { principal, context, .. } = self;
        if let Some(arn) = principal.principal_arn() {
            context.fill("aws:principalarn", &arn);
        }
        if let Some(account) = principal.account() {
            context.fill("aws:principalaccount", account);
        }
        let kind = match principal {
            Principal::Root(_) => Some("Account"),
            Principal::User(_) => Some("User"),
            Principal::Role(_) | Principal::RoleSession(_) => Some("AssumedRole"),
            Principal::FederatedUser(_) => Some("FederatedUser"),
            Principal::Anonymous => Some("Anonymous"),
            Principal::Service(_) | Principal::Federated(_) => None,
        };
        if let Some(kind) = kind {
            context.fill("aws:principaltype", kind);
        }
        if let (Principal::User(_), Some(name)) = (&*principal, principal.name()) {
            context.fill("aws:username", name);
        }
        if let Principal::Service(name) = principal {
            context.fill("aws:principalservicename", name);
        }
        // Requests that nobody signed do not have it.
        if *principal != Principal::Anonymous {
            let service = matches!(principal, Principal::Service(_));
            context.fill("aws:principalisawsservice", if service { "true" } else { "false" });
        }
        if let Ok(arn) = Arn::parse(&self.resource)
            && !arn.account.is_empty()
        {
            context.fill("aws:resourceaccount", arn.account);
        }
    }
}

/// The condition keys of a request: names without regard to case, each with any number of values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    // INVARIANT: sorted by key; keys are lower-case and stand once.
    keys: Vec<(Cow<'static, str>, Vec<String>)>,
}

impl Context {
    /// The values of a key; `None` if the request does not have it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&[String]> {
        self.get_lower(&key.to_lowercase())
    }

    /// Sets the values of a key, in place of those that it has.
    pub fn insert(&mut self, key: &str, values: Vec<String>) {
        self.set(Cow::Owned(key.to_lowercase()), values);
    }

    /// All keys, lower-case and sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.keys.iter().map(|(key, values)| (key.as_ref(), values.as_slice()))
    }

    /// As [`Context::get`], for a key that is lower-case already.
    pub(crate) fn get_lower(&self, key: &str) -> Option<&[String]> {
        let at = self.keys.binary_search_by(|(have, _)| have.as_ref().cmp(key)).ok()?;
        self.keys.get(at).map(|(_, values)| values.as_slice())
    }

    /// Sets a key that the request does not have yet. `key` is lower-case.
    fn fill(&mut self, key: &'static str, value: &str) {
        if self.get_lower(key).is_none() {
            self.set(Cow::Borrowed(key), vec![value.to_owned()]);
        }
    }

    fn set(&mut self, key: Cow<'static, str>, values: Vec<String>) {
        match self.keys.binary_search_by(|(have, _)| have.cmp(&key)) {
            Ok(at) => {
                if let Some((_, old)) = self.keys.get_mut(at) {
                    *old = values;
                }
            }
            Err(at) => self.keys.insert(at, (key, values)),
        }
    }
}

impl<K: AsRef<str>, V: Into<String>, I: IntoIterator<Item = V>> FromIterator<(K, I)> for Context {
    fn from_iter<T: IntoIterator<Item = (K, I)>>(iter: T) -> Self {
        let mut keys: Vec<(Cow<'static, str>, Vec<String>)> = iter
            .into_iter()
            .map(|(key, values)| {
                (Cow::Owned(key.as_ref().to_lowercase()), values.into_iter().map(Into::into).collect())
            })
            .collect();
        // Of keys that differ in case only the last counts.
        keys.reverse();
        keys.sort_by(|(a, _), (b, _)| a.cmp(b));
        keys.dedup_by(|(later, _), (earlier, _)| later == earlier);
        Context { keys }
    }
}
