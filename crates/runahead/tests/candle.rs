//! Tensors from and for candle.

use runahead::{ElementType, Tensor, device, ops};

#[test]
fn candle_tensors_come_and_go() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let (device, host) = (device("cpu")?, candle_core::Device::Cpu);
    let x = candle_core::Tensor::arange(0f32, 24.0, &host)?.reshape((2, 3, 4))?;
    let views = [x.clone(), x.transpose(0, 2)?, x.narrow(1, 1, 2)?, x.broadcast_as((5, 2, 3, 4))?];
    for view in views {
        let here = Tensor::from_candle(&view, &device)?;
        assert_eq!(here.dims(), view.dims());
        assert_eq!(here.to_vec::<f32>()?, view.flatten_all()?.to_vec1::<f32>()?);
        let back = here.to_candle()?;
        assert_eq!((back.dims(), back.dtype()), (view.dims(), view.dtype()));
        assert_eq!(back.flatten_all()?.to_vec1::<f32>()?, view.flatten_all()?.to_vec1::<f32>()?);
    }
    use candle_core::DType::*;
    for dtype in [U8, U32, I16, I32, I64, BF16, F16, F32, F64] {
        let there = x.to_dtype(dtype)?;
        let back = Tensor::from_candle(&there, &device)?.to_candle()?;
        assert_eq!(back.dtype(), dtype);
        assert_eq!(
            back.flatten_all()?.to_dtype(F64)?.to_vec1::<f64>()?,
            x.flatten_all()?.to_dtype(F64)?.to_vec1::<f64>()?
        );
    }
    let wide = ops::ones([2], ElementType::C64, &device)?.to_candle().unwrap_err().to_string();
    assert_eq!(wide, "to_candle of tensor<2xcomplex<f32>>: candle has no complex<f32>; cast the tensor");
    Ok(())
}
