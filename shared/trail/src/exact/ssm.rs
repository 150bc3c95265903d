//! Systems Manager: parameters are paths, documents may be AWS's own, and instances are EC2's or managed ones.
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html>

use crate::arn_format::escape;
use crate::plan::PlannedAction;
use crate::resource::{Call, Found, infer};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    if let Some(kind) = call.request.text("resourceType") {
        let resource = tagged(call, kind, call.request.text("resourceId")?)?;
        return Found::named(vec![resource]);
    }
    if action.takes("parameter") {
        let names = call.all(&["name", "names", "path"]);
        return Found::named(names.map(|name| parameter_arn(call, name)).collect());
    }
    let mut found = infer(call, action);
    if action.takes("document") {
        let document =
            call.first(&["documentName", "name"]).or((action.name() == "StartSession").then_some(DEFAULT_SESSION));
        if let Some(document) = document {
            found.patterns.retain(|pattern| pattern != "*" && !pattern.contains(":document/"));
            found.patterns.push(document_arn(call, document));
            found.patterns.sort_unstable();
        }
    }
    // `i-...` is an EC2 instance, `mi-...` a managed one; the request does not say which type it means.
    let foreign = |pattern: &String| pattern.contains(":managed-instance/i-") || pattern.contains(":instance/mi-");
    if found.patterns.iter().any(|pattern| !foreign(pattern)) {
        found.patterns.retain(|pattern| !foreign(pattern));
    }
    Some(found)
}

/// The document of a session for which the caller names none.
const DEFAULT_SESSION: &str = "SSM-SessionManagerRunShell";

/// The types that AddTagsToResource and its siblings know.
fn tagged(call: &Call<'_>, kind: &str, id: &str) -> Option<String> {
    let prefix = match kind {
        "Parameter" => return Some(parameter_arn(call, id)),
        "Document" => return Some(document_arn(call, id)),
        "ManagedInstance" => "managed-instance",
        "MaintenanceWindow" => "maintenancewindow",
        "PatchBaseline" => "patchbaseline",
        "OpsItem" => "opsitem",
        "OpsMetadata" => "opsmetadata",
        "Automation" => "automation-execution",
        "Association" => "association",
        _ => return None,
    };
    Some(arn(call, call.site.account, prefix, id))
}

/// `/app/x` and `app/x` are both `parameter/app/x`; `name:3` and `name:label` select a version of `name`.
fn parameter_arn(call: &Call<'_>, name: &str) -> String {
    if name.starts_with("arn:") {
        return escape(name).into_owned();
    }
    let name = name.split_once(':').map_or(name, |(name, _)| name);
    arn(call, call.site.account, "parameter", name.strip_prefix('/').unwrap_or(name))
}

/// AWS's own documents belong to no account.
fn document_arn(call: &Call<'_>, name: &str) -> String {
    let own = [
        "AWS-",
        "AWSEC2-",
        "AWSFleetManager-",
        "AWSSupport-",
        "AWSConfigRemediation-",
        "AWSKinesisTap",
        "AmazonCloudWatch-",
        "AmazonInspector",
    ];
    let account = if own.iter().any(|prefix| name.starts_with(prefix)) { "" } else { call.site.account };
    arn(call, account, "document", name)
}

fn arn(call: &Call<'_>, account: &str, kind: &str, name: &str) -> String {
    if name.starts_with("arn:") {
        return escape(name).into_owned();
    }
    format!("arn:{}:ssm:{}:{account}:{kind}/{}", call.site.partition, call.site.region, escape(name))
}
