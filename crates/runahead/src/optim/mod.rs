//! Optimisers: what changes parameters so that a loss becomes less.
//!
//! An [`Optimizer`] applies a [`Rule`], [`Sgd`] or [`AdamW`] or one of your own, at a rate that follows a [`Schedule`]. A
//! step is recorded: the loss, its gradients, the new parameters and what the rule keeps are one program, which is
//! submitted as a whole, so that the host prepares the next batch while the device computes.
//!
//! ```
//! use runahead::nn::{Linear, Module, Phase, Store};
//! use runahead::optim::{AdamW, Optimizer, Schedule};
//! use runahead::{Operations, Tensor, ops};
//!
//! let device = runahead::device("cpu")?;
//! let model = Linear::new(1, 1, &Store::fresh(42, &device).source())?;
//! let rate = Schedule::Cosine { from: 0.1, to: 0.0, steps: 200 };
//! let mut optimizer = Optimizer::new(AdamW { decay: 0.0, ..AdamW::default() }, model.parameters(), rate)?;
//!
//! let x = Tensor::from_slice(&[0f32, 1.0, 2.0, 3.0], [4, 1], &device)?;
//! let y = ((&x * 2.0)? + 1.0)?;
//! for _ in 0..200 {
//!     let predicted = model.forward(x.lazy(), Phase::Training)?;
//!     let loss = ops::mse(predicted, &y)?;
//!     optimizer.step(&loss)?; // returns at once
//! }
//! let weight = model.weight().get().eval()?.to_scalar::<f32>()?;
//! assert!((weight - 2.0).abs() < 0.01, "{weight}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod adamw;
mod clip;
mod optimizer;
mod schedule;
mod sgd;

pub use adamw::AdamW;
pub use clip::{Clip, clip_by_norm, clip_by_value};
pub use optimizer::{Optimizer, Rule, Update};
pub use schedule::Schedule;
pub use sgd::Sgd;
