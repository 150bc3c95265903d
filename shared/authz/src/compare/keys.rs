//! What is known of global condition keys, so that only requests are considered that can occur.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>, each key's "Availability",
//! "Data type" and "Value type".

/// Keys that every request has.
const ALWAYS: [&str; 8] = [
    "aws:currenttime",
    "aws:epochtime",
    "aws:principaltype",
    "aws:requestedregion",
    "aws:securetransport",
    "aws:useragent",
    "aws:userid",
    "aws:viaawsservice",
];

/// What the values of a key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    Number,
    Date,
    Address,
    /// Any text: names, tags, ARNs; and every key that is not known.
    Text,
}

/// Global keys whose values are not text.
const KINDS: [(&str, Kind); 13] = [
    ("aws:assumedroot", Kind::Boolean),
    ("aws:currenttime", Kind::Date),
    ("aws:ec2instancesourceprivateipv4", Kind::Address),
    ("aws:epochtime", Kind::Date),
    ("aws:multifactorauthage", Kind::Number),
    ("aws:multifactorauthpresent", Kind::Boolean),
    ("aws:principalisawsservice", Kind::Boolean),
    ("aws:securetransport", Kind::Boolean),
    ("aws:sourceip", Kind::Address),
    ("aws:tokenissuetime", Kind::Date),
    ("aws:viaawsmcpservice", Kind::Boolean),
    ("aws:viaawsservice", Kind::Boolean),
    ("aws:vpcsourceip", Kind::Address),
];

/// Global keys that can have several values; all other global keys have one.
const SEVERAL: [&str; 7] = [
    "aws:calledvia",
    "aws:principalorgpaths",
    "aws:principalservicenameslist",
    "aws:resourceorgpaths",
    "aws:sourceorgpaths",
    "aws:tagkeys",
    "aws:vpceorgpaths",
];

/// Keys that follow from who asks.
pub(super) const OF_PRINCIPAL: [&str; 6] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalisawsservice",
    "aws:principalservicename",
    "aws:principaltype",
    "aws:username",
];

/// The key that follows from the resource, where its ARN names an account.
pub(super) const RESOURCE_ACCOUNT: &str = "aws:resourceaccount";

/// Whether every request has the key. `key` is in lower case.
pub(super) fn is_always_present(key: &str) -> bool {
    ALWAYS.contains(&key)
}

/// What the values of a key are, as far as AWS says. `key` is in lower case.
pub(super) fn kind(key: &str) -> Kind {
    if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == key) {
        return *kind;
    }
    match listed(key) {
        Some("Bool") => Kind::Boolean,
        Some("Numeric") => Kind::Number,
        Some("Date") => Kind::Date,
        Some("IPAddress") => Kind::Address,
        _ => Kind::Text,
    }
}

/// Whether no request has the key with several values.
pub(super) fn is_single(key: &str) -> bool {
    match listed(key) {
        _ if key.starts_with("aws:") => !SEVERAL.contains(&key),
        Some(kind) => !kind.starts_with("ArrayOf"),
        None => false,
    }
}

pub(super) fn follows_from_principal(key: &str) -> bool {
    OF_PRINCIPAL.contains(&key)
}

/// The type of a service's key. A key such as `ec2:ResourceTag/team` is listed as `ec2:ResourceTag/${TagKey}`.
fn listed(key: &str) -> Option<&'static str> {
    let (service, _) = key.split_once(':')?;
    let service = catalog::builtin().service(service)?;
    if let Some(listed) = service.condition_key(key) {
        return Some(listed.kind());
    }
    let (family, _) = key.split_once('/')?;
    let of_family = |name: &str| name.split_once("/$").is_some_and(|(have, _)| have.eq_ignore_ascii_case(family));
    service.condition_keys().find(|listed| of_family(listed.name())).map(catalog::ConditionKey::kind)
}
