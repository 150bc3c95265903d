//! What AWS has: services, actions, resource types, condition keys, and which call needs which action.
//!
//! The facts are generated (`cargo xtask catalog`) into one compact file that is compiled into the program and read
//! where it lies: loading checks a header, a lookup is a binary search that ignores ASCII case and allocates nothing.
//! [`unpack`] turns a catalog back into [`Facts`], [`pack`] writes the file again, and [`reference::overlay`] does both
//! to bring a catalog up to date with AWS's Service Reference.
//!
//! What the table does not know is [`Resolution::Unknown`]; it is never guessed.

mod facts;
mod lookup;
mod model;
mod pack;
mod provenance;
pub mod reference;
mod resolve;
mod table;

pub use facts::{
    ActionFacts, ActionName, BindingFacts, ConditionKeyFacts, EventSourceFacts, Facts, Need, OperationFacts,
    PassedRoleFacts, ReleaseFacts, ResourceTypeFacts, RuleFacts, ServiceFacts, VariableFacts,
};
pub use lookup::Catalog;
pub use model::{
    Action, ActionResource, ConditionKey, PassedRole, Release, ReleaseSource, ResourceType, Service, Variable,
};
pub use pack::{pack, unpack};
pub use provenance::{AccessLevel, Provenance, RuleEffect};
pub use resolve::{Binding, Operation, Resolution, Rule, UnknownReason};

use std::sync::OnceLock;

/// The catalog that was compiled in.
pub fn builtin() -> &'static Catalog {
    static BUILTIN: OnceLock<Catalog> = OnceLock::new();
    BUILTIN.get_or_init(|| {
        // A test holds that the committed file loads; an empty catalog answers Unknown, which is honest.
        Catalog::from_bytes(include_bytes!("../data/catalog.bin").as_slice()).unwrap_or_default()
    })
}

/// Why bytes are not a catalog.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogError {
    /// The first bytes are not those of a catalog.
    #[error("this is not a leastwise catalog")]
    NotACatalog,
    /// A catalog of another version of the format.
    #[error("the catalog has format version {found}, this program reads {expected}")]
    Version {
        /// The version this program reads.
        expected: u32,
        /// The version found in the header.
        found: u32,
    },
    /// A section reaches past the end of the file.
    #[error("the catalog is cut short: section {section} ends at byte {end} of {length}")]
    CutShort {
        /// Number of the section, from 0.
        section: usize,
        /// Where the section would end.
        end: u64,
        /// How long the file is.
        length: usize,
    },
    /// A section is not a whole number of records.
    #[error("the catalog is malformed: section {section} holds a broken record")]
    BrokenRecord {
        /// Number of the section, from 0.
        section: usize,
    },
    /// The names in the catalog are not UTF-8.
    #[error("the catalog's names are not UTF-8")]
    NotText,
}
