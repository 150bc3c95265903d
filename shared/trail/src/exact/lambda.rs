//! AWS Lambda: a function may be given as a name, a name with a qualifier, a partial or a whole ARN, and a call
//! that names a version or an alias is authorised on the qualified ARN.
//! <https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html>

use crate::arn_format::escape;
use crate::plan::PlannedAction;
use crate::resource::{Call, Found};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    if action.takes("layerVersion") {
        return layer_version(call);
    }
    if !action.types.iter().any(|kind| kind.name.starts_with("function")) {
        return None;
    }
    let function = match call.request.get("fullyQualifiedArn") {
        Some(parts) => {
            let name = parts.get("relativeId")?.text("functionName")?;
            let prefix = parts.get("arnPrefix");
            let part = |key, otherwise| prefix.and_then(|prefix| prefix.text(key)).unwrap_or(otherwise);
            let qualifier = parts.text("functionQualifier").filter(|qualifier| *qualifier != "$LATEST");
            let arn = format!(
                "arn:{}:lambda:{}:{}:function:{}",
                part("partition", call.site.partition),
                part("region", call.site.region),
                part("account", call.site.account),
                escape(name)
            );
            with_qualifier(arn, qualifier)
        }
        None => {
            let name = call.request.text("functionName").or_else(|| call.request.text("functionArn"))?;
            with_qualifier(function_arn(call, name)?, call.request.text("qualifier"))
        }
    };
    Found::named(vec![function])
}

/// From `name`, `name:qualifier`, `account:function:name[:qualifier]` or an ARN.
fn function_arn(call: &Call<'_>, name: &str) -> Option<String> {
    if name.starts_with("arn:") {
        return name.contains(":function:").then(|| escape(name).into_owned());
    }
    let (account, name) = name.split_once(":function:").unwrap_or((call.site.account, name));
    let name = name.strip_prefix("function:").unwrap_or(name);
    Some(format!("arn:{}:lambda:{}:{account}:function:{}", call.site.partition, call.site.region, escape(name)))
}

fn with_qualifier(arn: String, qualifier: Option<&str>) -> String {
    match qualifier {
        // arn:aws:lambda:REGION:ACCOUNT:function:NAME has seven fields; an eighth is the qualifier already.
        Some(qualifier) if arn.split(':').count() == 7 => format!("{arn}:{}", escape(qualifier)),
        _ => arn,
    }
}

/// A layer's name or ARN with the number of a version.
fn layer_version(call: &Call<'_>) -> Option<Found> {
    let (layer, version) = (call.request.text("layerName")?, call.request.text("versionNumber")?);
    let arn = if layer.starts_with("arn:") {
        escape(layer).into_owned()
    } else {
        format!("arn:{}:lambda:{}:{}:layer:{}", call.site.partition, call.site.region, call.site.account, escape(layer))
    };
    Found::named(vec![format!("{arn}:{}", escape(version))])
}
