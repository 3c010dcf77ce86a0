//! Tensors of the `candle` crates.

use candle_core::{CpuStorage, DType, Storage, Tensor as CandleTensor, WithDType};
use half::{bf16, f16};
use runahead_ir::{ElementType, Native};
use runahead_runtime::Device;

use crate::{Result, Tensor, TensorError};

impl Tensor {
    /// Copies the tensor to a candle tensor on the CPU.
    ///
    /// ```
    /// use runahead::Tensor;
    /// let x = Tensor::from_slice(&[1f32, 2.0], [2], &runahead::device("cpu")?)?;
    /// assert_eq!(x.to_candle()?.to_vec1::<f32>()?, [1.0, 2.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where candle has no such element type, or the tensor was donated.
    pub fn to_candle(&self) -> Result<CandleTensor> {
        match self.element() {
            ElementType::U8 => self.candle::<u8>(),
            ElementType::U32 => self.candle::<u32>(),
            ElementType::I16 => self.candle::<i16>(),
            ElementType::I32 => self.candle::<i32>(),
            ElementType::I64 => self.candle::<i64>(),
            ElementType::BF16 => self.candle::<bf16>(),
            ElementType::F16 => self.candle::<f16>(),
            ElementType::F32 => self.candle::<f32>(),
            ElementType::F64 => self.candle::<f64>(),
            other => Err(invalid(format!("candle has no {other}; cast the tensor"), self)),
        }
    }

    fn candle<T: Native + WithDType>(&self) -> Result<CandleTensor> {
        let view = self.view::<T>()?;
        CandleTensor::from_slice(&view, self.dims(), &candle_core::Device::Cpu)
            .map_err(|error| invalid(error.to_string(), self))
    }

    /// Copies a candle tensor to a device: once, where it is on the CPU and row-major without gaps.
    ///
    /// ```
    /// use runahead::Tensor;
    /// let x = candle_core::Tensor::new(&[[1f32, 2.0], [3.0, 4.0]], &candle_core::Device::Cpu)?;
    /// let x = Tensor::from_candle(&x.t()?, &runahead::device("cpu")?)?;
    /// assert_eq!(x.to_vec::<f32>()?, [1.0, 3.0, 2.0, 4.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where there is no such element type, candle cannot give the elements, or the device's memory budget is spent.
    pub fn from_candle(tensor: &CandleTensor, device: &Device) -> Result<Tensor> {
        let failed = |error: candle_core::Error| {
            let described = || vec![format!("{:?} {:?}", tensor.dtype(), tensor.dims())];
            TensorError::invalid(error.to_string()).within("from_candle", described)
        };
        let on_host = tensor.to_device(&candle_core::Device::Cpu).map_err(failed)?;
        let dense = on_host.contiguous().map_err(failed)?;
        let (storage, layout) = dense.storage_and_layout();
        let Storage::Cpu(storage) = &*storage else {
            unreachable!("it was brought to the CPU");
        };
        let start = layout.start_offset();
        let part = start..start + layout.shape().elem_count();
        let dims = tensor.dims();
        match storage {
            CpuStorage::U8(elements) => Tensor::from_slice(&elements[part], dims, device),
            CpuStorage::U32(elements) => Tensor::from_slice(&elements[part], dims, device),
            CpuStorage::I16(elements) => Tensor::from_slice(&elements[part], dims, device),
            CpuStorage::I32(elements) => Tensor::from_slice(&elements[part], dims, device),
            CpuStorage::I64(elements) => Tensor::from_slice(&elements[part], dims, device),
            CpuStorage::BF16(elements) => Tensor::from_slice(&elements[part], dims, device),
            CpuStorage::F16(elements) => Tensor::from_slice(&elements[part], dims, device),
            CpuStorage::F32(elements) => Tensor::from_slice(&elements[part], dims, device),
            CpuStorage::F64(elements) => Tensor::from_slice(&elements[part], dims, device),
            _ => Err(no_such(tensor.dtype())),
        }
    }
}

fn no_such(dtype: DType) -> TensorError {
    TensorError::invalid(format!("there are no tensors of {dtype:?} here; convert it first"))
        .within("from_candle", Vec::new)
}

fn invalid(message: String, tensor: &Tensor) -> TensorError {
    TensorError::invalid(message).within("to_candle", || vec![tensor.ty().to_string()])
}
