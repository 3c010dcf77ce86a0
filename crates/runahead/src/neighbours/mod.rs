//! Tensors from other crates and for them, each behind a feature of its name.

#[cfg(feature = "candle")]
mod candle;
#[cfg(feature = "ndarray")]
mod ndarray;
