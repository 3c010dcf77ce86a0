//! Devices.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use parking_lot::{Mutex, RwLock};
use runahead_async::{Error, ReadBuffer};
use runahead_ir::{Literal, LiteralError, Module, TensorType};

use crate::backend::{Backend, CompileError, Contents, Context, DeviceRecorder, HostOwned};
use crate::buffer::{self, Buffer};
use crate::executable::Executable;
use crate::fence::Fence;
use crate::ledger::{BudgetExceeded, Ledger, MemoryUse};
use crate::report::{DeviceReport, NamedBuffer};
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
    /// Whether there is a recorder, so that where there is none nobody need look.
    records: AtomicBool,
    fence: Fence,
    /// The buffers that were given names, some of which may be gone.
    named: Mutex<Vec<Weak<buffer::Inner>>>,
}

impl Device {
    /// The device of that number of a backend.
    pub fn new(backend: Arc<dyn Backend>, ordinal: usize) -> Device {
        let name = format!("{}:{ordinal}", backend.name()).into();
        let ledger = Arc::new(Ledger::new(backend.memory()));
        let (recorder, records, named) = Default::default();
        let fence = Fence::new();
        Device(Arc::new(Inner { backend, name, ordinal, ledger, recorder, records, fence, named }))
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
        self.compile_donating(module, &[])
    }

    /// As [`compile`](Self::compile), for executions to which those of the arguments will be
    /// [donated](crate::Submission::donating). Others can be executed, too, but have to be compiled for then.
    ///
    /// # Errors
    /// As for [`compile`](Self::compile).
    pub fn compile_donating(&self, module: &Module, donated: &[usize]) -> Result<Executable, CompileError> {
        Executable::new(self.clone(), module, donated)
    }

    /// Copies host data to the device; returns at once, save where a budget is spent.
    ///
    /// # Errors
    /// Where the device's budget is spent and nothing is in flight that could free any.
    pub fn upload(&self, source: &Literal) -> Result<Buffer, BudgetExceeded> {
        let charge = self.0.ledger.charge(bytes_of(source.ty()))?;
        let buffer = Buffer::new(self.clone(), source.ty().clone());
        self.0.backend.upload(source.clone(), buffer.write(), charge, self.context());
        Ok(buffer)
    }

    /// Makes a buffer of host memory, which it keeps: where the device computes in the host's memory and that is aligned to
    /// [`ADOPTED_ALIGNMENT`](crate::ADOPTED_ALIGNMENT) nothing is copied.
    ///
    /// # Errors
    /// Where the memory has another size than the type, or the device's budget is spent and nothing is in flight that
    /// could free any.
    pub fn adopt(&self, ty: TensorType, memory: HostOwned) -> Result<Buffer, AdoptError> {
        let bytes = (*memory).as_ref();
        if ty.byte_count() != Some(bytes.len()) {
            return Err(AdoptError::Size { ty: ty.to_string(), bytes: bytes.len() });
        }
        if !self.0.backend.adopts() {
            return Ok(self.upload(&Literal::new(ty, bytes)?)?);
        }
        let charge = self.0.ledger.charge(bytes.len())?;
        let memory = self.0.backend.adopt(&ty, memory);
        let memory = memory.map_err(|reason| AdoptError::Refused { ty: ty.to_string(), reason })?;
        Ok(Buffer::there(self.clone(), ty, Contents::new(memory, charge)))
    }

    /// Whether the device computes in the host's memory: [`adopt`](Self::adopt) need not copy, and views have bytes.
    pub fn is_host(&self) -> bool {
        self.0.backend.is_host()
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
        let buffer = Buffer::new(self.clone(), ty.clone());
        let source = Box::new(|memory: &mut [u8]| source(memory).map_err(Into::into));
        self.0.backend.fill(ty, source, buffer.write(), charge, self.context());
        Ok(buffer)
    }

    /// As [`upload_from`](Self::upload_from), where the source is asked when a future has ended; nobody's thread waits for
    /// that.
    ///
    /// # Errors
    /// As for [`upload`](Self::upload).
    pub fn upload_when<E>(
        &self,
        ty: TensorType,
        when: impl Future<Output = ()> + Send + 'static,
        source: impl FnOnce(&mut [u8]) -> Result<(), E> + Send + 'static,
    ) -> Result<Buffer, BudgetExceeded>
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let charge = self.0.ledger.charge(bytes_of(&ty))?;
        let buffer = Buffer::new(self.clone(), ty.clone());
        let (into, context, backend) = (buffer.write(), self.context(), Arc::clone(&self.0.backend));
        let source = Box::new(|memory: &mut [u8]| source(memory).map_err(Into::into));
        runahead_async::spawn(async move {
            when.await;
            backend.fill(ty, source, into, charge, context);
            Ok::<(), Error>(())
        });
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
    /// work in flight has freed enough. Until it is called, a device that computes in the host's memory may hold as much as
    /// the [machine has](crate::machine_memory), and others as much as they can.
    pub fn set_budget(&self, bytes: Option<usize>) {
        self.0.ledger.set_budget(bytes);
    }

    /// What the memory is used for, and the largest buffers by [name](Buffer::set_name).
    pub fn memory_report(&self) -> DeviceReport {
        let mut named: Vec<NamedBuffer> = {
            let mut buffers = self.0.named.lock();
            buffers.retain(|buffer| buffer.strong_count() > 0);
            let live = buffers.iter().filter_map(buffer::Inner::named);
            live.map(|(name, ty, bytes, ready)| NamedBuffer { name, ty, bytes, ready }).collect()
        };
        named.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
        DeviceReport {
            device: Arc::clone(&self.0.name),
            memory: self.memory_use(),
            cached: self.0.backend.cached_bytes(),
            named,
        }
    }

    /// Blocks until all that was submitted before has ended: executions and transfers. What failed is found at what it
    /// was to write.
    ///
    /// # Errors
    /// Where nothing can run, and something that was submitted can never end.
    #[track_caller]
    pub fn synchronize(&self) -> Result<(), Error> {
        self.0.fence.wait()
    }

    /// As [`synchronize`](Self::synchronize), suspending the calling future instead of blocking its thread.
    ///
    /// # Errors
    /// As for [`synchronize`](Self::synchronize).
    pub async fn synchronized(&self) -> Result<(), Error> {
        self.0.fence.ended().await
    }

    /// Has what the device does from here on noted, or not any more.
    pub fn set_recorder(&self, recorder: Option<Arc<Recorder>>) {
        let mut noted_by = self.0.recorder.write();
        self.0.records.store(recorder.is_some(), Ordering::Release);
        *noted_by = recorder;
    }

    pub(crate) fn backend(&self) -> &dyn Backend {
        &*self.0.backend
    }

    /// Remembers a buffer that has a name.
    pub(crate) fn register(&self, buffer: Weak<buffer::Inner>) {
        let mut named = self.0.named.lock();
        // Only where it would grow: each buffer is looked at a constant number of times.
        if named.len() == named.capacity() {
            named.retain(|buffer| buffer.strong_count() > 0);
        }
        named.push(buffer);
    }

    pub(crate) fn ledger(&self) -> &Arc<Ledger> {
        &self.0.ledger
    }

    /// Where what the device does is noted, if anywhere.
    pub fn recorder(&self) -> Option<DeviceRecorder> {
        if !self.0.records.load(Ordering::Acquire) {
            return None;
        }
        let recorder = self.0.recorder.read().clone()?;
        Some(DeviceRecorder { recorder, device: Arc::clone(&self.0.name) })
    }

    pub(crate) fn context(&self) -> Context {
        Context { ordinal: self.0.ordinal, recorder: self.recorder(), under_way: self.under_way() }
    }

    /// What an execution is to hold until it has ended: who waits for the device waits for that.
    pub fn under_way(&self) -> ReadBuffer<()> {
        self.0.fence.enter()
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

/// Why host memory does not make a buffer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AdoptError {
    /// The type has another size.
    #[error("{bytes} bytes are no {ty}; give as many as it has")]
    Size {
        /// The type.
        ty: String,
        /// The size of the memory.
        bytes: usize,
    },
    /// The device does not take it: it had to be copied, for instance, and there is no memory left.
    #[error("a {ty} cannot be had on the device: {reason}")]
    Refused {
        /// The type.
        ty: String,
        /// Why not.
        reason: String,
    },
    /// The device's budget is spent.
    #[error(transparent)]
    Budget(#[from] BudgetExceeded),
    /// The memory holds no such elements.
    #[error(transparent)]
    Literal(#[from] LiteralError),
}

/// Bytes of a type that has been checked to have a size.
pub(crate) fn bytes_of(ty: &TensorType) -> usize {
    ty.byte_count().unwrap_or(usize::MAX)
}
