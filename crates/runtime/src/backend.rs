//! What a backend has to provide.

use std::any::Any;
use std::error::Error;
use std::sync::Arc;

use runahead_async::{CancelToken, ReadBuffer, ReadGuard, WriteBuffer};
use runahead_ir::{Literal, Module, TensorType};
use smallvec::SmallVec;

use crate::device::Device;
use crate::ledger::{Charge, InFlight};
use crate::trace::{Lane, Recorder};

/// A kind of device: how programs are compiled for it, executed on it, and how data gets there and back.
///
/// A backend never waits. It is given the places in line of what an operation reads and writes, and does the operation
/// when all of them have come: on the cpu as a task of the pool, elsewhere by whatever queue the hardware has. What
/// fails, fails the values that were to be written.
pub trait Backend: Send + Sync + 'static {
    /// The platform's name, as in `cpu`.
    fn name(&self) -> &str;

    /// Compiles a program for executions that are given those of its arguments for keeps.
    ///
    /// Which result takes the memory of which of them is said by [`Parameter::result`]. The program may ask for one, by
    /// `tf.aliasing_output`; whether anything is given is the caller's to say.
    ///
    /// # Errors
    /// Where the program is not valid, or has what the backend does not support.
    fn compile(&self, module: &Module, donated: &[usize]) -> Result<Box<dyn Compiled>, CompileError>;

    /// As [`compile`](Self::compile), for processes that execute the program together, each on a device of its own.
    ///
    /// # Errors
    /// As for [`compile`](Self::compile), and where the backend has no such programs.
    fn compile_parallel(
        &self,
        _module: &Module,
        _donated: &[usize],
        processes: Processes,
    ) -> Result<Box<dyn CompiledParallel>, CompileError> {
        let Processes { replicas, partitions } = processes;
        Err(CompileError(format!(
            "{} executes no program of {replicas} replicas of {partitions} partitions; compile for one device",
            self.name()
        )))
    }

    /// Copies host data to a device.
    fn upload(&self, source: Literal, into: WriteBuffer<Contents>, charge: Charge, context: Context);

    /// Fills a device's memory with what a source writes, as a task of its own.
    fn fill(
        &self,
        ty: TensorType,
        source: Source,
        into: WriteBuffer<Contents>,
        charge: Charge,
        context: Context,
    );

    /// Copies a device's data to the host.
    fn download(
        &self,
        ty: TensorType,
        from: ReadBuffer<Contents>,
        into: WriteBuffer<Literal>,
        context: Context,
    );

    /// Whether its devices have queues of their own, so that a buffer's memory may be there before its data is; see
    /// [`DeviceMemory`].
    fn has_queues(&self) -> bool {
        false
    }

    /// Whether its devices compute in the host's memory: buffers have [`host_bytes`](Self::host_bytes), and what they
    /// [`adopt`](Self::adopt) need not be copied.
    fn is_host(&self) -> bool {
        false
    }

    /// The bytes of a buffer, where they are in the host's memory.
    fn host_bytes<'a>(&self, _contents: &'a Contents) -> Option<&'a [u8]> {
        None
    }

    /// Whether buffers can be made of the host's memory, by [`adopt`](Self::adopt).
    fn adopts(&self) -> bool {
        false
    }

    /// Takes memory of the host's for a buffer's of that type, as it is where the backend can compute on it, else by a copy.
    ///
    /// # Errors
    /// Why it cannot: there is no memory for that, for instance.
    fn adopt(&self, ty: &TensorType, _memory: HostOwned) -> Result<Box<dyn DeviceMemory>, String> {
        Err(format!("{} keeps no memory of the host's, such as that of a {ty}", self.name()))
    }

    /// Bytes of memory that each of its devices has, where the runtime is to see to it that no more is asked for: what
    /// buffers and executions may hold until a device is given another budget.
    fn memory(&self) -> Option<usize> {
        None
    }

    /// Bytes of free memory that is kept to be used again, by all of the backend's devices.
    fn cached_bytes(&self) -> usize {
        0
    }
}

/// What writes a tensor's bytes, row-major and little-endian, to memory of their size, of any value before.
pub type Source = Box<dyn FnOnce(&mut [u8]) -> Result<(), Box<dyn Error + Send + Sync>> + Send>;

/// A program that a backend has compiled.
pub trait Compiled: Send + Sync + Any {
    /// What the program takes and gives, and what it needs.
    fn signature(&self) -> &Signature;

    /// The plan by which the backend executes the program, a line for each step.
    fn plan(&self) -> Vec<String>;

    /// Executes the program when its inputs have come.
    fn execute(&self, launch: Launch);

    /// The way to execute the program in the call, where it takes so little time, or needs but be put in the device's queue.
    fn immediate(&self, _in_call: InCall) -> Option<&dyn Immediate> {
        None
    }
}

/// How long an execution may take that is done in the call, where its arguments are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InCall {
    /// Less than it takes to hand it to another thread.
    #[default]
    Tiny,
    /// Less than it takes another thread to begin it.
    Short,
    /// However long it takes to compute, as the caller waits for the results anyway. What waits for something in turn, or
    /// may never end, is left to other threads.
    Any,
}

/// A compiled program that is executed in the call, or put in a device's queue by it.
pub trait Immediate {
    /// Executes the program, or puts it in the queue; gives its results one after the other, with their charges, once all of
    /// them can be had.
    ///
    /// # Errors
    /// Why the results cannot be had.
    fn execute(
        &self,
        call: Call<'_>,
        give: &mut dyn FnMut(Contents),
    ) -> Result<(), Box<dyn Error + Send + Sync>>;
}

/// An execution in the call.
pub struct Call<'a> {
    /// The arguments, in order, whose memory is there.
    pub arguments: &'a [ReadGuard<Contents>],
    /// The results' charges.
    pub charges: Charges<'a>,
    /// Its working memory, if it has any: to be held until the execution has ended.
    pub working: Option<(Charge, InFlight)>,
    /// The device that it is for.
    pub device: &'a Device,
    /// How many executions of the program were submitted before.
    pub number: u64,
}

/// The charges of results, in order: parts of one.
pub struct Charges<'a> {
    pub(crate) charge: Charge,
    pub(crate) bytes: std::slice::Iter<'a, usize>,
}

impl Iterator for Charges<'_> {
    type Item = Charge;

    #[inline]
    fn next(&mut self) -> Option<Charge> {
        self.bytes.next().map(|&bytes| self.charge.split(bytes))
    }
}

/// How many processes run a program: replicas, each of so many partitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Processes {
    /// The number of replicas, at least 1.
    pub replicas: usize,
    /// The number of partitions of each, at least 1.
    pub partitions: usize,
}

impl Default for Processes {
    fn default() -> Processes {
        Processes { replicas: 1, partitions: 1 }
    }
}

impl Processes {
    /// The number of all processes.
    pub fn count(self) -> usize {
        self.replicas * self.partitions
    }
}

/// A program that a backend has compiled for several processes.
pub trait CompiledParallel: Send + Sync {
    /// What each process takes and gives, and what it needs.
    fn signature(&self) -> &Signature;

    /// Executes the program when the inputs of all processes have come: a launch for each of them, replica after replica
    /// and in each partition after partition.
    fn execute(&self, launches: Vec<Launch>);
}

/// What a program takes and gives, and what an execution of it needs.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The program's name.
    pub name: Arc<str>,
    /// The arguments, in order.
    pub parameters: Vec<Parameter>,
    /// The types of the results, in order.
    pub results: Vec<TensorType>,
    /// Bytes of memory that each execution needs beside its arguments and results.
    pub temporary_bytes: usize,
    /// Bytes of constants that the compiled program keeps.
    pub constant_bytes: usize,
}

/// An argument of a program.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name, where the program gives one.
    pub name: Option<Arc<str>>,
    /// Its type.
    pub ty: TensorType,
    /// The result that comes to be in its memory, where it is given for keeps.
    pub result: Option<usize>,
}

impl Signature {
    /// Whether a result comes to be in the memory of an argument, and so needs none of its own.
    pub fn is_in_argument(&self, result: usize) -> bool {
        self.parameters.iter().any(|parameter| parameter.result == Some(result))
    }

    /// The position of an argument that is called by its name, by `argN` or by `N`.
    pub fn position(&self, argument: &str) -> Option<usize> {
        let named = self.parameters.iter().position(|parameter| parameter.name.as_deref() == Some(argument));
        named.or_else(|| {
            let position: usize = argument.strip_prefix("arg").unwrap_or(argument).parse().ok()?;
            (position < self.parameters.len()).then_some(position)
        })
    }

    /// What to call an argument in messages: its name, or `argN`.
    pub fn parameter_name(&self, position: usize) -> String {
        match self.parameters.get(position).and_then(|parameter| parameter.name.as_deref()) {
            Some(name) => name.to_owned(),
            None => format!("arg{position}"),
        }
    }
}

/// An execution: its places in line, and what has been charged for it.
pub struct Launch {
    /// The arguments that are only read, in order.
    pub reads: SmallVec<[ReadBuffer<Contents>; 4]>,
    /// The arguments that are given for keeps, which are to be taken out of their buffers, and which they are.
    pub donated: Vec<(usize, WriteBuffer<Contents>)>,
    /// The results, in order.
    pub outputs: SmallVec<[WriteBuffer<Contents>; 4]>,
    /// The results' charges: of no bytes for one that comes to be in an argument's memory, whose charge becomes its own.
    pub charges: SmallVec<[Charge; 2]>,
    /// The charge for its working memory.
    pub working: Charge,
    /// To be held until the results are written: who waits for memory waits for what is in flight.
    pub in_flight: InFlight,
    /// Cancels the execution, where the caller may: one that has not begun never does, one that loops ends.
    pub cancel: Option<CancelToken>,
    /// How long the execution may take that is done in the call, where the inputs are there.
    pub in_call: InCall,
    /// How many executions of the program were submitted before: what is to differ from one to the next follows from that,
    /// and not from which of them is executed first.
    pub number: u64,
    /// Where it runs.
    pub context: Context,
}

/// What an operation needs to know of its device.
pub struct Context {
    /// The device's number within its backend.
    pub ordinal: usize,
    /// Where to note what was done when, if anywhere.
    pub recorder: Option<DeviceRecorder>,
    /// To be held until what is written is written: who waits for the device waits for this.
    pub under_way: ReadBuffer<()>,
}

/// Where to note what a device does.
#[derive(Clone)]
pub struct DeviceRecorder {
    /// The recorder.
    pub recorder: Arc<Recorder>,
    /// The device's name, as in `cpu:0`.
    pub device: Arc<str>,
}

impl DeviceRecorder {
    /// Does some work and notes when the device executed it.
    pub fn record_execution<R>(&self, name: &Arc<str>, work: impl FnOnce() -> R) -> R {
        self.recorder.record(Lane::Device(Arc::clone(&self.device)), Arc::clone(name), work)
    }

    /// Does some work and notes it as one of the device's transfers.
    pub fn record_transfer<R>(&self, name: &str, work: impl FnOnce() -> R) -> R {
        self.recorder.record(Lane::Transfers(Arc::clone(&self.device)), name, work)
    }
}

/// The data of a device's buffer.
pub struct Contents {
    memory: Box<dyn DeviceMemory>,
    charge: Charge,
}

/// Memory of the host's that a buffer may take as its own.
pub type HostOwned = Box<dyn AsRef<[u8]> + Send + Sync>;

/// Memory of some device; the backend that made it knows what it really is.
///
/// It may exist before its data does, where a device has a queue of its own: then what uses it can be queued behind what
/// is to compute the data, and who wants the data waits for [`there`](Self::there).
pub trait DeviceMemory: Any + Send + Sync {
    /// Whether the data is there, or will not come because what was to compute it failed.
    fn is_there(&self) -> bool {
        true
    }

    /// What to wait for where the data may not be there; it fails where what was to compute the data did.
    fn there(&self) -> Option<ReadBuffer<()>> {
        None
    }
}

impl Contents {
    /// Memory, and what was charged for it.
    pub fn new(memory: Box<dyn DeviceMemory>, charge: Charge) -> Contents {
        Contents { memory, charge }
    }

    /// The memory, where it is of that type.
    pub fn memory<M: DeviceMemory>(&self) -> Option<&M> {
        (&*self.memory as &dyn Any).downcast_ref()
    }

    /// Whether the data is there, not only the memory.
    pub(crate) fn is_there(&self) -> bool {
        self.memory.is_there()
    }

    /// What to wait for where only the memory may be there.
    pub(crate) fn there(&self) -> Option<ReadBuffer<()>> {
        self.memory.there()
    }

    /// The memory, where it is of that type, and what was charged for it.
    pub fn into_parts<M: DeviceMemory>(self) -> Option<(M, Charge)> {
        let memory: Box<dyn Any> = self.memory;
        Some((*memory.downcast().ok()?, self.charge))
    }
}

/// Why a program cannot be compiled: a message with the place, the operation and the reason, a line for each error.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct CompileError(pub String);
