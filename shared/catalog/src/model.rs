//! Services, actions, resource types and condition keys, borrowed from a catalog.

use crate::lookup::Catalog;
use crate::table::{List, Section};
use crate::{AccessLevel, Provenance};
use std::fmt;

/// A borrowed record: what every entity of the catalog is.
macro_rules! entity {
    ($(#[$docs:meta])* $name:ident, $section:ident, $label:expr) => {
        $(#[$docs])*
        #[derive(Clone, Copy)]
        pub struct $name<'a> {
            pub(crate) catalog: &'a Catalog,
            pub(crate) row: u32,
        }

        impl<'a> $name<'a> {
            #[allow(dead_code)]
            fn text(self, field: u32) -> &'a str {
                self.catalog.table.name(Section::$section, self.row, field)
            }

            #[allow(dead_code)]
            fn field(self, field: u32) -> u32 {
                self.catalog.table.field(Section::$section, self.row, field)
            }

            #[allow(dead_code)]
            fn list(self, field: u32) -> List<'a> {
                self.catalog.table.list(Section::$section, self.row, field)
            }
        }

        /// Two values are equal when they are the same record of the same catalog.
        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                std::ptr::eq(self.catalog, other.catalog) && self.row == other.row
            }
        }

        impl Eq for $name<'_> {}

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let label: fn(&Self) -> String = $label;
                write!(formatter, concat!(stringify!($name), "({})"), label(self))
            }
        }
    };
}

fn names(list: List<'_>) -> impl Iterator<Item = &str> + Clone {
    list.map(move |name| list.table().text(name))
}

entity!(
    /// One service that IAM knows.
    Service, Services, |service| service.prefix().to_owned()
);

impl<'a> Service<'a> {
    /// IAM prefix, such as `s3`.
    pub fn prefix(self) -> &'a str {
        self.text(0)
    }

    /// AWS's name for it, such as `Amazon S3`.
    pub fn title(self) -> &'a str {
        self.text(1)
    }

    /// Whether AWS has withdrawn the service.
    pub fn retired(self) -> bool {
        !self.retirement().is_empty()
    }

    /// Why the service is withdrawn; empty while it lives.
    pub fn retirement(self) -> &'a str {
        self.text(2)
    }

    /// Its actions, sorted by name.
    pub fn actions(self) -> impl ExactSizeIterator<Item = Action<'a>> + Clone {
        let rows = self.catalog.table.range(Section::Services, self.row, 3, Section::Actions);
        rows.map(move |row| Action { catalog: self.catalog, row })
    }

    /// The action of this name.
    pub fn action(self, name: &str) -> Option<Action<'a>> {
        let table = &self.catalog.table;
        let rows = table.range(Section::Services, self.row, 3, Section::Actions);
        table.find(Section::Actions, rows, 1, name).map(|row| Action { catalog: self.catalog, row })
    }

    /// Its resource types, sorted by name.
    pub fn resource_types(self) -> impl ExactSizeIterator<Item = ResourceType<'a>> + Clone {
        let rows = self.catalog.table.range(Section::Services, self.row, 5, Section::ResourceTypes);
        rows.map(move |row| ResourceType { catalog: self.catalog, row })
    }

    /// The resource type of this name.
    pub fn resource_type(self, name: &str) -> Option<ResourceType<'a>> {
        let table = &self.catalog.table;
        let rows = table.range(Section::Services, self.row, 5, Section::ResourceTypes);
        table.find(Section::ResourceTypes, rows, 1, name).map(|row| ResourceType { catalog: self.catalog, row })
    }

    /// Its condition keys, sorted by name; global keys that it documents are among them.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = ConditionKey<'a>> + Clone {
        let rows = self.catalog.table.range(Section::Services, self.row, 7, Section::ConditionKeys);
        rows.map(move |row| ConditionKey { catalog: self.catalog, row })
    }

    /// The condition key of this name, as the reference writes it (`s3:ExistingObjectTag/<key>` is
    /// `s3:ExistingObjectTag/${TagKey}` or the like).
    pub fn condition_key(self, name: &str) -> Option<ConditionKey<'a>> {
        let table = &self.catalog.table;
        let rows = table.range(Section::Services, self.row, 7, Section::ConditionKeys);
        table.find(Section::ConditionKeys, rows, 0, name).map(|row| ConditionKey { catalog: self.catalog, row })
    }
}

entity!(
    /// One action.
    Action, Actions, |action| format!("{}:{}", action.service(), action.name())
);

impl<'a> Action<'a> {
    /// Prefix of its service.
    pub fn service(self) -> &'a str {
        self.catalog.table.name(Section::Services, self.field(0), 0)
    }

    /// Its name without the service prefix.
    pub fn name(self) -> &'a str {
        self.text(1)
    }

    /// AWS's classification.
    pub fn access_level(self) -> AccessLevel {
        AccessLevel::from_code(self.field(2) & 0xff)
    }

    /// Where the action is listed.
    pub fn provenance(self) -> Provenance {
        Provenance::from_code(self.field(2) >> 8)
    }

    /// The resource types that it can be limited to. None: only `*` has an effect.
    pub fn resources(self) -> impl ExactSizeIterator<Item = ActionResource<'a>> + Clone {
        let catalog = self.catalog;
        self.list(3).map(move |item| ActionResource {
            resource_type: ResourceType { catalog, row: item >> 1 },
            required: item & 1 == 1,
        })
    }

    /// Condition keys that it supports.
    pub fn condition_keys(self) -> impl Iterator<Item = &'a str> + Clone {
        names(self.list(4))
    }

    /// Permissions that a caller may need beside it, as `service:Action`.
    pub fn dependent_actions(self) -> impl Iterator<Item = &'a str> + Clone {
        names(self.list(5))
    }

    /// Roles that it hands to a service, each of which needs `iam:PassRole`.
    pub fn pass_role(self) -> impl Iterator<Item = PassedRole<'a>> {
        let table = &self.catalog.table;
        let mut items = self.list(6);
        std::iter::from_fn(move || {
            let [parameter, passed_to] = items.take_array::<2>()?;
            Some(PassedRole { parameter: table.text(parameter), passed_to: table.text(passed_to) })
        })
    }
}

/// A resource type of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionResource<'a> {
    /// The resource type.
    pub resource_type: ResourceType<'a>,
    /// Whether every call of the action is about such a resource.
    pub required: bool,
}

/// A role that an action hands to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassedRole<'a> {
    /// The request parameter with the role's ARN or name, or an instance profile's.
    pub parameter: &'a str,
    /// The service principal for `iam:PassedToService`; empty when it is not known: then no condition is safe.
    pub passed_to: &'a str,
}

entity!(
    /// One resource type.
    ResourceType, ResourceTypes, |kind| format!("{} {}", kind.service(), kind.name())
);

impl<'a> ResourceType<'a> {
    /// Prefix of its service.
    pub fn service(self) -> &'a str {
        self.catalog.table.name(Section::Services, self.field(0), 0)
    }

    /// Its name in the service.
    pub fn name(self) -> &'a str {
        self.text(1)
    }

    /// The usual ARN format: `arn:${Partition}:s3:::${BucketName}`.
    pub fn arn_format(self) -> &'a str {
        self.arn_formats().next().unwrap_or_default()
    }

    /// All ARN formats, the usual one first.
    pub fn arn_formats(self) -> impl Iterator<Item = &'a str> + Clone {
        names(self.list(2))
    }

    /// Condition keys that it supports.
    pub fn condition_keys(self) -> impl Iterator<Item = &'a str> + Clone {
        names(self.list(3))
    }

    /// The variables of its ARN formats other than partition, region and account, in order. A variable with an empty
    /// name stands for the whole ARN.
    pub fn variables(self) -> impl Iterator<Item = Variable<'a>> + Clone {
        let catalog = self.catalog;
        self.list(4).map(move |start| Variable { list: catalog.table.list_at(start) })
    }
}

/// A variable of an ARN format.
#[derive(Clone, Copy)]
pub struct Variable<'a> {
    list: List<'a>,
}

impl fmt::Debug for Variable<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(std::iter::once(self.name()).chain(self.parameters())).finish()
    }
}

impl<'a> Variable<'a> {
    /// Its name, as in `${BucketName}`; empty stands for the whole ARN.
    pub fn name(mut self) -> &'a str {
        self.list.next().map(|name| self.list.table().text(name)).unwrap_or_default()
    }

    /// Request parameters that carry it somewhere in the service, best first.
    pub fn parameters(self) -> impl Iterator<Item = &'a str> + Clone {
        names(self.list).skip(1)
    }
}

entity!(
    /// One condition key.
    ConditionKey, ConditionKeys, |key| key.name().to_owned()
);

impl<'a> ConditionKey<'a> {
    /// The key, such as `s3:prefix`.
    pub fn name(self) -> &'a str {
        self.text(0)
    }

    /// AWS's type for it: `String`, `ARN`, `Bool`, `Numeric`, `Date`, `IPAddress`, or `ArrayOf` one of these.
    pub fn kind(self) -> &'a str {
        self.text(1)
    }
}

/// What a catalog was made from.
#[derive(Debug, Clone, Copy)]
pub struct Release<'a> {
    pub(crate) catalog: &'a Catalog,
}

impl<'a> Release<'a> {
    /// The sources, in the order they were applied.
    pub fn sources(self) -> impl ExactSizeIterator<Item = ReleaseSource<'a>> + Clone {
        let table = &self.catalog.table;
        table.rows(Section::Releases).map(move |row| ReleaseSource {
            name: table.name(Section::Releases, row, 0),
            version: table.name(Section::Releases, row, 1),
            date: table.name(Section::Releases, row, 2),
            licence: table.name(Section::Releases, row, 3),
            what: table.name(Section::Releases, row, 4),
        })
    }

    /// The newest date among the sources, `YYYY-MM-DD`; empty when none has one.
    pub fn date(self) -> &'a str {
        self.sources().map(|source| source.date).max().unwrap_or_default()
    }
}

/// One source that a catalog was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReleaseSource<'a> {
    /// Package or publication.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Its date, `YYYY-MM-DD`; empty when it has none.
    pub date: &'a str,
    /// Its licence.
    pub licence: &'a str,
    /// What was taken from it.
    pub what: &'a str,
}
