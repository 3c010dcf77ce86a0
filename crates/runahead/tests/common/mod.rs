//! What tests that compare results with others' have in common.

use runahead::Literal;
use runahead::ir::float;

/// The parts of all elements as doubles.
pub(crate) fn parts(literal: &Literal) -> Vec<f64> {
    let element = literal.ty().element;
    let part = element.real_part();
    let value = |bytes: &[u8]| {
        let mut wide = [0; 8];
        wide[..bytes.len()].copy_from_slice(bytes);
        let bits = u64::from_le_bytes(wide);
        let unused = 64 - 8 * bytes.len() as u32;
        match part {
            float if float.is_float() => float::decode(part, bits),
            signed if signed.is_signed_integer() => ((bits << unused) as i64 >> unused) as f64,
            _ => bits as f64,
        }
    };
    literal.to_dense().chunks_exact(part.size()).map(value).collect()
}

/// What is wrong with a result, if anything is.
pub(crate) fn difference(found: &Literal, expected: &Literal, tolerance: f64) -> Option<String> {
    let same_type = found.ty().element == expected.ty().element && found.ty().dims == expected.ty().dims;
    if !same_type {
        return Some(format!("is {}, expected {}", found.ty(), expected.ty()));
    }
    if !(found.ty().element.is_float() || found.ty().element.is_complex()) {
        return (found.to_dense() != expected.to_dense()).then(|| "differs".to_owned());
    }
    let (found, expected) = (parts(found), parts(expected));
    let largest = expected.iter().filter(|x| x.is_finite()).fold(0.0, |largest: f64, x| largest.max(x.abs()));
    let wrong =
        |(a, b): (&f64, &f64)| !(a == b || a.is_nan() && b.is_nan() || (a - b).abs() <= tolerance * largest);
    let count = found.iter().zip(&expected).filter(|&pair| wrong(pair)).count();
    let first = found.iter().zip(&expected).find(|&pair| wrong(pair))?;
    Some(format!("has {} for {}, among {count} such of {}", first.0, first.1, found.len()))
}
