//! What the ARNs of a service's resources look like.

use catalog::Catalog;
use policy::Arn;

use crate::globs::{meet, with_stars};

/// Services that stand in ARNs and are no IAM prefix of a service that the catalog has resource types for.
const ONLY_IN_ARNS: &[&str] = &[
    "apigateway",
    "aws-marketplace",
    "catalog",
    "cloudwatch",
    "cur",
    "ec2",
    "elasticloadbalancing",
    "events",
    "execute-api",
    "iam",
    "kinesisanalytics",
    "logs",
    "sts",
    "support",
    "tagging",
];

/// The longest ARN that AWS has, in bytes.
pub(crate) const LONGEST_ARN: usize = 2_048;

/// Whether ARNs can have this service; case matters.
pub(crate) fn service_exists(service: &str, catalog: &Catalog) -> bool {
    catalog.service(service).is_some()
        || ONLY_IN_ARNS.contains(&service)
        || catalog.services().any(|one| formats(one, service).next().is_some())
}

/// Whether it is a Region's name: `eu-west-1`, `us-gov-east-1`; also of those that are made tomorrow.
pub(crate) fn is_region(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let word = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    match parts.as_slice() {
        [area, middle @ .., number] if area.len() <= 4 => {
            word(area) && !middle.is_empty() && middle.iter().all(word) && matches!(number.as_bytes(), [b'1'..=b'9'])
        }
        _ => false,
    }
}

/// Which parts the ARNs have of the resources that a pattern can be about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Whether the service's resource types are known at all.
    pub has_formats: bool,
    /// Whether one of them is like the pattern.
    pub is_known: bool,
    /// Whether some of those have a Region, and some have none; the same of the account.
    pub with_region: bool,
    pub without_region: bool,
    pub with_account: bool,
    pub without_account: bool,
}

impl Shape {
    /// Of the resource types whose last part can be that of the pattern.
    pub fn of(arn: &Arn<'_>, catalog: &Catalog) -> Self {
        let mut shape = Shape::default();
        if arn.service.contains(['*', '?', '$']) || arn.resource.len() > LONGEST_ARN {
            return shape;
        }
        let resource = with_stars(arn.resource);
        // Most services' ARNs have their prefix. Where those are not like it, others may be: the root user is a resource of `sts`.
        shape.add(arn.service, &resource, catalog.service(arn.service).into_iter());
        if !shape.is_known {
            shape.add(arn.service, &resource, catalog.services());
        }
        shape
    }

    fn add<'c>(&mut self, service: &str, resource: &str, of: impl Iterator<Item = catalog::Service<'c>>) {
        for format in of.flat_map(|one| formats(one, service)) {
            self.has_formats = true;
            let Ok(format) = Arn::parse(format) else { continue };
            if !meet(resource.as_bytes(), with_stars(format.resource).as_bytes()) {
                continue;
            }
            self.is_known = true;
            // What stands there may also be left out, as in ARNs of AWS's own resources.
            match format.region {
                "" => self.without_region = true,
                "*" => (self.with_region, self.without_region) = (true, true),
                _ => self.with_region = true,
            }
            match format.account {
                "" => self.without_account = true,
                "*" => (self.with_account, self.without_account) = (true, true),
                _ => self.with_account = true,
            }
        }
    }
}

/// The ARN formats of a service's resources whose ARNs have `service` in them.
fn formats<'c>(of: catalog::Service<'c>, service: &str) -> impl Iterator<Item = &'c str> {
    let formats = of.resource_types().flat_map(|kind| kind.arn_formats());
    // A backup's ARN has the service in it that was backed up.
    formats.filter(move |format| {
        format
            .split(':')
            .nth(2)
            .is_some_and(|part| part == service || (part.starts_with("${") && of.prefix() == service))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_told_by_their_form() {
        for region in ["eu-west-1", "us-gov-east-1", "ap-southeast-5", "eusc-de-east-1"] {
            assert!(is_region(region), "{region}");
        }
        for other in ["europe", "eu-west", "EU-WEST-1", "eu-west-12", "region", "-", "us--1"] {
            assert!(!is_region(other), "{other}");
        }
    }

    #[test]
    fn an_arn_has_the_shape_of_those_that_it_can_be_about() {
        let of = |text: &str| Shape::of(&Arn::parse(text).unwrap(), catalog::builtin());
        let bucket = of("arn:aws:s3:::example");
        assert!(bucket.is_known && bucket.without_region && bucket.without_account);
        let table = of("arn:aws:dynamodb:::table/orders");
        assert!(table.is_known && !table.without_region && !table.without_account);
        assert!(!of("arn:aws:dynamodb:::tables/orders").is_known);
        // A resource of another service than the one in its ARN.
        assert!(of("arn:aws:iam::111122223333:root").is_known && !of("arn:aws:iam::111122223333:boot").is_known);
        assert!(service_exists("dynamodb", catalog::builtin()) && !service_exists("queues", catalog::builtin()));
    }
}
