//! Operands that are given for keeps.

use super::operand::{Input, Operand};
use super::{AsyncTensor, Tensor};

/// A tensor that is given for keeps to what it is an operand of; [`donate`] makes it.
#[derive(Debug)]
#[must_use = "nothing is donated before it is an operand"]
pub struct Donation<T>(T);

/// Gives a tensor, as an operand, for keeps: its memory becomes that of a result, computed in place where that can be, or
/// is used for what is computed meanwhile.
///
/// What was submitted before and reads the tensor goes first. From then on it cannot be used by any handle on it, a clone
/// or a recorded value that depends on it: that is an error, which says what it was donated to. So is to donate a tensor
/// twice, or to give it to one call as another operand, too. Nothing is ever computed from memory that was given away.
///
/// Of recorded values a donation takes place when what they belong to is evaluated.
///
/// ```
/// use runahead::{Lazy, Tensor, donate, jit, ops};
/// let device = runahead::device("cpu")?;
/// let step = jit("step", |(x, dx): (Lazy, Lazy)| ops::add(x, ops::multiply(dx, 0.5)?));
/// let dx = Tensor::from_slice(&[2f32, 4.0], [2], &device)?;
/// let mut x = Tensor::from_slice(&[0f32, 0.0], [2], &device)?.to_async();
/// let before = x.clone();
/// for _ in 0..3 {
///     x = step.call((donate(x), &dx))?; // in place
/// }
/// assert_eq!(x.wait()?.to_vec::<f32>()?, [3.0, 6.0]);
/// let error = step.call((before, &dx)).unwrap_err();
/// assert!(error.to_string().contains("the tensor<2xf32> was donated to step"), "{error}");
/// # Ok::<(), runahead::TensorError>(())
/// ```
pub fn donate<T: Donor>(tensor: T) -> Donation<T> {
    Donation(tensor)
}

/// What can be donated: a [`Tensor`], or an [`AsyncTensor`].
pub trait Donor: Operand {
    #[doc(hidden)]
    fn buffer(&self) -> &runahead_runtime::Buffer;
}

impl Donor for Tensor {
    fn buffer(&self) -> &runahead_runtime::Buffer {
        self.as_buffer()
    }
}

impl Donor for AsyncTensor {
    fn buffer(&self) -> &runahead_runtime::Buffer {
        self.as_buffer()
    }
}

impl<T: Donor> Operand for Donation<T> {
    type Mode = T::Mode;

    fn input(&self) -> Input<'_> {
        Input::Donated(self.0.buffer())
    }
}
