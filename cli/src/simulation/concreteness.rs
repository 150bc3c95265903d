//! How concretely policies name resources.

use super::actions::{Allowed, Named, formats, may_match};
use authz::{Comparison, Layer, Verdict, compare};
use catalog::Catalog;
use policy::{Document, Effect, ResourceBlock, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// What the ratio is, for reports.
pub const DEFINITION: &str = "of the pairs of an allowed action and a resource pattern that an Allow statement names for it and that such a resource can have, the share whose pattern has no wildcard in its resource part; actions without resource level do not count, and NotResource is one pattern that is not concrete";

/// Pairs of an action and a resource pattern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concreteness {
    pub pairs: usize,
    pub concrete: usize,
}

impl Concreteness {
    /// From 0 to 1; `None` where nothing counts.
    pub fn ratio(self) -> Option<f64> {
        // Counts are far below 2^52.
        #[allow(clippy::cast_precision_loss)]
        (self.pairs > 0).then(|| self.concrete as f64 / self.pairs as f64)
    }
}

/// Counts the pairs of each allowed action with the patterns of the Allow statements that name it.
pub fn measure(documents: &[Document], allowed: &Allowed, catalog: &Catalog) -> Concreteness {
    let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut fits = Fits { catalog, known: BTreeMap::new() };
    for (service, actions) in &allowed.services {
        let named = Named::new(documents, service);
        for action in actions {
            let name = action.split_once(':').map_or(action.as_str(), |(_, name)| name);
            if catalog.action(service, name).is_none_or(|known| known.resources().len() == 0) {
                continue;
            }
            for (document, index) in named.statements(name) {
                let statement = documents.get(document).and_then(|document| document.statements.get(index));
                let Some(Statement { effect: Effect::Allow, resource: Some(resource), .. }) = statement else {
                    continue;
                };
                match resource {
                    ResourceBlock::Resource(patterns) => {
                        let fitting = patterns.iter().filter(|pattern| fits.fit(action, pattern));
                        pairs.extend(fitting.map(|pattern| (action.as_str(), pattern.as_str())));
                    }
                    ResourceBlock::NotResource(_) => drop(pairs.insert((action, "*"))),
                }
            }
        }
    }
    let concrete = pairs.iter().filter(|(_, pattern)| is_concrete(pattern)).count();
    Concreteness { pairs: pairs.len(), concrete }
}

/// Which patterns a resource of an action can match, found once for all actions that are about the same resources.
struct Fits<'c> {
    catalog: &'c Catalog,
    known: BTreeMap<(String, Vec<&'c str>), bool>,
}

impl Fits<'_> {
    fn fit(&mut self, action: &str, pattern: &str) -> bool {
        let known = action.split_once(':').and_then(|(service, name)| self.catalog.action(service, name));
        let formats = known.map(formats).unwrap_or_default();
        if pattern == "*" || !may_match(pattern, &formats) {
            return pattern == "*";
        }
        *self.known.entry((pattern.to_owned(), formats)).or_insert_with(|| {
            let grant = Document::new(vec![Statement::allow([action], [pattern])]);
            let how = Comparison::of(Layer::Identity).service_aware(self.catalog);
            // What cannot be told counts.
            !matches!(compare(&[], &[grant], &how), Ok(Verdict::NoNewAccess))
        })
    }
}

/// Whether a pattern has no wildcard in its resource part. `${*}` is a star that is meant, and another policy variable
/// stands for one value.
fn is_concrete(pattern: &str) -> bool {
    let resource = pattern.splitn(6, ':').nth(5);
    resource.is_some_and(|resource| !resource.replace("${*}", "").replace("${?}", "").contains(['*', '?']))
}

#[cfg(test)]
mod tests {
    use super::is_concrete;

    #[test]
    fn a_pattern_is_concrete_without_wildcards_in_its_resource_part() {
        for concrete in [
            "arn:aws:s3:::bucket",
            "arn:aws:dynamodb:*:111122223333:table/orders",
            "arn:aws:s3:::home/${aws:username}",
            "arn:aws:s3:::bucket/what${?}",
        ] {
            assert!(is_concrete(concrete), "{concrete}");
        }
        for wide in [
            "*",
            "arn:aws:s3:::bucket/*",
            "arn:aws:sqs:eu-west-1:111122223333:orders-?",
            "arn:aws:s3",
            "arn:aws:s3:::*",
        ] {
            assert!(!is_concrete(wide), "{wide}");
        }
    }
}
