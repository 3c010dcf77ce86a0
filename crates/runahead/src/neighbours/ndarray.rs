//! Arrays of the `ndarray` crate.

use ndarray::{Array, ArrayD, ArrayRef, ArrayViewD, Dimension, IxDyn};
use runahead_ir::Native;
use runahead_runtime::Device;

use crate::tensor::TensorView;
use crate::{Result, Tensor, TensorError};

impl Tensor {
    /// The elements as an array.
    ///
    /// ```
    /// use runahead::Tensor;
    /// let x = Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0], [2, 2], &runahead::device("cpu")?)?;
    /// assert_eq!(x.to_ndarray::<f32>()?, ndarray::array![[1.0, 2.0], [3.0, 4.0]].into_dyn());
    /// # Ok::<(), runahead::TensorError>(())
    /// ```
    ///
    /// # Errors
    /// Where elements are of another type, or the tensor was donated.
    pub fn to_ndarray<T: Native>(&self) -> Result<ArrayD<T>> {
        Ok(self.view::<T>()?.array().to_owned())
    }

    /// Makes a tensor of an array, which it keeps: where that is row-major and without gaps, and aligned to 64 bytes,
    /// nothing is copied.
    ///
    /// ```
    /// use runahead::Tensor;
    /// let x = ndarray::array![[1f32, 2.0], [3.0, 4.0]];
    /// let x = Tensor::from_ndarray(x.reversed_axes(), &runahead::device("cpu")?)?;
    /// assert_eq!(x.to_vec::<f32>()?, [1.0, 3.0, 2.0, 4.0]);
    /// # Ok::<(), runahead::TensorError>(())
    /// ```
    ///
    /// # Errors
    /// Where the device's memory budget is spent.
    pub fn from_ndarray<T: Native, D: Dimension>(array: Array<T, D>, device: &Device) -> Result<Tensor> {
        if !array.is_standard_layout() {
            return Tensor::from_ndarray_ref(&array, device);
        }
        let dims = array.shape().to_vec();
        let count = array.len();
        let (elements, first) = array.into_raw_vec_and_offset();
        let first = first.unwrap_or(0);
        Tensor::from_owned(elements, first..first + count, &dims, device)
    }

    /// Copies an array or a view of one to a device.
    ///
    /// ```
    /// use runahead::Tensor;
    /// let x = ndarray::array![[1f32, 2.0], [3.0, 4.0]];
    /// let column = Tensor::from_ndarray_ref(&x.column(1), &runahead::device("cpu")?)?;
    /// assert_eq!(column.to_vec::<f32>()?, [2.0, 4.0]);
    /// # Ok::<(), runahead::TensorError>(())
    /// ```
    ///
    /// # Errors
    /// Where the device's memory budget is spent.
    pub fn from_ndarray_ref<T: Native, D: Dimension>(
        array: &ArrayRef<T, D>,
        device: &Device,
    ) -> Result<Tensor> {
        match array.as_slice() {
            Some(elements) => Tensor::from_slice(elements, array.shape(), device),
            None => Tensor::from_vec(array.iter().copied().collect(), array.shape(), device),
        }
    }
}

impl<T: Native> TensorView<T> {
    /// The elements as an array's view; nothing is copied.
    ///
    /// ```
    /// use runahead::Tensor;
    /// let x = Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0], [2, 2], &runahead::device("cpu")?)?;
    /// let view = x.view::<f32>()?;
    /// assert_eq!(view.array()[[1, 0]], 3.0);
    /// # Ok::<(), runahead::TensorError>(())
    /// ```
    pub fn array(&self) -> ArrayViewD<'_, T> {
        ArrayViewD::from_shape(IxDyn(self.dims()), self).expect("there are as many elements as the shape has")
    }
}

impl<T: Native> TryFrom<&Tensor> for ArrayD<T> {
    type Error = TensorError;

    fn try_from(tensor: &Tensor) -> Result<ArrayD<T>> {
        tensor.to_ndarray()
    }
}
