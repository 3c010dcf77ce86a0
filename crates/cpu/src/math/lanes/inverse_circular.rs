//! Angles of `f32`.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use super::polynomial;
use crate::simd::Machine;

/// `tan(π/8)`.
const TAN_EIGHTH: f64 = std::f64::consts::SQRT_2 - 1.0;

/// `(atan(t) - t) / t³` in `t²`, for `|t| ≤ tan(π/8)`.
const ATAN: [f64; 7] = [
    -0.333_333_333_314_394_96,
    0.199_999_989_166_905_62,
    -0.142_856_124_652_752_52,
    0.111_074_938_534_327_03,
    -0.090_289_675_621_104_18,
    0.071_352_346_474_640_41,
    -0.040_430_336_961_471_07,
];

/// The angle of the point `(x, y)`.
#[inline(always)]
pub(crate) fn atan2<M: Machine>(y: f64, x: f64) -> f64 {
    let (rise, run) = (y.abs(), x.abs());
    let steep = rise > run;
    let (near, far) = if steep { (run, rise) } else { (rise, run) };
    // Points at zero, and at infinity in both directions, lie on an axis and on a diagonal.
    let far = if far == 0.0 { 1.0 } else { far };
    let diagonal = near == f64::INFINITY;
    let (near, far) = if diagonal { (1.0, 1.0) } else { (near, far) };
    // From π/8 on, it is the angle to the diagonal that is small.
    let turned = near > TAN_EIGHTH * far;
    let (near, far) = if turned { (near - far, near + far) } else { (near, far) };
    let t = near / far;
    let square = t * t;
    let angle = M::mul_add64(t * square, polynomial::<M, 7>(square, ATAN), t);
    let angle = if turned { FRAC_PI_4 + angle } else { angle };
    let angle = if steep { FRAC_PI_2 - angle } else { angle };
    let angle = if x.is_sign_negative() { PI - angle } else { angle };
    let angle = if x.is_nan() || y.is_nan() { f64::NAN } else { angle };
    angle.copysign(y)
}

/// The inverse tangent.
#[inline(always)]
pub(crate) fn atan<M: Machine>(x: f64) -> f64 {
    atan2::<M>(x, 1.0)
}

/// The inverse sine: the angle of the point on the circle at that height.
#[inline(always)]
pub(crate) fn asin<M: Machine>(x: f64) -> f64 {
    atan2::<M>(x, ((1.0 - x) * (1.0 + x)).sqrt())
}

/// The inverse cosine.
#[inline(always)]
pub(crate) fn acos<M: Machine>(x: f64) -> f64 {
    atan2::<M>(((1.0 - x) * (1.0 + x)).sqrt(), x)
}
