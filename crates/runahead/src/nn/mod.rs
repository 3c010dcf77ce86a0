//! Layers and models: functions on tensors, with named parameters.
//!
//! A [`Module`] is applied to tensors in any mode, as operations are: given [`Tensor`]s, all that it computes is one
//! program that has run when the call returns; given one in flight it is submitted, given one recorded it is recorded.
//! Its [`Parameter`]s come from a [`Source`], a part of the names of a [`Store`]: that makes them, or reads them from
//! files, or was given them.
//!
//! ```
//! use runahead::nn::{Linear, Module, Sequential, Source, Store};
//! use runahead::{ElementType, Result, ops};
//!
//! fn model(source: &Source) -> Result<Sequential> {
//!     Ok(Sequential::new()
//!         .with(Linear::new(64, 32, &source.pp("hidden"))?)
//!         .with_fn(ops::relu)
//!         .with(Linear::new(32, 10, &source.pp("output"))?))
//! }
//!
//! let device = runahead::device("cpu")?;
//! let fresh = model(&Store::fresh(42, &device).source())?;
//! let x = ops::randn([8, 64], ElementType::F32, 1, &device)?;
//! let logits = fresh.call(&x)?;
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("model.safetensors");
//! fresh.save(&path)?;
//! let loaded = Store::open(&path, &device)?.build(model)?; // parameters are on their way
//! let later = loaded.call(x.to_async())?; // and this is submitted
//! assert_eq!(later.wait()?.to_vec::<f32>()?, logits.to_vec::<f32>()?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What a module computes in training may differ from what it computes in inference, so [`Module::forward`] is told the
//! [`Phase`]. What it keeps from training, running statistics and the states of generators, are parameters too, which are
//! saved and which optimisers leave as they are. To train, give the [`optim`](crate::optim)isers a loss that was recorded.
//!
//! A call records the module anew and finds the program that was compiled for such a recording. To serve a model that no
//! longer changes, spare it the recording by [`jit`](fn@crate::jit), which takes parameters as they are when it traces:
//! `jit("model", |x| model.forward(x, Phase::Inference))`.
//!
//! [`Tensor`]: crate::Tensor

mod attention;
mod containers;
mod convolution;
mod dropout;
mod embedding;
mod init;
mod linear;
mod lora;
mod mismatch;
mod module;
mod normalization;
mod parameter;
mod recurrent;
pub(crate) mod saving;
mod source;
mod store;
mod transformer;

pub use attention::{Across, AttentionOptions, Masked, MultiHeadAttention};
pub use containers::{Layer, ModuleList, Sequential};
pub use convolution::{Conv1d, Conv2d};
pub use dropout::Dropout;
pub use embedding::Embedding;
pub use init::Init;
pub use linear::Linear;
pub use lora::LoraLinear;
pub use mismatch::{IllShaped, Mismatch};
pub(crate) use module::pending;
pub use module::{Module, Phase};
pub use normalization::{BatchNorm, LayerNorm, RmsNorm};
pub use parameter::Parameter;
pub use recurrent::{Gru, Lstm, WithState};
pub use source::Source;
pub use store::Store;
pub use transformer::{BlockOptions, BlockStyle, TransformerBlock};
