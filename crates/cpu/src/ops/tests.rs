//! How far functions are from the true values.

use half::{bf16, f16};
use num_complex::Complex;
use runahead_ir::{Binary, ElementType, OpKind, Unary, float};

use super::{Scalar, code_for};
use crate::element::Element;
use crate::math::special;

fn unary(op: Unary, ty: ElementType) -> impl Fn(Scalar) -> Scalar {
    let code = code_for(&OpKind::Unary(op), &[ty], ty).unwrap_or_else(|| panic!("{} on {ty}", op.name()));
    move |x| (code.scalar)(&x, &Scalar::default(), &Scalar::default())
}

fn apply<T: Element>(op: Unary, x: T) -> T {
    unary(op, T::TYPE)(Scalar::of(x)).get()
}

fn apply2<T: Element>(op: Binary, x: T, y: T) -> T {
    let code = code_for(&OpKind::Binary(op), &[T::TYPE; 2], T::TYPE).unwrap();
    (code.scalar)(&Scalar::of(x), &Scalar::of(y), &Scalar::default()).get()
}

/// A function, the same in double precision, and a bound.
type Reference = (Unary, fn(f64) -> f64, f64);

/// The functions of real numbers, evaluated in double precision, and how many units in the last place of `f32` ours may
/// be off.
fn references() -> Vec<Reference> {
    use Unary::*;
    fn logistic(x: f64) -> f64 {
        if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) }
    }
    vec![
        (Cbrt, f64::cbrt, 1.0),
        (Cosine, f64::cos, 1.0),
        (Exponential, f64::exp, 2.0),
        (ExponentialMinusOne, f64::exp_m1, 2.0),
        (Log, f64::ln, 2.0),
        (LogPlusOne, f64::ln_1p, 2.0),
        (Logistic, logistic, 2.0),
        (Rsqrt, |x| 1.0 / x.sqrt(), 2.0),
        (Sine, f64::sin, 1.0),
        (Sqrt, f64::sqrt, 0.5),
        (Tan, f64::tan, 1.0),
        (Tanh, f64::tanh, 2.0),
        (ChloAcos, f64::acos, 0.51),
        (ChloAcosh, libm::acosh, 0.51),
        (ChloAsin, f64::asin, 0.51),
        (ChloAsinh, libm::asinh, 0.51),
        (ChloAtan, f64::atan, 0.51),
        (ChloAtanh, libm::atanh, 0.51),
        // These follow CHLO's definition, not the function.
        (ChloCosh, f64::cosh, 2.51),
        (ChloSinh, f64::sinh, 8.51),
        (ChloErf, libm::erf, 0.51),
        (ChloErfc, libm::erfc, 0.51),
        (ChloErfInv, special::erf_inv, 0.51),
        (ChloLgamma, special::lgamma, 0.51),
        (ChloDigamma, special::digamma, 0.51),
        (ChloBesselI1e, special::bessel_i1e, 0.51),
    ]
}

/// How many units in the last place of a type a number is off.
fn ulps(ty: ElementType, found: u64, truth: f64) -> f64 {
    let nearest = float::encode(ty, truth);
    let (found, rounded) = (float::decode(ty, found), float::decode(ty, nearest));
    if found == rounded || found.is_nan() && rounded.is_nan() {
        // The nearest number is half a unit away at most.
        return 0.0;
    }
    if found.is_nan() || rounded.is_nan() || found.is_infinite() != rounded.is_infinite() {
        return f64::INFINITY;
    }
    let sign = 1u64 << (ty.bits() - 1);
    let next = float::decode(ty, (nearest & !sign) + 1);
    let unit = if next.is_finite() {
        next - rounded.abs()
    } else {
        rounded.abs() - float::decode(ty, (nearest & !sign) - 1)
    };
    (found - truth).abs() / unit
}

fn check(ty: ElementType, inputs: impl Iterator<Item = u64> + Clone, allowed: impl Fn(f64) -> f64) {
    let size = ty.size();
    for (op, truth, limit) in references() {
        let function = unary(op, ty);
        let (mut worst, mut at) = (0.0, 0.0);
        for bits in inputs.clone() {
            let x = float::decode(ty, bits);
            let found = function(Scalar::from_bytes(&bits.to_le_bytes()[..size]));
            let mut wide = [0; 8];
            wide[..size].copy_from_slice(found.bytes(size));
            let error = ulps(ty, u64::from_le_bytes(wide), truth(x));
            if error > worst {
                (worst, at) = (error, x);
            }
        }
        assert!(worst <= allowed(limit), "{} on {ty} is {worst} units off at {at:e}", op.name());
    }
}

#[test]
fn all_numbers_of_sixteen_bits_are_mapped_to_the_nearest_but_for_a_unit() {
    for ty in [ElementType::F16, ElementType::BF16] {
        check(ty, 0..1 << 16, |_| 1.0);
    }
}

#[test]
fn numbers_of_all_sizes_are_mapped_near() {
    // Every 20011th number: all signs, exponents and classes.
    check(ElementType::F32, (0..1u64 << 32).step_by(20_011), |limit| limit);
}

#[test]
fn doubles_are_as_good_as_their_library() {
    // Between the library's functions and ours there is nothing but a call, save for those tested with their own.
    check(ElementType::F64, (0..1u64 << 40).step_by(30_000_001).map(|i| i << 24), |_| 2.0);
}

#[test]
fn neighbours_are_next_to_each_other() {
    assert_eq!(apply2(Binary::ChloNextAfter, 1.0f32, 2.0), 1.0f32.next_up());
    assert_eq!(apply2(Binary::ChloNextAfter, 0.0f64, -1.0), -f64::from_bits(1));
    assert_eq!(apply2(Binary::ChloNextAfter, f16::ONE, f16::ZERO).to_bits(), f16::ONE.to_bits() - 1);
    assert!(apply2(Binary::ChloNextAfter, bf16::NAN, bf16::ONE).is_nan());
    assert_eq!(apply2(Binary::ChloNextAfter, f32::MAX, f32::INFINITY), f32::INFINITY);
}

fn plane() -> Vec<Complex<f64>> {
    let sizes = [1e-9, 1e-3, 0.3, 0.9, 1.0, 1.1, 2.5, 20.0];
    let mut all = Vec::new();
    for &a in &sizes {
        for &b in &sizes {
            all.extend([(a, b), (-a, b), (a, -b), (-a, -b)].map(|(re, im)| Complex::new(re, im)));
        }
    }
    all
}

#[test]
fn complex_functions_and_their_inverses_undo_each_other() {
    use Unary::*;
    for z in plane() {
        for (inverse, function) in [
            (Log, Exponential),
            (LogPlusOne, ExponentialMinusOne),
            (ChloAsin, Sine),
            (ChloAcos, Cosine),
            (ChloAtan, Tan),
            (ChloAsinh, ChloSinh),
            (ChloAcosh, ChloCosh),
            (ChloAtanh, Tanh),
        ] {
            let w = apply(inverse, z);
            let back = apply(function, w);
            // An error of the inverse in the last place counts as much as the function's slope makes of it.
            let slope = 1.0 + w.norm() * (1.0 + z.norm_sqr());
            let error = (back - z).norm() / f64::EPSILON;
            assert!(error <= 8.0 * slope, "{} of {z}: back to {back}, {error}", inverse.name());
        }
        let root = apply(Sqrt, z);
        assert!((root * root - z).norm() <= 4.0 * f64::EPSILON * z.norm(), "sqrt {z}");
        assert!((apply(Rsqrt, z) * root - 1.0).norm() <= 8.0 * f64::EPSILON, "rsqrt {z}");
        let cube = apply(Cbrt, z);
        assert!((cube * cube * cube - z).norm() <= 16.0 * f64::EPSILON * z.norm(), "cbrt {z}");
        let logistic = apply(Logistic, z);
        let expected = Complex::new(1.0, 0.0) / (Complex::new(1.0, 0.0) + (-z).exp());
        assert!((logistic - expected).norm() <= 32.0 * f64::EPSILON * expected.norm(), "logistic {z}");
    }
}

#[test]
fn parts_of_narrow_complex_numbers_are_rounded_once() {
    use Unary::*;
    for op in [Exponential, Log, LogPlusOne, Sine, Cosine, Tanh, Sqrt, ChloAsin, ChloAcosh, ChloAtanh] {
        for z in plane() {
            let narrow = Complex::new(z.re as f32, z.im as f32);
            let wide = apply(op, Complex::new(f64::from(narrow.re), f64::from(narrow.im)));
            let found = apply(op, narrow);
            assert_eq!(found, Complex::new(wide.re as f32, wide.im as f32), "{} of {narrow}", op.name());
        }
    }
}

#[test]
fn complex_functions_keep_what_a_plain_formula_loses() {
    use Unary::*;
    // Near one, the logarithm of the size is that of a small difference.
    let z = Complex::new(0.6f64, 0.8);
    let exact = 0.5 * ((0.6f64 * 0.6 - 0.36) + (0.8f64 * 0.8 - 0.64));
    assert!((apply(Log, z).re - exact).abs() < 1e-16);
    let tiny = apply(LogPlusOne, Complex::new(1e-20f64, 1e-30));
    assert_eq!((tiny.re, tiny.im), (1e-20, 1e-30));
    // Sizes beyond the range on the way do not matter.
    let large = apply(Sqrt, Complex::new(1e308f64, 1e308));
    assert!(large.re.is_finite() && large.re > 1e153);
    let product = apply(ChloSinh, Complex::new(710.0f64, 1e-300));
    assert!(product.re.is_finite() && product.im.is_finite());
    let saturated = apply(Tanh, Complex::new(800.0f64, 1.0));
    assert_eq!((saturated.re, saturated.im), (1.0, 0.0));
}

#[test]
fn complex_tangents_of_infinite_angles_are_as_in_c() {
    use Unary::*;
    let infinity = f64::INFINITY;
    for angle in [infinity, -infinity, f64::NAN] {
        for size in [0.5, 21.0, 23.0, 1e8, f64::MAX] {
            for size in [size, -size] {
                let (tanh, tan) =
                    (apply(Tanh, Complex::new(size, angle)), apply(Tan, Complex::new(angle, size)));
                assert!(
                    [tanh.re, tanh.im, tan.re, tan.im].iter().all(|part| part.is_nan()),
                    "{size} {angle}"
                );
            }
        }
        let (tanh, tan) =
            (apply(Tanh, Complex::new(-infinity, angle)), apply(Tan, Complex::new(angle, infinity)));
        assert_eq!((tanh.re, tanh.im.abs(), tan.re.abs(), tan.im), (-1.0, 0.0, 0.0, 1.0), "{angle}");
    }
}

#[test]
fn complex_numbers_are_ordered_by_parts() {
    let (a, b) = (Complex::new(1.0f32, 5.0), Complex::new(1.0f32, 7.0));
    assert_eq!(apply2(Binary::Maximum, a, b), b);
    assert_eq!(apply2(Binary::Minimum, b, a), a);
    assert!(apply2(Binary::Maximum, a, Complex::new(f32::NAN, 0.0)).is_nan());
}
