//! The backend: programs executed as tasks, on buffers in host memory.

mod parallel;

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use parking_lot::Mutex;
use runahead_async::{Keep, ReadBuffer, TaskBuilder, WriteBuffer, WriteSlot, task};
use runahead_ir::{Literal, Module, TensorType};
use runahead_runtime::{
    ADOPTED_ALIGNMENT, Backend, Call, Charge, CompileError, Compiled, CompiledParallel, Contents, Context,
    DeviceMemory, DeviceRecorder, HostOwned, Immediate, InCall, Launch, Parameter, Processes, Recycled,
    Recycler, Signature, Source, machine_memory,
};
use smallvec::SmallVec;

use crate::feed::Feeds;
use crate::plan::{Program, SpanDescription, StepDescription};
use crate::process::Process;
use crate::run::Input;
use parallel::ParallelProgram;

/// Uploads of no more bytes than this are done by the submitting thread: a task would cost more.
const INLINE_BYTES: usize = 4096;

/// The CPU as a backend. Its devices are virtual: as many as asked for, all served by the current scheduler's workers.
pub struct CpuBackend {
    recycler: Arc<Recycler>,
    /// The queues between the host and each device that was asked for them or that runs programs.
    feeds: Arc<Mutex<HashMap<usize, Feeds>>>,
}

impl CpuBackend {
    /// A backend without devices; see [`Device::new`](runahead_runtime::Device::new).
    pub fn new() -> CpuBackend {
        CpuBackend { recycler: Arc::new(Recycler::new()), feeds: Arc::default() }
    }

    /// The queues between the host and the device of that number.
    pub fn feeds(&self, ordinal: usize) -> Feeds {
        self.feeds.lock().entry(ordinal).or_default().clone()
    }

    /// A compiled program and what is to be known of it.
    fn program(
        &self,
        module: &Module,
        donated: &[usize],
        processes: Processes,
    ) -> Result<(Program, Signature), CompileError> {
        let options = crate::CompileOptions { donated: donated.to_vec(), processes, ..Default::default() };
        let program = crate::compile(module, &options).map_err(|error| CompileError(error.to_string()))?;
        let parameters = program.parameters().iter();
        let signature = Signature {
            name: module.name.clone().unwrap_or_else(|| "main".into()),
            parameters: parameters
                .map(|p| Parameter { name: p.name.clone(), ty: p.ty.clone(), result: p.result })
                .collect(),
            results: program.results().to_vec(),
            temporary_bytes: program.arena_bytes().saturating_add(program.allocated_bytes()),
            constant_bytes: program.constant_bytes(),
        };
        Ok((program, signature))
    }
}

impl Default for CpuBackend {
    fn default() -> CpuBackend {
        CpuBackend::new()
    }
}

/// A buffer's data, aligned to [`ADOPTED_ALIGNMENT`] at least.
enum HostMemory {
    Own(Recycled),
    /// The program's own, which is only read.
    Adopted(HostOwned),
}

impl DeviceMemory for HostMemory {}

impl HostMemory {
    fn bytes(&self) -> &[u8] {
        match self {
            HostMemory::Own(memory) => memory,
            HostMemory::Adopted(memory) => (**memory).as_ref(),
        }
    }
}

/// The memory of a CPU device's buffer.
fn bytes(contents: &Contents) -> &[u8] {
    contents.memory::<HostMemory>().expect("a buffer of a CPU device is in host memory").bytes()
}

/// A buffer's data in memory of the recycler's.
fn own(memory: Recycled, charge: Charge) -> Contents {
    Contents::new(Box::new(HostMemory::Own(memory)), charge)
}

/// A copy in memory of the recycler's.
fn copied(bytes: &[u8], recycler: &Arc<Recycler>) -> Result<Recycled, OutOfMemory> {
    let mut memory = recycler.take(bytes.len()).ok_or(OutOfMemory { bytes: bytes.len() })?;
    memory.copy_from_slice(bytes);
    Ok(memory)
}

/// The host has no memory left.
#[derive(Debug, thiserror::Error)]
#[error("{bytes} bytes of memory could not be had")]
struct OutOfMemory {
    bytes: usize,
}

/// Why an execution failed.
#[derive(Debug, thiserror::Error)]
enum ExecutionError {
    #[error(transparent)]
    Memory(#[from] OutOfMemory),
    /// An operation could not do its work.
    #[error("{0}")]
    Failed(String),
}

impl Backend for CpuBackend {
    fn name(&self) -> &str {
        "cpu"
    }

    fn compile(&self, module: &Module, donated: &[usize]) -> Result<Box<dyn Compiled>, CompileError> {
        let (program, signature) = self.program(module, donated, Processes::default())?;
        let (recycler, feeds) = (Arc::clone(&self.recycler), Arc::clone(&self.feeds));
        let task = task(Arc::clone(&signature.name));
        Ok(Box::new(CompiledProgram(Arc::new(Parts { program, signature, recycler, feeds, task }))))
    }

    fn compile_parallel(
        &self,
        module: &Module,
        donated: &[usize],
        processes: Processes,
    ) -> Result<Box<dyn CompiledParallel>, CompileError> {
        let (program, signature) = self.program(module, donated, processes)?;
        Ok(Box::new(ParallelProgram::new(program, signature, processes, Arc::clone(&self.recycler))?))
    }

    fn upload(&self, source: Literal, into: WriteBuffer<Contents>, charge: Charge, context: Context) {
        let recycler = Arc::clone(&self.recycler);
        let copy = {
            let source = source.clone();
            move || {
                let len = charge.bytes();
                let mut memory = recycler.take(len).ok_or(OutOfMemory { bytes: len })?;
                source.write_to(&mut memory);
                Ok::<_, OutOfMemory>(own(memory, charge))
            }
        };
        let Context { recorder, under_way, .. } = context;
        let copy = recorded(recorder, "upload", copy);
        let inline = source.ty().byte_count().is_some_and(|bytes| bytes <= INLINE_BYTES);
        let upload = task("upload");
        if inline {
            match copy() {
                // A new buffer's first writer need not wait.
                Ok(contents) => into.wait().map_or((), |mut into| into.set(contents)),
                Err(error) => upload.dispatch(into, move |_| Err::<(), _>(error)),
            }
            return;
        }
        upload.dispatch((into, under_way), move |(into, _)| copy().map(|contents| into.set(contents)));
    }

    fn fill(
        &self,
        _ty: TensorType,
        source: Source,
        into: WriteBuffer<Contents>,
        charge: Charge,
        context: Context,
    ) {
        let recycler = Arc::clone(&self.recycler);
        let fill = move || {
            let len = charge.bytes();
            let mut memory = recycler.take(len).ok_or(OutOfMemory { bytes: len })?;
            source(&mut memory)?;
            Ok::<_, Box<dyn Error + Send + Sync>>(own(memory, charge))
        };
        let Context { recorder, under_way, .. } = context;
        let fill = recorded(recorder, "upload", fill);
        task("upload")
            .dispatch((into, under_way), move |(into, _)| fill().map(|contents| into.set(contents)));
    }

    fn download(
        &self,
        ty: TensorType,
        from: ReadBuffer<Contents>,
        into: WriteBuffer<Literal>,
        context: Context,
    ) {
        let Context { recorder, under_way, .. } = context;
        task("download").dispatch((from, into, under_way), move |(from, into, _)| {
            let copy = recorded(recorder, "download", || Literal::new(ty, bytes(from)));
            copy().map(|literal| into.set(literal))
        });
    }

    fn is_host(&self) -> bool {
        true
    }

    fn host_bytes<'a>(&self, contents: &'a Contents) -> Option<&'a [u8]> {
        Some(bytes(contents))
    }

    fn adopts(&self) -> bool {
        true
    }

    fn adopt(&self, _ty: &TensorType, memory: HostOwned) -> Result<Box<dyn DeviceMemory>, String> {
        let bytes = (*memory).as_ref();
        let memory = match bytes.is_empty() || bytes.as_ptr().addr().is_multiple_of(ADOPTED_ALIGNMENT) {
            true => HostMemory::Adopted(memory),
            false => HostMemory::Own(copied(bytes, &self.recycler).map_err(|error| error.to_string())?),
        };
        Ok(Box::new(memory))
    }

    fn memory(&self) -> Option<usize> {
        Some(machine_memory())
    }

    fn cached_bytes(&self) -> usize {
        self.recycler.free_bytes()
    }
}

/// The work, noted as a transfer of the device where that is asked for.
fn recorded<R, W: FnOnce() -> R>(
    recorder: Option<DeviceRecorder>,
    name: &'static str,
    work: W,
) -> impl FnOnce() -> R + use<R, W> {
    move || match &recorder {
        Some(recorder) => recorder.record_transfer(name, work),
        None => work(),
    }
}

/// A program to be executed.
struct CompiledProgram(Arc<Parts>);

/// A compiled program and where its memory comes from: all that an execution shares with others, so that it need count
/// but one reference, on a cache line that its threads contend for.
struct Parts {
    program: Program,
    signature: Signature,
    recycler: Arc<Recycler>,
    feeds: Arc<Mutex<HashMap<usize, Feeds>>>,
    /// What each execution is.
    task: TaskBuilder<'static>,
}

impl Compiled for CompiledProgram {
    fn signature(&self) -> &Signature {
        &self.0.signature
    }

    fn plan(&self) -> Vec<String> {
        self.0.program.describe().steps.iter().map(describe).collect()
    }

    fn immediate(&self, in_call: InCall) -> Option<&dyn Immediate> {
        self.0.program.runs_in_call(in_call).then_some(self)
    }

    fn execute(&self, launch: Launch) {
        let parts = Arc::clone(&self.0);
        let Launch {
            reads,
            donated,
            outputs,
            charges,
            working,
            in_flight,
            cancel,
            in_call,
            number,
            context: Context { ordinal, recorder, under_way },
        } = launch;
        let feeds = parts.program.uses_feeds.then(|| parts.feeds.lock().entry(ordinal).or_default().clone());
        let (which, donated): (Vec<usize>, SmallVec<[_; 4]>) = donated.into_iter().unzip();
        let mut execution = parts.task.clone();
        if let Some(token) = &cancel {
            execution = execution.cancel_by(token);
        }
        if parts.program.runs_in_call(in_call) {
            execution = execution.here();
        }
        let access = (reads, donated, outputs, Keep(in_flight), under_way);
        execution.dispatch(access, move |(reads, mut donated, mut outputs, in_flight, _)| {
            let Parts { program, recycler, signature, .. } = &*parts;
            let run = || {
                let mut process = match feeds {
                    Some(_) => Process::alone(feeds).charged_to(in_flight.ledger()),
                    None => Process::alone(None),
                };
                process = process.numbered(number);
                if let Some(token) = cancel {
                    process = process.stopped_by(Arc::new(move || token.is_cancelled()));
                }
                let given = take(&which, &mut donated, recycler)?;
                let reads = reads.iter().map(|contents| bytes(contents));
                let contents = perform(program, recycler, &process, reads, given, charges)?;
                outputs.iter_mut().zip(contents).for_each(|(output, contents)| output.set(contents));
                Ok::<_, Box<dyn Error + Send + Sync>>(())
            };
            let result = match &recorder {
                Some(recorder) => recorder.record_execution(&signature.name, run),
                None => run(),
            };
            drop(working);
            result
        });
    }
}

impl Immediate for CompiledProgram {
    fn execute(
        &self,
        call: Call<'_>,
        give: &mut dyn FnMut(Contents),
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let Parts { program, recycler, signature, .. } = &*self.0;
        let inputs = call.arguments.iter().map(|contents| Input::Read(bytes(contents)));
        let run = || execute(program, recycler, inputs, &Process::alone(None).numbered(call.number));
        let results = match call.device.recorder() {
            Some(recorder) => recorder.record_execution(&signature.name, run),
            None => run(),
        };
        results?.into_iter().zip(call.charges).for_each(|(memory, charge)| give(own(memory, charge)));
        Ok(())
    }
}

/// An argument that was given for keeps.
struct Given {
    parameter: usize,
    memory: Recycled,
    charge: Charge,
}

/// Takes what is given for keeps out of its buffers.
fn take(
    which: &[usize],
    donated: &mut [&mut WriteSlot<Contents>],
    recycler: &Arc<Recycler>,
) -> Result<Vec<Given>, Box<dyn Error + Send + Sync>> {
    let mut given = Vec::with_capacity(which.len());
    for (&parameter, slot) in which.iter().zip(donated) {
        let (memory, charge) = slot.take()?.into_parts().expect("a buffer of a CPU device is in host memory");
        let memory = match memory {
            HostMemory::Own(memory) => memory,
            adopted => copied(adopted.bytes(), recycler)?,
        };
        given.push(Given { parameter, memory, charge });
    }
    Ok(given)
}

/// A line of a plan: what is done, from where to where.
fn describe(step: &StepDescription) -> String {
    let spans = |spans: &[SpanDescription]| {
        let spans: Vec<_> =
            spans.iter().map(|span| format!("{}+{} ({} B)", span.memory, span.start, span.bytes)).collect();
        spans.join(", ")
    };
    let mut line = "  ".repeat(step.depth) + &step.work;
    if !step.results.is_empty() {
        line += &format!(": {} -> {}", spans(&step.operands), spans(&step.results));
    }
    if step.scratch_bytes > 0 {
        line += &format!(", {} B of scratch", step.scratch_bytes);
    }
    line
}

/// Runs a program as a process, on what is only read and what was given for keeps; gives its results, with their charges.
fn perform<'a>(
    program: &Program,
    recycler: &Arc<Recycler>,
    process: &Process,
    mut reads: impl Iterator<Item = &'a [u8]>,
    mut given: Vec<Given>,
    charges: impl IntoIterator<Item = Charge>,
) -> Result<SmallVec<[Contents; 2]>, ExecutionError> {
    let mut keeps = given.iter_mut().peekable();
    let inputs =
        (0..program.parameters().len()).filter_map(|i| match keeps.next_if(|given| given.parameter == i) {
            Some(given) => Some(Input::Keep(given.memory.bytes_mut())),
            None => reads.next().map(Input::Read),
        });
    let results = execute(program, recycler, inputs, process)?.into_iter().zip(charges);
    let contents = results.enumerate().map(|(i, (memory, charge))| {
        let in_argument = |given: &Given| program.parameters()[given.parameter].result == Some(i);
        let (memory, charge) = match given.iter().position(in_argument) {
            Some(at) => {
                let given = given.swap_remove(at);
                (given.memory, given.charge)
            }
            None => (memory, charge),
        };
        own(memory, charge)
    });
    Ok(contents.collect())
}

/// Runs a program on memory of the recycler's; a result that is in an argument's memory comes without any.
fn execute<'a>(
    program: &Program,
    recycler: &Arc<Recycler>,
    inputs: impl Iterator<Item = Input<'a>>,
    process: &Process,
) -> Result<SmallVec<[Recycled; 2]>, ExecutionError> {
    let take = |bytes| recycler.take(bytes).ok_or(OutOfMemory { bytes });
    let mut results: SmallVec<[Recycled; 2]> = SmallVec::new();
    for &bytes in &program.result_bytes {
        results.push(take(bytes)?);
    }
    let mut arena = take(program.arena_bytes())?;
    program.run_on(process, inputs, results.iter_mut().map(|memory| &mut **memory), arena.bytes_mut());
    match process.failure() {
        Some(reason) => Err(ExecutionError::Failed(reason)),
        None => Ok(results),
    }
}
