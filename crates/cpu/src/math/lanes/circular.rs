//! Sine, cosine and tangent.
//!
//! An angle is a multiple of `π/2` and the rest, at most `π/4`. Where the multiple is too large for `π/2` in these parts the
//! result is not right: callers take such angles elsewhere.

use super::{ROUNDER, polynomial};
use crate::simd::Machine;

/// The size from which on the functions of an `f32` are not right.
pub(crate) const BEYOND_SINGLE: f32 = 4e8;
/// The size from which on the functions of an `f64` are not right.
pub(crate) const BEYOND_DOUBLE: f64 = 1.6e6;

/// `π/2`: its first 25 bits, and the rest (musl's `__rem_pio2f.c`).
const SHORT: f64 = 1.570_796_310_901_641_8;
const SHORT_REST: f64 = 1.589_325_477_352_819_6e-8;

/// `π/2`: three times 33 bits, and the rest (FreeBSD's `e_rem_pio2.c`).
const FIRST: f64 = 1.570_796_326_734_125_6;
const SECOND: f64 = 6.077_100_506_303_966e-11;
const THIRD: f64 = 2.022_266_248_711_166_5e-21;
const REST: f64 = 8.478_427_660_368_9e-32;

/// For angles that are `f32`: `(sin(r) - r) / r³` and `(cos(r) - 1) / r²` in `r²` (musl's `__sindf.c` and `__cosdf.c`).
const SINE_SHORT: [f64; 4] = [
    -0.166_666_666_416_265_24,
    0.008_333_329_385_889_463,
    -0.000_198_393_348_360_966_32,
    0.000_002_718_311_493_989_822,
];
const COSINE_SHORT: [f64; 4] = [
    -0.499_999_997_251_031,
    0.041_666_623_323_739_06,
    -0.001_388_676_377_460_993,
    0.000_024_390_448_796_277_41,
];
/// `(sin(r) - r + r³/6) / r⁵` and `(cos(r) - 1 + r²/2) / r⁴` in `r²` (FreeBSD's `k_sin.c` and `k_cos.c`).
const SINE: [f64; 5] = [
    8.333_333_333_322_49e-3,
    -1.984_126_982_985_795e-4,
    2.755_731_370_707_006_8e-6,
    -2.505_076_025_340_686_3e-8,
    1.589_690_995_211_55e-10,
];
const COSINE: [f64; 6] = [
    4.166_666_666_666_66e-2,
    -1.388_888_888_887_411e-3,
    2.480_158_728_947_673e-5,
    -2.755_731_435_139_066_3e-7,
    2.087_572_321_298_175e-9,
    -1.135_964_755_778_819_5e-11,
];
const SINE_CUBE: f64 = -1.666_666_666_666_663_2e-1;

/// The multiple of `π/2` in an angle, as a float and its low bits.
#[inline(always)]
fn quarters<M: Machine>(x: f64) -> (f64, u64) {
    let shifted = M::mul_add64(x, std::f64::consts::FRAC_2_PI, ROUNDER);
    (shifted - ROUNDER, shifted.to_bits())
}

/// An angle that is an `f32`: its quarter, and the rest.
#[inline(always)]
fn reduced_short<M: Machine>(x: f64) -> (u64, f64) {
    let (n, quarter) = quarters::<M>(x);
    (quarter, (x - n * SHORT) - n * SHORT_REST)
}

/// The sine of an angle that is so many quarters more.
#[inline(always)]
fn sine_short<M: Machine>(quarter: u64, r: f64) -> f64 {
    let square = r * r;
    let odd = quarter & 1 != 0;
    let mut p = 0.0;
    let mut i = 4;
    while i > 0 {
        i -= 1;
        p = M::mul_add64(p, square, if odd { COSINE_SHORT[i] } else { SINE_SHORT[i] });
    }
    let base = if odd { 1.0 } else { r };
    negated_if(quarter & 2, M::mul_add64(base * square, p, base))
}

/// The negative where the second bit is set.
#[inline(always)]
fn negated_if(second_bit: u64, x: f64) -> f64 {
    f64::from_bits(x.to_bits() ^ second_bit << 62)
}

/// The sine of an `f32` below [`BEYOND_SINGLE`].
#[inline(always)]
pub(crate) fn sine_of_single<M: Machine>(x: f64) -> f64 {
    let (quarter, r) = reduced_short::<M>(x);
    let sine = sine_short::<M>(quarter, r);
    if x == 0.0 { x } else { sine }
}

/// The cosine of an `f32` below [`BEYOND_SINGLE`].
#[inline(always)]
pub(crate) fn cosine_of_single<M: Machine>(x: f64) -> f64 {
    let (quarter, r) = reduced_short::<M>(x);
    sine_short::<M>(quarter.wrapping_add(1), r)
}

/// The tangent of an `f32` below [`BEYOND_SINGLE`].
#[inline(always)]
pub(crate) fn tangent_of_single<M: Machine>(x: f64) -> f64 {
    let (quarter, r) = reduced_short::<M>(x);
    let square = r * r;
    let sine = M::mul_add64(r * square, polynomial::<M, 4>(square, SINE_SHORT), r);
    let cosine = M::mul_add64(square, polynomial::<M, 4>(square, COSINE_SHORT), 1.0);
    let (over, under) = if quarter & 1 != 0 { (-cosine, sine) } else { (sine, cosine) };
    let tangent = over / under;
    if x == 0.0 { x } else { tangent }
}

/// An angle's quarter and the rest, as a sum of two.
#[inline(always)]
fn reduced<M: Machine>(x: f64) -> (u64, f64, f64) {
    let (n, quarter) = quarters::<M>(x);
    // The products are exact, as is the first difference; what the second loses is kept.
    let first = x - n * FIRST;
    let second = n * SECOND;
    let high = first - second;
    let of_second = first - high;
    let lost = (first - (high + of_second)) + (of_second - second);
    let low = lost - n * THIRD - n * REST;
    let r = high + low;
    (quarter, r, (high - r) + low)
}

/// The sine of an angle that is so many quarters more, as in FreeBSD's `k_sin.c` and `k_cos.c`.
#[inline(always)]
fn sine_of_sum<M: Machine>(quarter: u64, r: f64, rest: f64) -> f64 {
    let z = r * r;
    let cube = z * r;
    let p = polynomial::<M, 5>(z, SINE);
    let sine = r - ((z * (0.5 * rest - cube * p) - rest) - cube * SINE_CUBE);
    let q = z * polynomial::<M, 6>(z, COSINE);
    let half = 0.5 * z;
    let near = 1.0 - half;
    let cosine = near + (((1.0 - near) - half) + (z * q - r * rest));
    negated_if(quarter & 2, if quarter & 1 != 0 { cosine } else { sine })
}

/// The sine, for `f64` below [`BEYOND_DOUBLE`].
#[inline(always)]
pub(crate) fn sine<M: Machine>(x: f64) -> f64 {
    let (quarter, r, rest) = reduced::<M>(x);
    let sine = sine_of_sum::<M>(quarter, r, rest);
    if x == 0.0 { x } else { sine }
}

/// The cosine, for `f64` below [`BEYOND_DOUBLE`].
#[inline(always)]
pub(crate) fn cosine<M: Machine>(x: f64) -> f64 {
    let (quarter, r, rest) = reduced::<M>(x);
    sine_of_sum::<M>(quarter.wrapping_add(1), r, rest)
}
