//! IAM: names may have a path, and a call about a user that names none is about the caller.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>

use super::Context;
use crate::arn_format::escape;
use crate::plan::PlannedAction;
use crate::record::UserIdentity;
use crate::resource::{Call, Found, infer};

pub(super) fn resources(call: &Call<'_>, action: &PlannedAction) -> Option<(Found, Context)> {
    if action.name() == "CreateServiceLinkedRole" {
        return service_linked(call);
    }
    Some((named(call, action)?, Context::new()))
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/create-service-linked-role.html>
fn service_linked(call: &Call<'_>) -> Option<(Found, Context)> {
    let service = call.request.text("aWSServiceName")?;
    let pattern =
        format!("arn:{}:iam::{}:role/aws-service-role/{}/*", call.site.partition, call.site.account, escape(service));
    Some((Found::named(vec![pattern])?, vec![("iam:AWSServiceName", service.to_owned())]))
}

fn named(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    if action.takes("user") && call.first(&["userName"]).is_none() {
        let own = own_user(&call.record.user_identity)?;
        return Found::named(vec![escape(own).into_owned()]);
    }
    let path =
        call.request.text("path").filter(|path| path.len() > 1 && path.starts_with('/') && path.ends_with('/'))?;
    // TagRole of a call that makes the role is about the same role.
    if !["Create", "Upload"].iter().any(|verb| call.record.event_name.starts_with(verb)) {
        return None;
    }
    let mut found = infer(call, action);
    for pattern in &mut found.patterns {
        // arn:aws:iam::ACCOUNT:role/NAME -> arn:aws:iam::ACCOUNT:role/PATH/NAME
        let with_path = pattern.rsplit_once(":").and_then(|(head, resource)| {
            let (kind, name) = resource.split_once('/')?;
            (!name.contains('/') && name != "*").then(|| format!("{head}:{kind}{}{name}", escape(path)))
        });
        if let Some(with_path) = with_path {
            *pattern = with_path;
        }
    }
    Some(found)
}

fn own_user<'a>(identity: &'a UserIdentity<'_>) -> Option<&'a str> {
    (&*identity.kind == "IAMUser" && !identity.arn.is_empty()).then_some(&identity.arn)
}
