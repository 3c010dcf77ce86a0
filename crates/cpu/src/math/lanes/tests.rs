use super::*;
use crate::simd::{Fused, Machine, Plain};

/// A number as functions of it are compared: a type and its unit in the last place.
trait Float: Copy + std::fmt::LowerExp {
    fn error(found: Self, truth: f64) -> f64;
}

macro_rules! floats {
    ($($t:ident),*) => {$(
        impl Float for $t {
            /// The distance from the true value in units in the last place of the nearest number.
            fn error(found: $t, truth: f64) -> f64 {
                let nearest = truth as $t;
                if found.to_bits() == nearest.to_bits() || found.is_nan() && nearest.is_nan() {
                    return 0.0;
                }
                if !nearest.is_finite() || !found.is_finite() || nearest == found {
                    return f64::INFINITY;
                }
                let size = nearest.abs().max($t::MIN_POSITIVE);
                (f64::from(found) - truth).abs() / f64::from(size.next_up() - size)
            }
        }
    )*};
}

floats!(f32, f64);

const SPECIAL: [f32; 25] = [
    0.0,
    -0.0,
    0.5,
    -0.5,
    0.999_999_94,
    -0.999_999_94,
    1.0,
    -1.0,
    1.000_000_1,
    1.5,
    2.0,
    -2.0,
    3.0,
    -3.0,
    1e30,
    -1e30,
    16_777_215.0,
    -16_777_215.0,
    16_777_216.0,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::NAN,
    f32::MAX,
    f32::MIN_POSITIVE,
    1e-45,
];

/// Every 5003rd float, all signs, exponents and classes, and special ones.
fn singles() -> impl Iterator<Item = f32> {
    (0..=u32::MAX).step_by(5003).map(f32::from_bits).chain(SPECIAL)
}

type Function = fn(f64) -> f64;

/// Checks a function of `f32`, below that size or infinite, as it is compiled with and without fused multiply-add.
#[track_caller]
fn check_single(name: &str, functions: [Function; 2], truth: Function, below: f32) {
    for (function, kind) in functions.into_iter().zip(["fused", "plain"]) {
        for x in singles().filter(|x| x.abs() < below || x.is_infinite()) {
            let error = f32::error(function(x.into()) as f32, truth(x.into()));
            assert!(error <= 0.51, "{name} ({kind}) is {error} units off at {x:e}");
        }
    }
}

macro_rules! check_singles {
    ($($name:ident: $truth:expr, below $below:expr;)*) => {
        $(check_single(stringify!($name), [$name::<Fused>, $name::<Plain>], $truth, $below);)*
    };
}

#[test]
fn functions_of_singles_are_the_nearest_numbers() {
    check_singles! {
        sine_of_single: f64::sin, below BEYOND_SINGLE;
        cosine_of_single: f64::cos, below BEYOND_SINGLE;
        tangent_of_single: f64::tan, below BEYOND_SINGLE;
        erf: libm::erf, below f32::INFINITY;
        erfc: libm::erfc, below f32::INFINITY;
        erf_inv: crate::math::special::erf_inv, below f32::INFINITY;
        asin: f64::asin, below f32::INFINITY;
        acos: f64::acos, below f32::INFINITY;
        atan: f64::atan, below f32::INFINITY;
        asinh: libm::asinh, below f32::INFINITY;
        acosh: |x| if x < 1.0 { f64::NAN } else { libm::acosh(x) }, below f32::INFINITY;
        atanh: libm::atanh, below f32::INFINITY;
        hyperbolic_sine: f64::sinh, below f32::INFINITY;
        hyperbolic_cosine: f64::cosh, below f32::INFINITY;
        cube_root: f64::cbrt, below f32::INFINITY;
    }
}

/// Pairs of special numbers, of any bits, and of moderate size, some of them whole.
fn pairs() -> Vec<(f32, f32)> {
    let mut pairs: Vec<(f32, f32)> = SPECIAL.into_iter().flat_map(|a| SPECIAL.map(|b| (a, b))).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 32) as u32
    };
    for i in 0..300_000 {
        pairs.push((f32::from_bits(random()), f32::from_bits(random())));
        let [a, b] = [random(), random()].map(|r| (r as f32 / 2f32.powi(32) - 0.5) * 50.0);
        pairs.push(if i % 2 == 0 { (a.abs(), b) } else { (a, b.round()) });
    }
    pairs
}

#[test]
fn functions_of_pairs_of_singles_are_the_nearest_numbers() {
    fn check<M: Machine>() {
        for (a, b) in pairs() {
            let (x, y) = (f64::from(a), f64::from(b));
            let error = f32::error(power::<M>(x, y) as f32, x.powf(y));
            assert!(error <= 0.51, "{a:e} to the power of {b:e} is {error} units off");
            let error = f32::error(atan2::<M>(x, y) as f32, x.atan2(y));
            assert!(error <= 0.51, "the angle of {b:e}, {a:e} is {error} units off");
        }
    }
    check::<Fused>();
    check::<Plain>();
}

/// Doubles of all signs, exponents and classes, and of moderate size.
fn doubles() -> impl Iterator<Item = f64> {
    let all = (0..1u64 << 32).step_by(20_011).map(|i| f64::from_bits(i << 32 | i.wrapping_mul(i) >> 3));
    let moderate = (0..200_000u64).map(|i| {
        let fraction = (i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 11) as f64 / 2f64.powi(53) - 0.5;
        fraction * [2.0, 10.0, 80.0, 1500.0, 3e6][i as usize % 5]
    });
    all.chain(moderate).chain(SPECIAL.map(f64::from)).chain([f64::from_bits(1), f64::MIN_POSITIVE, f64::MAX])
}

macro_rules! check_doubles {
    ($($name:ident: $truth:expr, below $below:expr;)*) => {$(
        for (function, kind) in [($name::<Fused> as Function, "fused"), ($name::<Plain>, "plain")] {
            for x in doubles().filter(|x| x.abs() < $below || x.is_infinite()) {
                let error = f64::error(function(x), $truth(x));
                assert!(error <= 2.0, "{} ({kind}) is {error} units off at {x:e}", stringify!($name));
            }
        }
    )*};
}

#[test]
fn functions_of_doubles_are_near_those_of_the_library() {
    fn logistic_truth(x: f64) -> f64 {
        let decayed = (-x.abs()).exp();
        (if x < 0.0 { decayed } else { 1.0 }) / (1.0 + decayed)
    }
    check_doubles! {
        exp: f64::exp, below f64::INFINITY;
        exp_minus_one: f64::exp_m1, below f64::INFINITY;
        log: f64::ln, below f64::INFINITY;
        log_plus_one: f64::ln_1p, below f64::INFINITY;
        logistic: logistic_truth, below f64::INFINITY;
        sine: f64::sin, below BEYOND_DOUBLE;
        cosine: f64::cos, below BEYOND_DOUBLE;
    }
}
