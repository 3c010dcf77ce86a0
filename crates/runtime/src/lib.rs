//! Devices and buffers.

mod memory;

pub use memory::{ALIGNMENT, AlignedBytes};
