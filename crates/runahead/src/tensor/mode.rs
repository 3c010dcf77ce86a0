//! Which of the three an operation gives.

use runahead_runtime::Buffer;

use super::error::Result;
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
        submit: impl FnOnce() -> Result<Vec<Buffer>>,
        record: impl FnOnce() -> Result<Vec<Lazy>>,
    ) -> Result<Vec<Self::Tensor>>;
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
        submit: impl FnOnce() -> Result<Vec<Buffer>>,
        record: impl FnOnce() -> Result<Vec<Lazy>>,
    ) -> Result<Vec<Tensor>> {
        Later::run(submit, record)?.into_iter().map(|tensor| tensor.wait()).collect()
    }
}

impl Mode for Later {
    type Tensor = AsyncTensor;
    type With<Other: Mode> = Other::WithLater;
    type WithLater = Later;

    fn run(
        submit: impl FnOnce() -> Result<Vec<Buffer>>,
        _: impl FnOnce() -> Result<Vec<Lazy>>,
    ) -> Result<Vec<AsyncTensor>> {
        Ok(submit()?.into_iter().map(AsyncTensor::from_buffer).collect())
    }
}

impl Mode for Lazily {
    type Tensor = Lazy;
    type With<Other: Mode> = Lazily;
    type WithLater = Lazily;

    fn run(
        _: impl FnOnce() -> Result<Vec<Buffer>>,
        record: impl FnOnce() -> Result<Vec<Lazy>>,
    ) -> Result<Vec<Lazy>> {
        record()
    }
}

/// What operations give: a tensor, a tuple of tensors, or a vector of them; in each mode, each part is a value of its
/// own.
pub trait Value {
    /// The same in another mode.
    type In<M: Mode>;

    /// Puts it together from its tensors, in order.
    ///
    /// # Panics
    /// Where there are not as many as it has.
    #[doc(hidden)]
    fn assemble<M: Mode>(tensors: Vec<M::Tensor>) -> Self::In<M>;
}

/// A value whose tensors are recorded: what the body of an operation gives.
pub trait Recorded: Value {
    /// The tensors, in order.
    #[doc(hidden)]
    fn tensors(self) -> Vec<Lazy>;
}

macro_rules! single {
    ($($tensor:ty),*) => {
        $(impl Value for $tensor {
            type In<M: Mode> = M::Tensor;
            fn assemble<M: Mode>(tensors: Vec<M::Tensor>) -> M::Tensor {
                let [tensor] = exactly(tensors);
                tensor
            }
        })*
    };
}

single!(Tensor, AsyncTensor, Lazy);

impl Recorded for Lazy {
    fn tensors(self) -> Vec<Lazy> {
        vec![self]
    }
}

fn exactly<T, const N: usize>(tensors: Vec<T>) -> [T; N] {
    let found = tensors.len();
    tensors.try_into().unwrap_or_else(|_| panic!("an operation gives {N} results, not {found}"))
}

macro_rules! tuples {
    ($(($($part:ident $name:ident),*))*) => {
        $(impl<$($part: Value),*> Value for ($($part,)*)
        where
            $($part: Single,)*
        {
            type In<Mo: Mode> = ($($part::In<Mo>,)*);
            fn assemble<Mo: Mode>(tensors: Vec<Mo::Tensor>) -> Self::In<Mo> {
                let [$($name),*] = exactly(tensors);
                ($($part::assemble::<Mo>(vec![$name]),)*)
            }
        }

        impl<$($part: Recorded + Single),*> Recorded for ($($part,)*) {
            fn tensors(self) -> Vec<Lazy> {
                let ($($name,)*) = self;
                [$($name.tensors()),*].concat()
            }
        })*
    };
}

/// A value that is one tensor.
#[doc(hidden)]
pub trait Single {}
impl Single for Tensor {}
impl Single for AsyncTensor {}
impl Single for Lazy {}

tuples! {
    (A a, B b)
    (A a, B b, C c)
    (A a, B b, C c, D d)
    (A a, B b, C c, D d, E e)
    (A a, B b, C c, D d, E e, F f)
}

impl<T: Value + Single> Value for Vec<T> {
    type In<M: Mode> = Vec<M::Tensor>;
    fn assemble<M: Mode>(tensors: Vec<M::Tensor>) -> Vec<M::Tensor> {
        tensors
    }
}

impl Recorded for Vec<Lazy> {
    fn tensors(self) -> Vec<Lazy> {
        self
    }
}

/// A value on its way: `Async<Tensor>` is an [`AsyncTensor`], `Async<(Tensor, Tensor)>` two of them.
pub type Async<T> = <T as Value>::In<Later>;
