//! Arithmetic, order and bits, as StableHLO (and XLA, where StableHLO leaves it open) defines them for each type.

use half::{bf16, f16};
use num_complex::Complex;

use crate::element::{Bool, Element};
use crate::simd::Machine;

/// Types that add and multiply. Integers wrap; booleans add by `or` and multiply by `and`.
pub(crate) trait Ring: Element {
    const ZERO: Self;
    const ONE: Self;
    fn plus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
}

/// Types that subtract and divide. An integer divided by zero gives -1 (all bits set), and the smallest integer
/// divided by -1 itself.
pub(crate) trait Field: Ring {
    fn minus(self, other: Self) -> Self;
    fn over(self, other: Self) -> Self;
    fn negated(self) -> Self;
    fn signum_or_zero(self) -> Self;
}

/// Types with an order. `larger` and `smaller` give NaN where an operand is one, and take -0 to be less than +0.
pub(crate) trait Ordered: Element {
    const LOWEST: Self;
    const HIGHEST: Self;
    fn larger(self, other: Self) -> Self;
    fn smaller(self, other: Self) -> Self;
    fn less(self, other: Self) -> bool;
    fn less_or_equal(self, other: Self) -> bool;
}

/// Types with a remainder, which has the sign of the dividend; an integer's remainder by zero is the dividend.
pub(crate) trait Remainder: Element {
    fn remainder(self, other: Self) -> Self;
    fn magnitude(self) -> Self;
    fn power<M: Machine>(self, exponent: Self) -> Self;
}

/// Types made of bits.
pub(crate) trait Bits: Element {
    const ALL_SET: Self;
    const NONE_SET: Self;
    fn and(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
    fn xor(self, other: Self) -> Self;
    fn inverted(self) -> Self;
}

/// Integers, whose bits shift. Shifting by the width or more (or by less than zero) leaves zero, or the sign
/// everywhere for an arithmetic shift to the right.
pub(crate) trait Shift: Bits {
    fn shifted_left(self, by: Self) -> Self;
    fn shifted_right(self, by: Self) -> Self;
    fn shifted_right_signed(self, by: Self) -> Self;
    fn ones(self) -> Self;
    fn leading_zeros(self) -> Self;
}

/// Floats under IEEE 754's total order: -NaN < -inf < … < -0 < +0 < … < inf < NaN.
pub(crate) trait TotalOrder: Element {
    type Key: Ord + Copy;
    fn key(self) -> Self::Key;
}

impl Ring for Bool {
    const ZERO: Bool = Bool(0);
    const ONE: Bool = Bool(1);
    #[inline(always)]
    fn plus(self, other: Bool) -> Bool {
        self.or(other)
    }
    #[inline(always)]
    fn times(self, other: Bool) -> Bool {
        self.and(other)
    }
}

impl Ordered for Bool {
    const LOWEST: Bool = Bool(0);
    const HIGHEST: Bool = Bool(1);
    #[inline(always)]
    fn larger(self, other: Bool) -> Bool {
        self.or(other)
    }
    #[inline(always)]
    fn smaller(self, other: Bool) -> Bool {
        self.and(other)
    }
    #[inline(always)]
    fn less(self, other: Bool) -> bool {
        self < other
    }
    #[inline(always)]
    fn less_or_equal(self, other: Bool) -> bool {
        self <= other
    }
}

impl Bits for Bool {
    const ALL_SET: Bool = Bool(1);
    const NONE_SET: Bool = Bool(0);
    #[inline(always)]
    fn and(self, other: Bool) -> Bool {
        Bool(self.0 & other.0)
    }
    #[inline(always)]
    fn or(self, other: Bool) -> Bool {
        Bool(self.0 | other.0)
    }
    #[inline(always)]
    fn xor(self, other: Bool) -> Bool {
        Bool(self.0 ^ other.0)
    }
    #[inline(always)]
    fn inverted(self) -> Bool {
        Bool(self.0 ^ 1)
    }
}

/// Added to a number below 2⁵¹, leaves it in the low bits of the sum.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

macro_rules! integers {
    // As doubles, which vectors divide. The quotient of two integers of 32 bits is not nearer to the next whole number than
    // doubles are to each other, so that its whole part is right.
    (@quotient narrow, $a:expr, $b:expr, $t:ty) => {{
        let quotient = (f64::from($a) / f64::from($b)).trunc();
        if $b == 0 { !0 } else { (quotient + ROUNDER).to_bits() as $t }
    }};
    (@quotient wide, $a:expr, $b:expr, $t:ty) => {
        if $b == 0 { !0 } else { $a.wrapping_div($b) }
    };
    (@remainder narrow, $a:expr, $b:expr) => {
        if $b == 0 { $a } else { $a.wrapping_sub($a.over($b).wrapping_mul($b)) }
    };
    (@remainder wide, $a:expr, $b:expr) => {
        if $b == 0 { $a } else { $a.wrapping_rem($b) }
    };
    ($($t:ty, unsigned $u:ty, signed $s:ty, $width:ident;)*) => {$(
        impl Ring for $t {
            const ZERO: $t = 0;
            const ONE: $t = 1;
            #[inline(always)]
            fn plus(self, other: $t) -> $t {
                self.wrapping_add(other)
            }
            #[inline(always)]
            fn times(self, other: $t) -> $t {
                self.wrapping_mul(other)
            }
        }

        impl Field for $t {
            #[inline(always)]
            fn minus(self, other: $t) -> $t {
                self.wrapping_sub(other)
            }
            #[inline(always)]
            fn over(self, other: $t) -> $t {
                integers!(@quotient $width, self, other, $t)
            }
            #[inline(always)]
            fn negated(self) -> $t {
                self.wrapping_neg()
            }
            #[inline(always)]
            fn signum_or_zero(self) -> $t {
                (<$t>::from(self > 0)).wrapping_sub(<$t>::from(self < <$t>::ZERO))
            }
        }

        impl Ordered for $t {
            const LOWEST: $t = <$t>::MIN;
            const HIGHEST: $t = <$t>::MAX;
            #[inline(always)]
            fn larger(self, other: $t) -> $t {
                if self > other { self } else { other }
            }
            #[inline(always)]
            fn smaller(self, other: $t) -> $t {
                if self < other { self } else { other }
            }
            #[inline(always)]
            fn less(self, other: $t) -> bool {
                self < other
            }
            #[inline(always)]
            fn less_or_equal(self, other: $t) -> bool {
                self <= other
            }
        }

        impl Remainder for $t {
            #[inline(always)]
            fn remainder(self, other: $t) -> $t {
                integers!(@remainder $width, self, other)
            }
            #[inline(always)]
            #[allow(unused_comparisons)]
            fn magnitude(self) -> $t {
                if self < 0 { self.wrapping_neg() } else { self }
            }
            #[allow(unused_comparisons)]
            fn power<M: Machine>(self, exponent: $t) -> $t {
                if exponent < 0 {
                    return match self as i128 {
                        1 => 1,
                        -1 => if exponent & 1 == 0 { 1 } else { self },
                        _ => 0,
                    };
                }
                let (mut result, mut base, mut left) = (1 as $t, self, exponent);
                while left > 0 {
                    if left & 1 == 1 {
                        result = result.wrapping_mul(base);
                    }
                    base = base.wrapping_mul(base);
                    left >>= 1;
                }
                result
            }
        }

        impl Bits for $t {
            const ALL_SET: $t = !0;
            const NONE_SET: $t = 0;
            #[inline(always)]
            fn and(self, other: $t) -> $t {
                self & other
            }
            #[inline(always)]
            fn or(self, other: $t) -> $t {
                self | other
            }
            #[inline(always)]
            fn xor(self, other: $t) -> $t {
                self ^ other
            }
            #[inline(always)]
            fn inverted(self) -> $t {
                !self
            }
        }

        impl Shift for $t {
            #[inline(always)]
            fn shifted_left(self, by: $t) -> $t {
                let shifted = self.wrapping_shl(by as u32);
                if (by as $u) < <$t>::BITS as $u { shifted } else { 0 }
            }
            #[inline(always)]
            fn shifted_right(self, by: $t) -> $t {
                let shifted = (self as $u).wrapping_shr(by as u32) as $t;
                if (by as $u) < <$t>::BITS as $u { shifted } else { 0 }
            }
            #[inline(always)]
            fn shifted_right_signed(self, by: $t) -> $t {
                let last = (<$t>::BITS - 1) as $u;
                let by = if (by as $u) < last { by as $u } else { last };
                ((self as $s).wrapping_shr(by as u32)) as $t
            }
            #[inline(always)]
            fn ones(self) -> $t {
                self.count_ones() as $t
            }
            #[inline(always)]
            fn leading_zeros(self) -> $t {
                <$t>::leading_zeros(self) as $t
            }
        }
    )*};
}

integers! {
    i8, unsigned u8, signed i8, narrow;
    i16, unsigned u16, signed i16, narrow;
    i32, unsigned u32, signed i32, narrow;
    i64, unsigned u64, signed i64, wide;
    u8, unsigned u8, signed i8, narrow;
    u16, unsigned u16, signed i16, narrow;
    u32, unsigned u32, signed i32, narrow;
    u64, unsigned u64, signed i64, wide;
}

macro_rules! floats {
    ($($t:ty, key $key:ty;)*) => {$(
        impl Ring for $t {
            const ZERO: $t = 0.0;
            const ONE: $t = 1.0;
            #[inline(always)]
            fn plus(self, other: $t) -> $t {
                self + other
            }
            #[inline(always)]
            fn times(self, other: $t) -> $t {
                self * other
            }
        }

        impl Field for $t {
            #[inline(always)]
            fn minus(self, other: $t) -> $t {
                self - other
            }
            #[inline(always)]
            fn over(self, other: $t) -> $t {
                self / other
            }
            #[inline(always)]
            fn negated(self) -> $t {
                -self
            }
            #[inline(always)]
            fn signum_or_zero(self) -> $t {
                // NaN and both zeros are their own sign.
                let sign = (1.0 as $t).copysign(self);
                if self == 0.0 || self.is_nan() { self } else { sign }
            }
        }

        impl Ordered for $t {
            const LOWEST: $t = <$t>::NEG_INFINITY;
            const HIGHEST: $t = <$t>::INFINITY;
            #[inline(always)]
            fn larger(self, other: $t) -> $t {
                let larger = if self > other { self } else { other };
                // Equal operands may be zeros of different sign; unordered ones give NaN.
                let zero = <$t>::from_bits(self.to_bits() & other.to_bits());
                let larger = if self == other { zero } else { larger };
                if self.is_nan() { self } else { larger }
            }
            #[inline(always)]
            fn smaller(self, other: $t) -> $t {
                let smaller = if self < other { self } else { other };
                let zero = <$t>::from_bits(self.to_bits() | other.to_bits());
                let smaller = if self == other { zero } else { smaller };
                if self.is_nan() { self } else { smaller }
            }
            #[inline(always)]
            fn less(self, other: $t) -> bool {
                self < other
            }
            #[inline(always)]
            fn less_or_equal(self, other: $t) -> bool {
                self <= other
            }
        }

        impl TotalOrder for $t {
            type Key = $key;
            #[inline(always)]
            fn key(self) -> $key {
                let bits = self.to_bits() as $key;
                bits ^ (bits >> (<$key>::BITS - 1)) & <$key>::MAX
            }
        }
    )*};
}

floats! {
    f32, key i32;
    f64, key i64;
}

/// The half-wide floats compute in `f32` and round once for each operation.
macro_rules! narrow_floats {
    ($($t:ty;)*) => {$(
        impl Ring for $t {
            const ZERO: $t = <$t>::ZERO;
            const ONE: $t = <$t>::ONE;
            #[inline(always)]
            fn plus(self, other: $t) -> $t {
                <$t>::from_f32(self.to_f32() + other.to_f32())
            }
            #[inline(always)]
            fn times(self, other: $t) -> $t {
                <$t>::from_f32(self.to_f32() * other.to_f32())
            }
        }

        impl Field for $t {
            #[inline(always)]
            fn minus(self, other: $t) -> $t {
                <$t>::from_f32(self.to_f32() - other.to_f32())
            }
            #[inline(always)]
            fn over(self, other: $t) -> $t {
                <$t>::from_f32(self.to_f32() / other.to_f32())
            }
            #[inline(always)]
            fn negated(self) -> $t {
                <$t>::from_bits(self.to_bits() ^ 0x8000)
            }
            #[inline(always)]
            fn signum_or_zero(self) -> $t {
                <$t>::from_f32(self.to_f32().signum_or_zero())
            }
        }

        impl Ordered for $t {
            const LOWEST: $t = <$t>::NEG_INFINITY;
            const HIGHEST: $t = <$t>::INFINITY;
            #[inline(always)]
            fn larger(self, other: $t) -> $t {
                <$t>::from_f32(self.to_f32().larger(other.to_f32()))
            }
            #[inline(always)]
            fn smaller(self, other: $t) -> $t {
                <$t>::from_f32(self.to_f32().smaller(other.to_f32()))
            }
            #[inline(always)]
            fn less(self, other: $t) -> bool {
                self.to_f32() < other.to_f32()
            }
            #[inline(always)]
            fn less_or_equal(self, other: $t) -> bool {
                self.to_f32() <= other.to_f32()
            }
        }

        impl TotalOrder for $t {
            type Key = i16;
            #[inline(always)]
            fn key(self) -> i16 {
                let bits = self.to_bits() as i16;
                bits ^ (bits >> 15) & i16::MAX
            }
        }
    )*};
}

narrow_floats! {
    bf16;
    f16;
}

macro_rules! complexes {
    ($($part:ty;)*) => {$(
        impl Ring for Complex<$part> {
            const ZERO: Self = Complex::new(0.0, 0.0);
            const ONE: Self = Complex::new(1.0, 0.0);
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self + other
            }
            #[inline(always)]
            fn times(self, other: Self) -> Self {
                self * other
            }
        }

        impl Field for Complex<$part> {
            #[inline(always)]
            fn minus(self, other: Self) -> Self {
                self - other
            }
            #[inline(always)]
            fn over(self, other: Self) -> Self {
                super::complex::quotient(self, other)
            }
            #[inline(always)]
            fn negated(self) -> Self {
                -self
            }
            #[inline(always)]
            fn signum_or_zero(self) -> Self {
                super::complex::direction(self)
            }
        }
    )*};
}

/// Complex numbers are ordered by their real parts, and where those are equal by their imaginary ones.
macro_rules! ordered_complexes {
    ($($part:ty;)*) => {$(
        impl Ordered for Complex<$part> {
            const LOWEST: Self = Complex::new(<$part>::NEG_INFINITY, <$part>::NEG_INFINITY);
            const HIGHEST: Self = Complex::new(<$part>::INFINITY, <$part>::INFINITY);
            fn larger(self, other: Self) -> Self {
                if self.is_nan() || !other.is_nan() && other.less_or_equal(self) { self } else { other }
            }
            fn smaller(self, other: Self) -> Self {
                if self.is_nan() || !other.is_nan() && self.less_or_equal(other) { self } else { other }
            }
            fn less(self, other: Self) -> bool {
                self.re < other.re || self.re == other.re && self.im < other.im
            }
            fn less_or_equal(self, other: Self) -> bool {
                self.re < other.re || self.re == other.re && self.im <= other.im
            }
        }
    )*};
}

ordered_complexes! {
    f32;
    f64;
}

complexes! {
    f32;
    f64;
}
