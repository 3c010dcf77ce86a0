//! The backend: a plugin's devices as devices of the runtime.

use std::sync::Arc;
use std::time::Duration;

use runahead_async::{ReadBuffer, ReadGuard, WriteBuffer, WriteGuard, WriteSlot, task};
use runahead_ir::{Literal, Module, TensorType};
use runahead_pjrt_sys::PJRT_Buffer;
use runahead_runtime::{
    AlignedBytes, Backend, Call, Charge, CompileError, Compiled, Contents, Context, Device, DeviceMemory,
    DeviceRecorder, HostOwned, Immediate, InCall, Lane, Launch, Parameter, Recorder, Signature, Source,
};
use smallvec::SmallVec;

use crate::Error;
use crate::buffer::{DeviceBuffer, HostUse};
use crate::client::Client;
use crate::executable::LoadedExecutable;
use crate::program::{Form, Interface};

/// One device of a plugin as a backend.
///
/// What the runtime hands over is given to the plugin at once, where the buffers that it is to work on exist, and the
/// plugin puts it in its device's queue: data that is on its way is the plugin's to wait for. So a chain of executions is
/// submitted by the calling thread, one after the other, and no task is made for any of them. Only where a buffer does not
/// exist yet, because a task is to fill it or it is read where it was donated, is the rest left to a task.
struct PjrtBackend {
    client: Client,
    device: usize,
    name: String,
    form: Form,
}

impl Client {
    /// A device of the runtime's, by its position among the [devices](Self::devices); `name` is what its platform is
    /// called, so that the device is `name:0`, `name:1`, …
    ///
    /// ```no_run
    /// use runahead_pjrt::{Client, Form, Plugin};
    /// let client = Client::new(Plugin::load("xla_cpu_pjrt.so")?, &[])?;
    /// let device = client.device("xla-cpu", 0, Form::Artifact)?;
    /// assert_eq!(device.name(), "xla-cpu:0");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where there is no such device.
    pub fn device(&self, name: &str, device: usize, form: Form) -> Result<Device, Error> {
        self.raw_device(device)?;
        let backend = PjrtBackend { client: self.clone(), device, name: name.to_owned(), form };
        Ok(Device::new(Arc::new(backend), device))
    }
}

/// A buffer's data.
struct PluginMemory(DeviceBuffer);

impl DeviceMemory for PluginMemory {
    fn is_there(&self) -> bool {
        self.0.is_ready()
    }

    fn there(&self) -> Option<ReadBuffer<()>> {
        Some(self.0.ready().read())
    }
}

/// The plugin's buffer in a buffer of the runtime's.
fn buffer(contents: &Contents) -> &DeviceBuffer {
    &contents.memory::<PluginMemory>().expect("a buffer of a plugin's device is the plugin's").0
}

fn contents(buffer: DeviceBuffer, charge: Charge) -> Contents {
    Contents::new(Box::new(PluginMemory(buffer)), charge)
}

/// Bytes that a buffer is made of, and that it may keep.
struct Owned<O>(O);

impl AsRef<[u8]> for Owned<HostOwned> {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

impl AsRef<[u8]> for Owned<AlignedBytes> {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Notes what a device did, from the time that this is made to the time that it is dropped, where that is asked for.
struct Noted {
    recorder: Arc<Recorder>,
    lane: Lane,
    name: Arc<str>,
    start: Duration,
}

impl Noted {
    fn new(
        recorder: Option<DeviceRecorder>,
        lane: impl FnOnce(Arc<str>) -> Lane,
        name: &Arc<str>,
    ) -> Option<Noted> {
        let DeviceRecorder { recorder, device } = recorder?;
        let start = recorder.now();
        Some(Noted { recorder, lane: lane(device), name: Arc::clone(name), start })
    }

    fn transfer(recorder: Option<DeviceRecorder>, name: &str) -> Option<Noted> {
        recorder.is_some().then(|| Noted::new(recorder, Lane::Transfers, &name.into()))?
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        self.recorder.note(self.lane.clone(), Arc::clone(&self.name), self.start);
    }
}

/// Writes a value where its turn has come, as that of a new value's first writer has, else when it comes.
fn settle<T, E>(name: &str, mut into: WriteBuffer<T>, value: Result<T, E>)
where
    T: Send + Sync + 'static,
    E: Into<Box<dyn std::error::Error + Send + Sync>> + Send + 'static,
{
    match value {
        Ok(value) => match into.try_write() {
            Some(mut into) => into.set(value),
            None => task(name).dispatch(into, move |into| into.set(value)),
        },
        Err(error) => task(name).dispatch(into, move |_| Err::<(), E>(error)),
    }
}

impl Backend for PjrtBackend {
    fn name(&self) -> &str {
        &self.name
    }

    fn compile(&self, module: &Module, donated: &[usize]) -> Result<Box<dyn Compiled>, CompileError> {
        if let Err(errors) = runahead_ir::verify(module) {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            return Err(CompileError(lines.join("\n")));
        }
        let failed = |error: Error| CompileError(error.to_string());
        let compiled = self.client.compiled(module, &[self.device], donated, self.form);
        let (executable, mut interface) = compiled.map_err(failed)?;
        if !interface.results.iter().all(TensorType::is_static) {
            interface.results = executable.result_types().map_err(failed)?;
        }
        let name = module.name.clone().unwrap_or_else(|| "main".into());
        Ok(Box::new(Program::new(name, executable, interface)))
    }

    fn upload(&self, source: Literal, into: WriteBuffer<Contents>, charge: Charge, context: Context) {
        let Context { recorder, under_way, .. } = context;
        let noted = Noted::transfer(recorder, "upload");
        let ty = source.ty().clone();
        let done = move || drop((noted, under_way));
        let made = DeviceBuffer::from_host(
            &self.client,
            self.device,
            &ty,
            source.to_dense(),
            HostUse::UntilCopied,
            done,
        );
        settle("upload", into, made.map(|buffer| contents(buffer, charge)));
    }

    fn fill(
        &self,
        ty: TensorType,
        source: Source,
        into: WriteBuffer<Contents>,
        charge: Charge,
        context: Context,
    ) {
        let Context { recorder, under_way, .. } = context;
        let (client, at) = (self.client.clone(), self.device);
        task("upload").dispatch(into, move |into| {
            let noted = Noted::transfer(recorder, "upload");
            let len = charge.bytes();
            let memory = AlignedBytes::zeroed(len);
            let mut memory = memory.ok_or_else(|| format!("{len} bytes of memory could not be had"))?;
            source(&mut memory)?;
            let made = DeviceBuffer::from_host(&client, at, &ty, Owned(memory), HostUse::Shared, || {})?;
            when_there(&made, move || drop((noted, under_way)));
            into.set(contents(made, charge));
            Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
        });
    }

    fn download(
        &self,
        ty: TensorType,
        mut from: ReadBuffer<Contents>,
        into: WriteBuffer<Literal>,
        context: Context,
    ) {
        let Context { recorder, under_way, .. } = context;
        let fetch = move |from: Result<ReadGuard<Contents>, runahead_async::Error>| match from {
            Ok(from) => fetch(&ty, buffer(&from), into, Noted::transfer(recorder, "download"), under_way),
            Err(error) => settle("download", into, Err(error)),
        };
        match from.try_read() {
            Some(from) => fetch(from),
            None => drop(task("download").spawn(async move {
                fetch(from.await);
                Ok::<(), Error>(())
            })),
        }
    }

    fn has_queues(&self) -> bool {
        true
    }

    fn adopts(&self) -> bool {
        true
    }

    fn adopt(&self, ty: &TensorType, memory: HostOwned) -> Result<Box<dyn DeviceMemory>, String> {
        let made =
            DeviceBuffer::from_host(&self.client, self.device, ty, Owned(memory), HostUse::Shared, || {});
        match made {
            Ok(buffer) => Ok(Box::new(PluginMemory(buffer))),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// Brings a buffer's data to the host.
fn fetch(
    ty: &TensorType,
    from: &DeviceBuffer,
    into: WriteBuffer<Literal>,
    noted: Option<Noted>,
    under_way: ReadBuffer<()>,
) {
    // The callback has the place, or, where there will be none, this function.
    let place = Arc::new(parking_lot::Mutex::new(Some(into)));
    let arrived = {
        let place = Arc::clone(&place);
        move |outcome: Result<Literal, Error>| {
            if let Some(into) = place.lock().take() {
                settle("download", into, outcome);
            }
            drop((noted, under_way));
        }
    };
    if let Err(error) = from.to_host(ty, arrived)
        && let Some(into) = place.lock().take()
    {
        settle("download", into, Err(error));
    }
}

/// Calls a function when a buffer's data is there, or will not come.
fn when_there(buffer: &DeviceBuffer, then: impl FnOnce() + Send + 'static) {
    match buffer.event() {
        Ok(Some(event)) => event.then(move |_| then()),
        _ => then(),
    }
}

/// A compiled program. Clones are the same program.
#[derive(Clone)]
struct Program(Arc<ProgramParts>);

struct ProgramParts {
    executable: LoadedExecutable,
    signature: Signature,
}

impl Program {
    fn new(name: Arc<str>, executable: LoadedExecutable, interface: Interface) -> Program {
        let stats = executable.stats().unwrap_or_default();
        let Interface { parameters, names, results, aliases } = interface;
        let mut names = names.into_iter();
        let parameters = parameters.into_iter().zip(aliases).map(|(ty, result)| Parameter {
            name: names.next().flatten(),
            ty,
            result,
        });
        let signature = Signature {
            name,
            parameters: parameters.collect(),
            results,
            temporary_bytes: usize::try_from(stats.temporary).unwrap_or(0),
            constant_bytes: usize::try_from(stats.code).unwrap_or(0),
        };
        Program(Arc::new(ProgramParts { executable, signature }))
    }
}

type Outputs = SmallVec<[WriteBuffer<Contents>; 4]>;
type Charges = SmallVec<[Charge; 2]>;
type Slots = SmallVec<[(usize, WriteGuard<Contents>); 4]>;

impl Compiled for Program {
    fn signature(&self) -> &Signature {
        &self.0.signature
    }

    fn plan(&self) -> Vec<String> {
        vec![format!("executed by {:?}", self.0.executable.client())]
    }

    fn immediate(&self, _in_call: InCall) -> Option<&dyn Immediate> {
        Some(self)
    }

    fn execute(&self, launch: Launch) {
        let Launch { reads, donated, outputs, charges, working, in_flight, cancel, context, .. } = launch;
        let Context { recorder, under_way, .. } = context;
        let noted = Noted::new(recorder, Lane::Device, &self.0.signature.name);
        let held = (working, in_flight, under_way, noted);
        let exist = reads.iter().all(ReadBuffer::is_ready)
            && donated.iter().all(|(_, donated)| donated.is_ready())
            && cancel.as_ref().is_none_or(|token| !token.is_cancelled());
        if exist {
            return self.submit_here(reads, donated, outputs, charges, held);
        }
        let program = self.clone();
        let (which, donated): (Vec<usize>, Vec<_>) = donated.into_iter().unzip();
        let mut submission = task(Arc::clone(&self.0.signature.name));
        if let Some(token) = &cancel {
            submission = submission.cancel_by(token);
        }
        let access = (reads, donated, outputs);
        submission.dispatch(access, move |(reads, mut donated, mut outputs)| {
            let reads = reads.iter().map(|contents| buffer(contents));
            let donated = which.iter().copied().zip(donated.iter_mut().map(|donated| &mut **donated));
            let results = program.submit(reads, donated, charges.into_iter(), || held)?;
            outputs.iter_mut().zip(results).for_each(|(output, result)| output.set(result));
            Ok::<(), Failure>(())
        });
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Immediate for Program {
    fn execute(&self, call: Call<'_>, give: &mut dyn FnMut(Contents)) -> Result<(), Failure> {
        let noted = Noted::new(call.device.recorder(), Lane::Device, &self.0.signature.name);
        let reads = call.arguments.iter().map(|contents| buffer(contents));
        let held = || (call.working, call.device.under_way(), noted);
        self.submit(reads, std::iter::empty(), call.charges, held)?.into_iter().for_each(give);
        Ok(())
    }
}

impl Program {
    /// Gives an execution to the plugin, all of whose buffers exist.
    fn submit_here(
        &self,
        reads: SmallVec<[ReadBuffer<Contents>; 4]>,
        donated: Vec<(usize, WriteBuffer<Contents>)>,
        outputs: Outputs,
        charges: Charges,
        held: impl Send + 'static,
    ) {
        let guards: Result<SmallVec<[ReadGuard<Contents>; 8]>, _> =
            reads.into_iter().map(ReadBuffer::wait).collect();
        let slots: Result<Slots, _> =
            donated.into_iter().map(|(i, donated)| Ok((i, donated.wait()?))).collect();
        let results = match (guards, slots) {
            (Ok(guards), Ok(mut slots)) => self.submit(
                guards.iter().map(|guard| buffer(guard)),
                slots.iter_mut().map(|(i, slot)| (*i, &mut **slot)),
                charges.into_iter(),
                || held,
            ),
            (Err(error), _) | (_, Err(error)) => Err(error.into()),
        };
        let name = &self.0.signature.name;
        match results {
            Ok(results) => {
                for (mut output, result) in outputs.into_iter().zip(results) {
                    match output.try_write() {
                        Some(mut output) => output.set(result),
                        None => task(Arc::clone(name)).dispatch(output, move |output| output.set(result)),
                    }
                }
            }
            Err(error) => task(Arc::clone(name)).dispatch(outputs, move |_| Err::<(), _>(error)),
        }
    }

    /// Gives an execution to the plugin; gives the results, which exist. What `held` gives is held until the execution has
    /// ended.
    fn submit<'a, H: Send + 'static>(
        &self,
        mut reads: impl Iterator<Item = &'a DeviceBuffer>,
        donated: impl Iterator<Item = (usize, &'a mut WriteSlot<Contents>)>,
        mut charges: impl Iterator<Item = Charge>,
        held: impl FnOnce() -> H,
    ) -> Result<SmallVec<[Contents; 2]>, Failure> {
        let ProgramParts { executable, signature } = &*self.0;
        let mut given: SmallVec<[(usize, PluginMemory, Charge); 4]> = SmallVec::new();
        for (i, slot) in donated {
            let parts = slot.take()?.into_parts::<PluginMemory>();
            let (memory, charge) = parts.expect("a buffer of a plugin's device is the plugin's");
            given.push((i, memory, charge));
        }
        // Pushed one by one, which for the few there are takes less time than to collect them.
        let mut keeps = given.iter().peekable();
        let mut arguments: SmallVec<[*mut PJRT_Buffer; 8]> = SmallVec::new();
        for i in 0..signature.parameters.len() {
            match keeps.next_if(|(given, ..)| *given == i) {
                Some((_, memory, _)) => arguments.push(memory.0.raw()),
                None => reads.next().into_iter().for_each(|buffer| arguments.push(buffer.raw())),
            }
        }
        let mut results = SmallVec::new();
        let result = |i, result| {
            let charge = charges.next().expect("there is a charge for each result");
            let taken = given.iter().position(|(at, ..)| signature.parameters[*at].result == Some(i));
            let charge = match taken {
                Some(at) => given.swap_remove(at).2,
                None => charge,
            };
            results.push(contents(result, charge));
        };
        // SAFETY: they are live buffers of the device's client, of the types that the program takes, one for each: so the
        // runtime has checked.
        let ended = unsafe { executable.execute_on_one(&arguments, result) }?;
        if let Some(ended) = ended
            && !ended.is_ready().unwrap_or(true)
        {
            let held = held();
            ended.then(move |_| drop(held));
        }
        Ok(results)
    }
}
