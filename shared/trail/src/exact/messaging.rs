//! Amazon SQS names queues by URL, Amazon SNS topics by the ARNs of their subscriptions.

use crate::arn_format::{Site, escape};
use crate::plan::PlannedAction;
use crate::resource::{Call, Found, Inference};

/// `https://sqs.eu-west-1.amazonaws.com/111122223333/orders`, of which older forms leave the Region out.
pub(super) fn queue(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    if !action.takes("queue") {
        return None;
    }
    if let Some(url) = call.first(&["queueUrl"]) {
        return Found::named(vec![queue_of_url(call.site, url)?]);
    }
    let name = call.first(&["queueName"]).filter(|name| !name.starts_with("arn:"))?;
    let account = call.first(&["queueOwnerAWSAccountId"]).unwrap_or(call.site.account);
    Found::named(vec![format!("arn:{}:sqs:{}:{account}:{}", call.site.partition, call.site.region, escape(name))])
}

fn queue_of_url(site: Site<'_>, url: &str) -> Option<String> {
    let (host, path) = url.split_once("://").map_or(url, |(_, rest)| rest).split_once('/')?;
    let (account, name) = path.split_once('/')?;
    let region = host
        .strip_prefix("sqs.")
        .and_then(|host| host.split_once(".amazonaws.com"))
        .map_or(site.region, |(region, _)| region);
    Some(format!(
        "arn:{}:sqs:{}:{}:{}",
        site.partition,
        escape(region),
        escape(account),
        escape(name.trim_end_matches('/'))
    ))
}

/// A subscription's ARN is its topic's with an id behind it.
pub(super) fn topic(call: &Call<'_>, action: &PlannedAction) -> Option<Found> {
    if !action.takes("topic") {
        return None;
    }
    if action.name() == "Publish" && call.first(&["phoneNumber"]).is_some() {
        return Some(Found::any(Inference::NoResourceLevel));
    }
    let arn = call
        .first(&["topicArn", "targetArn", "resourceArn", "subscriptionArn"])
        .filter(|arn| arn.starts_with("arn:"))?;
    let topic = match arn.split(':').nth(5) {
        Some(topic) => arn.splitn(6, ':').take(5).chain([topic]).collect::<Vec<_>>().join(":"),
        None => arn.to_owned(),
    };
    Found::named(vec![escape(&topic).into_owned()])
}
