//! Looking things up in a catalog.

use crate::model::{Release, ResourceType, Service};
use crate::table::{Section, Table};
use crate::{Action, CatalogError};
use std::borrow::Cow;
use std::fmt;

/// What AWS has. The empty catalog (`default`) knows nothing.
#[derive(Clone, Default)]
pub struct Catalog {
    pub(crate) table: Table,
}

impl fmt::Debug for Catalog {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Catalog({} services)", self.services().len())
    }
}

impl Catalog {
    /// Reads a catalog that [`crate::pack`] wrote. The bytes stay where they are.
    ///
    /// # Errors
    /// When the bytes are not a catalog, are of another format version, or are cut short.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Catalog, CatalogError> {
        Table::open(bytes.into()).map(|table| Catalog { table })
    }

    /// What the catalog was made from.
    pub fn release(&self) -> Release<'_> {
        Release { catalog: self }
    }

    /// All services, sorted by prefix.
    pub fn services(&self) -> impl ExactSizeIterator<Item = Service<'_>> + Clone {
        self.table.rows(Section::Services).map(|row| Service { catalog: self, row })
    }

    /// The service with this IAM prefix.
    pub fn service(&self, prefix: &str) -> Option<Service<'_>> {
        let row = self.table.find(Section::Services, self.table.rows(Section::Services), 0, prefix)?;
        Some(Service { catalog: self, row })
    }

    /// The action `service:name`.
    pub fn action(&self, service: &str, name: &str) -> Option<Action<'_>> {
        self.service(service)?.action(name)
    }

    /// Why `service:name` is no longer an action, when AWS withdrew it (alone, or with its service).
    pub fn retired_action(&self, service: &str, name: &str) -> Option<&str> {
        let table = &self.table;
        let rows = table.rows(Section::Retired);
        let same =
            |row: u32, field: u32, text: &str| table.name(Section::Retired, row, field).eq_ignore_ascii_case(text);
        // Rows are sorted by service: from any row of the service, its others lie on both sides.
        let hit = table.find(Section::Retired, rows.clone(), 0, service)?;
        let of_service = |row: &u32| same(*row, 0, service);
        let before = (rows.start..hit).rev().take_while(of_service);
        let mut all = before.chain((hit..rows.end).take_while(of_service));
        all.find(|&row| same(row, 1, name) || same(row, 1, "*")).map(|row| table.name(Section::Retired, row, 2))
    }

    /// Whether this service principal (such as `athena.amazonaws.com`) appears in `aws:CalledVia`.
    pub fn called_via(&self, service_principal: &str) -> bool {
        let rows = self.table.rows(Section::CalledVia);
        self.table.find(Section::CalledVia, rows, 0, service_principal).is_some()
    }

    /// The resource type that an EC2 identifier names: `i-0abc` is an instance.
    pub fn id_prefix(&self, id: &str) -> Option<ResourceType<'_>> {
        let (prefix, _) = id.rsplit_once('-')?;
        let rows = self.table.rows(Section::IdPrefixes);
        let found = self.table.find(Section::IdPrefixes, rows, 0, prefix)?;
        Some(ResourceType { catalog: self, row: self.table.field(Section::IdPrefixes, found, 1) })
    }
}
