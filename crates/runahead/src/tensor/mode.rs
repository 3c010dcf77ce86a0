//! Which of the three an operation gives.

use runahead_runtime::{Buffer, Executable, InCall};
use smallvec::SmallVec;

use super::error::Result;
use super::in_flight::wait_until_there;
use super::{AsyncTensor, Lazy, Tensor};

/// When operations run.
pub trait Mode: sealed::Sealed + 'static {
    /// What an operation gives.
    type Tensor;
    /// The mode of an operation that is given values of this mode and of another: recorded if either is, else later if
    /// either is.
    type With<Other: Mode>: Mode;
    /// The mode of an operation that is given values of this mode and some in flight.
    type WithLater: Mode;

    /// Does an operation: by submitting it, which gives its results on their way, or by recording it.
    #[doc(hidden)]
    fn run(
        submit: impl FnOnce(InCall) -> Result<Done<Buffer>>,
        record: impl FnOnce() -> Result<Parts>,
    ) -> Result<Done<Self::Tensor>>;

    /// Gives recorded values as this mode has them; `others` are computed with them where they are computed now.
    #[doc(hidden)]
    fn settle(values: Vec<Lazy>, others: impl FnOnce() -> Vec<Lazy>) -> Result<Vec<Self::Tensor>>;
}

/// The lengths of the vectors among an operation's results, in order; most have none.
pub(crate) type Lengths = SmallVec<[usize; 4]>;

/// A function that was traced and compiled.
pub(crate) struct Compiled {
    pub(crate) executable: Executable,
    /// The lengths of the vectors that it gives, in order.
    pub(crate) lengths: Lengths,
}

/// What an operation gave: tensors, and the lengths of the vectors among them, in order.
#[derive(Debug)]
pub struct Done<T> {
    pub(crate) tensors: Vec<T>,
    pub(crate) lengths: Lengths,
}

/// A value's tensors, and the lengths of its vectors.
#[derive(Debug, Default)]
pub struct Parts {
    pub(crate) tensors: Vec<Lazy>,
    pub(crate) lengths: Lengths,
}

impl Parts {
    pub(crate) fn of(value: impl Recorded) -> Parts {
        let mut parts = Parts::default();
        value.parts(&mut parts.tensors, &mut parts.lengths);
        parts
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Now {}
    impl Sealed for super::Later {}
    impl Sealed for super::Lazily {}
}

/// Operations on [`Tensor`]s run before the call returns.
#[derive(Clone, Copy, Debug)]
pub enum Now {}

/// Operations with an [`AsyncTensor`] among their operands are submitted, and the call returns at once.
#[derive(Clone, Copy, Debug)]
pub enum Later {}

/// Operations with a [`Lazy`] among their operands are recorded.
#[derive(Clone, Copy, Debug)]
pub enum Lazily {}

impl Mode for Now {
    type Tensor = Tensor;
    type With<Other: Mode> = Other;
    type WithLater = Later;

    fn run(
        submit: impl FnOnce(InCall) -> Result<Done<Buffer>>,
        _: impl FnOnce() -> Result<Parts>,
    ) -> Result<Done<Tensor>> {
        let Done { tensors, lengths } = submit(InCall::Any)?;
        for buffer in &tensors {
            wait_until_there(buffer)?;
        }
        Ok(Done { tensors: tensors.into_iter().map(Tensor::ready).collect(), lengths })
    }

    fn settle(values: Vec<Lazy>, others: impl FnOnce() -> Vec<Lazy>) -> Result<Vec<Tensor>> {
        Later::settle(values, others)?.into_iter().map(AsyncTensor::into_tensor).collect()
    }
}

impl Mode for Later {
    type Tensor = AsyncTensor;
    type With<Other: Mode> = Other::WithLater;
    type WithLater = Later;

    fn run(
        submit: impl FnOnce(InCall) -> Result<Done<Buffer>>,
        _: impl FnOnce() -> Result<Parts>,
    ) -> Result<Done<AsyncTensor>> {
        let Done { tensors, lengths } = submit(InCall::Tiny)?;
        Ok(Done { tensors: tensors.into_iter().map(AsyncTensor::from_buffer).collect(), lengths })
    }

    fn settle(mut values: Vec<Lazy>, others: impl FnOnce() -> Vec<Lazy>) -> Result<Vec<AsyncTensor>> {
        let count = values.len();
        values.extend(others());
        let mut tensors = Lazy::eval_all_async(&values)?;
        tensors.truncate(count);
        Ok(tensors)
    }
}

impl Mode for Lazily {
    type Tensor = Lazy;
    type With<Other: Mode> = Lazily;
    type WithLater = Lazily;

    fn run(
        _: impl FnOnce(InCall) -> Result<Done<Buffer>>,
        record: impl FnOnce() -> Result<Parts>,
    ) -> Result<Done<Lazy>> {
        let Parts { tensors, lengths } = record()?;
        Ok(Done { tensors, lengths })
    }

    fn settle(values: Vec<Lazy>, _: impl FnOnce() -> Vec<Lazy>) -> Result<Vec<Lazy>> {
        Ok(values)
    }
}

/// What operations give: a tensor, a tuple, a vector of tensors, and these within each other; in each mode, each tensor
/// is a value of its own.
pub trait Value {
    /// The same in another mode.
    type In<M: Mode>;

    /// Puts it together from its tensors, in order; `lengths` tells how many a vector has, for each in order.
    ///
    /// # Panics
    /// Where there are fewer than it has.
    #[doc(hidden)]
    fn assemble<M: Mode>(
        tensors: &mut dyn Iterator<Item = M::Tensor>,
        lengths: &mut dyn Iterator<Item = usize>,
    ) -> Self::In<M>;
}

/// A value whose tensors are recorded: what the body of an operation gives.
pub trait Recorded: Value {
    /// Adds the tensors, in order, and for each vector how many parts it has.
    #[doc(hidden)]
    fn parts(self, tensors: &mut Vec<Lazy>, lengths: &mut Lengths);
}

macro_rules! single {
    ($($tensor:ty),*) => {
        $(impl Value for $tensor {
            type In<M: Mode> = M::Tensor;
            fn assemble<M: Mode>(
                tensors: &mut dyn Iterator<Item = M::Tensor>,
                _: &mut dyn Iterator<Item = usize>,
            ) -> M::Tensor {
                tensors.next().expect("there is a tensor for each part of the value")
            }
        })*
    };
}

single!(Tensor, AsyncTensor, Lazy);

impl Recorded for Lazy {
    fn parts(self, tensors: &mut Vec<Lazy>, _: &mut Lengths) {
        tensors.push(self);
    }
}

macro_rules! tuples {
    ($(($($part:ident),*))*) => {
        $(impl<$($part: Value),*> Value for ($($part,)*) {
            type In<Mo: Mode> = ($($part::In<Mo>,)*);
            fn assemble<Mo: Mode>(
                tensors: &mut dyn Iterator<Item = Mo::Tensor>,
                lengths: &mut dyn Iterator<Item = usize>,
            ) -> Self::In<Mo> {
                ($($part::assemble::<Mo>(tensors, lengths),)*)
            }
        }

        impl<$($part: Recorded),*> Recorded for ($($part,)*) {
            #[allow(non_snake_case)]
            fn parts(self, tensors: &mut Vec<Lazy>, lengths: &mut Lengths) {
                let ($($part,)*) = self;
                $($part.parts(tensors, lengths);)*
            }
        })*
    };
}

tuples! {
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
}

impl<T: Value> Value for Vec<T> {
    type In<M: Mode> = Vec<T::In<M>>;
    fn assemble<M: Mode>(
        tensors: &mut dyn Iterator<Item = M::Tensor>,
        lengths: &mut dyn Iterator<Item = usize>,
    ) -> Vec<T::In<M>> {
        let length = lengths.next().expect("there is a length for each vector of the value");
        (0..length).map(|_| T::assemble::<M>(tensors, lengths)).collect()
    }
}

impl<T: Recorded> Recorded for Vec<T> {
    fn parts(self, tensors: &mut Vec<Lazy>, lengths: &mut Lengths) {
        lengths.push(self.len());
        self.into_iter().for_each(|part| part.parts(tensors, lengths));
    }
}

/// A value on its way: `Async<Tensor>` is an [`AsyncTensor`], `Async<(Tensor, Tensor)>` two of them.
pub type Async<T> = <T as Value>::In<Later>;
