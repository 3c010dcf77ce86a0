//! Memories: each device has one.

use std::ffi::{c_char, c_int};
use std::sync::Arc;

use crate::client::{PLATFORM, Shared, list_of};
use crate::entry::entries;
use crate::handle::{self, object};

/// What kind of memory devices have, as JAX calls it.
pub(crate) const KIND: &str = "device";

/// The memory of a device.
pub(crate) struct Memory {
    /// The device's index.
    pub(crate) index: usize,
    shared: Arc<Shared>,
    shown: String,
}

object!(Memory as PJRT_Memory);

impl Memory {
    pub(crate) fn new(index: usize, shared: Arc<Shared>) -> Memory {
        Memory { index, shared, shown: format!("memory of {PLATFORM}:{index}") }
    }
}

entries! {
    fn PJRT_Memory_Id(args: PJRT_Memory_Id_Args, id) {
        // SAFETY: the caller's memory.
        args.id = unsafe { handle::get::<Memory>(args.memory) }?.index as c_int;
        Ok(())
    }

    fn PJRT_Memory_Kind(args: PJRT_Memory_Kind_Args, kind_size) {
        // SAFETY: the caller's memory.
        unsafe { handle::get::<Memory>(args.memory) }?;
        args.kind = KIND.as_ptr().cast::<c_char>();
        args.kind_size = KIND.len();
        Ok(())
    }

    fn PJRT_Memory_Kind_Id(args: PJRT_Memory_Kind_Id_Args, kind_id) {
        // SAFETY: the caller's memory.
        unsafe { handle::get::<Memory>(args.memory) }?;
        args.kind_id = 0;
        Ok(())
    }

    fn PJRT_Memory_DebugString(args: PJRT_Memory_DebugString_Args, debug_string_size) {
        // SAFETY: the caller's memory.
        let shown = &*unsafe { handle::get::<Memory>(args.memory) }?.shown;
        args.debug_string = shown.as_ptr().cast::<c_char>();
        args.debug_string_size = shown.len();
        Ok(())
    }

    fn PJRT_Memory_ToString(args: PJRT_Memory_ToString_Args, to_string_size) {
        // SAFETY: the caller's memory.
        let shown = &*unsafe { handle::get::<Memory>(args.memory) }?.shown;
        args.to_string = shown.as_ptr().cast::<c_char>();
        args.to_string_size = shown.len();
        Ok(())
    }

    fn PJRT_Memory_AddressableByDevices(args: PJRT_Memory_AddressableByDevices_Args, num_devices) {
        // SAFETY: the caller's memory.
        let memory = unsafe { handle::get::<Memory>(args.memory) }?;
        args.devices = list_of(std::slice::from_ref(memory.shared.device(memory.index)));
        args.num_devices = 1;
        Ok(())
    }
}
