//! Where input comes from.

pub mod applying;
pub mod cases;
pub mod catalog;
pub mod elements;
pub mod files;
pub mod policy;
pub mod read;
pub mod s3;
mod window;

pub use self::policy::PolicyFile;
pub use window::Window;
