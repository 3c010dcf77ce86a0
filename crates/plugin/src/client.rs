//! Clients: the devices that a caller asked for, and the programs compiled for them.

use std::ffi::c_char;
use std::sync::{Arc, OnceLock};

use runahead_pjrt_sys::*;

use crate::callback;
use crate::device::{self, Description, Device};
use crate::entry::{self, entries};
use crate::error::Fault;
use crate::fork;
use crate::handle::{self, Handle, Object, object};
use crate::memory::Memory;
use crate::program::Programs;
use crate::topology::Topology;

/// The platform's name, by which JAX knows it.
pub(crate) const PLATFORM: &str = "runahead";
/// The platform's version.
pub(crate) const VERSION: &str = concat!("runahead ", env!("CARGO_PKG_VERSION"));

/// There are this many devices at most.
const MAX_DEVICES: usize = 1024;

/// A client.
pub(crate) struct Client {
    pub(crate) shared: Arc<Shared>,
    topology: Handle<Topology>,
}

object!(Client as PJRT_Client);

/// What a client's objects know of it; it lives as long as the last of them.
pub(crate) struct Shared {
    pub(crate) devices: Vec<runahead::Device>,
    pub(crate) programs: Programs,
    handles: OnceLock<Handles>,
}

/// The handles of a client's devices and of what belongs to them, in the order of the devices.
#[derive(Default)]
struct Handles {
    devices: Vec<Handle<Device>>,
    descriptions: Vec<Handle<Description>>,
    memories: Vec<Handle<Memory>>,
}

impl Shared {
    fn handles(&self) -> &Handles {
        self.handles.get().expect("they are made with the client")
    }

    pub(crate) fn device(&self, index: usize) -> &Handle<Device> {
        &self.handles().devices[index]
    }

    pub(crate) fn memory(&self, index: usize) -> &Handle<Memory> {
        &self.handles().memories[index]
    }

    pub(crate) fn descriptions(&self) -> &[Handle<Description>] {
        &self.handles().descriptions
    }

    /// The index of a caller's device of this client.
    ///
    /// # Safety
    /// As for [`handle::get`].
    pub(crate) unsafe fn index_of(&self, device: *mut PJRT_Device) -> Result<usize, Fault> {
        // SAFETY: the caller's.
        let index = unsafe { handle::get::<Device>(device) }?.index;
        match self.handles().devices.get(index) {
            Some(known) if known.raw() == device => Ok(index),
            _ => Err(Fault::invalid("the device is another client's")),
        }
    }

    /// The device of a caller's memory of this client.
    ///
    /// # Safety
    /// As for [`handle::get`].
    pub(crate) unsafe fn index_of_memory(&self, memory: *mut PJRT_Memory) -> Result<usize, Fault> {
        // SAFETY: the caller's.
        let index = unsafe { handle::get::<Memory>(memory) }?.index;
        match self.handles().memories.get(index) {
            Some(known) if known.raw() == memory => Ok(index),
            _ => Err(Fault::invalid("the memory is another client's")),
        }
    }

    /// The device of a caller's memory, or else the caller's device.
    ///
    /// # Safety
    /// As for [`handle::get`].
    pub(crate) unsafe fn index_of_place(
        &self,
        device: *mut PJRT_Device,
        memory: *mut PJRT_Memory,
    ) -> Result<usize, Fault> {
        match memory.is_null() {
            // SAFETY: the caller's.
            true => unsafe { self.index_of(device) },
            // SAFETY: the caller's.
            false => unsafe { self.index_of_memory(memory) },
        }
    }
}

/// Where a list of handles begins, as C has it.
pub(crate) fn list_of<T: Object>(handles: &[Handle<T>]) -> *const *mut T::Raw {
    handles.as_ptr().cast()
}

impl Client {
    fn new(options: &Options) -> Result<Client, Fault> {
        let name = |i: usize| format!("{}:{i}", options.backend);
        let devices = (0..options.devices).map(|i| runahead::device(&name(i))).collect::<Result<Vec<_>, _>>();
        let devices = devices.map_err(|error| Fault::new(PJRT_Error_Code::NOT_FOUND, error.to_string()))?;
        let shared = Arc::new(Shared { devices, programs: Programs::new(), handles: OnceLock::new() });
        let mut handles = Handles::default();
        for index in 0..shared.devices.len() {
            let description = Handle::new(handle::create(Description::new(&shared.devices[index], index)));
            let device = Device { index, shared: Arc::clone(&shared), description };
            handles.descriptions.push(description);
            handles.devices.push(Handle::new(handle::create(device)));
            handles.memories.push(Handle::new(handle::create(Memory::new(index, Arc::clone(&shared)))));
        }
        let _ = shared.handles.set(handles);
        let topology = Handle::new(handle::create(Topology::of(Arc::clone(&shared))));
        Ok(Client { shared, topology })
    }

    fn dispose(self) {
        let handles = self.shared.handles();
        // SAFETY: the client made them, and its caller uses nothing of it any more.
        unsafe {
            let _ = handle::destroy::<Topology>(self.topology.raw());
            handles.memories.iter().for_each(|memory| drop(handle::destroy::<Memory>(memory.raw())));
            handles.devices.iter().for_each(|device| drop(handle::destroy::<Device>(device.raw())));
            handles.descriptions.iter().for_each(|it| drop(handle::destroy::<Description>(it.raw())));
        }
    }
}

/// What a client may be asked for.
struct Options {
    devices: usize,
    /// The platform whose devices they are: the part before the colon of [`runahead::device`]'s names.
    backend: String,
}

impl Options {
    /// From the environment.
    fn from_environment() -> Result<Options, Fault> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let devices = match variable("RUNAHEAD_NUM_DEVICES") {
            None => 1,
            Some(text) => {
                let number = text.trim().parse::<i64>();
                number_of_devices("RUNAHEAD_NUM_DEVICES", number.unwrap_or(-1))?
            }
        };
        Ok(Options { devices, backend: variable("RUNAHEAD_BACKEND").unwrap_or_else(|| "cpu".into()) })
    }

    /// Takes one of the caller's.
    ///
    /// # Safety
    /// The value is of the type that it says, and what it points to is there.
    unsafe fn set(&mut self, option: &PJRT_NamedValue) -> Result<(), Fault> {
        // SAFETY: the caller's.
        let name =
            unsafe { entry::text("the characters of an option's name", option.name, option.name_size) }?;
        match (name, option.r#type) {
            ("num_devices", PJRT_NamedValue_Type::kInt64) => {
                // SAFETY: it says that it is an integer.
                self.devices = number_of_devices("num_devices", unsafe { option.value.int64_value })?;
            }
            ("backend", PJRT_NamedValue_Type::kString) => {
                // SAFETY: it says that it is a text of that size.
                let value = unsafe {
                    entry::text("the characters of `backend`", option.value.string_value, option.value_size)
                }?;
                self.backend = value.to_owned();
            }
            ("num_devices" | "backend", found) => {
                let expected = if name == "backend" { "a text" } else { "an integer" };
                return Err(Fault::invalid(format!("the option {name} is a {found:?}; expected {expected}")));
            }
            _ => {
                let known = "`num_devices`, an integer, and `backend`, a text";
                return Err(Fault::invalid(format!("there is no option {name:?}; there are {known}")));
            }
        }
        Ok(())
    }
}

fn number_of_devices(option: &str, number: i64) -> Result<usize, Fault> {
    let found = usize::try_from(number).ok().filter(|number| (1..=MAX_DEVICES).contains(number));
    found.ok_or_else(|| Fault::invalid(format!("{option} is to be a number from 1 to {MAX_DEVICES}")))
}

/// The client of a caller.
///
/// # Safety
/// As for [`handle::get`].
pub(crate) unsafe fn shared<'a>(client: *mut PJRT_Client) -> Result<&'a Arc<Shared>, Fault> {
    // SAFETY: the caller's.
    unsafe { handle::get::<Client>(client) }.map(|client| &client.shared)
}

entries! {
    fn PJRT_Client_Create(args: PJRT_Client_Create_Args, client) {
        fork::check()?;
        let mut options = Options::from_environment()?;
        // SAFETY: the caller's list, of values as they say.
        let given = unsafe { entry::structures("options", args.create_options, args.num_options) }?;
        for option in &given {
            // SAFETY: as above.
            unsafe { options.set(option) }?;
        }
        let client = Client::new(&options)?;
        callback::register(&client.shared.devices);
        fork::watch();
        args.client = handle::create(client);
        Ok(())
    }

    fn PJRT_Client_Destroy(args: PJRT_Client_Destroy_Args, client) {
        // SAFETY: the caller's client, which nobody uses any more.
        unsafe { handle::destroy::<Client>(args.client) }.map(Client::dispose)
    }

    fn PJRT_Client_PlatformName(args: PJRT_Client_PlatformName_Args, platform_name_size) {
        // SAFETY: the caller's client.
        unsafe { shared(args.client) }?;
        args.platform_name = PLATFORM.as_ptr().cast::<c_char>();
        args.platform_name_size = PLATFORM.len();
        Ok(())
    }

    fn PJRT_Client_ProcessIndex(args: PJRT_Client_ProcessIndex_Args, process_index) {
        // SAFETY: the caller's client.
        unsafe { shared(args.client) }?;
        args.process_index = 0;
        Ok(())
    }

    fn PJRT_Client_PlatformVersion(args: PJRT_Client_PlatformVersion_Args, platform_version_size) {
        // SAFETY: the caller's client.
        unsafe { shared(args.client) }?;
        args.platform_version = VERSION.as_ptr().cast::<c_char>();
        args.platform_version_size = VERSION.len();
        Ok(())
    }

    fn PJRT_Client_TopologyDescription(args: PJRT_Client_TopologyDescription_Args, topology) {
        // SAFETY: the caller's client.
        args.topology = unsafe { handle::get::<Client>(args.client) }?.topology.raw();
        Ok(())
    }

    fn PJRT_Client_Devices(args: PJRT_Client_Devices_Args, num_devices) {
        // SAFETY: the caller's client.
        let handles = unsafe { shared(args.client) }?.handles();
        args.devices = list_of(&handles.devices);
        args.num_devices = handles.devices.len();
        Ok(())
    }

    fn PJRT_Client_AddressableDevices(args: PJRT_Client_AddressableDevices_Args, num_addressable_devices) {
        // SAFETY: the caller's client.
        let handles = unsafe { shared(args.client) }?.handles();
        args.addressable_devices = list_of(&handles.devices);
        args.num_addressable_devices = handles.devices.len();
        Ok(())
    }

    fn PJRT_Client_LookupDevice(args: PJRT_Client_LookupDevice_Args, device) {
        // SAFETY: the caller's client.
        let shared = unsafe { shared(args.client) }?;
        args.device = device::by_id(shared, args.id)?.raw();
        Ok(())
    }

    fn PJRT_Client_LookupAddressableDevice(args: PJRT_Client_LookupAddressableDevice_Args, addressable_device) {
        // SAFETY: the caller's client.
        let shared = unsafe { shared(args.client) }?;
        args.addressable_device = device::by_id(shared, args.local_hardware_id)?.raw();
        Ok(())
    }

    fn PJRT_Client_AddressableMemories(args: PJRT_Client_AddressableMemories_Args, num_addressable_memories) {
        // SAFETY: the caller's client.
        let handles = unsafe { shared(args.client) }?.handles();
        args.addressable_memories = list_of(&handles.memories);
        args.num_addressable_memories = handles.memories.len();
        Ok(())
    }

    /// The first devices, in order.
    fn PJRT_Client_DefaultDeviceAssignment(args: PJRT_Client_DefaultDeviceAssignment_Args, default_assignment) {
        // SAFETY: the caller's client.
        let shared = unsafe { shared(args.client) }?;
        let count = usize::try_from(args.num_replicas).ok().zip(usize::try_from(args.num_partitions).ok());
        let count = count.and_then(|(replicas, partitions)| replicas.checked_mul(partitions));
        let count = count.filter(|&count| count > 0 && count <= shared.devices.len());
        let count = count.ok_or_else(|| {
            let (replicas, partitions) = (args.num_replicas, args.num_partitions);
            let there = shared.devices.len();
            Fault::invalid(format!(
                "{replicas} replicas of {partitions} partitions on {there} devices; ask for as many as that is by the option \
                 num_devices or by RUNAHEAD_NUM_DEVICES"
            ))
        })?;
        if args.default_assignment_size < count || args.default_assignment.is_null() {
            return Err(Fault::invalid(format!("there is no room for an assignment of {count} devices")));
        }
        for i in 0..count {
            // SAFETY: the caller's memory for as many numbers.
            unsafe { args.default_assignment.add(i).write(i as i32) };
        }
        Ok(())
    }
}
