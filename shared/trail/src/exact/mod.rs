//! Services whose requests name their resources, or even their action, in a way of their own.

mod apigateway;
mod bedrock;
mod cost_explorer;
mod dynamodb;
mod ec2;
mod events;
mod iam;
mod kms;
mod lambda;
mod logs;
mod messaging;
mod s3;
mod secretsmanager;
mod ssm;
mod wafv2;

use crate::plan::PlannedAction;
use crate::resource::{Call, Found, infer};
use catalog::Catalog;

/// An action that the request itself decides, with its resources.
pub(crate) struct Decided {
    pub action: &'static str,
    pub found: Found,
}

/// Of the operation's own actions, the one that [`beside`] decides.
pub(crate) fn decided_beside(call: &Call<'_>, action: &PlannedAction) -> bool {
    &*call.record.event_source == "s3.amazonaws.com" && &*action.full_name == "s3:GetObject" && s3::copies(call)
}

/// Condition keys that limit a permission to this use of it.
pub(crate) type Context = Vec<(&'static str, String)>;

/// What the request decides in place of the operation's actions, where it does.
pub(crate) fn instead(call: &Call<'_>) -> Option<Vec<Decided>> {
    match &*call.record.event_source {
        "dynamodb.amazonaws.com" => dynamodb::decided(call),
        _ => None,
    }
}

/// What the request needs beside the operation's actions.
pub(crate) fn beside(call: &Call<'_>) -> Vec<Decided> {
    match &*call.record.event_source {
        "s3.amazonaws.com" => s3::copy_source(call).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The resources that `action` was used on.
pub(crate) fn resources(call: &Call<'_>, action: &PlannedAction, catalog: &Catalog) -> (Found, Context) {
    let found = match action.service() {
        "ec2" => return ec2::resources(call, action, catalog).unwrap_or_else(|| (infer(call, action), Context::new())),
        "iam" => return iam::resources(call, action).unwrap_or_else(|| (infer(call, action), Context::new())),
        "s3" => s3::resources(call, action),
        "dynamodb" => dynamodb::resources(call, action),
        "lambda" => lambda::resources(call, action),
        "kms" => return kms::resources(call, action),
        "secretsmanager" => secretsmanager::resources(call, action),
        "ssm" => ssm::resources(call, action),
        "apigateway" => apigateway::resources(call, action, catalog),
        "bedrock" => bedrock::resources(call, action),
        "events" => events::resources(call, action),
        "wafv2" => wafv2::resources(call, action),
        "logs" => logs::resources(call, action),
        "ce" => cost_explorer::resources(call, action),
        "sqs" => messaging::queue(call, action),
        "sns" => messaging::topic(call, action),
        _ => None,
    };
    (found.unwrap_or_else(|| infer(call, action)), Context::new())
}

impl PlannedAction {
    /// Whether the action can be limited to resources of this type.
    fn takes(&self, kind: &str) -> bool {
        self.types.iter().any(|known| known.name.eq_ignore_ascii_case(kind))
    }
}
