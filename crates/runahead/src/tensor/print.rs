//! Tensors as text, as NumPy shows arrays.

use std::fmt::{self, Write};

use runahead_ir::{ElementType, Literal, float};

/// Tensors of more elements than this are shown in part.
const SHOWN_WHOLE: usize = 1000;
/// So many elements are shown at each end of an axis that is not shown whole.
const EDGE: usize = 3;
/// Lines are no longer than this where elements allow it.
const WIDTH: usize = 75;
/// Digits behind the point.
const PRECISION: usize = 8;

/// The elements in nested brackets, aligned, then the type and the device.
pub(crate) fn write(f: &mut fmt::Formatter<'_>, literal: &Literal, device: &str) -> fmt::Result {
    let dims = &literal.ty().dims;
    let bytes = literal.to_dense();
    let edge = if literal.ty().element_count().unwrap_or(0) > SHOWN_WHOLE { EDGE } else { usize::MAX };
    let mut places = Vec::new();
    shown(dims, edge, 0, &mut places);
    let size = literal.ty().element.size();
    let elements: Vec<&[u8]> = places.iter().map(|&place| &bytes[place * size..][..size]).collect();
    let texts = texts(literal.ty().element, &elements);
    if dims.contains(&0) {
        f.write_str("[]")?;
    } else {
        let mut page = Page { texts: texts.into_iter(), edge, out: String::new() };
        page.write(dims, dims.len());
        f.write_str(&page.out)?;
    }
    write!(f, "\n{} on {device}", literal.ty())
}

/// The indices along an axis that are shown, with `None` for what is left out.
fn indices(size: usize, edge: usize) -> impl Iterator<Item = Option<usize>> {
    let whole = size <= edge.saturating_mul(2);
    let (head, tail) = if whole { (size, size) } else { (edge, size - edge) };
    (0..head).map(Some).chain((!whole).then_some(None)).chain((tail..size).map(Some))
}

/// Adds the places, row-major, of the elements that are shown.
fn shown(dims: &[usize], edge: usize, base: usize, places: &mut Vec<usize>) {
    match dims {
        [] => places.push(base),
        [size, rest @ ..] => {
            for index in indices(*size, edge).flatten() {
                shown(rest, edge, base * size + index, places);
            }
        }
    }
}

struct Page {
    texts: std::vec::IntoIter<String>,
    edge: usize,
    out: String,
}

impl Page {
    fn write(&mut self, dims: &[usize], rank: usize) {
        let [size, rest @ ..] = dims else {
            let text = self.texts.next().unwrap_or_default();
            self.out += if rank == 0 { text.trim_start() } else { &text };
            return;
        };
        let depth = rank - rest.len();
        self.out.push('[');
        let mut line = depth;
        for (i, index) in indices(*size, self.edge).enumerate() {
            if i > 0 && !rest.is_empty() {
                // A line between rows, one more empty line for each axis further out.
                self.out.extend(std::iter::repeat_n('\n', rest.len()));
                self.out.extend(std::iter::repeat_n(' ', depth));
            }
            let start = self.out.len();
            match index {
                Some(_) => self.write(rest, rank),
                None => self.out += "...",
            }
            if rest.is_empty() {
                let text = self.out.split_off(start);
                if i > 0 && line + 1 + text.len() > WIDTH {
                    self.out.truncate(self.out.trim_end_matches(' ').len());
                    self.out.push('\n');
                    self.out.extend(std::iter::repeat_n(' ', depth));
                    line = depth;
                } else if i > 0 {
                    self.out.push(' ');
                    line += 1;
                }
                line += text.len();
                self.out += &text;
            }
        }
        self.out.push(']');
    }
}

/// The elements as text, all of one width.
fn texts(element: ElementType, elements: &[&[u8]]) -> Vec<String> {
    let word = |bytes: &[u8]| {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(word)
    };
    if element.is_complex() {
        let part = element.real_part();
        let halves: Vec<&[u8]> = elements.iter().flat_map(|e| e.chunks_exact(part.size())).collect();
        let numbers: Vec<f64> = halves.iter().map(|e| float::decode(part, word(e))).collect();
        let (real, imaginary): (Vec<f64>, Vec<f64>) = numbers.chunks_exact(2).map(|z| (z[0], z[1])).unzip();
        let (real, imaginary) = (floats(part, &real), floats(part, &imaginary));
        let joined = real.iter().zip(&imaginary).map(|(re, im)| {
            let im = im.trim_start();
            let sign = if im.starts_with('-') { "" } else { "+" };
            format!("{re}{sign}{im}j")
        });
        return aligned(joined.collect());
    }
    if element.is_float() {
        let numbers: Vec<f64> = elements.iter().map(|e| float::decode(element, word(e))).collect();
        return floats(element, &numbers);
    }
    let integer = |bytes: &&[u8]| match element {
        // NumPy's are as wide as the longer one also where it does not occur.
        ElementType::Bool => if bytes[0] != 0 { " True" } else { "False" }.to_owned(),
        _ if element.is_signed_integer() => {
            let shift = 64 - 8 * bytes.len();
            (((word(bytes) << shift) as i64) >> shift).to_string()
        }
        _ => word(bytes).to_string(),
    };
    aligned(elements.iter().map(integer).collect())
}

/// Floats with as many digits behind the point as the one that needs most, up to [`PRECISION`]; with an exponent where
/// some are very large or very small.
fn floats(element: ElementType, numbers: &[f64]) -> Vec<String> {
    let finite = || numbers.iter().map(|x| x.abs()).filter(|&x| x.is_finite() && x != 0.0);
    let (least, greatest) = finite().fold((f64::INFINITY, 0.0f64), |(l, g), x| (l.min(x), g.max(x)));
    let scientific = greatest >= 1e8 || least < 1e-4 || greatest / least > 1000.0;
    // The shortest digits that tell the number from its neighbours in its own type.
    let shortest = |x: f64, scientific: bool| match (element, scientific) {
        (ElementType::F64, false) => format!("{x}"),
        (ElementType::F64, true) => format!("{x:e}"),
        (_, false) => format!("{}", x as f32),
        (_, true) => format!("{:e}", x as f32),
    };
    let mantissa = |x: f64| shortest(x, scientific).split('e').next().unwrap_or_default().to_owned();
    let digits = finite().map(|x| mantissa(x).split_once('.').map_or(0, |(_, digits)| digits.len())).max();
    let digits = digits.unwrap_or(0).min(PRECISION);
    let text = |&x: &f64| {
        let mut text = String::new();
        let written = if x.is_nan() {
            write!(text, "nan")
        } else if x.is_infinite() {
            write!(text, "{}inf", if x < 0.0 { "-" } else { "" })
        } else {
            let written = shortest(x, scientific);
            let (number, exponent) = written.split_once('e').unwrap_or((&written, ""));
            let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
            if fraction.len() > PRECISION {
                let rounded = if scientific { format!("{x:.digits$e}") } else { format!("{x:.digits$}") };
                let rounded = rounded.split('e').next().unwrap_or_default();
                text += if scientific { rounded } else { rounded.trim_end_matches('0') };
            } else {
                text += &format!("{whole}.{fraction}");
            }
            // Digits that are not needed are zeros before an exponent and blanks elsewhere, as in NumPy.
            let missing = digits - text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            text.extend(std::iter::repeat_n(if scientific { '0' } else { ' ' }, missing));
            match (scientific, exponent.strip_prefix('-')) {
                (false, _) => Ok(()),
                (true, Some(exponent)) => write!(text, "e-{exponent:0>2}"),
                (true, None) => write!(text, "e+{exponent:0>2}"),
            }
        };
        written.expect("writing to a string cannot fail");
        text
    };
    aligned(numbers.iter().map(text).collect())
}

fn aligned(texts: Vec<String>) -> Vec<String> {
    let width = texts.iter().map(String::len).max().unwrap_or(0);
    texts.into_iter().map(|text| format!("{text:>width$}")).collect()
}

#[cfg(test)]
mod tests {
    use num_complex::Complex;
    use runahead_ir::Native;

    use super::*;

    fn shown<T: Native>(dims: &[usize], elements: &[T]) -> String {
        struct Shown(Literal);
        impl fmt::Display for Shown {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                super::write(f, &self.0, "cpu:0")
            }
        }
        let text = Shown(Literal::from_elements(dims.iter().copied(), elements).unwrap()).to_string();
        text.rsplit_once('\n').unwrap().0.to_owned()
    }

    /// What NumPy 2.3 prints for the same arrays.
    #[test]
    fn tensors_are_shown_as_numpy_shows_arrays() {
        assert_eq!(shown(&[2, 2], &[1.5f32, 2.0, 3.0, 4.25]), "[[1.5  2.  ]\n [3.   4.25]]");
        let counted: Vec<i64> = (0..2000).collect();
        assert_eq!(shown(&[2000], &counted), "[   0    1    2 ... 1997 1998 1999]");
        assert_eq!(shown(&[3], &[f32::NAN, f32::INFINITY, -1.0]), "[nan inf -1.]");
        assert_eq!(shown(&[3], &[1e10f32, 1.0, -2.5]), "[ 1.0e+10  1.0e+00 -2.5e+00]");
        let sevenths: Vec<f64> = (0..12).map(|i| f64::from(i) / 7.0).collect();
        assert_eq!(
            shown(&[2, 3, 2], &sevenths),
            "[[[0.         0.14285714]\n  [0.28571429 0.42857143]\n  [0.57142857 0.71428571]]\n\n [[0.85714286 1.        \
             ]\n  [1.14285714 1.28571429]\n  [1.42857143 1.57142857]]]"
        );
        let long: Vec<f32> = (0..8).map(|i| i as f32 * 1.1).collect();
        assert_eq!(
            shown(&[8], &long),
            "[0.        1.1       2.2       3.3000002 4.4       5.5       6.6000004\n 7.7000003]"
        );
        let z = [Complex::new(1f32, 2.0), Complex::new(-0.5, -1.0)];
        assert_eq!(shown(&[2], &z), "[ 1. +2.j -0.5-1.j]");
        assert_eq!(shown::<f32>(&[2, 0], &[]), "[]");
        assert_eq!(shown(&[], &[3.25f32]), "3.25");
        assert_eq!(shown(&[2], &[1e-5f32, 1.0]), "[1.e-05 1.e+00]");
        assert_eq!(shown(&[2], &[-128i8, 5]), "[-128    5]");
        assert_eq!(shown(&[2], &[1e-3f32, 123456.0]), "[1.00000e-03 1.23456e+05]");
        assert_eq!(shown(&[3], &[0.1f32, 0.2, 1.0 / 3.0]), "[0.1        0.2        0.33333334]");
        let square: Vec<f32> = (0..40_000).map(|i| i as f32).collect();
        let lines = shown(&[200, 200], &square);
        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!(lines[0], "[[0.0000e+00 1.0000e+00 2.0000e+00 ... 1.9700e+02 1.9800e+02 1.9900e+02]");
        assert_eq!(lines[3], " ...");
        assert_eq!(lines.len(), 7);
    }

    #[test]
    fn type_and_device_follow() {
        let device = crate::device("cpu:3").unwrap();
        let x = crate::Tensor::from_slice(&[true as u8, 0], [2], &device).unwrap();
        assert_eq!(x.to_string(), "[1 0]\ntensor<2xui8> on cpu:3");
        let y = crate::ops::cast(&x, ElementType::Bool).unwrap();
        assert_eq!(y.to_string(), "[ True False]\ntensor<2xi1> on cpu:3");
    }
}
