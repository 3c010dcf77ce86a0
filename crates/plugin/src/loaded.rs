//! Programs that are loaded on devices.

use std::ffi::c_char;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use runahead_pjrt_sys::*;

use crate::client::{self, Shared, list_of};
use crate::device::Device;
use crate::entry::{self, entries};
use crate::error::Fault;
use crate::executable::Executable;
use crate::fork;
use crate::handle::{self, Handle, object};
use crate::options::{self, Options};
use crate::program::Program;

/// A program on the devices that it was compiled for.
pub(crate) struct Loaded {
    pub(crate) shared: Arc<Shared>,
    pub(crate) program: Arc<Program>,
    options: Options,
    /// The devices' indices, process after process.
    pub(crate) devices: Vec<usize>,
    device_handles: Vec<Handle<Device>>,
    pub(crate) executable: Form,
    fingerprint: String,
    deleted: AtomicBool,
}

/// A program for its devices.
pub(crate) enum Form {
    Single(runahead::Executable),
    Parallel(runahead::ParallelExecutable),
}

object!(Loaded as PJRT_LoadedExecutable);

impl Loaded {
    /// Compiles a program and loads it.
    pub(crate) fn compile(shared: &Arc<Shared>, code: &[u8], mut options: Options) -> Result<Loaded, Fault> {
        fork::check()?;
        let count = options.processes.count();
        let devices = options.devices.clone().unwrap_or_else(|| (0..count).collect());
        let there = shared.devices.len();
        if let Some(missing) = devices.iter().find(|&&index| index >= there) {
            return Err(Fault::invalid(format!(
                "a program for {count} devices, of which there is no number {missing}; there are {there}: ask for more \
                 by the option num_devices or by RUNAHEAD_NUM_DEVICES"
            )));
        }
        let program = shared.programs.compile(&shared.devices, code, &options, &devices)?;
        let executable = match count {
            1 => Form::Single(program.on(&shared.devices, devices[0])?),
            _ => Form::Parallel(program.on_all(&shared.devices, &devices)?),
        };
        options.devices = Some(devices.clone());
        Ok(Loaded {
            device_handles: devices.iter().map(|&index| *shared.device(index)).collect(),
            fingerprint: program.fingerprint.to_string(),
            shared: Arc::clone(shared),
            program,
            options,
            devices,
            executable,
            deleted: AtomicBool::new(false),
        })
    }

    pub(crate) fn check_deleted(&self) -> Result<(), Fault> {
        match self.deleted.load(Ordering::Relaxed) {
            false => Ok(()),
            true => Err(Fault::invalid(format!("{} has been deleted", self.program.signature().name))),
        }
    }
}

/// A serialised device assignment, which the caller looks at.
struct Assignment(Vec<u8>);

/// Frees what [`PJRT_LoadedExecutable_GetDeviceAssignment`] gave.
unsafe extern "C" fn free_assignment(assignment: *mut PJRT_DeviceAssignmentSerialized) {
    if !assignment.is_null() {
        // SAFETY: the caller's, from `Box::into_raw`, given back once.
        drop(unsafe { Box::from_raw(assignment.cast::<Assignment>()) });
    }
}

entries! {
    fn PJRT_Client_Compile(args: PJRT_Client_Compile_Args, executable) {
        // SAFETY: the caller's client.
        let shared = unsafe { client::shared(args.client) }?;
        // SAFETY: the caller's structure, or null.
        let Some(program) = (unsafe { entry::optional(args.program) }) else {
            return Err(Fault::invalid("there is no program to compile"));
        };
        // SAFETY: the caller's texts and bytes.
        let (format, code, options) = unsafe {
            (
                entry::text("the characters of the format", program.format, program.format_size)?,
                entry::list::<u8>("bytes of a program", program.code.cast(), program.code_size)?,
                entry::list::<u8>("bytes of options", args.compile_options.cast(), args.compile_options_size)?,
            )
        };
        if format != "mlir" {
            return Err(Fault::unimplemented(format!("a program in the format {format:?}; give StableHLO, as `mlir`")));
        }
        args.executable = handle::create(Loaded::compile(shared, code, Options::read(options)?)?);
        Ok(())
    }

    fn PJRT_LoadedExecutable_Destroy(args: PJRT_LoadedExecutable_Destroy_Args, executable) {
        // SAFETY: the caller's executable.
        unsafe { handle::destroy::<Loaded>(args.executable) }.map(drop)
    }

    fn PJRT_LoadedExecutable_GetExecutable(args: PJRT_LoadedExecutable_GetExecutable_Args, executable) {
        // SAFETY: the caller's executable.
        let loaded = unsafe { handle::get::<Loaded>(args.loaded_executable) }?;
        args.executable = handle::create(Executable::new(&loaded.program, &loaded.options)?);
        Ok(())
    }

    fn PJRT_LoadedExecutable_AddressableDevices(args: PJRT_LoadedExecutable_AddressableDevices_Args, num_addressable_devices) {
        // SAFETY: the caller's executable.
        let handles = &unsafe { handle::get::<Loaded>(args.executable) }?.device_handles;
        args.addressable_devices = list_of(handles);
        args.num_addressable_devices = handles.len();
        Ok(())
    }

    fn PJRT_LoadedExecutable_GetDeviceAssignment(args: PJRT_LoadedExecutable_GetDeviceAssignment_Args, serialized_device_assignment_deleter) {
        // SAFETY: the caller's executable.
        let loaded = unsafe { handle::get::<Loaded>(args.executable) }?;
        let program = &loaded.program;
        let bytes = options::write_assignment(program.processes, &loaded.devices);
        let assignment = Box::new(Assignment(bytes));
        args.serialized_bytes = assignment.0.as_ptr().cast::<c_char>();
        args.serialized_bytes_size = assignment.0.len();
        args.serialized_device_assignment = Box::into_raw(assignment).cast();
        args.serialized_device_assignment_deleter = Some(free_assignment);
        Ok(())
    }

    fn PJRT_LoadedExecutable_Delete(args: PJRT_LoadedExecutable_Delete_Args, executable) {
        // SAFETY: the caller's executable.
        unsafe { handle::get::<Loaded>(args.executable) }?.deleted.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn PJRT_LoadedExecutable_IsDeleted(args: PJRT_LoadedExecutable_IsDeleted_Args, is_deleted) {
        // SAFETY: the caller's executable.
        args.is_deleted = unsafe { handle::get::<Loaded>(args.executable) }?.deleted.load(Ordering::Relaxed);
        Ok(())
    }

    fn PJRT_LoadedExecutable_Fingerprint(args: PJRT_LoadedExecutable_Fingerprint_Args, executable_fingerprint_size) {
        // SAFETY: the caller's executable.
        let fingerprint = &unsafe { handle::get::<Loaded>(args.executable) }?.fingerprint;
        args.executable_fingerprint = fingerprint.as_ptr().cast::<c_char>();
        args.executable_fingerprint_size = fingerprint.len();
        Ok(())
    }
}
