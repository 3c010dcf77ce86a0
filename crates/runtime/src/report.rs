//! What a device's memory is used for.

use std::sync::Arc;

use runahead_ir::TensorType;

use crate::ledger::MemoryUse;

/// What a device's memory is used for, at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceReport {
    /// The device's name.
    pub device: Arc<str>,
    /// What is held, for what.
    pub memory: MemoryUse,
    /// Bytes of free memory that the device's backend keeps for all its devices, to use them again.
    pub cached: usize,
    /// The buffers that have names, the largest first.
    pub named: Vec<NamedBuffer>,
}

/// A buffer that was given a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedBuffer {
    /// The name.
    pub name: Arc<str>,
    /// The type.
    pub ty: TensorType,
    /// The size.
    pub bytes: usize,
    /// Whether the data is there, not on its way.
    pub ready: bool,
}

impl DeviceReport {
    /// Bytes of live buffers that have no name.
    pub fn unnamed(&self) -> usize {
        let named: usize = self.named.iter().map(|buffer| buffer.bytes).sum();
        (self.memory.live - self.memory.temporary).saturating_sub(named)
    }
}
