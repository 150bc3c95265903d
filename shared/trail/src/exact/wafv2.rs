//! AWS WAF: requests spell the scope in capitals, and CloudFront's is `global` in ARNs.
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html>

use crate::plan::PlannedAction;
use crate::resource::{Call, Found, infer};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    let mut found = infer(call, action);
    for pattern in &mut found.patterns {
        if pattern.contains(":wafv2:") {
            *pattern = pattern.replacen(":REGIONAL/", ":regional/", 1).replacen(":CLOUDFRONT/", ":global/", 1);
        }
    }
    Some(found)
}
