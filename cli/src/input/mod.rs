//! Where input comes from.

pub mod catalog;
pub mod files;
pub mod read;
pub mod s3;
mod window;

pub use window::{Window, parse_day};
