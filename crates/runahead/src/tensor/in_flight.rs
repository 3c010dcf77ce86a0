//! Tensors in flight.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use runahead_async::Async as AsyncValue;
use runahead_ir::{ElementType, Literal, TensorType};
use runahead_runtime::{Buffer, Device};

use super::error::Result;
use super::{Lazy, Tensor};

/// A tensor on its way: what an operation gives at once where an operand was one. Also written
/// [`Async<Tensor>`](super::Async).
///
/// Its type, shape and device are known before the value is. An operation that failed fails what is computed from its
/// result; the error is found where a value is waited for. Clones are the same value.
///
/// ```
/// use runahead::{Async, Tensor, ops};
/// let x = Tensor::from_slice(&[9f32, 16.0], [2], &runahead::device("cpu")?)?;
/// let mut y: Async<Tensor> = x.to_async();
/// for _ in 0..10 {
///     y = ops::sqrt(&y)?; // submitted; perhaps not even begun
/// }
/// assert_eq!(y.dims(), [2]);
/// let y = y.wait()?;
/// assert!((y.to_vec::<f32>()?[1] - 1.0027113).abs() < 1e-5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct AsyncTensor {
    buffer: Buffer,
}

impl AsyncTensor {
    /// What is in a buffer, or will be.
    pub fn from_buffer(buffer: Buffer) -> AsyncTensor {
        AsyncTensor { buffer }
    }

    /// Sends elements to a device without waiting for them to be there.
    ///
    /// # Errors
    /// Where the device's memory budget is spent and nothing in flight could free any.
    pub fn upload(value: &Literal, device: &Device) -> Result<AsyncTensor> {
        Ok(AsyncTensor { buffer: device.upload(value)? })
    }

    /// Gives the value a name, by which [`memory_report`](crate::memory_report) lists it. The first name stays.
    pub fn named(self, name: impl Into<Arc<str>>) -> AsyncTensor {
        self.buffer.set_name(name);
        self
    }

    /// The name that the value was given.
    pub fn name(&self) -> Option<&str> {
        self.buffer.name()
    }

    /// The buffer that will hold the value.
    pub fn as_buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// The type, known at once.
    pub fn ty(&self) -> &TensorType {
        self.buffer.ty()
    }

    /// The type of an element.
    pub fn element(&self) -> ElementType {
        self.ty().element
    }

    /// The sizes of the axes.
    pub fn dims(&self) -> &[usize] {
        &self.ty().dims
    }

    /// The device that the value will be on.
    pub fn device(&self) -> &Device {
        self.buffer.device()
    }

    /// Whether the value is there, or will not come because something failed.
    pub fn is_ready(&self) -> bool {
        self.buffer.is_ready()
    }

    /// Blocks until the value is there.
    ///
    /// # Errors
    /// Where what was to compute it failed.
    pub fn wait(&self) -> Result<Tensor> {
        self.clone().into_tensor()
    }

    /// As [`wait`](Self::wait).
    pub(crate) fn into_tensor(self) -> Result<Tensor> {
        wait_until_there(&self.buffer)?;
        Ok(Tensor::ready(self.buffer))
    }

    /// The same value for operations that are to be recorded.
    pub fn lazy(&self) -> Lazy {
        Lazy::buffer(self.buffer.clone())
    }

    /// The value on its way to the host.
    pub fn to_host_async(&self) -> AsyncValue<Literal> {
        self.buffer.to_host()
    }
}

/// Blocks until a buffer's value is there.
///
/// # Errors
/// Where what was to compute it failed.
pub(super) fn wait_until_there(buffer: &Buffer) -> Result<()> {
    if !buffer.is_there() {
        buffer.ready().wait()?;
    }
    Ok(())
}

impl IntoFuture for AsyncTensor {
    type Output = Result<Tensor>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<Tensor>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            self.buffer.ready().await?;
            Ok(Tensor::ready(self.buffer))
        })
    }
}

/// Shows type, device and whether the value is there; never waits.
impl fmt::Debug for AsyncTensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.is_ready() { "ready" } else { "pending" };
        write!(f, "AsyncTensor({} on {}, {state})", self.ty(), self.device())
    }
}

/// Waits for the value and shows it as [`Tensor`] does.
impl fmt::Display for AsyncTensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.wait() {
            Ok(tensor) => tensor.fmt(f),
            Err(error) => write!(f, "{self:?}: {error}"),
        }
    }
}
