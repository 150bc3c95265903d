//! CloudWatch Logs: every action but the tagging ones is authorised on the log group's ARN with `:*` behind it.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html>

use crate::arn_format::escape;
use crate::plan::PlannedAction;
use crate::resource::{Call, Found};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    if !action.takes("log-group") && !action.takes("log-stream") {
        return None;
    }
    let groups = call.all(&[
        "logGroupName",
        "logGroupNames",
        "logGroupIdentifier",
        "logGroupIdentifiers",
        "logGroupArn",
        "logGroupArnList",
        "resourceArn",
    ]);
    let stream = call.first(&["logStreamName"]).filter(|_| action.takes("log-stream"));
    let pattern = |group: &str| {
        let arn = if group.starts_with("arn:") {
            group.contains(":log-group:").then(|| escape(group.strip_suffix(":*").unwrap_or(group)).into_owned())?
        } else {
            format!(
                "arn:{}:logs:{}:{}:log-group:{}",
                call.site.partition,
                call.site.region,
                call.site.account,
                escape(group)
            )
        };
        Some(match stream {
            Some(stream) => format!("{arn}:log-stream:{}", escape(stream)),
            None if action.tags => arn,
            None => format!("{arn}:*"),
        })
    };
    Found::named(groups.filter_map(pattern).collect())
}
