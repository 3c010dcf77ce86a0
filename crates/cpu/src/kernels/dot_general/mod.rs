//! `dot_general` and the older `dot`: stacks of matrix products.

mod convert;
mod gemm;
mod layout;
mod prepare;

use num_complex::Complex;
use runahead_ir::{DotDimensions, ElementType};

pub(super) use self::convert::compute_type;
pub(super) use self::gemm::{Gemm, Multiply};
use self::layout::{Layout, Side};
pub(super) use self::prepare::{Finish, Preparation};
use super::parallel::{ColumnBlock, for_each_chunk_mut, parts_for};
use super::scratch::Carver;
use super::shape::{operand, plain, product, result, shown};
use crate::element::{elements, elements_mut};
use crate::kernel::{Kernel, Operand, Site, Unsupported};

#[derive(Debug)]
struct DotGeneral {
    description: String,
    layout: Layout,
    /// The type in which the product is computed.
    compute: ElementType,
    lhs: Preparation,
    rhs: Preparation,
    finish: Finish,
}

/// The older `dot`: the last axis of the left operand with the first of the right.
pub(super) fn dot(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    let lhs_contracting = operand(site, 0)?.rank().checked_sub(1).into_iter().collect();
    kernel(site, &DotDimensions { lhs_contracting, rhs_contracting: vec![0], ..DotDimensions::default() })
}

pub(super) fn kernel(site: Site<'_>, dimensions: &DotDimensions) -> Result<Box<dyn Kernel>, Unsupported> {
    let (lhs, rhs, to) = (operand(site, 0)?, operand(site, 1)?, result(site, 0)?);
    let unsupported = || Unsupported(format!("of {lhs} and {rhs} to {to}"));
    let compute = compute_type(plain(to)?).ok_or_else(unsupported)?;
    let mut layout = Layout::new(&lhs.dims, &rhs.dims, dimensions);
    let prepare = |element: ElementType, side: &mut Side| {
        Preparation::new(element, compute, side.pack.take(), side.count).ok_or_else(unsupported)
    };
    let (left, right) = (prepare(plain(lhs)?, &mut layout.lhs)?, prepare(plain(rhs)?, &mut layout.rhs)?);
    let Gemm { m, n, k, .. } = layout.gemm;
    let batch = if layout.batch.is_empty() { String::new() } else { format!("{} of ", shown(&layout.batch)) };
    Ok(Box::new(DotGeneral {
        description: format!("dot_general {batch}{m}x{k} · {k}x{n} {}", to.element),
        lhs: left,
        rhs: right,
        finish: Finish::new(to.element, compute, None, product(&to.dims)),
        layout,
        compute,
    }))
}

impl Kernel for DotGeneral {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn scratch_bytes(&self) -> usize {
        let prepared = self.lhs.scratch_bytes().saturating_add(self.rhs.scratch_bytes());
        prepared.saturating_add(self.finish.scratch_bytes())
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        if results[0].is_empty() {
            return;
        }
        let mut scratch = Carver::new(scratch);
        let lhs = self.lhs.run(operands[0].bytes(), &mut scratch);
        let rhs = self.rhs.run(operands[1].bytes(), &mut scratch);
        self.finish.run(results[0], &mut scratch, |out, _| self.multiply(lhs, rhs, out));
    }
}

impl DotGeneral {
    fn multiply(&self, lhs: &[u8], rhs: &[u8], out: &mut [u8]) {
        match self.compute {
            ElementType::F32 => self.multiply_as::<f32>(lhs, rhs, out),
            ElementType::F64 => self.multiply_as::<f64>(lhs, rhs, out),
            ElementType::C64 => self.multiply_as::<Complex<f32>>(lhs, rhs, out),
            ElementType::C128 => self.multiply_as::<Complex<f64>>(lhs, rhs, out),
            ElementType::I64 => self.multiply_as::<i64>(lhs, rhs, out),
            _ => self.multiply_as::<i32>(lhs, rhs, out),
        }
    }

    fn multiply_as<T: Multiply>(&self, lhs: &[u8], rhs: &[u8], out: &mut [u8]) {
        let (lhs, rhs, out) = (elements::<T>(lhs), elements::<T>(rhs), elements_mut::<T>(out));
        let gemm = &self.layout.gemm;
        let batch = product(&self.layout.batch);
        if batch == 1 {
            return gemm.run_parallel(lhs, rhs, out);
        }
        let work = gemm.m.saturating_mul(gemm.n).saturating_mul(gemm.k).saturating_mul(batch);
        let parts = parts_for(work, 1 << 18);
        // Whole matrices where there are enough of them, parts of each one after the other where not.
        let split_matrices = parts > batch;
        let parts = if split_matrices { 1 } else { parts };
        for_each_chunk_mut(out, gemm.m * gemm.n, parts, &|i, out| {
            let (l, r) = self.layout.starts(i);
            let (lhs, rhs) = (&lhs[l.min(lhs.len())..], &rhs[r.min(rhs.len())..]);
            match split_matrices {
                true => gemm.run_parallel(lhs, rhs, out),
                false => {
                    let mut out = ColumnBlock::whole(out, gemm.m, gemm.n, gemm.n);
                    gemm.run(lhs, rhs, &mut out, false);
                }
            }
        });
    }
}

#[cfg(test)]
mod tests;
