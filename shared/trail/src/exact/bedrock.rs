//! Amazon Bedrock: a model is given by the id of a foundation model, by that of an inference profile, or by an ARN.
//! A profile that AWS defines routes to the foundation model of its name in several Regions, on which the call is
//! authorised as well.
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html>

use crate::arn_format::escape;
use crate::plan::PlannedAction;
use crate::resource::{Call, Found};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    if !action.takes("foundation-model") || !action.takes("inference-profile") {
        return None;
    }
    let model = call.first(&["modelId", "modelIdentifier", "modelArn", "inferenceProfileIdentifier"])?;
    let site = call.site;
    let (id, given) = match model.split_once(":inference-profile/") {
        Some((_, id)) if model.starts_with("arn:") => (id, Some(model)),
        _ if model.starts_with("arn:") => return Found::named(vec![escape(model).into_owned()]),
        _ => (model, None),
    };
    let foundation =
        |region: &str, id: &str| format!("arn:{}:bedrock:{region}::foundation-model/{}", site.partition, escape(id));
    let Some((_, behind)) = id.split_once('.').filter(|(geography, _)| GEOGRAPHIES.contains(geography)) else {
        return Found::named(vec![given.map_or_else(|| foundation(site.region, id), |arn| escape(arn).into_owned())]);
    };
    let profile = match given {
        Some(arn) => escape(arn).into_owned(),
        None => {
            format!("arn:{}:bedrock:{}:{}:inference-profile/{}", site.partition, site.region, site.account, escape(id))
        }
    };
    Found::named(vec![profile, foundation("*", behind)])
}

/// What the ids of profiles begin with that AWS defines.
const GEOGRAPHIES: [&str; 9] = ["us", "us-gov", "eu", "apac", "jp", "au", "ca", "sa", "global"];
