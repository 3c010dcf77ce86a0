//! Executions by the plugin's functions alone: what everything else about them is measured against.

use std::ptr::null_mut;

use runahead_pjrt_sys::{
    PJRT_Buffer, PJRT_Buffer_Destroy_Args, PJRT_Buffer_ToHostBuffer_Args, PJRT_Event_Await_Args,
    PJRT_Event_Destroy_Args, PJRT_ExecuteOptions, PJRT_LoadedExecutable_Execute_Args,
};

use crate::Error;
use crate::buffer::DeviceBuffer;
use crate::executable::LoadedExecutable;

/// Executes a program of two arguments and one result so many times, each time on the result of the time before and on
/// `second`, with nothing around the plugin's functions. Where `fetches`, each result of so many bytes is brought to the
/// host and waited for.
///
/// # Errors
/// Where the plugin fails, or the program is another one.
#[doc(hidden)]
pub fn chain(
    program: &LoadedExecutable,
    first: &DeviceBuffer,
    second: &DeviceBuffer,
    calls: usize,
    fetches: Option<usize>,
) -> Result<(), Error> {
    let plugin = program.client().plugin();
    let unlike = || Error::Unsupported("this measures programs of one result on one device".into());
    if program.outputs() != 1 || program.replicas() != 1 {
        return Err(unlike());
    }
    let table = plugin.table();
    let (Some(execute), Some(destroy), Some(fetch), Some(wait), Some(forget)) = (
        table.PJRT_LoadedExecutable_Execute,
        table.PJRT_Buffer_Destroy,
        table.PJRT_Buffer_ToHostBuffer,
        table.PJRT_Event_Await,
        table.PJRT_Event_Destroy,
    ) else {
        return Err(plugin.missing("PJRT_LoadedExecutable_Execute"));
    };
    let mut memory = vec![0u8; fetches.unwrap_or(0)];
    let mut options = PJRT_ExecuteOptions::new();
    let mut held: *mut PJRT_Buffer = null_mut();
    let destroyed = |buffer: *mut PJRT_Buffer| {
        let mut args = PJRT_Buffer_Destroy_Args::new();
        args.buffer = buffer;
        // SAFETY: nobody else has the buffer, and it is not used again; or it is null, which is no buffer.
        unsafe { plugin.check(destroy(&raw mut args), "PJRT_Buffer_Destroy") }
    };
    for _ in 0..calls {
        let x = if held.is_null() { first.raw() } else { held };
        let arguments = [x, second.raw()];
        let (mut result, lists) = ([null_mut()], [arguments.as_ptr()]);
        let results = [result.as_mut_ptr()];
        let mut args = PJRT_LoadedExecutable_Execute_Args::new();
        args.executable = program.raw();
        args.options = &raw mut options;
        args.argument_lists = lists.as_ptr();
        args.num_devices = 1;
        args.num_args = 2;
        args.output_lists = results.as_ptr();
        // SAFETY: the program and its arguments are alive, and there is room for its result.
        unsafe { plugin.check(execute(&raw mut args), "PJRT_LoadedExecutable_Execute") }?;
        if !held.is_null() {
            destroyed(held)?;
        }
        held = result[0];
        if fetches.is_some() {
            let mut args = PJRT_Buffer_ToHostBuffer_Args::new();
            args.src = held;
            args.dst = memory.as_mut_ptr().cast();
            args.dst_size = memory.len();
            let mut awaited = PJRT_Event_Await_Args::new();
            let mut forgotten = PJRT_Event_Destroy_Args::new();
            // SAFETY: the buffer is alive and the memory as large as is said; the event is waited for and given back.
            unsafe {
                plugin.check(fetch(&raw mut args), "PJRT_Buffer_ToHostBuffer")?;
                (awaited.event, forgotten.event) = (args.event, args.event);
                plugin.check(wait(&raw mut awaited), "PJRT_Event_Await")?;
                plugin.check(forget(&raw mut forgotten), "PJRT_Event_Destroy")?;
            }
        }
    }
    if !held.is_null() {
        destroyed(held)?;
    }
    Ok(())
}
