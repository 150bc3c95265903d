//! CloudTrail records: who used which permission on which resource.
//!
//! ```text
//! bytes ──decode──▶ Record ──principal, outcome──▶ who, and whether it was authorised
//!                     └──map (plan, exact, resource)──▶ Permission { action, resources, context }
//! ```
//! Nothing here does I/O: bytes come in through [`std::io::Read`], the catalog as a value.

pub mod arn_format;
pub mod decode;
mod exact;
mod file;
pub mod json;
pub mod map;
pub mod outcome;
mod plan;
pub mod principal;
pub mod record;
pub mod refusal;
pub mod resource;

pub use decode::{Item, Limits, Other, Problem, ProblemKind, read_records};
pub use file::FileKind;
pub use map::{Mapped, Mapper, Needs, Permission, Provenance};
pub use outcome::Outcome;
pub use principal::{Principal, PrincipalKind};
pub use record::Record;
pub use resource::Inference;
