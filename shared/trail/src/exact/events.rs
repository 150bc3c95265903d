//! Amazon EventBridge: a rule stands on the default bus or on a bus of its own, and the two have ARNs of different form.
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-manage-iam-access.html>

use crate::arn_format::escape;
use crate::plan::PlannedAction;
use crate::resource::{Call, Found};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    if !action.takes("rule-on-default-event-bus") {
        return None;
    }
    let rule = call.request.text("rule").or_else(|| call.request.text("name"))?;
    let (partition, mut region, mut account) = (call.site.partition, call.site.region, call.site.account);
    let mut bus = call.request.text("eventBusName").unwrap_or(DEFAULT);
    // A bus may be given by its ARN.
    if let Some((head, name)) = bus.split_once(":event-bus/") {
        let mut fields = head.split(':').skip(3);
        (region, account, bus) = (fields.next().unwrap_or(region), fields.next().unwrap_or(account), name);
    }
    let path = if bus == DEFAULT { escape(rule).into_owned() } else { format!("{}/{}", escape(bus), escape(rule)) };
    Found::named(vec![format!("arn:{partition}:events:{region}:{account}:rule/{path}")])
}

const DEFAULT: &str = "default";
