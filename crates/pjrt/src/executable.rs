//! Compiled programs of a plugin.

use std::ffi::c_char;
use std::fmt;
use std::ptr::NonNull;
use std::sync::Arc;

use runahead_ir::{Dims, Module, TensorType};
use runahead_pjrt_sys::{PJRT_Buffer, PJRT_Event, PJRT_Executable, PJRT_LoadedExecutable};
use smallvec::SmallVec;

use crate::Error;
use crate::args::{args, call};
use crate::buffer::DeviceBuffer;
use crate::client::Client;
use crate::element;
use crate::error::slice;
use crate::event::Event;
use crate::options::compile_options;
use crate::program::{Encoded, Form, Interface, encode};

/// A program that a plugin has compiled, for one device or for several, each of which executes a replica.
///
/// Clones are the same program.
#[derive(Clone)]
pub struct LoadedExecutable(Arc<Inner>);

struct Inner {
    client: Client,
    raw: NonNull<PJRT_LoadedExecutable>,
    replicas: usize,
    outputs: usize,
}

// SAFETY: by the interface's rules a program's functions may be called from any thread, and from several at once.
unsafe impl Send for Inner {}
// SAFETY: as above.
unsafe impl Sync for Inner {}

/// What an execution gave for each device: its results, and the event that it has ended.
pub struct Execution {
    /// For each device the results. They exist; their data may be yet to come.
    pub results: Vec<Vec<DeviceBuffer>>,
    /// For each device the event that it has executed the program.
    pub ended: Vec<Option<Event>>,
}

/// What an execution of a compiled program needs, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProgramStats {
    /// The program itself.
    pub code: i64,
    /// Its arguments.
    pub arguments: i64,
    /// Its results.
    pub results: i64,
    /// Results that are in arguments' memory.
    pub aliased: i64,
    /// Working memory.
    pub temporary: i64,
}

impl Client {
    /// Compiles a program for devices, by their positions, each of which executes a replica of it. Those of its arguments
    /// that are donated are given for keeps by each execution.
    ///
    /// # Errors
    /// Where the plugin fails to, or there is no such device.
    pub fn compile(
        &self,
        module: &Module,
        devices: &[usize],
        donated: &[usize],
        form: Form,
    ) -> Result<LoadedExecutable, Error> {
        Ok(self.compiled(module, devices, donated, form)?.0)
    }

    pub(crate) fn compiled(
        &self,
        module: &Module,
        devices: &[usize],
        donated: &[usize],
        form: Form,
    ) -> Result<(LoadedExecutable, Interface), Error> {
        let plugin = self.plugin();
        let Encoded { mut code, interface } = encode(plugin, module, donated, form)?;
        let options = compile_options(&self.ids(devices)?);
        let mut program = args!(
            plugin,
            PJRT_Program {
                code: code.as_mut_ptr().cast(),
                code_size: code.len(),
                format: c"mlir".as_ptr(),
                format_size: 4,
            }
        );
        let mut args = args!(
            plugin,
            PJRT_Client_Compile_Args {
                client: self.raw(),
                program: program.as_mut_ptr(),
                compile_options: options.as_ptr().cast(),
                compile_options_size: options.len(),
            }
        );
        // SAFETY: the client is alive; program and options live until the call ends.
        unsafe { call!(plugin, PJRT_Client_Compile, args) }?;
        // SAFETY: the plugin gave the program for keeps.
        let executable = unsafe { LoadedExecutable::new(self, args.executable) }?;
        let (expected, found) = (interface.results.len(), executable.0.outputs);
        if expected != found {
            let name = plugin.name();
            return Err(Error::Unsupported(format!("{name} gives {found} results for {expected}")));
        }
        Ok((executable, interface))
    }

    /// Makes a program of what [`LoadedExecutable::serialize`] gave; it is for the devices that it was compiled for.
    ///
    /// # Errors
    /// Where the bytes are no such program, or one of another version of the plugin, or the plugin cannot do that.
    pub fn deserialize(&self, bytes: &[u8]) -> Result<LoadedExecutable, Error> {
        let plugin = self.plugin();
        let mut args = args!(
            plugin,
            PJRT_Executable_DeserializeAndLoad_Args {
                client: self.raw(),
                serialized_executable: bytes.as_ptr().cast::<c_char>(),
                serialized_executable_size: bytes.len(),
            }
        );
        // SAFETY: the client is alive, the bytes live until the call ends; the plugin gives the program for keeps.
        unsafe {
            call!(plugin, PJRT_Executable_DeserializeAndLoad, args)?;
            LoadedExecutable::new(self, args.loaded_executable)
        }
    }

    fn ids(&self, devices: &[usize]) -> Result<Vec<i32>, Error> {
        let id = |&device: &usize| {
            self.raw_device(device)?;
            Ok(self.devices()[device].id)
        };
        devices.iter().map(id).collect()
    }
}

impl LoadedExecutable {
    /// # Safety
    /// The pointer is null or a program of the client's that nobody else has.
    unsafe fn new(client: &Client, raw: *mut PJRT_LoadedExecutable) -> Result<LoadedExecutable, Error> {
        let plugin = client.plugin();
        let Some(raw) = NonNull::new(raw) else {
            return Err(Error::Unsupported(format!("{} gives no program", plugin.name())));
        };
        // From here on it is destroyed where something fails.
        let mut inner = Inner { client: client.clone(), raw, replicas: 1, outputs: 0 };
        inner.outputs = {
            let executable = inner.executable()?;
            let mut args = args!(plugin, PJRT_Executable_NumOutputs_Args { executable: executable.raw });
            // SAFETY: the executable is alive.
            unsafe { call!(plugin, PJRT_Executable_NumOutputs, args) }?;
            args.num_outputs
        };
        let mut args =
            args!(plugin, PJRT_LoadedExecutable_AddressableDevices_Args { executable: raw.as_ptr() });
        // SAFETY: the program is alive.
        unsafe { call!(plugin, PJRT_LoadedExecutable_AddressableDevices, args) }?;
        inner.replicas = args.num_addressable_devices.max(1);
        Ok(LoadedExecutable(Arc::new(inner)))
    }

    /// How many devices execute the program, a replica each.
    pub fn replicas(&self) -> usize {
        self.0.replicas
    }

    /// How many results it gives.
    pub fn outputs(&self) -> usize {
        self.0.outputs
    }

    /// Executes the program; returns at once. For each device there are the arguments, which need not be ready.
    ///
    /// # Errors
    /// Where the plugin fails at once, or arguments are missing or of another client. What goes wrong later is found at
    /// the results.
    pub fn execute(&self, arguments: &[&[&DeviceBuffer]]) -> Result<Execution, Error> {
        let Inner { client, replicas, outputs, .. } = &*self.0;
        let count = arguments.first().map_or(0, |arguments| arguments.len());
        if arguments.len() != *replicas || arguments.iter().any(|arguments| arguments.len() != count) {
            return Err(Error::Unsupported(format!(
                "the program runs on {replicas} devices; give each as many arguments as the others"
            )));
        }
        if !arguments.iter().copied().flatten().all(|argument| argument.client().is_same(client)) {
            return Err(Error::Unsupported("an argument is a buffer of another client".into()));
        }
        let lists: Vec<Vec<*mut PJRT_Buffer>> = arguments
            .iter()
            .map(|arguments| arguments.iter().map(|argument| argument.raw()).collect())
            .collect();
        let lists: Vec<*const *mut PJRT_Buffer> = lists.iter().map(Vec::as_ptr).collect();
        let mut results = vec![vec![std::ptr::null_mut(); *outputs]; *replicas];
        let result_lists: Vec<_> = results.iter_mut().map(Vec::as_mut_ptr).collect();
        let mut events = vec![std::ptr::null_mut(); *replicas];
        // SAFETY: all buffers are alive, and there is room for as many results and events as there will be.
        unsafe { self.call(&lists, count, &result_lists, &mut events) }?;
        let plugin = client.plugin();
        let owned = |raw: *mut PJRT_Buffer| {
            let raw = NonNull::new(raw);
            let raw = raw.ok_or_else(|| Error::Unsupported(format!("{} gives no result", plugin.name())));
            // SAFETY: the plugin gave the results for keeps.
            raw.map(|raw| unsafe { DeviceBuffer::new(client.clone(), raw) })
        };
        Ok(Execution {
            results: results
                .into_iter()
                .map(|results| results.into_iter().map(owned).collect())
                .collect::<Result<_, _>>()?,
            // SAFETY: the plugin gave the events for keeps.
            ended: events.into_iter().map(|event| unsafe { Event::new(plugin, event) }).collect(),
        })
    }

    /// Executes the program on its only device; calls a function with each result, in order, and gives the event that the
    /// execution has ended.
    ///
    /// # Safety
    /// The arguments are live buffers of the client's, as many as the program takes.
    #[inline]
    pub(crate) unsafe fn execute_on_one(
        &self,
        arguments: &[*mut PJRT_Buffer],
        mut each: impl FnMut(usize, DeviceBuffer),
    ) -> Result<Option<Event>, Error> {
        let Inner { client, outputs, .. } = &*self.0;
        let mut results: SmallVec<[*mut PJRT_Buffer; 4]> =
            SmallVec::from_elem(std::ptr::null_mut(), *outputs);
        let mut event = [std::ptr::null_mut()];
        // SAFETY: as promised, and there is room for as many results as there will be, and for an event.
        unsafe { self.call(&[arguments.as_ptr()], arguments.len(), &[results.as_mut_ptr()], &mut event) }?;
        for (i, &raw) in results.iter().enumerate() {
            if let Some(raw) = NonNull::new(raw) {
                // SAFETY: the plugin gave the results for keeps.
                each(i, unsafe { DeviceBuffer::new(client.clone(), raw) });
            }
        }
        // SAFETY: the plugin gave the event for keeps.
        Ok(unsafe { Event::new(client.plugin(), event[0]) })
    }

    /// # Safety
    /// For each replica there are so many live buffers, room for the results, and for an event.
    #[inline]
    unsafe fn call(
        &self,
        arguments: &[*const *mut PJRT_Buffer],
        count: usize,
        results: &[*mut *mut PJRT_Buffer],
        events: &mut [*mut PJRT_Event],
    ) -> Result<(), Error> {
        let plugin = self.0.client.plugin();
        let mut options = args!(plugin, PJRT_ExecuteOptions {});
        let mut args = args!(
            plugin,
            PJRT_LoadedExecutable_Execute_Args {
                executable: self.0.raw.as_ptr(),
                options: options.as_mut_ptr(),
                argument_lists: arguments.as_ptr(),
                num_devices: arguments.len(),
                num_args: count,
                output_lists: results.as_ptr(),
                device_complete_events: events.as_mut_ptr(),
            }
        );
        // SAFETY: as promised; the program is alive.
        unsafe { call!(plugin, PJRT_LoadedExecutable_Execute, args) }
    }

    /// The compiled program as bytes, which the same version of the plugin makes one of again.
    ///
    /// # Errors
    /// Where the plugin cannot do that.
    pub fn serialize(&self) -> Result<Vec<u8>, Error> {
        let plugin = self.0.client.plugin();
        let executable = self.0.executable()?;
        let mut args = args!(plugin, PJRT_Executable_Serialize_Args { executable: executable.raw });
        // SAFETY: the executable is alive; the bytes live until they are deleted.
        unsafe {
            call!(plugin, PJRT_Executable_Serialize, args)?;
            let bytes = slice(args.serialized_bytes.cast::<u8>(), args.serialized_bytes_size).to_vec();
            if let Some(delete) = args.serialized_executable_deleter {
                delete(args.serialized_executable);
            }
            Ok(bytes)
        }
    }

    /// What an execution needs.
    ///
    /// # Errors
    /// Where the plugin does not tell.
    pub fn stats(&self) -> Result<ProgramStats, Error> {
        let plugin = self.0.client.plugin();
        let executable = self.0.executable()?;
        let mut args =
            args!(plugin, PJRT_Executable_GetCompiledMemoryStats_Args { executable: executable.raw });
        // SAFETY: the executable is alive.
        unsafe { call!(plugin, PJRT_Executable_GetCompiledMemoryStats, args) }?;
        Ok(ProgramStats {
            code: args.generated_code_size_in_bytes,
            arguments: args.argument_size_in_bytes,
            results: args.output_size_in_bytes,
            aliased: args.alias_size_in_bytes,
            temporary: args.temp_size_in_bytes,
        })
    }

    /// The types of the results.
    ///
    /// # Errors
    /// Where the plugin does not tell, or has types that are not known here.
    pub fn result_types(&self) -> Result<Vec<TensorType>, Error> {
        let plugin = self.0.client.plugin();
        let executable = self.0.executable()?;
        let mut types = args!(plugin, PJRT_Executable_OutputElementTypes_Args { executable: executable.raw });
        let mut dims = args!(plugin, PJRT_Executable_OutputDimensions_Args { executable: executable.raw });
        // SAFETY: the executable is alive, and what it points to with it.
        let (types, mut dims, ranks) = unsafe {
            call!(plugin, PJRT_Executable_OutputElementTypes, types)?;
            call!(plugin, PJRT_Executable_OutputDimensions, dims)?;
            let ranks = slice(dims.dim_sizes, dims.num_outputs);
            let all = slice(dims.dims, ranks.iter().sum());
            (slice(types.output_types, types.num_output_types), all, ranks)
        };
        let of_result = |(&ty, &rank): (&_, &usize)| {
            let element = element::from_raw(ty);
            let element = element.ok_or_else(|| Error::Unsupported(format!("results are of type {ty:?}")))?;
            let (own, rest) = dims.split_at(rank);
            dims = rest;
            let sizes = own.iter().map(|&size| usize::try_from(size).unwrap_or(runahead_ir::DYNAMIC));
            Ok(TensorType::new(element, sizes.collect::<Dims>()))
        };
        types.iter().zip(ranks).map(of_result).collect()
    }

    /// The client that compiled it.
    pub fn client(&self) -> &Client {
        &self.0.client
    }

    pub(crate) fn raw(&self) -> *mut PJRT_LoadedExecutable {
        self.0.raw.as_ptr()
    }
}

/// The part of a program that does not belong to devices.
struct Executable<'a> {
    raw: *mut PJRT_Executable,
    client: &'a Client,
}

impl Inner {
    fn executable(&self) -> Result<Executable<'_>, Error> {
        let plugin = self.client.plugin();
        let mut args =
            args!(plugin, PJRT_LoadedExecutable_GetExecutable_Args { loaded_executable: self.raw.as_ptr() });
        // SAFETY: the program is alive.
        unsafe { call!(plugin, PJRT_LoadedExecutable_GetExecutable, args) }?;
        Ok(Executable { raw: args.executable, client: &self.client })
    }
}

impl Drop for Executable<'_> {
    fn drop(&mut self) {
        let plugin = self.client.plugin();
        let mut args = args!(plugin, PJRT_Executable_Destroy_Args { executable: self.raw });
        // SAFETY: it was given for keeps, and is not used again.
        drop(unsafe { call!(plugin, PJRT_Executable_Destroy, args) });
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let plugin = self.client.plugin();
        let mut args = args!(plugin, PJRT_LoadedExecutable_Destroy_Args { executable: self.raw.as_ptr() });
        // SAFETY: nobody else has the program; executions of it that are under way hold on to what they need.
        drop(unsafe { call!(plugin, PJRT_LoadedExecutable_Destroy, args) });
    }
}

impl fmt::Debug for LoadedExecutable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LoadedExecutable({} replicas by {:?})", self.replicas(), self.0.client.plugin())
    }
}
