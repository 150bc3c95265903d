//! What `leastwise serve` adds to the routes: a door, the portal, and patience that ends.

pub mod door;
pub mod listen;
pub mod portal;
