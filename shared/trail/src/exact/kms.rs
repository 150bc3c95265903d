//! AWS KMS: a key may be given by id, ARN, alias or alias ARN.
//!
//! A policy cannot allow the use of a key by its alias's ARN: AWS checks the key's ARN. Where only the alias is
//! known, the permission is on any key of the account under the condition that the request named this alias.
//! <https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html>,
//! <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-request-alias>

use super::Context;
use crate::arn_format::escape;
use crate::plan::PlannedAction;
use crate::resource::{Call, Found, Inference, infer};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> (Found, Context) {
    if !action.takes("key") || action.takes("alias") {
        return (alias_action(call, action).unwrap_or_else(|| infer(call, action)), Context::new());
    }
    let parameter = match action.name() {
        "ReEncryptFrom" => "sourceKeyId",
        "ReEncryptTo" => "destinationKeyId",
        _ => "keyId",
    };
    let Some(given) = call.request.text(parameter) else {
        return (unnamed(call, action), Context::new());
    };
    match alias_of(given) {
        None => (Found { patterns: vec![key_arn(call, given)], inference: Inference::Request }, Context::new()),
        Some(alias) => match Found::named(reported_keys(call)) {
            Some(found) => (Found { inference: Inference::Answer, ..found }, Context::new()),
            None => (
                Found { patterns: vec![key_arn(call, "*")], inference: Inference::Request },
                vec![("kms:RequestAlias", alias.to_owned())],
            ),
        },
    }
}

/// Symmetric decryption does not say which key: the ciphertext does.
fn unnamed(call: &Call<'_>, action: &PlannedAction) -> Found {
    match Found::named(reported_keys(call)) {
        Some(found) => Found { inference: Inference::Answer, ..found },
        None => infer(call, action),
    }
}

/// CreateAlias, UpdateAlias and DeleteAlias are checked on the alias and on the key behind it.
fn alias_action(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    let alias = call.request.text("aliasName")?;
    let mut patterns = vec![if alias.starts_with("arn:") {
        escape(alias).into_owned()
    } else {
        format!("arn:{}:kms:{}:{}:{}", call.site.partition, call.site.region, call.site.account, escape(alias))
    }];
    if action.takes("key") {
        match call.request.text("targetKeyId") {
            Some(key) => patterns.push(key_arn(call, key)),
            None => patterns.extend(reported_keys(call)),
        }
    }
    Found::named(patterns)
}

fn reported_keys(call: &Call<'_>) -> Vec<String> {
    call.reported_arns().filter(|arn| arn.contains(":key/")).map(|arn| escape(arn).into_owned()).collect()
}

fn alias_of(given: &str) -> Option<&str> {
    let resource = if given.starts_with("arn:") { given.splitn(6, ':').nth(5)? } else { given };
    resource.starts_with("alias/").then_some(resource)
}

fn key_arn(call: &Call<'_>, key: &str) -> String {
    if key.starts_with("arn:") {
        return escape(key).into_owned();
    }
    let id = if key == "*" { "*".into() } else { escape(key) };
    format!("arn:{}:kms:{}:{}:key/{id}", call.site.partition, call.site.region, call.site.account)
}
