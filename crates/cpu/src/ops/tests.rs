//! How far functions are from the true values.

use half::{bf16, f16};
use num_complex::Complex;
use runahead_ir::{Binary, ComparisonDirection, ComparisonType, ElementType, OpKind, Unary, float};
use runahead_runtime::AlignedBytes;

use super::{Code, Scalar, code_for};
use crate::element::Element;
use crate::math::special;
use crate::tile::{Grid, Source, Target};

fn unary_code(op: Unary, ty: ElementType) -> Code {
    code_for(&OpKind::Unary(op), &[ty], ty).unwrap_or_else(|| panic!("{} on {ty}", op.name()))
}

fn unary(op: Unary, ty: ElementType) -> impl Fn(Scalar) -> Scalar {
    let code = unary_code(op, ty);
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
        (ChloAcosh, |x| if x < 1.0 { f64::NAN } else { libm::acosh(x) }, 0.51),
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
    let bytes: Vec<u8> = inputs.clone().flat_map(|bits| bits.to_le_bytes()[..size].to_vec()).collect();
    let operand = AlignedBytes::copy_of(&bytes).expect("memory");
    for (op, truth, limit) in references() {
        let code = unary_code(op, ty);
        let results = tile(&code, &[per_column(&operand)], operand.len() / size, size);
        let (mut worst, mut at, mut form) = (0.0, 0.0, "");
        for (bits, in_tile) in inputs.clone().zip(results.chunks_exact(size)) {
            let x = float::decode(ty, bits);
            let found = (code.scalar)(
                &Scalar::from_bytes(&bits.to_le_bytes()[..size]),
                &Scalar::default(),
                &Scalar::default(),
            );
            let truth = truth(x);
            for (found, kind) in [(found.bytes(size), "alone"), (in_tile, "in a tile")] {
                let mut wide = [0; 8];
                wide[..size].copy_from_slice(found);
                let error = ulps(ty, u64::from_le_bytes(wide), truth);
                if error > worst {
                    (worst, at, form) = (error, x, kind);
                }
            }
        }
        assert!(worst <= allowed(limit), "{} on {ty} is {worst} units off at {at:e} {form}", op.name());
    }
}

fn per_column(bytes: &[u8]) -> Source<'_> {
    Source { bytes, row_stride: 0, per_column: true }
}

/// The results of a loop over that many elements.
fn tile(code: &Code, operands: &[Source<'_>], count: usize, size: usize) -> AlignedBytes {
    let mut results = AlignedBytes::zeroed(count * size).expect("memory");
    let mut sources = [Source::NONE; 3];
    sources[..operands.len()].copy_from_slice(operands);
    (code.tile)(Grid { rows: 1, cols: count }, &sources, Target { bytes: &mut results, row_stride: count });
    results
}

/// Numbers of a type, special ones among them.
fn numbers(ty: ElementType) -> Vec<u64> {
    let mask = u64::MAX >> (64 - 8 * ty.size());
    let sign = 1u64 << (8 * ty.size() - 1);
    let mut all: Vec<u64> = vec![0, 1, 2, 7, sign, sign - 1, sign + 1, mask, mask - 1];
    if ty.is_float() {
        let special = [0.0, -0.0, 1.0, -1.5, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 3e4, 6e-8, -1e-40];
        all.extend(special.map(|x| float::encode(ty, x)));
    }
    let mut state = 88_172_645_463_325_252u64;
    all.extend((0..700).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 13) & mask
    }));
    all
}

#[test]
fn loops_compute_as_elements_alone() {
    use Binary::*;
    let types = {
        use ElementType::*;
        [I8, I16, I32, I64, U8, U16, U32, U64, BF16, F16, F32, F64]
    };
    let comparisons = [
        ComparisonDirection::Eq,
        ComparisonDirection::Ne,
        ComparisonDirection::Lt,
        ComparisonDirection::Le,
        ComparisonDirection::Gt,
        ComparisonDirection::Ge,
    ];
    for ty in types {
        let arithmetic =
            [Add, Subtract, Multiply, Divide, Remainder, Maximum, Minimum, And, Or, Xor, ShiftLeft]
                .into_iter()
                .chain([ShiftRightLogical, ShiftRightArithmetic])
                .map(|op| (OpKind::Binary(op), ty));
        let comparisons = comparisons.into_iter().flat_map(|direction| {
            [None, Some(ComparisonType::TotalOrder)]
                .map(|compare_type| (OpKind::Compare { direction, compare_type }, ElementType::Bool))
        });
        let numbers = numbers(ty);
        let size = ty.size();
        let bytes = |count: usize, step: usize| -> AlignedBytes {
            let all = (0..count).map(|i| numbers[i * step % numbers.len()]);
            let bytes: Vec<u8> = all.flat_map(|bits| bits.to_le_bytes()[..size].to_vec()).collect();
            AlignedBytes::copy_of(&bytes).expect("memory")
        };
        let count = 1500;
        let (a, b) = (bytes(count, 1), bytes(count, 17));
        for (kind, to) in arithmetic.chain(comparisons) {
            let Some(code) = code_for(&kind, &[ty; 2], to) else { continue };
            let element = |bytes: &[u8], i: usize| Scalar::from_bytes(&bytes[i * size..][..size]);
            for fixed in [None, Some(0), Some(1)] {
                let one_of = |bytes| Source { per_column: false, ..per_column(bytes) };
                for one in if fixed.is_some() { 0..20 } else { 0..1 } {
                    let source = |operand: usize, bytes| match fixed == Some(operand) {
                        true => one_of(&(bytes as &[u8])[one * size..]),
                        false => per_column(bytes),
                    };
                    let found = tile(&code, &[source(0, &a), source(1, &b)], count, to.size());
                    for i in 0..count {
                        let at = |operand: usize| if fixed == Some(operand) { one } else { i };
                        let (x, y) = (element(&a, at(0)), element(&b, at(1)));
                        let expected = (code.scalar)(&x, &y, &Scalar::default());
                        let found = Scalar::from_bytes(&found[i * to.size()..][..to.size()]);
                        let both_nan = to.is_float()
                            && [found, expected].iter().all(|s| {
                                let mut wide = [0; 8];
                                wide[..size].copy_from_slice(s.bytes(size));
                                float::decode(ty, u64::from_le_bytes(wide)).is_nan()
                            });
                        assert!(found == expected || both_nan, "{kind:?} on {ty} of {x:?}, {y:?}: {found:?}");
                    }
                }
            }
        }
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
