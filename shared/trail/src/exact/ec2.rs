//! Amazon EC2: tagging names resources by ids alone, whose prefixes tell the type.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html>

use super::Context;
use crate::arn_format::{ArnFormat, escape};
use crate::plan::PlannedAction;
use crate::resource::{Call, Found, infer};
use catalog::Catalog;

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction, catalog: &Catalog) -> Option<(Found, Context)> {
    if action.name() == "RunInstances" {
        return Some((launched(call, action), Context::new()));
    }
    if !matches!(action.name(), "CreateTags" | "DeleteTags") {
        return None;
    }
    let ids = call.all(&["resourceId", "resources"]);
    let patterns = ids.filter_map(|id| {
        let format = ArnFormat::parse(catalog.id_prefix(id)?.arn_format())?;
        Some(format.fill(call.site, |_| Some(escape(id))))
    });
    if let Some(found) = Found::named(patterns.collect()) {
        return Some((found, Context::new()));
    }
    // Tags given at creation need the permission for that call only, not to tag what is there.
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
    let creation = call.record.event_name.to_string();
    Some((created(call, catalog)?, vec![("ec2:CreateAction", creation)]))
}

/// The reference lists volumes as optional since instances may live without them; of the images in use today none does.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-runinstances>
fn launched(call: &Call<'_>, action: &PlannedAction) -> Found {
    let mut found = infer(call, action);
    if !found.patterns.iter().any(|pattern| pattern == "*" || pattern.contains(":volume/")) {
        found
            .patterns
            .push(format!("arn:{}:ec2:{}:{}:volume/*", call.site.partition, call.site.region, call.site.account));
        found.patterns.sort_unstable();
    }
    found
}

/// A call that tags what it makes (RunInstances with a tag specification) says the types and no ids.
fn created(call: &Call<'_>, catalog: &Catalog) -> Option<Found> {
    let ec2 = catalog.service("ec2")?;
    let specifications = call.request.get("tagSpecificationSet").or_else(|| call.request.get("tagSpecification"))?;
    let patterns = specifications.elements().iter().filter_map(|specification| {
        let format = ArnFormat::parse(ec2.resource_type(specification.text("resourceType")?)?.arn_format())?;
        Some(format.fill(call.site, |_| None))
    });
    Found::named(patterns.collect())
}
