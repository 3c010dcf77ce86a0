//! The backend: programs executed as tasks, on buffers in host memory.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use runahead_async::{CancelToken, ReadBuffer, WriteBuffer, task};
use runahead_ir::{Literal, Module, TensorType};
use runahead_runtime::{
    Backend, Charge, CompileError, Compiled, Contents, Context, DeviceMemory, Lane, Launch, Parameter,
    Recycled, Recycler, Signature, Source,
};

use crate::plan::{Program, SpanDescription, StepDescription};
use crate::process::{Feeds, Process};

/// Transfers of no more bytes than this are done by the submitting thread: a task would cost more.
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
}

impl Default for CpuBackend {
    fn default() -> CpuBackend {
        CpuBackend::new()
    }
}

/// A buffer's data.
struct HostMemory(Recycled);

impl DeviceMemory for HostMemory {}

/// The memory of a CPU device's buffer.
fn bytes(contents: &Contents) -> &[u8] {
    &contents.memory::<HostMemory>().expect("a buffer of a CPU device is in host memory").0
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
    fn name(&self) -> &'static str {
        "cpu"
    }

    fn compile(&self, module: &Module) -> Result<Box<dyn Compiled>, CompileError> {
        let program = crate::compile(module, &crate::CompileOptions::default())
            .map_err(|error| CompileError(error.to_string()))?;
        let parameters = program.parameters().iter();
        let signature = Signature {
            name: module.name.clone().unwrap_or_else(|| "main".into()),
            parameters: parameters.map(|p| Parameter { name: p.name.clone(), ty: p.ty.clone() }).collect(),
            results: program.results().to_vec(),
            temporary_bytes: program.arena_bytes(),
            constant_bytes: program.constant_bytes(),
        };
        let program = Arc::new(program);
        let (recycler, feeds) = (Arc::clone(&self.recycler), Arc::clone(&self.feeds));
        Ok(Box::new(CompiledProgram { program, signature, recycler, feeds }))
    }

    fn upload(&self, source: Literal, into: WriteBuffer<Contents>, charge: Charge, context: &Context) {
        let recycler = Arc::clone(&self.recycler);
        let copy = {
            let source = source.clone();
            move || {
                let len = charge.bytes();
                let mut memory = recycler.take(len).ok_or(OutOfMemory { bytes: len })?;
                source.write_to(&mut memory);
                Ok::<_, OutOfMemory>(Contents::new(Box::new(HostMemory(memory)), charge))
            }
        };
        let copy = recorded(context, "upload", copy);
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
        upload.dispatch(into, move |into| copy().map(|contents| into.set(contents)));
    }

    fn fill(&self, source: Source, into: WriteBuffer<Contents>, charge: Charge, context: &Context) {
        let recycler = Arc::clone(&self.recycler);
        let fill = move || {
            let len = charge.bytes();
            let mut memory = recycler.take(len).ok_or(OutOfMemory { bytes: len })?;
            source(&mut memory)?;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(Contents::new(
                Box::new(HostMemory(memory)),
                charge,
            ))
        };
        let fill = recorded(context, "upload", fill);
        task("upload").dispatch(into, move |into| fill().map(|contents| into.set(contents)));
    }

    fn download(
        &self,
        ty: TensorType,
        from: ReadBuffer<Contents>,
        into: WriteBuffer<Literal>,
        context: &Context,
    ) {
        let context = context.clone();
        task("download").dispatch((from, into), move |(from, into)| {
            let copy = recorded(&context, "download", || Literal::new(ty, bytes(from)));
            copy().map(|literal| into.set(literal))
        });
    }
}

/// The work, noted as a transfer of the device where that is asked for.
fn recorded<R, W: FnOnce() -> R>(
    context: &Context,
    name: &'static str,
    work: W,
) -> impl FnOnce() -> R + use<R, W> {
    let context = context.clone();
    move || match &context.recorder {
        Some(recorder) => recorder.record(Lane::Transfers(Arc::clone(&context.device)), name, work),
        None => work(),
    }
}

/// A compiled program and where its memory comes from.
struct CompiledProgram {
    program: Arc<Program>,
    signature: Signature,
    recycler: Arc<Recycler>,
    feeds: Arc<Mutex<HashMap<usize, Feeds>>>,
}

impl Compiled for CompiledProgram {
    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn plan(&self) -> Vec<String> {
        self.program.describe().steps.iter().map(describe).collect()
    }

    fn execute(&self, launch: Launch) {
        let (program, recycler) = (Arc::clone(&self.program), Arc::clone(&self.recycler));
        let name = Arc::clone(&self.signature.name);
        let Launch { inputs, outputs, held, cancel, context } = launch;
        let uses_feeds = program.uses_feeds;
        let feeds = uses_feeds.then(|| self.feeds.lock().entry(context.ordinal).or_default().clone());
        let (outputs, charges): (Vec<_>, Vec<_>) = outputs.into_iter().unzip();
        let mut execution = task(Arc::clone(&name));
        if let Some(token) = &cancel {
            execution = execution.cancel_by(token);
        }
        execution.dispatch((inputs, outputs), move |(inputs, mut outputs)| {
            let run = || {
                let inputs: Vec<&[u8]> = inputs.iter().map(|contents| bytes(contents)).collect();
                let results = execute(&program, &recycler, &inputs, feeds, cancel)?;
                for ((output, memory), charge) in outputs.iter_mut().zip(results).zip(charges) {
                    output.set(Contents::new(Box::new(HostMemory(memory)), charge));
                }
                Ok::<_, ExecutionError>(())
            };
            let result = match &context.recorder {
                Some(recorder) => recorder.record(Lane::Device(Arc::clone(&context.device)), name, run),
                None => run(),
            };
            drop(held);
            result
        });
    }
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

/// Runs a program on memory of the recycler's.
fn execute(
    program: &Program,
    recycler: &Arc<Recycler>,
    inputs: &[&[u8]],
    feeds: Option<Feeds>,
    cancel: Option<CancelToken>,
) -> Result<Vec<Recycled>, ExecutionError> {
    let take = |bytes| recycler.take(bytes).ok_or(OutOfMemory { bytes });
    let sizes = program.results().iter().map(|ty| ty.byte_count().unwrap_or(usize::MAX));
    let mut results = sizes.map(take).collect::<Result<Vec<_>, _>>()?;
    let mut arena = take(program.arena_bytes())?;
    let mut slices: Vec<&mut [u8]> = results.iter_mut().map(|memory| &mut memory[..]).collect();
    let mut process = Process::alone(feeds);
    if let Some(token) = cancel {
        process = process.stopped_by(Arc::new(move || token.is_cancelled()));
    }
    program.run_as(&process, inputs, &mut slices, arena.bytes_mut());
    match process.failure() {
        Some(reason) => Err(ExecutionError::Failed(reason)),
        None => Ok(results),
    }
}
