//! Functions of real numbers.

use half::{bf16, f16};

use super::number::{Field, Remainder};
use crate::element::Element;
use crate::math::{self, lanes};
use crate::simd::Machine;

/// The floats and their functions, with IEEE 754's results for zeros, infinities and NaN.
pub(crate) trait Real: Element {
    fn cube_root<M: Machine>(self) -> Self;
    fn ceiling(self) -> Self;
    fn cosine<M: Machine>(self) -> Self;
    /// The same without branches, of an angle that is not [large](Real::is_large_angle).
    #[inline(always)]
    fn cosine_of_small<M: Machine>(self) -> Self {
        self.cosine::<M>()
    }
    fn exponential<M: Machine>(self) -> Self;
    fn exponential_minus_one<M: Machine>(self) -> Self;
    fn floored(self) -> Self;
    fn finite(self) -> bool;
    fn logarithm<M: Machine>(self) -> Self;
    fn logarithm_plus_one<M: Machine>(self) -> Self;
    fn logistic<M: Machine>(self) -> Self;
    fn rounded_away(self) -> Self;
    fn rounded_even(self) -> Self;
    fn reciprocal_root(self) -> Self;
    fn sine<M: Machine>(self) -> Self;
    /// The same without branches, of an angle that is not [large](Real::is_large_angle).
    #[inline(always)]
    fn sine_of_small<M: Machine>(self) -> Self {
        self.sine::<M>()
    }
    fn root(self) -> Self;
    fn tangent<M: Machine>(self) -> Self;
    /// The same without branches, of an angle that is not [large](Real::is_large_angle).
    #[inline(always)]
    fn tangent_of_small<M: Machine>(self) -> Self {
        self.tangent::<M>()
    }
    fn hyperbolic_tangent<M: Machine>(self) -> Self;
    fn angle<M: Machine>(self, x: Self) -> Self;
    /// Whether `sine`, `cosine` and `tangent` take a branch that vector code should not have.
    fn is_large_angle(self) -> bool;
    /// The value with the exponent and mantissa cut to so many bits: `sizes` holds the mantissa's above the
    /// exponent's, 16 bits each.
    fn reduced(self, sizes: u32) -> Self;
}

impl Real for f32 {
    #[inline(always)]
    fn cube_root<M: Machine>(self) -> f32 {
        lanes::cube_root::<M>(self.into()) as f32
    }
    #[inline(always)]
    fn ceiling(self) -> f32 {
        self.ceil()
    }
    #[inline(always)]
    fn cosine<M: Machine>(self) -> f32 {
        if self.is_large_angle() { self.cos() } else { self.cosine_of_small::<M>() }
    }
    #[inline(always)]
    fn cosine_of_small<M: Machine>(self) -> f32 {
        lanes::cosine_of_single::<M>(self.into()) as f32
    }
    #[inline(always)]
    fn exponential<M: Machine>(self) -> f32 {
        math::exp::<M>(self)
    }
    #[inline(always)]
    fn exponential_minus_one<M: Machine>(self) -> f32 {
        math::exp_minus_one::<M>(self)
    }
    #[inline(always)]
    fn floored(self) -> f32 {
        self.floor()
    }
    #[inline(always)]
    fn finite(self) -> bool {
        self.abs() < f32::INFINITY
    }
    #[inline(always)]
    fn logarithm<M: Machine>(self) -> f32 {
        math::log::<M>(self)
    }
    #[inline(always)]
    fn logarithm_plus_one<M: Machine>(self) -> f32 {
        math::log_plus_one::<M>(self)
    }
    #[inline(always)]
    fn logistic<M: Machine>(self) -> f32 {
        math::logistic::<M>(self)
    }
    #[inline(always)]
    fn rounded_away(self) -> f32 {
        // The largest number below a half, so that nothing below a half rounds up.
        (self + 0.499_999_97_f32.copysign(self)).trunc()
    }
    #[inline(always)]
    fn rounded_even(self) -> f32 {
        self.round_ties_even()
    }
    #[inline(always)]
    fn reciprocal_root(self) -> f32 {
        1.0 / self.sqrt()
    }
    #[inline(always)]
    fn sine<M: Machine>(self) -> f32 {
        if self.is_large_angle() { self.sin() } else { self.sine_of_small::<M>() }
    }
    #[inline(always)]
    fn sine_of_small<M: Machine>(self) -> f32 {
        lanes::sine_of_single::<M>(self.into()) as f32
    }
    #[inline(always)]
    fn root(self) -> f32 {
        self.sqrt()
    }
    #[inline(always)]
    fn tangent<M: Machine>(self) -> f32 {
        if self.is_large_angle() { self.tan() } else { self.tangent_of_small::<M>() }
    }
    #[inline(always)]
    fn tangent_of_small<M: Machine>(self) -> f32 {
        lanes::tangent_of_single::<M>(self.into()) as f32
    }
    #[inline(always)]
    fn hyperbolic_tangent<M: Machine>(self) -> f32 {
        math::tanh::<M>(self)
    }
    #[inline(always)]
    fn angle<M: Machine>(self, x: f32) -> f32 {
        lanes::atan2::<M>(self.into(), x.into()) as f32
    }
    #[inline(always)]
    fn is_large_angle(self) -> bool {
        self.abs() >= lanes::BEYOND_SINGLE && self.abs() < f32::INFINITY
    }
    #[inline(always)]
    fn reduced(self, sizes: u32) -> f32 {
        let (exponent_bits, mantissa_bits) = (sizes & 0xffff, sizes >> 16);
        if self.is_nan() {
            return if mantissa_bits == 0 { f32::INFINITY.copysign(self) } else { self };
        }
        let mut bits = self.to_bits();
        if mantissa_bits < 23 {
            let dropped = 23 - mantissa_bits;
            let half = (1u32 << (dropped - 1)) - 1;
            bits = bits.wrapping_add(half + (bits >> dropped & 1)) & !((1u32 << dropped) - 1);
        }
        if exponent_bits < 8 {
            let bias = (1u32 << (exponent_bits - 1)) - 1;
            let exponent = bits >> 23 & 0xff;
            if exponent > 127 + bias {
                bits = bits & 0x8000_0000 | 0x7f80_0000;
            } else if exponent <= 127 - bias {
                bits &= 0x8000_0000;
            }
        }
        f32::from_bits(bits)
    }
}

impl Real for f64 {
    fn cube_root<M: Machine>(self) -> f64 {
        self.cbrt()
    }
    #[inline(always)]
    fn ceiling(self) -> f64 {
        self.ceil()
    }
    #[inline(always)]
    fn cosine<M: Machine>(self) -> f64 {
        if self.is_large_angle() { self.cos() } else { self.cosine_of_small::<M>() }
    }
    #[inline(always)]
    fn cosine_of_small<M: Machine>(self) -> f64 {
        lanes::cosine::<M>(self)
    }
    #[inline(always)]
    fn exponential<M: Machine>(self) -> f64 {
        lanes::exp::<M>(self)
    }
    #[inline(always)]
    fn exponential_minus_one<M: Machine>(self) -> f64 {
        lanes::exp_minus_one::<M>(self)
    }
    #[inline(always)]
    fn floored(self) -> f64 {
        self.floor()
    }
    #[inline(always)]
    fn finite(self) -> bool {
        self.abs() < f64::INFINITY
    }
    #[inline(always)]
    fn logarithm<M: Machine>(self) -> f64 {
        lanes::log::<M>(self)
    }
    #[inline(always)]
    fn logarithm_plus_one<M: Machine>(self) -> f64 {
        lanes::log_plus_one::<M>(self)
    }
    #[inline(always)]
    fn logistic<M: Machine>(self) -> f64 {
        lanes::logistic::<M>(self)
    }
    #[inline(always)]
    fn rounded_away(self) -> f64 {
        (self + 0.499_999_999_999_999_94_f64.copysign(self)).trunc()
    }
    #[inline(always)]
    fn rounded_even(self) -> f64 {
        self.round_ties_even()
    }
    #[inline(always)]
    fn reciprocal_root(self) -> f64 {
        1.0 / self.sqrt()
    }
    #[inline(always)]
    fn sine<M: Machine>(self) -> f64 {
        if self.is_large_angle() { self.sin() } else { self.sine_of_small::<M>() }
    }
    #[inline(always)]
    fn sine_of_small<M: Machine>(self) -> f64 {
        lanes::sine::<M>(self)
    }
    #[inline(always)]
    fn root(self) -> f64 {
        self.sqrt()
    }
    fn tangent<M: Machine>(self) -> f64 {
        self.tan()
    }
    fn hyperbolic_tangent<M: Machine>(self) -> f64 {
        self.tanh()
    }
    fn angle<M: Machine>(self, x: f64) -> f64 {
        self.atan2(x)
    }
    #[inline(always)]
    fn is_large_angle(self) -> bool {
        self.abs() >= lanes::BEYOND_DOUBLE && self.abs() < f64::INFINITY
    }
    fn reduced(self, sizes: u32) -> f64 {
        let (exponent_bits, mantissa_bits) = (sizes & 0xffff, sizes >> 16);
        if self.is_nan() {
            return if mantissa_bits == 0 { f64::INFINITY.copysign(self) } else { self };
        }
        let mut bits = self.to_bits();
        if mantissa_bits < 52 {
            let dropped = 52 - mantissa_bits;
            let half = (1u64 << (dropped - 1)) - 1;
            bits = bits.wrapping_add(half + (bits >> dropped & 1)) & !((1u64 << dropped) - 1);
        }
        if exponent_bits < 11 {
            let bias = (1u64 << (exponent_bits - 1)) - 1;
            let exponent = bits >> 52 & 0x7ff;
            if exponent > 1023 + bias {
                bits = bits & (1 << 63) | 0x7ff << 52;
            } else if exponent <= 1023 - bias {
                bits &= 1 << 63;
            }
        }
        f64::from_bits(bits)
    }
}

impl Remainder for f32 {
    fn remainder(self, other: f32) -> f32 {
        self % other
    }
    #[inline(always)]
    fn magnitude(self) -> f32 {
        self.abs()
    }
    #[inline(always)]
    fn power<M: Machine>(self, exponent: f32) -> f32 {
        let power = lanes::power::<M>(self.into(), exponent.into()) as f32;
        if exponent == 0.0 || self == 1.0 { 1.0 } else { power }
    }
}

impl Remainder for f64 {
    fn remainder(self, other: f64) -> f64 {
        self % other
    }
    #[inline(always)]
    fn magnitude(self) -> f64 {
        self.abs()
    }
    fn power<M: Machine>(self, exponent: f64) -> f64 {
        if exponent == 0.0 || self == 1.0 { 1.0 } else { self.powf(exponent) }
    }
}

/// The half-wide floats compute in `f32` and round once.
macro_rules! through_f32 {
    ($($t:ty: $($function:ident $([$machine:ident])?,)*;)*) => {$(
        impl Real for $t {
            $(fn $function $(<$machine: Machine>)? (self) -> $t {
                <$t>::from_f32(Real::$function $(::<$machine>)? (self.to_f32()))
            })*
            fn finite(self) -> bool {
                self.is_finite()
            }
            fn angle<M: Machine>(self, x: $t) -> $t {
                <$t>::from_f32(self.to_f32().angle::<M>(x.to_f32()))
            }
            fn is_large_angle(self) -> bool {
                false
            }
            fn reduced(self, sizes: u32) -> $t {
                <$t>::from_f32(self.to_f32().reduced(sizes))
            }
        }

        impl Remainder for $t {
            fn remainder(self, other: $t) -> $t {
                <$t>::from_f32(self.to_f32() % other.to_f32())
            }
            fn magnitude(self) -> $t {
                <$t>::from_bits(self.to_bits() & 0x7fff)
            }
            fn power<M: Machine>(self, exponent: $t) -> $t {
                <$t>::from_f32(self.to_f32().power::<M>(exponent.to_f32()))
            }
        }
    )*};
}

through_f32! {
    bf16: cube_root[M], ceiling, cosine[M], exponential[M], exponential_minus_one[M], floored, logarithm[M],
        logarithm_plus_one[M], logistic[M], rounded_away, rounded_even, reciprocal_root, sine[M], root, tangent[M],
        hyperbolic_tangent[M],;
    f16: cube_root[M], ceiling, cosine[M], exponential[M], exponential_minus_one[M], floored, logarithm[M],
        logarithm_plus_one[M], logistic[M], rounded_away, rounded_even, reciprocal_root, sine[M], root, tangent[M],
        hyperbolic_tangent[M],;
}

/// A value's square, for every type that multiplies.
#[inline(always)]
pub(super) fn square<T: Field>(x: T) -> T {
    x.times(x)
}
