//! The elements of a tensor, where they are, and tensors of memory that is there already.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, Range};

use runahead_ir::{Native, TensorType};
use runahead_runtime::{Device, HostView};

use super::error::{Result, TensorError};
use super::{AsyncTensor, Tensor};

/// The elements of a tensor, row-major, as a slice: where the device computes in the host's memory they are looked at where
/// they are, and the tensor is not given to who it is [donated](crate::donate) to while this lives.
pub struct TensorView<T> {
    ty: TensorType,
    elements: Elements<T>,
}

enum Elements<T> {
    There(HostView, PhantomData<T>),
    Copied(Vec<T>),
}

impl Tensor {
    /// Looks at the elements without copying them, where the device computes in the host's memory.
    ///
    /// ```
    /// use runahead::Tensor;
    /// let x = Tensor::from_slice(&[1f32, 2.0, 3.0], [3], &runahead::device("cpu")?)?;
    /// assert_eq!(x.view::<f32>()?.iter().sum::<f32>(), 6.0);
    /// # Ok::<(), runahead::TensorError>(())
    /// ```
    ///
    /// # Errors
    /// Where elements are of another type, or the tensor was donated.
    pub fn view<T: Native>(&self) -> Result<TensorView<T>> {
        if self.element() != T::TYPE || self.ty().quantization.is_some() {
            let message = format!("elements are {}; they cannot be had as {}", self.element(), T::TYPE);
            return Err(TensorError::invalid(message).within("view", || vec![self.ty().to_string()]));
        }
        let view = self.as_buffer().view()?;
        let elements = match view.bytes() {
            Some(_) => Elements::There(view, PhantomData),
            None => Elements::Copied(self.to_vec()?),
        };
        Ok(TensorView { ty: self.ty().clone(), elements })
    }

    /// Makes a tensor of elements, row-major, that it keeps: where the device computes in the host's memory and the
    /// elements are aligned to 64 bytes nothing is copied, else they are copied once.
    ///
    /// ```
    /// use runahead::Tensor;
    /// let x = Tensor::from_vec(vec![1i32, 2, 3, 4], [2, 2], &runahead::device("cpu")?)?;
    /// assert_eq!(x.to_vec::<i32>()?, [1, 2, 3, 4]);
    /// # Ok::<(), runahead::TensorError>(())
    /// ```
    ///
    /// # Errors
    /// Where there are not as many elements as the shape has, or the device's memory budget is spent.
    pub fn from_vec<T: Native>(
        elements: Vec<T>,
        dims: impl AsRef<[usize]>,
        device: &Device,
    ) -> Result<Tensor> {
        let all = 0..elements.len();
        Tensor::from_owned(elements, all, dims.as_ref(), device)
    }

    /// As [`from_vec`](Self::from_vec), of a part of the elements.
    pub(crate) fn from_owned<T: Native>(
        elements: Vec<T>,
        part: Range<usize>,
        dims: &[usize],
        device: &Device,
    ) -> Result<Tensor> {
        let ty = TensorType::new(T::TYPE, dims.iter().copied());
        let buffer = device.adopt(ty, Box::new(Owned { elements, part }))?;
        AsyncTensor::from_buffer(buffer).wait()
    }
}

impl<T> TensorView<T> {
    /// The sizes of the axes.
    pub fn dims(&self) -> &[usize] {
        &self.ty.dims
    }
}

impl<T: Native> Deref for TensorView<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.elements {
            // Aligned to what is more than any element's alignment, and as many bytes as the type has.
            Elements::There(view, _) => bytemuck::cast_slice(view.bytes().unwrap_or_default()),
            Elements::Copied(elements) => elements,
        }
    }
}

impl<T: Native + fmt::Debug> fmt::Debug for TensorView<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TensorView({}, {:?})", self.ty, &**self)
    }
}

/// Elements that a buffer keeps.
struct Owned<T> {
    elements: Vec<T>,
    part: Range<usize>,
}

impl<T: Native> AsRef<[u8]> for Owned<T> {
    fn as_ref(&self) -> &[u8] {
        bytemuck::cast_slice(&self.elements[self.part.clone()])
    }
}
