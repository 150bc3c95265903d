//! API Gateway: most actions are HTTP verbs, and what they are authorised on is the path that was called.
//!
//! The operation's name says what the path ends in (`GetResources` in `resources`, `PutMethod` in a method's name), so
//! that of the many resource types that a verb can be limited to, one is meant.
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-create-and-manage-apis.html>

use crate::arn_format::{ArnFormat, escape};
use crate::plan::PlannedAction;
use crate::resource::{Call, Found, Inference};
use catalog::Catalog;
use std::borrow::Cow;

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction, catalog: &Catalog) -> Option<Found> {
    // Portals and routing rules have actions of their own names.
    if !matches!(action.name(), "GET" | "POST" | "PUT" | "PATCH" | "DELETE") {
        return None;
    }
    let formats: Vec<ArnFormat> = match unlisted(call) {
        Some(path) => vec![ArnFormat::parse(&format!("arn:${{Partition}}:apigateway:${{Region}}::{path}"))?],
        None => {
            let (verb, noun) = verb_and_noun(&call.record.event_name);
            let service = catalog.service("apigateway")?;
            let plural = matches!(verb, "Create" | "Generate" | "Import")
                .then(|| service.resource_type(&format!("{noun}s")))
                .flatten();
            plural.or_else(|| service.resource_type(noun))?.arn_formats().filter_map(ArnFormat::parse).collect()
        }
    };
    // `apis` and `restapis` have stages, models and more of the same names: the request says of which API it is.
    let untold = |format: &&ArnFormat| format.variables().filter(|variable| part(call, variable).is_none()).count();
    let format = formats.iter().min_by_key(untold)?;
    let inference = if untold(&format) == 0 { Inference::Request } else { Inference::Unknown };
    Some(Found { patterns: vec![format.fill(call.site, |variable| part(call, variable))], inference })
}

/// Paths that no resource type describes, or that do not end in what the operation is named after.
fn unlisted(call: &Call<'_>) -> Option<&'static str> {
    let rest_api = call.first(&["restApiId"]).is_some();
    Some(match &*call.record.event_name {
        "CreateResource" => "/restapis/${RestApiId}/resources/${ParentId}",
        "GetModelTemplate" if rest_api => "/restapis/${RestApiId}/models/${ModelName}/default_template",
        "GetExport" => "/restapis/${RestApiId}/stages/${StageName}/exports/${ExportType}",
        "ExportApi" => "/apis/${ApiId}/exports/${Specification}",
        "FlushStageCache" => "/restapis/${RestApiId}/stages/${StageName}/cache/data",
        "FlushStageAuthorizersCache" => "/restapis/${RestApiId}/stages/${StageName}/cache/authorizers",
        "ResetAuthorizersCache" => "/apis/${ApiId}/stages/${StageName}/cache/authorizers",
        "DeleteCorsConfiguration" => "/apis/${ApiId}/cors",
        "GetSdkTypes" => "/sdktypes",
        "GetSdkType" => "/sdktypes/${SdkTypeId}",
        "GetUsage" => "/usageplans/${UsagePlanId}/usage",
        "UpdateUsage" => "/usageplans/${UsagePlanId}/keys/${Id}/usage",
        "TagResource" | "UntagResource" => "/tags/${UrlEncodedResourceARN}",
        _ => return None,
    })
}

fn verb_and_noun(operation: &str) -> (&str, &str) {
    let operation = operation.strip_prefix("Test").unwrap_or(operation);
    let noun =
        operation.char_indices().skip(1).find(|(_, character)| character.is_ascii_uppercase()).map_or(0, |(at, _)| at);
    operation.split_at_checked(noun).unwrap_or((operation, ""))
}

/// The text of a variable, from the parameter of its name or of the name that the API gives it.
fn part<'c>(call: &'c Call<'_>, variable: &str) -> Option<Cow<'c, str>> {
    let parameter = match variable {
        "HttpMethodType" => "httpMethod",
        "ApiKeyId" => "apiKey",
        "DocumentationPartId" => "partId",
        "DocumentationVersionId" => "documentationVersion",
        "Id" => "keyId",
        "UrlEncodedResourceARN" => return call.first(&["resourceArn"]).map(encoded),
        other => other,
    };
    call.first(&[parameter, variable]).map(escape)
}

/// An ARN as one segment of a path.
fn encoded(arn: &str) -> Cow<'_, str> {
    Cow::Owned(escape(arn).replace(':', "%3A").replace('/', "%2F"))
}
