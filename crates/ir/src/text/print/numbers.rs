//! Numbers and dense literals as text.

use std::fmt::{self, Write};

use crate::{ElementType, Literal, float};

/// Literals of more elements than this, other than splats, are printed as hexadecimal strings.
const MOST_LISTED: usize = 64;

/// A decimal that reads back to `value` when it is rounded as `element` is: six digits where they suffice, else the
/// fewest that do. `None` for infinities and NaNs.
pub(crate) fn float_text(element: ElementType, value: f64) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let bits = float::encode(element, value);
    let same = |text: &str| match element {
        ElementType::F32 => text.parse::<f32>().is_ok_and(|x| u64::from(x.to_bits()) == bits),
        _ => text.parse::<f64>().is_ok_and(|x| float::encode(element, x) == bits),
    };
    let rounded = with_point(&format!("{value:.6e}"));
    if same(&rounded) {
        return Some(rounded);
    }
    let shortest =
        if element == ElementType::F32 { format!("{:e}", value as f32) } else { format!("{value:e}") };
    let shortest = with_point(&shortest);
    same(&shortest).then_some(shortest)
}

/// `1.5e-3` as `1.5e-03` and `1e5` as `1.0e+05`: a point always, and two digits of exponent with their sign.
fn with_point(text: &str) -> String {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ('-', digits),
        None => ('+', exponent),
    };
    format!("{mantissa}{point}e{sign}{digits:0>2}")
}

/// `dense<…> : type`.
pub(super) fn literal(out: &mut dyn Write, literal: &Literal) -> fmt::Result {
    out.write_str("dense<")?;
    let ty = literal.ty();
    let count = ty.element_count().unwrap_or(0);
    if count == 0 {
        // An empty literal has nothing to print.
    } else if let Some(bytes) = literal.as_splat() {
        element(out, ty.element, bytes)?;
    } else if count > MOST_LISTED {
        hex_string(out, &literal.to_dense())?;
    } else {
        let bytes = literal.to_dense();
        list(out, ty.element, &ty.dims, &bytes)?;
    }
    write!(out, "> : {ty}")
}

/// Nested lists; their depth is bounded because each axis longer than one doubles the elements, of which there are
/// few, and axes of one element are opened and closed together.
fn list(out: &mut dyn Write, ty: ElementType, dims: &[usize], bytes: &[u8]) -> fmt::Result {
    let ones = dims.iter().take_while(|&&d| d == 1).count();
    (0..ones).try_for_each(|_| out.write_char('['))?;
    match &dims[ones..] {
        [] => element(out, ty, bytes)?,
        [size, rest @ ..] => {
            out.write_char('[')?;
            for (i, part) in bytes.chunks_exact(bytes.len() / size).enumerate() {
                out.write_str(if i > 0 { ", " } else { "" })?;
                list(out, ty, rest, part)?;
            }
            out.write_char(']')?;
        }
    }
    (0..ones).try_for_each(|_| out.write_char(']'))
}

fn hex_string(out: &mut dyn Write, bytes: &[u8]) -> fmt::Result {
    out.write_str("\"0x")?;
    let mut text = String::new();
    for part in bytes.chunks(4096) {
        text.clear();
        for byte in part {
            for digit in [byte >> 4, byte & 0xF] {
                text.push(b"0123456789ABCDEF"[digit as usize] as char);
            }
        }
        out.write_str(&text)?;
    }
    out.write_str("\"")
}

/// One element from its bytes.
fn element(out: &mut dyn Write, ty: ElementType, bytes: &[u8]) -> fmt::Result {
    if ty.is_complex() {
        let (re, im) = bytes.split_at(bytes.len() / 2);
        out.write_char('(')?;
        element(out, ty.real_part(), re)?;
        out.write_char(',')?;
        element(out, ty.real_part(), im)?;
        return out.write_char(')');
    }
    let mut wide = [0; 8];
    wide[..bytes.len()].copy_from_slice(bytes);
    let bits = u64::from_le_bytes(wide);
    if ty == ElementType::Bool {
        write!(out, "{}", bits != 0)
    } else if ty.is_signed_integer() {
        let unused = 64 - 8 * bytes.len() as u32;
        write!(out, "{}", (bits as i64) << unused >> unused)
    } else if ty.is_unsigned_integer() {
        write!(out, "{bits}")
    } else {
        // A float whose decimal would lose something (a NaN, an infinity) is printed by its bits.
        let value = float::decode(ty, bits);
        match float_text(ty, value).filter(|_| float::encode(ty, value) == bits) {
            Some(text) => out.write_str(&text),
            None => write!(out, "0x{bits:0width$X}", width = ty.bits().div_ceil(4)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_as_the_dialect_prints_them() {
        assert_eq!(float_text(ElementType::F32, 1.0).unwrap(), "1.000000e+00");
        assert_eq!(float_text(ElementType::F32, -384.0).unwrap(), "-3.840000e+02");
        assert_eq!(float_text(ElementType::F32, (0.044715f32).into()).unwrap(), "4.471500e-02");
        assert_eq!(float_text(ElementType::F64, 0.1 + 0.2).unwrap(), "3.0000000000000004e-01");
        assert_eq!(float_text(ElementType::F64, 5e-324).unwrap(), "4.940656e-324");
        assert_eq!(float_text(ElementType::F32, f64::INFINITY), None);
    }
}
