//! Devices and the buffers on them.

use std::fmt;
use std::sync::Arc;

use parking_lot::RwLock;
use runahead_async::{Async, Error, ReadBuffer};
use runahead_ir::{Literal, Module, TensorType};

use crate::backend::{Backend, CompileError, Contents, Context};
use crate::executable::Executable;
use crate::ledger::{BudgetExceeded, Ledger, MemoryUse};
use crate::trace::Recorder;

/// A device: memory, and something that executes programs on what is in it.
///
/// Clones are the same device.
#[derive(Clone)]
pub struct Device(Arc<Inner>);

struct Inner {
    backend: Arc<dyn Backend>,
    name: Arc<str>,
    ordinal: usize,
    ledger: Arc<Ledger>,
    recorder: RwLock<Option<Arc<Recorder>>>,
}

impl Device {
    /// The device of that number of a backend.
    pub fn new(backend: Arc<dyn Backend>, ordinal: usize) -> Device {
        let name = format!("{}:{ordinal}", backend.name()).into();
        let (ledger, recorder) = Default::default();
        Device(Arc::new(Inner { backend, name, ordinal, ledger, recorder }))
    }

    /// The device's name, as in `cpu:0`.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The platform's name, as in `cpu`.
    pub fn platform(&self) -> &str {
        self.0.backend.name()
    }

    /// Compiles a program for this device.
    ///
    /// # Errors
    /// Where the program is not valid, or has what the backend does not support.
    pub fn compile(&self, module: &Module) -> Result<Executable, CompileError> {
        Ok(Executable::new(self.clone(), self.0.backend.compile(module)?))
    }

    /// Copies host data to the device; returns at once, save where a budget is spent.
    ///
    /// # Errors
    /// Where the device's budget is spent and nothing is in flight that could free any.
    pub fn upload(&self, source: &Literal) -> Result<Buffer, BudgetExceeded> {
        let charge = self.0.ledger.charge(bytes_of(source.ty()))?;
        let buffer = Buffer::new(self.clone(), source.ty().clone());
        self.0.backend.upload(source.clone(), buffer.contents.write(), charge, &self.context());
        Ok(buffer)
    }

    /// Has a task write a tensor's bytes, row-major and little-endian, to the device, from a file for instance; returns at
    /// once, save where a budget is spent. Where the source fails, so does what reads the buffer.
    ///
    /// # Errors
    /// As for [`upload`](Self::upload).
    pub fn upload_from<E>(
        &self,
        ty: TensorType,
        source: impl FnOnce(&mut [u8]) -> Result<(), E> + Send + 'static,
    ) -> Result<Buffer, BudgetExceeded>
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let charge = self.0.ledger.charge(bytes_of(&ty))?;
        let buffer = Buffer::new(self.clone(), ty);
        let source = Box::new(|memory: &mut [u8]| source(memory).map_err(Into::into));
        self.0.backend.fill(source, buffer.contents.write(), charge, &self.context());
        Ok(buffer)
    }

    /// The memory that the device holds.
    pub fn memory_use(&self) -> MemoryUse {
        self.0.ledger.memory_use()
    }

    /// Counts the peak anew from what is held now.
    pub fn reset_peak(&self) {
        self.0.ledger.reset_peak();
    }

    /// Limits the memory that buffers and executions may hold, or lifts the limit. Submitting beyond it waits until
    /// work in flight has freed enough.
    pub fn set_budget(&self, bytes: Option<usize>) {
        self.0.ledger.set_budget(bytes);
    }

    /// Has what the device does from here on noted, or not any more.
    pub fn set_recorder(&self, recorder: Option<Arc<Recorder>>) {
        *self.0.recorder.write() = recorder;
    }

    pub(crate) fn ledger(&self) -> &Arc<Ledger> {
        &self.0.ledger
    }

    pub(crate) fn context(&self) -> Context {
        Context {
            device: Arc::clone(&self.0.name),
            ordinal: self.0.ordinal,
            recorder: self.0.recorder.read().clone(),
        }
    }
}

impl PartialEq for Device {
    fn eq(&self, other: &Device) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Device {}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Bytes of a type that has been checked to have a size.
pub(crate) fn bytes_of(ty: &TensorType) -> usize {
    ty.byte_count().unwrap_or(usize::MAX)
}

/// A tensor on a device, there or on its way. Its type and device are known at once.
///
/// Clones are the same buffer.
#[derive(Clone)]
pub struct Buffer {
    device: Device,
    ty: TensorType,
    pub(crate) contents: Async<Contents>,
}

impl Buffer {
    pub(crate) fn new(device: Device, ty: TensorType) -> Buffer {
        Buffer { device, ty, contents: Async::new() }
    }

    /// The buffer's type.
    pub fn ty(&self) -> &TensorType {
        &self.ty
    }

    /// The device that the buffer is on.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Whether the data is there, or will not come because what was to compute it failed.
    pub fn is_ready(&self) -> bool {
        self.contents.is_ready()
    }

    /// The event that the data is there.
    pub fn ready(&self) -> Event {
        Event(self.contents.read())
    }

    /// Copies the data to the host; returns at once.
    pub fn to_host(&self) -> Async<Literal> {
        let host = Async::new();
        let from = self.contents.read();
        self.device.0.backend.download(self.ty.clone(), from, host.write(), &self.device.context());
        host
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.is_ready() { "ready" } else { "pending" };
        write!(f, "Buffer({} on {}, {state})", self.ty, self.device)
    }
}

/// Something that will have happened: ask, wait or await.
pub struct Event(ReadBuffer<Contents>);

impl Event {
    /// Whether it has happened.
    pub fn is_ready(&self) -> bool {
        self.0.is_ready()
    }

    /// Blocks until it has happened.
    ///
    /// # Errors
    /// Where what was to make it happen failed.
    #[track_caller]
    pub fn wait(self) -> Result<(), Error> {
        self.0.wait().map(drop)
    }
}

impl IntoFuture for Event {
    type Output = Result<(), Error>;
    type IntoFuture = std::pin::Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.0.await.map(drop) })
    }
}
