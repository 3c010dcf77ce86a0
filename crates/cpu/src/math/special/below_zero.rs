//! The gamma function's logarithm and its derivatives at negative arguments.
//!
//! There, they are sums of numbers of both signs, which all but cancel near a zero. So all of it is in double precision
//! twice over, which leaves a double where the sum is as small as the distance of neighbouring arguments makes it.

use super::double::{Double, PI};

/// Taylor coefficients of `1 / Γ(1 + h)`.
const RECIPROCAL: [Double; 34] = [
    Double::with_rest(1.0, 0.0),
    Double::with_rest(0.577_215_664_901_532_9, -4.942_915_152_430_645e-18),
    Double::with_rest(-0.655_878_071_520_253_9, 2.137_185_197_068_536e-17),
    Double::with_rest(-0.042_002_635_034_095_24, 1.492_030_628_565_050_5e-18),
    Double::with_rest(0.166_538_611_382_291_48, 1.018_914_454_684_202_6e-17),
    Double::with_rest(-0.042_197_734_555_544_33, -3.357_999_268_248_013_4e-18),
    Double::with_rest(-0.009_621_971_527_876_973, -5.300_031_368_830_263e-19),
    Double::with_rest(0.007_218_943_246_663_1, -3.600_653_706_339_428_3e-19),
    Double::with_rest(-0.001_165_167_591_859_065_2, 5.659_947_853_880_981e-20),
    Double::with_rest(-0.000_215_241_674_114_950_98, 2.375_868_618_072_936_4e-21),
    Double::with_rest(0.000_128_050_282_388_116_2, -9.359_124_499_198_967e-21),
    Double::with_rest(-2.013_485_478_078_824e-05, 3.048_877_397_203_738_5e-23),
    Double::with_rest(-1.250_493_482_142_670_6e-06, -2.662_140_922_718_98e-23),
    Double::with_rest(1.133_027_231_981_696e-06, -4.622_235_212_104_869e-23),
    Double::with_rest(-2.056_338_416_977_607e-07, -3.006_160_161_864_513_4e-24),
    Double::with_rest(6.116_095_104_481_416e-09, -2.693_458_298_171_306e-25),
    Double::with_rest(5.002_007_644_469_223e-09, -1.538_123_614_056_751e-26),
    Double::with_rest(-1.181_274_570_487_02e-09, -1.005_235_615_571_620_8e-25),
    Double::with_rest(1.043_426_711_691_100_5e-10, -2.929_841_995_682_503_5e-27),
    Double::with_rest(7.782_263_439_905_071e-12, 4.397_255_556_595_848e-28),
    Double::with_rest(-3.696_805_618_642_206e-12, 0.0),
    Double::with_rest(5.100_370_287_454_476e-13, 0.0),
    Double::with_rest(-2.058_326_053_566_506_6e-14, 0.0),
    Double::with_rest(-5.348_122_539_423_018e-15, 0.0),
    Double::with_rest(1.226_778_628_238_260_8e-15, 0.0),
    Double::with_rest(-1.181_259_301_697_458_8e-16, 0.0),
    Double::with_rest(1.186_692_254_751_600_4e-18, 0.0),
    Double::with_rest(1.412_380_655_318_031_9e-18, 0.0),
    Double::with_rest(-2.298_745_684_435_37e-19, 0.0),
    Double::with_rest(1.714_406_321_927_337_4e-20, 0.0),
    Double::with_rest(1.337_351_730_493_693e-22, 0.0),
    Double::with_rest(-2.054_233_551_766_672_8e-22, 0.0),
    Double::with_rest(2.736_030_048_608e-23, 0.0),
    Double::with_rest(-1.732_356_445_910_516_5e-24, 0.0),
];

/// Bernoulli's numbers `B₂ₖ` for `k` from 1, numerators and denominators.
const BERNOULLI: [(f64, f64); 12] = [
    (1.0, 6.0),
    (-1.0, 30.0),
    (1.0, 42.0),
    (-1.0, 30.0),
    (5.0, 66.0),
    (-691.0, 2730.0),
    (7.0, 6.0),
    (-3617.0, 510.0),
    (43_867.0, 798.0),
    (-174_611.0, 330.0),
    (854_513.0, 138.0),
    (-236_364_091.0, 2730.0),
];

/// From here on a few of [`BERNOULLI`]'s numbers are enough.
const FAR: f64 = 40.0;

/// The logarithm of the gamma function's absolute value, for arguments below zero and not below -100.
pub(super) fn lgamma(x: f64) -> f64 {
    // Γ(h - n) = Γ(1 + h) / (h (h - 1) … (h - n)); the sum is exact.
    let n = (-x).round();
    let h = Double::of(x + n);
    let reciprocal = RECIPROCAL.iter().rev().fold(Double::of(0.0), |sum, &c| sum.times(h).plus(c));
    let product = (0..=n as u32).fold(reciprocal, |product, k| product.times(h.plus_f64(-f64::from(k))));
    let size = if product.value() < 0.0 { product.negated() } else { product };
    let from_one = size.plus_f64(-1.0).value();
    if from_one.abs() < 0.5 { -from_one.ln_1p() } else { -size.value().ln() }
}

/// The derivative of [`lgamma`], for negative arguments that are not whole.
pub(super) fn digamma(x: f64) -> f64 {
    // ψ(x) = ψ(1 - x) - π cot πx; the fraction is exact.
    let angle = PI.times(Double::of(x - x.round()));
    let mut y = Double::sum(1.0, -x);
    let mut sum = PI.times(angle.cotangent()).negated();
    while y.value() < FAR {
        sum = sum.minus(Double::of(1.0).divided_by(y));
        y = y.plus_f64(1.0);
    }
    // ln y - 1/(2y) - Σ B₂ₖ / (2k y²ᵏ)
    let by_square = Double::of(1.0).divided_by(y.times(y));
    let series = BERNOULLI.iter().enumerate().rev().fold(Double::of(0.0), |series, (i, &(top, bottom))| {
        let twice = 2.0 * (i as f64 + 1.0);
        series.plus(Double::of(top).over(bottom * twice)).times(by_square)
    });
    sum.plus(y.ln()).minus(Double::of(0.5).divided_by(y)).minus(series).value()
}

/// Hurwitz's zeta function of a whole number above one and a negative number that is not whole.
pub(super) fn zeta(s: f64, q: f64) -> f64 {
    let is_odd = s % 2.0 == 1.0;
    // The terms of both signs, by their distance from zero: r, r + 1, … -q below, and p, p + 1, … above.
    let p = Double::sum(q, (-q).ceil());
    let r = Double::of(1.0).minus(p);
    let (above, below) = (p.value().powf(-s), r.value().powf(-s));
    if !(above + below).is_finite() {
        return if is_odd && below > above { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    // One of the two is at least 2ˢ, so this is below 1024.
    let s = s as u32;
    let below = zeta_above(s, r).minus(zeta_above(s, Double::sum(1.0, -q)));
    zeta_above(s, p).plus(if is_odd { below.negated() } else { below }).value()
}

/// The same of a positive number.
fn zeta_above(s: u32, q: Double) -> Double {
    let s_f64 = f64::from(s);
    let (mut at, mut sum) = (q, Double::of(0.0));
    while at.value() < FAR + s_f64 {
        let term = Double::of(1.0).divided_by(at.powi(s));
        sum = sum.plus(term);
        at = at.plus_f64(1.0);
        if term.value() < sum.value() * 1e-34 {
            return sum;
        }
    }
    // Euler and Maclaurin's formula for the rest: x¹⁻ˢ/(s - 1) + x⁻ˢ/2 + Σ B₂ₖ/(2k)! s(s+1)…(s+2k-2) x⁻ˢ⁻²ᵏ⁺¹
    let power = Double::of(1.0).divided_by(at.powi(s));
    let by_square = Double::of(1.0).divided_by(at.times(at));
    let series = BERNOULLI.iter().enumerate().rev().fold(Double::of(0.0), |series, (i, &(top, bottom))| {
        let twice = 2.0 * (i as f64 + 1.0);
        // The last two factors of s(s+1)…(s+2k-2), the first of which has but one.
        let grown = if i == 0 { s_f64 } else { (s_f64 + twice - 3.0) * (s_f64 + twice - 2.0) };
        let factor = Double::of(grown).over(twice * (twice - 1.0));
        series.times(by_square).plus(Double::of(top).over(bottom)).times(factor)
    });
    let rest = at.over(s_f64 - 1.0).plus_f64(0.5).plus(series.divided_by(at));
    sum.plus(power.times(rest))
}
