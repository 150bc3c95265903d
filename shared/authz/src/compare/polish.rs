//! A witness that people recognise: with an action that exists, on a resource as one would see it.
//!
//! The search names things by the shortest texts that make the difference. Each is replaced by a familiar one where the
//! request then still shows the same.

use catalog::Catalog;
use policy::Arn;

use super::{keys, search::replays, statements::Statements};
use crate::{
    principal::Principal,
    request::{Context, Request},
};

/// How many actions of a service are tried.
const MOST_ACTIONS: usize = 200;

/// A request before what follows from its parts is added to its context.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub principal: Principal,
    pub service: String,
    pub action: String,
    pub resource: String,
    pub context: Context,
}

impl Draft {
    pub fn request(&self) -> Request {
        let action = format!("{}:{}", self.service, self.action);
        Request::new(self.principal.clone(), action, self.resource.clone(), self.context.clone())
    }

    /// The request with familiar names; the same request where none will do.
    pub fn polished(mut self, statements: &Statements, catalog: &Catalog) -> Request {
        let shows = |draft: &Draft| replays(statements, &draft.request());
        let service = catalog.service(&self.service);
        let known = service.and_then(|service| service.action(&self.action));
        let others = service.into_iter().flat_map(|service| service.actions()).take(MOST_ACTIONS);
        for action in known.into_iter().chain(others) {
            let named = Draft { action: action.name().to_owned(), ..self.clone() };
            if !shows(&named) {
                continue;
            }
            self = named;
            // An ARN as the service writes it, or at least the parts that every ARN has.
            let formats = action.resources().flat_map(|resource| resource.resource_type.arn_formats());
            let mut samples: Vec<String> = formats.map(sample).collect();
            if samples.is_empty() {
                samples.push("*".to_owned());
            }
            let on = |resource: String| Draft { resource, ..self.clone() };
            if let Some(found) = samples.into_iter().map(on).find(shows) {
                return found.request();
            }
            break;
        }
        for part in 1..5 {
            let Ok(arn) = Arn::parse(&self.resource) else { break };
            let account =
                if self.context.get_lower(keys::RESOURCE_ACCOUNT).is_some() { arn.account } else { "111122223333" };
            let mut parts = [arn.partition, arn.service, arn.region, arn.account];
            let familiar = ["aws", self.service.as_str(), "us-east-1", account];
            for (at, slot) in parts.iter_mut().enumerate() {
                if at + 1 == part
                    && !slot.is_empty()
                    && let Some(familiar) = familiar.get(at)
                {
                    *slot = familiar;
                }
            }
            let [partition, service, region, account] = parts;
            let resource = format!("arn:{partition}:{service}:{region}:{account}:{}", arn.resource);
            let renamed = Draft { resource, ..self.clone() };
            if shows(&renamed) {
                self = renamed;
            }
        }
        self.request()
    }
}

/// An ARN of a format with made-up names.
fn sample(format: &str) -> String {
    let mut text = String::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, after)) = after.split_once('}') else { break };
        text.push_str(before);
        text.push_str(match name {
            "Partition" => "aws",
            "Region" => "us-east-1",
            "Account" => "111122223333",
            _ => "example",
        });
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_formats() {
        let cases = [
            ("arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::example/example"),
            ("arn:${Partition}:sqs:${Region}:${Account}:${QueueName}", "arn:aws:sqs:us-east-1:111122223333:example"),
            ("*", "*"),
        ];
        for (format, expected) in cases {
            assert_eq!(sample(format), expected);
        }
    }
}
