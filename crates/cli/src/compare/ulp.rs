//! Units in the last place.

use runahead::ElementType;
use runahead::ir::float;

/// How many steps from one number of the type to the next lie between two numbers; `None` for infinitely many.
///
/// 0 and -0 are one number. An infinity or a NaN is no steps from its like, infinitely many from all else.
pub(super) fn ulps(ty: ElementType, a: u64, b: u64) -> Option<u64> {
    let (x, y) = (float::decode(ty, a), float::decode(ty, b));
    if x.is_finite() && y.is_finite() {
        return u64::try_from(rank(ty, a).abs_diff(rank(ty, b))).ok();
    }
    (x == y || x.is_nan() && y.is_nan()).then_some(0)
}

/// Counts the finite numbers of a type, from zero outwards: neighbours have consecutive ranks.
fn rank(ty: ElementType, bits: u64) -> i128 {
    // This type has neither sign nor zero: its bits count its numbers.
    if ty == ElementType::F8E8M0FNU {
        return bits.into();
    }
    let sign = 1 << (ty.bits() - 1);
    let magnitude = i128::from(bits & (sign - 1));
    if bits & sign == 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats() -> impl Iterator<Item = ElementType> {
        ElementType::ALL.into_iter().filter(|ty| ty.is_float())
    }

    #[test]
    fn neighbours_of_narrow_types_are_one_step_apart() {
        for ty in floats().filter(|ty| ty.size() <= 2) {
            let mut numbers: Vec<(f64, u64)> = (0..1u64 << ty.bits())
                .map(|bits| (float::decode(ty, bits), bits))
                .filter(|(value, _)| value.is_finite())
                .collect();
            numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (a, b) in numbers.iter().zip(&numbers[1..]) {
                let steps = u64::from(a.0 != b.0);
                assert_eq!(ulps(ty, a.1, b.1), Some(steps), "{ty}: {} and {}", a.0, b.0);
                assert_eq!(ulps(ty, b.1, a.1), Some(steps));
            }
            let (first, last) = (numbers[0], numbers[numbers.len() - 1]);
            let doubles = numbers.iter().filter(|n| n.0 == 0.0).count().saturating_sub(1);
            assert_eq!(ulps(ty, first.1, last.1), Some((numbers.len() - 1 - doubles) as u64), "{ty}");
        }
    }

    #[test]
    fn wide_types_count_across_zero() {
        let f32s = |a: f32, b: f32| ulps(ElementType::F32, a.to_bits().into(), b.to_bits().into());
        assert_eq!(f32s(1.0, 1.0f32.next_up().next_up()), Some(2));
        assert_eq!(f32s(-0.0, 0.0), Some(0));
        assert_eq!(f32s(0.0f32.next_down(), 0.0f32.next_up()), Some(2));
        let f64s = |a: f64, b: f64| ulps(ElementType::F64, a.to_bits(), b.to_bits());
        assert_eq!(f64s(-f64::MAX, f64::MAX), Some(2 * f64::MAX.to_bits()));
    }

    #[test]
    fn what_is_not_finite_is_near_its_like_only() {
        let bits = |value: f32| u64::from(value.to_bits());
        let f32s = |a: u64, b: u64| ulps(ElementType::F32, a, b);
        let (inf, max) = (bits(f32::INFINITY), bits(f32::MAX));
        assert_eq!(f32s(inf, inf), Some(0));
        assert_eq!(f32s(inf, bits(f32::NEG_INFINITY)), None);
        assert_eq!(f32s(inf, max), None);
        assert_eq!(f32s(0x7FC0_0000, 0xFFC0_0001), Some(0));
        assert_eq!(f32s(0x7FC0_0000, inf), None);
        assert_eq!(ulps(ElementType::F8E4M3FNUZ, 0x80, 0x00), None);
        assert_eq!(ulps(ElementType::F8E8M0FNU, 0xFF, 0xFE), None);
        assert_eq!(ulps(ElementType::F8E8M0FNU, 0x00, 0xFE), Some(0xFE));
    }
}
