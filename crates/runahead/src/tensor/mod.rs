//! Tensors in three modes: there, on their way, or recorded.
//!
//! - [`Tensor`] is a value that is there.
//! - [`AsyncTensor`] is one in flight; its type and device are known at once.
//! - [`Lazy`] is a recorded program; it is compiled as a whole when its value is asked for.
//!
//! `mode` says which of them an operation gives, from what it is given (`operand`); `operation` makes an operation of a
//! plain function on [`Lazy`]s, and `run` does it; `signature` is what it is compiled for. `lazy` records, `form` is a
//! recording that can be compared and compiled, `evaluate` compiles and submits it, `inline` records a function of the
//! intermediate representation.

mod donation;
mod error;
mod evaluate;
mod form;
mod in_flight;
mod inline;
mod lazy;
mod mode;
pub(crate) mod operand;
mod operation;
mod outputs;
mod print;
mod run;
mod signature;
mod view;

use std::fmt;
use std::sync::Arc;

use runahead_async::Async as AsyncValue;
use runahead_ir::{ElementType, Literal, Native, TensorType};
use runahead_runtime::{Buffer, Device, InCall};

pub use donation::{Donation, Donor, donate};
pub use error::{Result, TensorError};
pub(crate) use evaluate::{Programs, evaluate_behind, insert, kept};
pub use in_flight::AsyncTensor;
pub(crate) use lazy::form;
pub use lazy::{Lazy, Traced};
pub use mode::{Async, Later, Lazily, Mode, Now, Recorded, Value};
pub(crate) use mode::{Compiled, Done, Lengths, Parts};
pub(crate) use operand::{Arguments, Inputs, recorded};
pub use operand::{InFlight, Input, Number, Operand, Operands, Place, Recording};
pub use operation::{Attributes, Exactly, Output, operation};
pub use outputs::{AllInFlight, Outputs};
pub(crate) use run::{run, trace};
pub(crate) use signature::{Signature, SignatureRef};
pub use view::TensorView;

/// For keys that nobody else chooses, hashed quickly.
type HashMap<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// A tensor whose value is there.
///
/// It has a type, a shape, a device and data that never changes. Clones are cheap and the same value.
///
/// ```
/// use runahead::{Tensor, ops};
/// let device = runahead::device("cpu")?;
/// let x = Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0], [2, 2], &device)?;
/// let y = ops::matmul(&x, &x)?;
/// assert_eq!(y.dims(), [2, 2]);
/// assert_eq!(y.to_vec::<f32>()?, [7.0, 10.0, 15.0, 22.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Tensor {
    /// Ready, and not failed.
    buffer: Buffer,
}

impl Tensor {
    /// Copies elements, row-major, to a device.
    ///
    /// # Errors
    /// Where there are not as many elements as the shape has, or the device's memory budget is spent.
    pub fn from_slice<T: Native>(
        elements: &[T],
        dims: impl AsRef<[usize]>,
        device: &Device,
    ) -> Result<Tensor> {
        Tensor::from_literal(&Literal::from_elements(dims.as_ref().iter().copied(), elements)?, device)
    }

    /// Copies a literal to a device.
    ///
    /// # Errors
    /// Where the device's memory budget is spent.
    pub fn from_literal(value: &Literal, device: &Device) -> Result<Tensor> {
        AsyncTensor::from_buffer(device.upload(value)?).wait()
    }

    /// A buffer that is ready, and did not fail.
    pub(crate) fn ready(buffer: Buffer) -> Tensor {
        Tensor { buffer }
    }

    /// Gives the value a name, by which [`memory_report`](crate::memory_report) lists it. The first name stays.
    pub fn named(self, name: impl Into<Arc<str>>) -> Tensor {
        self.buffer.set_name(name);
        self
    }

    /// The name that the value was given.
    pub fn name(&self) -> Option<&str> {
        self.buffer.name()
    }

    /// The buffer that holds the value.
    pub fn as_buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// The type: the shape and that of an element.
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

    /// The device that the value is on.
    pub fn device(&self) -> &Device {
        self.buffer.device()
    }

    /// The same value for operations that are to run later.
    pub fn to_async(&self) -> AsyncTensor {
        AsyncTensor::from_buffer(self.buffer.clone())
    }

    /// The same value for operations that are to be recorded.
    pub fn lazy(&self) -> Lazy {
        Lazy::buffer(self.buffer.clone())
    }

    /// The elements, row-major.
    ///
    /// # Errors
    /// Where elements are of another type.
    pub fn to_vec<T: Native>(&self) -> Result<Vec<T>> {
        let literal = self.to_literal()?;
        literal.to_elements().ok_or_else(|| {
            let message = format!("elements are {}; they cannot be had as {}", self.element(), T::TYPE);
            TensorError::invalid(message).within("to_vec", || vec![self.ty().to_string()])
        })
    }

    /// The one element of a tensor that has one.
    ///
    /// # Errors
    /// Where the tensor has another number of elements, or they are of another type.
    pub fn to_scalar<T: Native>(&self) -> Result<T> {
        let elements = self.to_vec()?;
        match elements[..] {
            [element] => Ok(element),
            _ => {
                let message = format!("there are {} elements; expected one", elements.len());
                Err(TensorError::invalid(message).within("to_scalar", || vec![self.ty().to_string()]))
            }
        }
    }

    /// The value on the host.
    ///
    /// # Errors
    /// Where it cannot be copied.
    pub fn to_literal(&self) -> Result<Literal> {
        Ok(self.to_host_async().wait()?.clone())
    }

    /// The value on its way to the host.
    pub fn to_host_async(&self) -> AsyncValue<Literal> {
        self.buffer.to_host()
    }
}

/// Shows type, shape and device; never waits.
impl fmt::Debug for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tensor({} on {})", self.ty(), self.device())
    }
}

/// Shows the elements as NumPy does, then type, shape and device.
impl fmt::Display for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_literal() {
            Ok(literal) => print::write(f, &literal, self.device().name()),
            Err(error) => write!(f, "{self:?}: {error}"),
        }
    }
}

impl Lazy {
    /// Computes the value, and waits for it.
    ///
    /// # Errors
    /// Where it cannot be computed.
    pub fn eval(&self) -> Result<Tensor> {
        let buffer = evaluate::evaluate(std::slice::from_ref(self), InCall::Any)?.remove(0);
        AsyncTensor::from_buffer(buffer).wait()
    }

    /// Submits what the value is computed from, and gives it on its way.
    ///
    /// # Errors
    /// Where the recorded program cannot be compiled or submitted.
    pub fn eval_async(&self) -> Result<AsyncTensor> {
        Ok(Lazy::eval_all_async(std::slice::from_ref(self))?.remove(0))
    }

    /// Submits what several values are computed from, as one program.
    ///
    /// # Errors
    /// Where the recorded program cannot be compiled or submitted.
    pub fn eval_all_async(values: &[Lazy]) -> Result<Vec<AsyncTensor>> {
        Ok(evaluate::evaluate(values, InCall::Tiny)?.into_iter().map(AsyncTensor::from_buffer).collect())
    }

    /// The recorded program, by which the value would be computed: what was computed before is its arguments.
    ///
    /// ```
    /// use runahead::{Tensor, ops};
    /// let x = Tensor::from_slice(&[1f32, 2.0], [2], &runahead::device("cpu")?)?;
    /// let text = ops::tanh(x.lazy())?.to_module()?.to_string();
    /// assert!(text.contains("stablehlo.tanh %arg0 : tensor<2xf32>"), "{text}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where the value stands for an argument of a function that is being traced.
    pub fn to_module(&self) -> Result<runahead_ir::Module> {
        let (form, _) = lazy::form(std::slice::from_ref(self), &[], &mut |lazy| lazy.is_evaluated())?;
        Ok(form.to_function("main").into_module())
    }

    /// Computes several values as one program, and waits for them.
    ///
    /// # Errors
    /// Where one cannot be computed.
    pub fn eval_all(values: &[Lazy]) -> Result<Vec<Tensor>> {
        Lazy::eval_all_async(values)?.into_iter().map(|value| value.wait()).collect()
    }
}

/// Computes the value and shows it as [`Tensor`] does.
impl fmt::Display for Lazy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.eval() {
            Ok(tensor) => tensor.fmt(f),
            Err(error) => write!(f, "{self:?}: {error}"),
        }
    }
}
