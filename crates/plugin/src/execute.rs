//! Executions: from a caller's buffers to buffers that are on their way.

use std::sync::Arc;

use runahead_pjrt_sys::*;
use smallvec::{SmallVec, smallvec};

use crate::buffer::{self, Buffer};
use crate::client::Shared;
use crate::element;
use crate::entry::{self, entries};
use crate::error::Fault;
use crate::event::Event;
use crate::fork;
use crate::handle::{self, object};
use crate::loaded::{Form, Loaded};
use crate::program::Program;
use crate::tokens;

/// What callers make to hand data to custom calls; nothing is put into it here.
struct Context;

object!(Context as PJRT_ExecuteContext);

/// One process's part of an execution: its arguments, and those of them that are donated, in either meaning.
struct Arguments<'a> {
    given: SmallVec<[&'a Buffer; 8]>,
    tensors: SmallVec<[runahead::Buffer; 8]>,
    /// Those whose memory is used again.
    donated: SmallVec<[usize; 8]>,
    /// Those that cannot be used any more afterwards.
    given_up: SmallVec<[usize; 8]>,
}

impl<'a> Arguments<'a> {
    /// # Safety
    /// As for [`buffer::get`].
    unsafe fn new(
        program: &Program,
        list: &[*mut PJRT_Buffer],
        kept: &[i64],
    ) -> Result<Arguments<'a>, Fault> {
        let (mut given, mut tensors) = (SmallVec::new(), SmallVec::new());
        let (mut donated, mut given_up) = (SmallVec::new(), SmallVec::new());
        let mut donatable = program.donatable.iter().copied().peekable();
        for (i, &argument) in list.iter().enumerate() {
            // SAFETY: the caller's buffer.
            let argument: &Buffer = unsafe { buffer::get(argument) }?;
            let (tensor, is_looked_at) = argument.argument()?;
            if donatable.next_if_eq(&i).is_some() && !kept.contains(&(i as i64)) {
                given_up.push(i);
                // Who looks at the memory must not see it change, and nobody is to wait until they are done.
                if !is_looked_at {
                    donated.push(i);
                }
            }
            given.push(argument);
            tensors.push(tensor);
        }
        Ok(Arguments { given, tensors, donated, given_up })
    }

    /// Of a program that takes none.
    fn none() -> Arguments<'a> {
        let (given, tensors) = Default::default();
        let (donated, given_up) = Default::default();
        Arguments { given, tensors, donated, given_up }
    }

    fn give_up(&self) {
        self.given_up.iter().for_each(|&i| self.given[i].delete());
    }
}

/// Executes a program of one process on a device; gives its results.
fn execute_single(
    loaded: &Loaded,
    arguments: &Arguments<'_>,
    executable: &runahead::Executable,
) -> Result<Vec<runahead::Buffer>, Fault> {
    let tensors: SmallVec<[&runahead::Buffer; 8]> = arguments.tensors.iter().collect();
    // A small program whose arguments are there is done in less time than another thread would need to begin it.
    let mut submission = executable.submission(&tensors).in_call(runahead::InCall::Short);
    if !arguments.donated.is_empty() {
        submission = submission.donating(&arguments.donated);
    }
    submission.submit().map_err(|error| {
        let name = &loaded.program.signature().name;
        match Fault::from(error) {
            Fault { code, message } if message.contains(&**name) => Fault { code, message },
            Fault { code, message } => Fault { code, message: format!("{name}: {message}") },
        }
    })
}

/// Executes a program of several processes on their devices; gives the results of each.
fn execute_parallel(
    arguments: &[Arguments<'_>],
    executable: &runahead::ParallelExecutable,
) -> Result<Vec<Vec<runahead::Buffer>>, Fault> {
    let lists: Vec<Vec<&runahead::Buffer>> =
        arguments.iter().map(|arguments| arguments.tensors.iter().collect()).collect();
    let lists: Vec<&[&runahead::Buffer]> = lists.iter().map(|list| &list[..]).collect();
    // All processes run the same program, so what is donated is donated by all of them.
    let by_all = |i: &usize| arguments.iter().all(|arguments| arguments.donated.contains(i));
    let donated: Vec<usize> = arguments[0].donated.iter().copied().filter(by_all).collect();
    Ok(executable.execute(&lists, &donated)?)
}

/// A process's results, and the event that they are there.
struct Results {
    device: usize,
    tensors: Vec<runahead::Buffer>,
    types: SmallVec<[PJRT_Buffer_Type; 8]>,
    done: Option<Event>,
}

impl Results {
    fn new(
        loaded: &Loaded,
        device: usize,
        mut tensors: Vec<runahead::Buffer>,
        with_event: bool,
    ) -> Result<Results, Fault> {
        let mut types = SmallVec::new();
        for tensor in &tensors {
            types.push(element::to_raw(tensor.ty().element)?);
        }
        // All results of an execution are written by one task.
        let done = with_event.then(|| match tensors.last().map(runahead::Buffer::ready) {
            ready if loaded.program.calls_host => {
                Event::of(Box::pin(after_effects(loaded.shared.devices[device].clone(), ready)))
            }
            None => Event::happened(),
            Some(ready) => Event::of(ready),
        });
        for &token in &loaded.program.tokens {
            let given = &tensors[token];
            tensors[token] = tokens::given_after(&loaded.shared.devices[device], given)?;
        }
        Ok(Results { device, tensors, types, done })
    }

    /// Writes them as the caller gets them.
    ///
    /// # Safety
    /// There is room for the buffers, and for the event where there is one.
    unsafe fn write(self, shared: &Arc<Shared>, buffers: *mut *mut PJRT_Buffer, event: *mut *mut PJRT_Event) {
        for (i, (tensor, raw_type)) in self.tensors.into_iter().zip(self.types).enumerate() {
            let buffer = handle::create(Buffer::of_type(raw_type, shared, self.device, tensor));
            // SAFETY: by the caller.
            unsafe { buffers.add(i).write(buffer) };
        }
        if let Some(done) = self.done {
            // SAFETY: by the caller.
            unsafe { event.write(handle::create(done)) };
        }
    }
}

/// Ends when an execution has that calls functions of the host, and all that its device was given to do before: who asks for
/// the effects of the last execution on a device, as JAX does, is to have those of all.
///
/// # Errors
/// Where the execution failed.
async fn after_effects(
    device: runahead::Device,
    ready: Option<impl Future<Output = Result<(), runahead::asynchronous::Error>>>,
) -> Result<(), Fault> {
    let all_ended = device.synchronized();
    let ready = match ready {
        Some(ready) => ready.await,
        None => Ok(()),
    };
    all_ended.await?;
    Ok(ready?)
}

entries! {
    fn PJRT_ExecuteContext_Create(args: PJRT_ExecuteContext_Create_Args, context) {
        args.context = handle::create(Context);
        Ok(())
    }

    fn PJRT_ExecuteContext_Destroy(args: PJRT_ExecuteContext_Destroy_Args, context) {
        // SAFETY: the caller's context.
        unsafe { handle::destroy::<Context>(args.context) }.map(drop)
    }

    /// Returns at once. Arguments may be on their way, and results are.
    fn PJRT_LoadedExecutable_Execute(args: PJRT_LoadedExecutable_Execute_Args, execute_device) {
        // SAFETY: the caller's structure, with the caller's objects and lists.
        unsafe { execute(args) }
    }
}

/// # Safety
/// What is not null in the structure are objects of this table's, and lists as long as the others say.
unsafe fn execute(args: &PJRT_LoadedExecutable_Execute_Args) -> Result<(), Fault> {
    // SAFETY: the caller's executable.
    let loaded = unsafe { handle::get::<Loaded>(args.executable) }?;
    loaded.check_deleted()?;
    fork::check()?;
    let program = &loaded.program;
    let (name, takes) = (&program.signature().name, program.signature().parameters.len());
    // SAFETY: the caller's structure, or null.
    let options = unsafe { entry::optional(args.options) }.unwrap_or(PJRT_ExecuteOptions::new());
    if options.num_send_ops > 0 || options.num_recv_ops > 0 {
        return Err(Fault::unimplemented(format!("{name} with callbacks for send and recv")));
    }
    let (kept, count) = (options.non_donatable_input_indices, options.num_non_donatable_input_indices);
    // SAFETY: the caller's list.
    let kept = unsafe { entry::list("indices", kept, count) }?;
    let processes = if args.execute_device.is_null() { loaded.devices.len() } else { 1 };
    if args.num_devices != processes {
        let found = args.num_devices;
        let message =
            format!("{name} is executed on {processes} devices, but arguments are given for {found}");
        return Err(Fault::invalid(message));
    }
    if args.num_args != takes {
        let found = args.num_args;
        return Err(Fault::invalid(format!("{name} takes {takes} arguments, but {found} were given")));
    }
    // SAFETY: the caller's list.
    let wanted = unsafe { entry::list("lists of results", args.output_lists, processes) }?;
    if !program.signature().results.is_empty() && wanted.iter().any(|list| list.is_null()) {
        return Err(Fault::invalid(format!("there is no room for the results of {name}")));
    }
    let mut arguments: SmallVec<[Arguments<'_>; 1]> = SmallVec::new();
    if takes == 0 {
        arguments.resize_with(processes, Arguments::none);
    } else {
        // SAFETY: the caller's list, of lists of that many buffers each.
        for &list in unsafe { entry::list("lists of arguments", args.argument_lists, processes) }? {
            // SAFETY: as above.
            arguments.push(unsafe { Arguments::new(program, entry::list("arguments", list, takes)?, kept) }?);
        }
    }

    let with_event = !args.device_complete_events.is_null();
    let results: SmallVec<[Results; 1]> = match &loaded.executable {
        Form::Single(single) => {
            // SAFETY: the caller's device, or null.
            let (device, other) = unsafe { on_device(loaded, args.execute_device) }?;
            let results = execute_single(loaded, &arguments[0], other.as_ref().unwrap_or(single))?;
            smallvec![Results::new(loaded, device, results, with_event)?]
        }
        Form::Parallel(parallel) if args.execute_device.is_null() => {
            let results = execute_parallel(&arguments, parallel)?.into_iter().zip(&loaded.devices);
            let results = results.map(|(results, &device)| Results::new(loaded, device, results, with_event));
            results.collect::<Result<_, _>>()?
        }
        Form::Parallel(_) => {
            let why = "one device of a program for several; execute it on all of them at once";
            return Err(Fault::unimplemented(format!("{name} on {why}")));
        }
    };
    arguments.iter().for_each(Arguments::give_up);
    for (i, results) in results.into_iter().enumerate() {
        // SAFETY: the caller's lists, as long as there are results and devices.
        unsafe {
            results.write(&loaded.shared, wanted[i], args.device_complete_events.wrapping_add(i));
        }
    }
    Ok(())
}

/// The device that an execution is for, and the program for it where that is not the one that it was compiled for.
///
/// # Safety
/// As for [`handle::get`].
unsafe fn on_device(
    loaded: &Loaded,
    wanted: *mut PJRT_Device,
) -> Result<(usize, Option<runahead::Executable>), Fault> {
    if wanted.is_null() {
        return Ok((loaded.devices[0], None));
    }
    // SAFETY: the caller's device.
    let device = unsafe { loaded.shared.index_of(wanted) }?;
    let is_other = device != loaded.devices[0];
    let other = is_other.then(|| loaded.program.on(&loaded.shared.devices, device)).transpose()?;
    Ok((device, other))
}
