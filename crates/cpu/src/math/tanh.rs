//! The hyperbolic tangent.

use super::exp::{power_of_two, split};
use crate::simd::Machine;

/// `tanh x`: an odd polynomial near zero, `e / (e + 2)` with `e = exp(2x) - 1` elsewhere.
#[inline(always)]
pub(crate) fn tanh<M: Machine>(x: f32) -> f32 {
    let size = x.abs();
    // From here on the result is 1 in all bits.
    let doubled = 2.0 * if size > 9.1 { 9.1 } else { size };
    let (n, q) = split::<M>(doubled);
    let power = power_of_two(n);
    let e = M::mul_add32(power, q, power - 1.0);
    let far = e / (e + 2.0);

    let square = x * x;
    let p = 0.019_290_356;
    let p = M::mul_add32(p, square, -0.053_694_94);
    let p = M::mul_add32(p, square, 0.133_321_75);
    let p = M::mul_add32(p, square, -0.333_333_2);
    let near = M::mul_add32(p * square, size, size);
    (if size < 0.36 { near } else { far }).copysign(x)
}
