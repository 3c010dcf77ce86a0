//! `iota`: each element is its index along an axis.

use num_complex::Complex;
use runahead_ir::{ElementType, float};

use super::parallel::{for_each_chunk_mut, parts_for_bytes};
use super::shape::{plain, product, result, shown};
use crate::element::{Element, elements_mut};
use crate::kernel::{Kernel, Operand, Site, Unsupported};

#[derive(Debug)]
struct Iota {
    description: String,
    element: ElementType,
    /// The size of the axis that counts, and the elements that one step of it takes.
    size: usize,
    inner: usize,
}

pub(super) fn kernel(site: Site<'_>, dimension: usize) -> Result<Box<dyn Kernel>, Unsupported> {
    let to = result(site, 0)?;
    let element = plain(to)?;
    if fill(element).is_none() {
        return Err(Unsupported(format!("of {to}")));
    }
    Ok(Box::new(Iota {
        description: format!("iota {} along {dimension}", shown(&to.dims)),
        element,
        size: to.dims[dimension],
        inner: product(&to.dims[dimension + 1..]),
    }))
}

impl Kernel for Iota {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn run(&self, _: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let fill = fill(self.element).expect("checked when the kernel was built");
        fill(results[0], self.size, self.inner);
    }
}

/// Fills the bytes of a tensor of that many steps of that many elements each, over and over.
type Fill = fn(&mut [u8], usize, usize);

fn fill(element: ElementType) -> Option<Fill> {
    use ElementType::*;
    Some(match element {
        I2 => |to, size, inner| count(to, size, inner, |i| ((i << 6) as i8) >> 6),
        I4 => |to, size, inner| count(to, size, inner, |i| ((i << 4) as i8) >> 4),
        U2 => |to, size, inner| count(to, size, inner, |i| i as u8 & 3),
        U4 => |to, size, inner| count(to, size, inner, |i| i as u8 & 15),
        I8 | U8 => |to, size, inner| count(to, size, inner, |i| i as u8),
        I16 | U16 => |to, size, inner| count(to, size, inner, |i| i as u16),
        I32 | U32 => |to, size, inner| count(to, size, inner, |i| i as u32),
        I64 | U64 => |to, size, inner| count(to, size, inner, |i| i as u64),
        BF16 => |to, size, inner| count(to, size, inner, |i| float::bf16_from_f64(i as f64)),
        F16 => |to, size, inner| count(to, size, inner, |i| float::f16_from_f64(i as f64)),
        F32 => |to, size, inner| count(to, size, inner, |i| i as f32),
        F64 => |to, size, inner| count(to, size, inner, |i| i as f64),
        C64 => |to, size, inner| count(to, size, inner, |i| Complex::new(i as f32, 0.0)),
        C128 => |to, size, inner| count(to, size, inner, |i| Complex::new(i as f64, 0.0)),
        _ => return None,
    })
}

fn count<T: Element>(to: &mut [u8], size: usize, inner: usize, value: impl Fn(usize) -> T + Sync) {
    let parts = parts_for_bytes(to.len());
    let to = elements_mut::<T>(to);
    if inner == 1 {
        const CHUNK: usize = 1 << 14;
        for_each_chunk_mut(to, CHUNK, parts, &|chunk, mut to| {
            let mut start = chunk * CHUNK % size;
            while !to.is_empty() {
                let (run, rest) = to.split_at_mut(to.len().min(size - start));
                run.iter_mut().enumerate().for_each(|(i, to)| *to = value(start + i));
                (to, start) = (rest, 0);
            }
        });
    } else {
        for_each_chunk_mut(to, inner, parts, &|step, to| to.fill(value(step % size)));
    }
}

#[cfg(test)]
mod tests {
    use runahead_ir::{ElementType, OpKind};

    use super::super::testing::{Case, cast, f32s, ty};

    #[test]
    fn counts_along_the_axis() {
        for dims in [&[5][..], &[3, 4], &[2, 3, 4], &[0, 2], &[3, 20000], &[1, 1]] {
            for dimension in 0..dims.len() {
                let inner: usize = dims[dimension + 1..].iter().product();
                let count: usize = dims.iter().product();
                let expected: Vec<f32> = (0..count).map(|i| (i / inner % dims[dimension]) as f32).collect();
                let case = Case::new(OpKind::Iota { dimension }, &[], &[f32s(dims)]);
                assert_eq!(cast::<f32>(&case.run(&[])[0]), expected);
            }
        }
    }

    #[test]
    fn narrow_integers_wrap() {
        let run = |element| {
            cast::<i8>(&Case::new(OpKind::Iota { dimension: 0 }, &[], &[ty(element, &[6])]).run(&[])[0])
        };
        assert_eq!(run(ElementType::I2), [0, 1, -2, -1, 0, 1]);
        assert_eq!(run(ElementType::U2), [0, 1, 2, 3, 0, 1]);
        assert_eq!(run(ElementType::I4), [0, 1, 2, 3, 4, 5]);
    }
}
