//! The error function of an `f32`, its complement and its inverse.

use super::exponential::exp_of_moderate;
use super::logarithm::log_of_regular;
use super::{clamped, polynomial};
use crate::simd::Machine;

/// Where the error function is 1 in `f32`.
const ERF_IS_ONE: f64 = 3.95;

/// `erf(x) / x` in `2 x² / 3.95² - 1`, for `|x| ≤ 3.95`.
const ERF: [f64; 20] = [
    0.358_000_769_576_987_3,
    -0.178_769_505_363_921,
    0.133_176_558_334_071_72,
    -0.108_638_595_772_132_27,
    0.090_491_285_226_556_71,
    -0.074_315_974_460_297_6,
    0.058_858_820_656_716_34,
    -0.044_327_590_424_647_62,
    0.031_477_915_860_873_416,
    -0.021_006_308_014_712_47,
    0.013_183_236_089_317_568,
    -0.007_733_897_175_489_342,
    0.004_186_435_413_052_643,
    -0.002_188_677_002_509_122_2,
    0.001_187_370_540_151_796_2,
    -0.000_536_770_685_489_468_5,
    0.000_137_625_560_640_221_93,
    -6.427_711_794_283_904e-5,
    7.184_181_273_772_859e-5,
    -2.571_198_224_035_147_5e-5,
];

/// `exp(x²) erfc(x) (x + 3)` in `1 / (x + 3)`, for `0 ≤ x ≤ 10.2`.
const ERFC: [f64; 14] = [
    0.564_188_573_239_115_3,
    1.692_671_819_353_602_8,
    4.790_840_134_602_639,
    12.827_046_056_073_263,
    28.409_577_681_681_625,
    100.118_959_078_349_87,
    -192.741_653_260_902_47,
    2_437.504_200_567_839_7,
    -11_847.432_951_394_967,
    45_078.856_198_469_86,
    -122_738.747_866_531_6,
    202_995.726_817_586_72,
    -183_007.815_413_045_46,
    69_873.954_951_062_36,
];

/// With `w = -ln(1 - x²)`, `erf_inv(x) / x` in `w / 3.125 - 1`, for `w ≤ 6.25`.
const ERF_INV: [f64; 14] = [
    1.653_654_562_750_436_4,
    0.750_494_319_970_522_5,
    -0.058_922_573_672_697_674,
    -0.022_604_436_719_341_068,
    0.017_808_464_469_679_635,
    -0.004_137_486_849_628_147,
    -0.001_272_278_157_986_349_4,
    0.001_233_528_937_863_623_6,
    -0.000_262_878_177_126_049_37,
    -0.000_119_911_251_820_398_08,
    9.159_976_657_560_389e-5,
    -1.049_261_588_365_329_5e-5,
    -1.075_243_625_074_875e-5,
    3.697_806_667_148_969_5e-6,
];

/// The same in `√w - 3.25`, for `6.25 ≤ w ≤ 16.7`, which the `f32` next to 1 is below.
const ERF_INV_TAIL: [f64; 14] = [
    3.083_885_610_466_958_3,
    1.005_258_968_184_986_2,
    0.005_370_917_785_036_697,
    -0.003_751_231_380_934_479_5,
    0.002_491_376_720_800_156,
    -0.001_687_967_058_695_86,
    0.000_953_756_445_644_257_2,
    -0.000_356_842_733_965_544_2,
    2.262_647_143_670_951_5e-5,
    7.348_282_060_082_007e-5,
    -4.578_757_153_019_099e-5,
    5.191_274_861_435_443e-6,
    3.372_130_587_467_207_2e-6,
    0.0,
];

/// The error function.
#[inline(always)]
pub(crate) fn erf<M: Machine>(x: f64) -> f64 {
    let x = clamped(x, -ERF_IS_ONE, ERF_IS_ONE);
    let t = M::mul_add64(x * x, 2.0 / (ERF_IS_ONE * ERF_IS_ONE), -1.0);
    x * polynomial::<M, 20>(t, ERF)
}

/// The complement of the error function.
#[inline(always)]
pub(crate) fn erfc<M: Machine>(x: f64) -> f64 {
    // From here on it is zero in `f32`.
    let size = clamped(x.abs(), 0.0, 10.2);
    let u = 1.0 / (size + 3.0);
    let right = exp_of_moderate::<M>(-size * size) * (u * polynomial::<M, 14>(u, ERFC));
    if x < 0.0 { 2.0 - right } else { right }
}

/// The inverse of the error function, after Giles, "Approximating the erfinv function": NaN outside of `[-1, 1]`.
#[inline(always)]
pub(crate) fn erf_inv<M: Machine>(x: f64) -> f64 {
    let w = -log_of_regular::<M>((1.0 - x) * (1.0 + x));
    let central = w < 6.25;
    let t = if central { M::mul_add64(w, 1.0 / 3.125, -1.0) } else { w.sqrt() - 3.25 };
    let mut ratio = 0.0;
    let mut i = ERF_INV.len();
    while i > 0 {
        i -= 1;
        ratio = M::mul_add64(ratio, t, if central { ERF_INV[i] } else { ERF_INV_TAIL[i] });
    }
    let size = x.abs();
    let result = if size == 1.0 { f64::INFINITY.copysign(x) } else { ratio * x };
    if size <= 1.0 { result } else { f64::NAN }
}
