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
    "aws:resourceaccount",
    "aws:securetransport",
    "aws:useragent",
    "aws:viaawsservice",
];

/// Keys whose value is `true` or `false`.
const BOOLEAN: [&str; 5] = [
    "aws:multifactorauthpresent",
    "aws:principalisawsservice",
    "aws:securetransport",
    "aws:viaawsservice",
    "aws:viaawsmcpservice",
];

/// Global keys that can have several values; all others have one.
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

/// Whether every request has the key. `key` is in lower case, here and below.
pub(super) fn is_always_present(key: &str) -> bool {
    ALWAYS.contains(&key)
}

pub(super) fn is_boolean(key: &str) -> bool {
    BOOLEAN.contains(&key)
}

/// Whether no request has the key with several values.
pub(super) fn is_single(key: &str) -> bool {
    key.starts_with("aws:") && !SEVERAL.contains(&key)
}

pub(super) fn follows_from_principal(key: &str) -> bool {
    OF_PRINCIPAL.contains(&key)
}
