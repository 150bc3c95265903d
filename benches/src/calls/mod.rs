//! The calls that actors make, by kind of service: each is a function that fills in names and ids.

pub mod analytics;
pub mod compute;
pub mod delivery;
pub mod identity;
pub mod messaging;
pub mod secrets;
pub mod storage;

use crate::call::{Call, Scene};

/// Makes one call.
pub type Make = fn(&mut Scene<'_>) -> Call;
