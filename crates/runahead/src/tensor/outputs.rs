//! Values that are made of tensors, there or on their way.

use runahead_runtime::Buffer;

use super::{AsyncTensor, Lazy, Tensor};

/// A tensor in some mode, or a tuple or vector of such: what operations, forks and programs give.
pub trait Outputs {
    /// The same when it is there. What is recorded stays so.
    type Ready;

    /// Adds the buffers, in order; a recorded value has none.
    #[doc(hidden)]
    fn buffers(&self, into: &mut Vec<Buffer>);

    /// The same, once all buffers are ready and none has failed.
    #[doc(hidden)]
    fn into_ready(self) -> Self::Ready;
}

impl Outputs for Tensor {
    type Ready = Tensor;
    fn buffers(&self, into: &mut Vec<Buffer>) {
        into.push(self.as_buffer().clone());
    }
    fn into_ready(self) -> Tensor {
        self
    }
}

impl Outputs for AsyncTensor {
    type Ready = Tensor;
    fn buffers(&self, into: &mut Vec<Buffer>) {
        into.push(self.as_buffer().clone());
    }
    fn into_ready(self) -> Tensor {
        Tensor::ready(self.as_buffer().clone())
    }
}

impl Outputs for Lazy {
    type Ready = Lazy;
    fn buffers(&self, _: &mut Vec<Buffer>) {}
    fn into_ready(self) -> Lazy {
        self
    }
}

/// A tensor in flight, or a tuple or vector of such.
pub trait AllInFlight: Outputs {
    /// The same structure of other buffers.
    #[doc(hidden)]
    fn with(&self, buffers: &mut dyn Iterator<Item = Buffer>) -> Self;
}

impl AllInFlight for AsyncTensor {
    fn with(&self, buffers: &mut dyn Iterator<Item = Buffer>) -> AsyncTensor {
        AsyncTensor::from_buffer(buffers.next().expect("there is a buffer for each tensor"))
    }
}

impl<T: AllInFlight> AllInFlight for Vec<T> {
    fn with(&self, buffers: &mut dyn Iterator<Item = Buffer>) -> Vec<T> {
        self.iter().map(|part| part.with(buffers)).collect()
    }
}

impl<T: Outputs> Outputs for Vec<T> {
    type Ready = Vec<T::Ready>;
    fn buffers(&self, into: &mut Vec<Buffer>) {
        self.iter().for_each(|part| part.buffers(into));
    }
    fn into_ready(self) -> Vec<T::Ready> {
        self.into_iter().map(T::into_ready).collect()
    }
}

macro_rules! tuples {
    ($(($($part:ident $index:tt),*))*) => {
        $(impl<$($part: Outputs),*> Outputs for ($($part,)*) {
            type Ready = ($($part::Ready,)*);
            fn buffers(&self, into: &mut Vec<Buffer>) {
                $(self.$index.buffers(into);)*
            }
            fn into_ready(self) -> Self::Ready {
                ($(self.$index.into_ready(),)*)
            }
        }

        impl<$($part: AllInFlight),*> AllInFlight for ($($part,)*) {
            fn with(&self, buffers: &mut dyn Iterator<Item = Buffer>) -> Self {
                ($(self.$index.with(buffers),)*)
            }
        })*
    };
}

tuples! {
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
}
