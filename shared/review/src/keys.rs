//! Condition keys: what there is, of which type, with one value or several.
//!
//! Global keys follow
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>; those of services come from
//! the catalog.

use catalog::Catalog;

/// What is known of a condition key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key<'k> {
    /// It exists.
    Known(KeyFacts),
    /// There is no global key of this name.
    UnknownGlobal,
    /// The service has no key of this name.
    UnknownOfService(&'k str),
    /// Nothing can be said: a key of an identity provider, or of a service that the catalog does not know.
    Foreign,
    /// It is not of the form `service:name`.
    Malformed,
}

/// What there is to know of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyFacts {
    pub kind: KeyKind,
    /// Whether a request can have several values of it.
    pub is_multivalued: bool,
}

/// What a key's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyKind {
    String,
    Arn,
    Bool,
    Number,
    Date,
    /// A date, or a number of seconds.
    Epoch,
    Ip,
    Binary,
    Other,
}

impl KeyKind {
    /// The operators for it, as messages name them.
    pub fn operators(self) -> &'static str {
        match self {
            KeyKind::String | KeyKind::Other => "String",
            KeyKind::Arn => "ARN",
            KeyKind::Bool => "Bool",
            KeyKind::Number => "Numeric",
            KeyKind::Date | KeyKind::Epoch => "Date",
            KeyKind::Ip => "IpAddress",
            KeyKind::Binary => "Binary",
        }
    }

    fn of(word: &str) -> Self {
        match word.trim_start_matches("ArrayOf") {
            "String" => KeyKind::String,
            "ARN" => KeyKind::Arn,
            "Bool" | "Boolean" => KeyKind::Bool,
            "Numeric" | "Long" | "Integer" => KeyKind::Number,
            "Date" => KeyKind::Date,
            "IPAddress" | "IP" => KeyKind::Ip,
            "Binary" => KeyKind::Binary,
            _ => KeyKind::Other,
        }
    }
}

/// Global keys with one value; those that end with a slash go on with a tag's key.
const GLOBAL: &[(&str, KeyKind)] = &[
    ("aws:arn", KeyKind::Arn),
    ("aws:assumedroot", KeyKind::Bool),
    ("aws:calledviafirst", KeyKind::String),
    ("aws:calledvialast", KeyKind::String),
    ("aws:chatbotsourcearn", KeyKind::Arn),
    ("aws:currenttime", KeyKind::Date),
    ("aws:ec2instancesourceprivateipv4", KeyKind::Ip),
    ("aws:ec2instancesourcevpc", KeyKind::String),
    ("aws:epochtime", KeyKind::Epoch),
    ("aws:federatedprovider", KeyKind::String),
    ("aws:ismcpserviceaction", KeyKind::Bool),
    ("aws:multifactorauthage", KeyKind::Number),
    ("aws:multifactorauthpresent", KeyKind::Bool),
    ("aws:principalaccount", KeyKind::String),
    ("aws:principalarn", KeyKind::Arn),
    ("aws:principalisawsservice", KeyKind::Bool),
    ("aws:principalorgid", KeyKind::String),
    ("aws:principalservicename", KeyKind::String),
    ("aws:principaltag/", KeyKind::String),
    ("aws:principaltype", KeyKind::String),
    ("aws:referer", KeyKind::String),
    ("aws:requestedregion", KeyKind::String),
    ("aws:requesttag/", KeyKind::String),
    ("aws:resourceaccount", KeyKind::String),
    ("aws:resourceorgid", KeyKind::String),
    ("aws:resourcetag/", KeyKind::String),
    ("aws:securetransport", KeyKind::Bool),
    ("aws:signinsessionarn", KeyKind::Arn),
    ("aws:sourceaccount", KeyKind::String),
    ("aws:sourcearn", KeyKind::Arn),
    ("aws:sourceidentity", KeyKind::String),
    ("aws:sourceip", KeyKind::Ip),
    ("aws:sourceorgid", KeyKind::String),
    // SNS makes policies with it by itself, and goes on to take it.
    ("aws:sourceowner", KeyKind::String),
    ("aws:sourcevpc", KeyKind::String),
    ("aws:sourcevpcarn", KeyKind::Arn),
    ("aws:sourcevpce", KeyKind::String),
    ("aws:tokenissuetime", KeyKind::Date),
    ("aws:useragent", KeyKind::String),
    ("aws:userid", KeyKind::String),
    ("aws:username", KeyKind::String),
    ("aws:viaawsmcpservice", KeyKind::Bool),
    ("aws:viaawsservice", KeyKind::Bool),
    ("aws:vpceaccount", KeyKind::String),
    ("aws:vpceorgid", KeyKind::String),
    ("aws:vpcsourceip", KeyKind::Ip),
];

/// Global keys with several values.
const GLOBAL_MULTIVALUED: &[&str] = &[
    "aws:calledvia",
    "aws:principalorgpaths",
    "aws:principalservicenameslist",
    "aws:resourceorgpaths",
    "aws:sourceorgpaths",
    "aws:tagkeys",
    "aws:vpceorgpaths",
];

/// Keys that are tags, and go on with the tag's key after a slash.
pub(crate) const TAGS: [&str; 3] = ["aws:PrincipalTag/", "aws:RequestTag/", "aws:ResourceTag/"];

/// What is known of the key; case does not matter.
pub(crate) fn look_up<'k>(key: &'k str, catalog: &Catalog) -> Key<'k> {
    let Some((prefix, name)) = key.split_once(':') else { return Key::Malformed };
    if prefix.is_empty() || name.is_empty() || key.contains(char::is_whitespace) && !key.contains('/') {
        return Key::Malformed;
    }
    if prefix.eq_ignore_ascii_case("aws") {
        return global(key);
    }
    let Some(service) = catalog.service(prefix) else { return Key::Foreign };
    let mut keys = service.condition_keys();
    match keys.find(|known| names(known.name(), key)) {
        Some(known) => Key::Known(facts(known.kind())),
        // What the catalog knows no keys of may have some that are not documented.
        None if service.condition_keys().len() == 0 || service.retired() => Key::Foreign,
        None => Key::UnknownOfService(prefix),
    }
}

fn facts(word: &str) -> KeyFacts {
    KeyFacts { kind: KeyKind::of(word), is_multivalued: word.starts_with("ArrayOf") }
}

fn global(key: &str) -> Key<'_> {
    let lower = key.to_ascii_lowercase();
    if GLOBAL_MULTIVALUED.contains(&lower.as_str()) {
        return Key::Known(KeyFacts { kind: KeyKind::String, is_multivalued: true });
    }
    let found = GLOBAL.iter().find(|(name, _)| match name.strip_suffix('/') {
        Some(_) => lower.len() > name.len() && lower.starts_with(name),
        None => *name == lower,
    });
    match found {
        Some((_, kind)) => Key::Known(KeyFacts { kind: *kind, is_multivalued: false }),
        None => Key::UnknownGlobal,
    }
}

/// Whether a documented key, which may end in a variable (`ec2:ResourceTag/${TagKey}`), is this one.
fn names(documented: &str, key: &str) -> bool {
    // `<key>`, `${Key}` and `tag-key` all stand for any text.
    let variable = documented.find("${").or_else(|| documented.find('<')).or_else(|| documented.find("tag-key"));
    match variable {
        None => documented.eq_ignore_ascii_case(key),
        Some(at) => {
            let start = documented.get(..at).unwrap_or_default();
            key.len() > at && key.get(..at).is_some_and(|head| head.eq_ignore_ascii_case(start))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str) -> Key<'_> {
        look_up(key, catalog::builtin())
    }

    #[test]
    fn global_keys_and_those_of_services_are_known_whatever_their_case() {
        let known = |kind, is_multivalued| Key::Known(KeyFacts { kind, is_multivalued });
        assert_eq!(of("AWS:SourceIP"), known(KeyKind::Ip, false));
        assert_eq!(of("aws:TagKeys"), known(KeyKind::String, true));
        assert_eq!(of("aws:ResourceTag/team"), known(KeyKind::String, false));
        assert_eq!(of("s3:prefix"), known(KeyKind::String, false));
        assert_eq!(of("ec2:resourcetag/Team"), known(KeyKind::String, false));
        assert_eq!(of("secretsmanager:ResourceTag/team"), known(KeyKind::String, false));
        assert_eq!(of("iam:PassedToService"), known(KeyKind::String, false));
    }

    #[test]
    fn what_is_no_key_is_told_apart_from_what_is_foreign() {
        assert_eq!(of("SourceIp"), Key::Malformed);
        assert_eq!(of("aws:SourceIpp"), Key::UnknownGlobal);
        assert_eq!(of("aws:ResourceTag/"), Key::UnknownGlobal);
        assert_eq!(of("s3:prefixx"), Key::UnknownOfService("s3"));
        assert_eq!(of("token.actions.githubusercontent.com:sub"), Key::Foreign);
    }
}
