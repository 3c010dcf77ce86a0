//! Functions that programs call now and then, computed in `f64`, one element at a time.
//!
//! Narrower floats are widened, computed here and rounded once, so that their results are the nearest numbers but for
//! ties that `f64` cannot tell. What `f64` itself gives is within 3 units in the last place.

mod below_zero;
mod bessel;
mod double;
mod erf;
mod gamma;

pub(crate) use bessel::bessel_i1e;
pub(crate) use double::Double;
pub(crate) use erf::erf_inv;
pub(crate) use gamma::{digamma, lgamma, polygamma, zeta};
