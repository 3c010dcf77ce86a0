//! Clients: a plugin's devices, started.

use std::ffi::c_int;
use std::fmt;
use std::ptr::NonNull;
use std::sync::Arc;

use runahead_pjrt_sys::{PJRT_Client, PJRT_Device, PJRT_DeviceDescription, PJRT_Memory};

use crate::Error;
use crate::args::{args, call};
use crate::error::{slice, text};
use crate::event;
use crate::plugin::Plugin;
use crate::value::{AttributeValue, attributes, named_values};

/// A plugin's devices, started. Clones are the same client, which ends with the last of its buffers and programs.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    plugin: Plugin,
    raw: NonNull<PJRT_Client>,
    platform: String,
    devices: Vec<DeviceInfo>,
    /// The devices themselves, in the order of what is known of them.
    raw_devices: Vec<NonNull<PJRT_Device>>,
}

// SAFETY: by the interface's rules a client's functions may be called from any thread, and from several at once; its
// devices live as long as it does, and do not change.
unsafe impl Send for Inner {}
// SAFETY: as above.
unsafe impl Sync for Inner {}

/// What is known of a device.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceInfo {
    /// The number that the plugin knows it by.
    pub id: i32,
    /// What kind of hardware it is, as in `cpu` or `NVIDIA H100`.
    pub kind: String,
    /// How the plugin writes it in messages.
    pub description: String,
    /// The kinds of its memories, as in `device` and `pinned_host`; the first is where its buffers are.
    pub memories: Vec<String>,
    /// What else the plugin tells.
    pub attributes: Vec<(String, AttributeValue)>,
}

/// What a plugin says of a device's memory, in bytes. What it does not say is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemoryStats {
    /// In use now.
    pub in_use: i64,
    /// In use at most so far.
    pub peak: Option<i64>,
    /// May be used.
    pub limit: Option<i64>,
    /// Allocations so far.
    pub allocations: Option<i64>,
    /// The largest allocation so far.
    pub largest_allocation: Option<i64>,
    /// Taken from the system, to be handed out.
    pub pool: Option<i64>,
}

impl Client {
    /// Starts a plugin's devices. What options there are is the plugin's to say; XLA's for CPUs takes
    /// `cpu_device_count`.
    ///
    /// # Errors
    /// Where the plugin fails to, as that of GPUs does where there is none, or has no devices.
    pub fn new(plugin: Plugin, options: &[(String, AttributeValue)]) -> Result<Client, Error> {
        let named = named_values(options);
        let mut args = args!(
            plugin,
            PJRT_Client_Create_Args {
                create_options: if named.is_empty() { std::ptr::null() } else { named.as_ptr() },
                num_options: named.len(),
            }
        );
        // SAFETY: the options live until the call ends; there are no callbacks.
        unsafe { call!(plugin, PJRT_Client_Create, args) }?;
        let Some(raw) = NonNull::new(args.client) else {
            return Err(Error::Unsupported(format!("{} gives no client", plugin.name())));
        };
        // From here on it is destroyed where something fails.
        let mut inner =
            Inner { plugin, raw, platform: String::new(), devices: Vec::new(), raw_devices: Vec::new() };
        inner.platform = inner.read_platform()?;
        inner.raw_devices = inner.read_devices()?;
        inner.devices =
            inner.raw_devices.iter().map(|&device| inner.describe(device)).collect::<Result<_, _>>()?;
        if inner.devices.is_empty() {
            return Err(Error::Unsupported(format!("{} has no devices here", plugin.name())));
        }
        Ok(Client(Arc::new(inner)))
    }

    /// The plugin.
    #[inline]
    pub fn plugin(&self) -> Plugin {
        self.0.plugin
    }

    /// The name of the platform, as in `cpu` or `cuda`.
    pub fn platform(&self) -> &str {
        &self.0.platform
    }

    /// The platform's version.
    ///
    /// # Errors
    /// Where the plugin fails to tell.
    pub fn platform_version(&self) -> Result<String, Error> {
        let mut args = args!(self.plugin(), PJRT_Client_PlatformVersion_Args { client: self.raw() });
        // SAFETY: the client is alive, and its version's text with it.
        unsafe {
            call!(self.plugin(), PJRT_Client_PlatformVersion, args)?;
            Ok(text(args.platform_version, args.platform_version_size))
        }
    }

    /// The devices that this process may use.
    pub fn devices(&self) -> &[DeviceInfo] {
        &self.0.devices
    }

    /// What the plugin says of a device's memory, by its position among the [devices](Self::devices).
    ///
    /// # Errors
    /// Where there is no such device, or the plugin does not tell.
    pub fn memory_stats(&self, device: usize) -> Result<MemoryStats, Error> {
        let mut args =
            args!(self.plugin(), PJRT_Device_MemoryStats_Args { device: self.raw_device(device)? });
        // SAFETY: the device lives as long as the client.
        unsafe { call!(self.plugin(), PJRT_Device_MemoryStats, args) }?;
        let known = |is_set: bool, value: i64| is_set.then_some(value);
        Ok(MemoryStats {
            in_use: args.bytes_in_use,
            peak: known(args.peak_bytes_in_use_is_set, args.peak_bytes_in_use),
            limit: known(args.bytes_limit_is_set, args.bytes_limit),
            allocations: known(args.num_allocs_is_set, args.num_allocs),
            largest_allocation: known(args.largest_alloc_size_is_set, args.largest_alloc_size),
            pool: known(args.pool_bytes_is_set, args.pool_bytes),
        })
    }

    #[inline]
    pub(crate) fn raw(&self) -> *mut PJRT_Client {
        self.0.raw.as_ptr()
    }

    /// A device by its position.
    pub(crate) fn raw_device(&self, device: usize) -> Result<*mut PJRT_Device, Error> {
        self.0.raw_devices.get(device).map(|device| device.as_ptr()).ok_or_else(|| {
            let count = self.0.devices.len();
            let them = if count == 1 {
                "device, whose number is 0".into()
            } else {
                format!("devices, from 0 to {}", count - 1)
            };
            Error::Unsupported(format!(
                "there is no device {device}; {} has {count} {them}",
                self.plugin().name()
            ))
        })
    }

    pub(crate) fn is_same(&self, other: &Client) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Inner {
    fn read_platform(&self) -> Result<String, Error> {
        let mut args = args!(self.plugin, PJRT_Client_PlatformName_Args { client: self.raw.as_ptr() });
        // SAFETY: the client is alive, and its name with it.
        unsafe {
            call!(self.plugin, PJRT_Client_PlatformName, args)?;
            Ok(text(args.platform_name, args.platform_name_size))
        }
    }

    fn read_devices(&self) -> Result<Vec<NonNull<PJRT_Device>>, Error> {
        let mut args = args!(self.plugin, PJRT_Client_AddressableDevices_Args { client: self.raw.as_ptr() });
        // SAFETY: the client is alive, and its devices with it.
        unsafe {
            call!(self.plugin, PJRT_Client_AddressableDevices, args)?;
            let devices = slice(args.addressable_devices, args.num_addressable_devices);
            Ok(devices.iter().filter_map(|&device| NonNull::new(device)).collect())
        }
    }

    /// Asks for what is known of a device. What a plugin does not tell stays empty, save the id.
    fn describe(&self, device: NonNull<PJRT_Device>) -> Result<DeviceInfo, Error> {
        let plugin = self.plugin;
        let mut args = args!(plugin, PJRT_Device_GetDescription_Args { device: device.as_ptr() });
        // SAFETY: the device lives as long as the client, and its description with it.
        unsafe { call!(plugin, PJRT_Device_GetDescription, args) }?;
        let description = args.device_description;
        Ok(DeviceInfo {
            id: self.id(description)?,
            kind: self.kind(description).unwrap_or_default(),
            description: self.written(description).unwrap_or_default(),
            memories: self.memories(device).unwrap_or_default(),
            attributes: self.attributes(description).unwrap_or_default(),
        })
    }

    fn id(&self, device: *mut PJRT_DeviceDescription) -> Result<c_int, Error> {
        let mut args = args!(self.plugin, PJRT_DeviceDescription_Id_Args { device_description: device });
        // SAFETY: the description lives as long as the client, as in what follows.
        unsafe { call!(self.plugin, PJRT_DeviceDescription_Id, args) }?;
        Ok(args.id)
    }

    fn kind(&self, device: *mut PJRT_DeviceDescription) -> Result<String, Error> {
        let mut args = args!(self.plugin, PJRT_DeviceDescription_Kind_Args { device_description: device });
        // SAFETY: as in `id`, and the text, too.
        unsafe {
            call!(self.plugin, PJRT_DeviceDescription_Kind, args)?;
            Ok(text(args.device_kind, args.device_kind_size))
        }
    }

    fn written(&self, device: *mut PJRT_DeviceDescription) -> Result<String, Error> {
        let mut args =
            args!(self.plugin, PJRT_DeviceDescription_ToString_Args { device_description: device });
        // SAFETY: as in `kind`.
        unsafe {
            call!(self.plugin, PJRT_DeviceDescription_ToString, args)?;
            Ok(text(args.to_string, args.to_string_size))
        }
    }

    fn attributes(
        &self,
        device: *mut PJRT_DeviceDescription,
    ) -> Result<Vec<(String, AttributeValue)>, Error> {
        let mut args =
            args!(self.plugin, PJRT_DeviceDescription_Attributes_Args { device_description: device });
        // SAFETY: as in `kind`.
        unsafe {
            call!(self.plugin, PJRT_DeviceDescription_Attributes, args)?;
            Ok(attributes(args.attributes, args.num_attributes))
        }
    }

    /// The kinds of a device's memories, the default one first.
    fn memories(&self, device: NonNull<PJRT_Device>) -> Result<Vec<String>, Error> {
        let mut args = args!(self.plugin, PJRT_Device_AddressableMemories_Args { device: device.as_ptr() });
        // SAFETY: the device lives as long as the client, and its memories with it.
        let memories = unsafe {
            call!(self.plugin, PJRT_Device_AddressableMemories, args)?;
            slice(args.memories, args.num_memories)
        };
        let mut default = args!(self.plugin, PJRT_Device_DefaultMemory_Args { device: device.as_ptr() });
        // SAFETY: as above.
        unsafe { call!(self.plugin, PJRT_Device_DefaultMemory, default) }?;
        let others = memories.iter().copied().filter(|&memory| memory != default.memory);
        std::iter::once(default.memory).chain(others).map(|memory| self.memory_kind(memory)).collect()
    }

    fn memory_kind(&self, memory: *mut PJRT_Memory) -> Result<String, Error> {
        let mut args = args!(self.plugin, PJRT_Memory_Kind_Args { memory: memory });
        // SAFETY: the memory lives as long as the client, and the text, too.
        unsafe {
            call!(self.plugin, PJRT_Memory_Kind, args)?;
            Ok(text(args.kind, args.kind_size))
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let (plugin, client) = (self.plugin, self.raw.as_ptr().expose_provenance());
        let destroy = move || {
            let client = std::ptr::with_exposed_provenance_mut(client);
            let mut args = args!(plugin, PJRT_Client_Destroy_Args { client: client });
            // SAFETY: nobody has the client any more, nor anything of it. Nothing is to be done where that fails.
            drop(unsafe { call!(plugin, PJRT_Client_Destroy, args) });
        };
        // It may wait for the plugin's threads to end, which this may be one of.
        match event::calls_back() {
            true => drop(std::thread::spawn(destroy)),
            false => destroy(),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Client({} by {:?}, {} devices)", self.platform(), self.plugin(), self.devices().len())
    }
}
