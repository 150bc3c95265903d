//! Cost Explorer authorises an action that is about no billing view on an ARN that names the action itself, which its
//! refusals show: `arn:aws:ce:us-east-1:111122223333:/GetCostAndUsage`.

use crate::plan::PlannedAction;
use crate::resource::{Call, Found};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    let only_views =
        !action.types.is_empty() && action.types.iter().all(|kind| kind.name == "billingview" && !kind.required);
    if !only_views || call.first(&["billingViewArn"]).is_some() {
        return None;
    }
    let site = call.site;
    Found::named(vec![format!("arn:{}:ce:{}:{}:/{}", site.partition, site.region, site.account, action.name())])
}
