//! Devices and their descriptions.

use std::ffi::{c_char, c_int};
use std::sync::Arc;

use crate::client::{PLATFORM, Shared, list_of};
use crate::entry::entries;
use crate::error::Fault;
use crate::handle::{self, Handle, object};

/// A device of a client.
pub(crate) struct Device {
    pub(crate) index: usize,
    pub(crate) shared: Arc<Shared>,
    pub(crate) description: Handle<Description>,
}

object!(Device as PJRT_Device);

impl Device {
    fn runtime(&self) -> &runahead::Device {
        &self.shared.devices[self.index]
    }
}

/// What there is to say of a device without having it.
pub(crate) struct Description {
    id: c_int,
    kind: String,
    debug: String,
    shown: String,
}

object!(Description as PJRT_DeviceDescription);

impl Description {
    pub(crate) fn new(device: &runahead::Device, index: usize) -> Description {
        Description {
            id: index as c_int,
            kind: format!("Runahead {}", device.platform()),
            debug: format!("{PLATFORM}:{index}, which is {}", device.name()),
            shown: format!("RunaheadDevice(id={index})"),
        }
    }
}

/// The device of that number.
pub(crate) fn by_id(shared: &Shared, id: c_int) -> Result<&Handle<Device>, Fault> {
    let count = shared.devices.len();
    let found = usize::try_from(id).ok().filter(|&index| index < count);
    let none = || Fault::invalid(format!("there is no device {id}; there are {count}"));
    Ok(shared.device(found.ok_or_else(none)?))
}

/// Has a caller's text end up in two fields.
macro_rules! say {
    ($text:expr => $args:ident.$start:ident, $size:ident) => {{
        let text: &str = $text;
        $args.$start = text.as_ptr().cast::<c_char>();
        $args.$size = text.len();
        Ok(())
    }};
}

entries! {
    fn PJRT_DeviceDescription_Id(args: PJRT_DeviceDescription_Id_Args, id) {
        // SAFETY: the caller's description.
        args.id = unsafe { handle::get::<Description>(args.device_description) }?.id;
        Ok(())
    }

    fn PJRT_DeviceDescription_ProcessIndex(args: PJRT_DeviceDescription_ProcessIndex_Args, process_index) {
        // SAFETY: the caller's description.
        unsafe { handle::get::<Description>(args.device_description) }?;
        args.process_index = 0;
        Ok(())
    }

    fn PJRT_DeviceDescription_Attributes(args: PJRT_DeviceDescription_Attributes_Args, attributes) {
        // SAFETY: the caller's description.
        unsafe { handle::get::<Description>(args.device_description) }?;
        args.num_attributes = 0;
        args.attributes = std::ptr::null();
        Ok(())
    }

    fn PJRT_DeviceDescription_Kind(args: PJRT_DeviceDescription_Kind_Args, device_kind_size) {
        // SAFETY: the caller's description.
        let description = unsafe { handle::get::<Description>(args.device_description) }?;
        say!(&description.kind => args.device_kind, device_kind_size)
    }

    fn PJRT_DeviceDescription_DebugString(args: PJRT_DeviceDescription_DebugString_Args, debug_string_size) {
        // SAFETY: the caller's description.
        let description = unsafe { handle::get::<Description>(args.device_description) }?;
        say!(&description.debug => args.debug_string, debug_string_size)
    }

    fn PJRT_DeviceDescription_ToString(args: PJRT_DeviceDescription_ToString_Args, to_string_size) {
        // SAFETY: the caller's description.
        let description = unsafe { handle::get::<Description>(args.device_description) }?;
        say!(&description.shown => args.to_string, to_string_size)
    }

    fn PJRT_Device_GetDescription(args: PJRT_Device_GetDescription_Args, device_description) {
        // SAFETY: the caller's device.
        args.device_description = unsafe { handle::get::<Device>(args.device) }?.description.raw();
        Ok(())
    }

    fn PJRT_Device_IsAddressable(args: PJRT_Device_IsAddressable_Args, is_addressable) {
        // SAFETY: the caller's device.
        unsafe { handle::get::<Device>(args.device) }?;
        args.is_addressable = true;
        Ok(())
    }

    fn PJRT_Device_LocalHardwareId(args: PJRT_Device_LocalHardwareId_Args, local_hardware_id) {
        // SAFETY: the caller's device.
        args.local_hardware_id = unsafe { handle::get::<Device>(args.device) }?.index as c_int;
        Ok(())
    }

    fn PJRT_Device_AddressableMemories(args: PJRT_Device_AddressableMemories_Args, num_memories) {
        // SAFETY: the caller's device.
        let device = unsafe { handle::get::<Device>(args.device) }?;
        args.memories = list_of(std::slice::from_ref(device.shared.memory(device.index)));
        args.num_memories = 1;
        Ok(())
    }

    fn PJRT_Device_DefaultMemory(args: PJRT_Device_DefaultMemory_Args, memory) {
        // SAFETY: the caller's device.
        let device = unsafe { handle::get::<Device>(args.device) }?;
        args.memory = device.shared.memory(device.index).raw();
        Ok(())
    }

    fn PJRT_Device_MemoryStats(args: PJRT_Device_MemoryStats_Args, bytes_in_use) {
        // SAFETY: the caller's device.
        let held = unsafe { handle::get::<Device>(args.device) }?.runtime().memory_use();
        let number = |bytes: usize| i64::try_from(bytes).unwrap_or(i64::MAX);
        args.bytes_in_use = number(held.live);
        args.peak_bytes_in_use = number(held.peak);
        args.peak_bytes_in_use_is_set = true;
        args.bytes_limit = held.budget.map_or(0, number);
        args.bytes_limit_is_set = held.budget.is_some();
        // The caller's structure holds anything where nothing is said.
        for is_set in [
            &mut args.num_allocs_is_set,
            &mut args.largest_alloc_size_is_set,
            &mut args.bytes_reserved_is_set,
            &mut args.peak_bytes_reserved_is_set,
            &mut args.bytes_reservable_limit_is_set,
            &mut args.largest_free_block_bytes_is_set,
            &mut args.pool_bytes_is_set,
            &mut args.peak_pool_bytes_is_set,
        ] {
            *is_set = false;
        }
        Ok(())
    }
}
