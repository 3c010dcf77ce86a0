//! `reduce_window`: what a body makes of each window of its inputs.
//!
//! Padding is as if it held the initial values, which leave everything as it is when they are combined with it; so
//! windows are combined over what lies inside the inputs.

mod halves;
mod pool;
mod scan;

use runahead_ir::{ElementType, Window};
use smallvec::SmallVec;

use self::halves::Half;
use self::scan::ScanShape;
use super::combine::{Body, Combiner, combiner};
use super::parallel::{parts_for, split_point};
use super::shape::{operand, plain, product, result, shown};
use super::window::{Moving, WindowAxis, window_axes};
use crate::kernel::{Kernel, Operand, Site, Unsupported};
use crate::ops::Scalar;
use crate::region::ScalarProgram;
use crate::split::parallel_pieces;

#[derive(Debug)]
struct ReduceWindow {
    description: String,
    axes: SmallVec<[WindowAxis; 6]>,
    /// Bytes of an element of each input.
    widths: SmallVec<[usize; 2]>,
    count: usize,
    method: Method,
}

#[derive(Debug)]
enum Method {
    /// Every element is combined with all before it, along one axis.
    Scan(ScanShape, Combiner),
    ScanProgram(ScanShape, ScalarProgram),
    /// Rows of the result are combined with rows of the input.
    Pool(Combiner),
    /// The same with halves, of which sums are kept in `f32` until they are complete.
    PoolHalves(Half, Combiner),
    /// Window by window, element by element.
    Program(ScalarProgram),
}

/// Whether rows are combined with rows where a window like that moves over a tensor of these sizes: there sums of halves
/// are kept in a wider type.
pub(crate) fn pools(window: &Window, from: &[usize], to: &[usize]) -> bool {
    let axes = window_axes(window, from, to);
    !is_dilated(&axes) && ScanShape::new(&axes).is_none()
}

fn is_dilated(axes: &[WindowAxis]) -> bool {
    axes.iter().any(|axis| axis.input_dilation != 1)
}

pub(super) fn kernel(site: Site<'_>, window: &Window) -> Result<Box<dyn Kernel>, Unsupported> {
    let inputs = site.op.operands.len() / 2;
    let (from, to) = (operand(site, 0)?, result(site, 0)?);
    let mut widths = SmallVec::new();
    for i in 0..inputs {
        widths.push(plain(operand(site, i)?)?.size());
    }
    let axes = window_axes(window, &from.dims, &to.dims);
    let region = site.op.regions.first().ok_or_else(|| Unsupported("without a body".into()))?;
    let scan = ScanShape::new(&axes);
    let half = Half::of(from.element);
    let wide = region.combiner().and_then(|op| combiner(op, ElementType::F32));
    let method = match (Body::new(region, site.function)?, scan) {
        (Body::Rows(combiner), Some(shape)) => Method::Scan(shape, combiner),
        (Body::Rows(combiner), None) if !is_dilated(&axes) => match (half, wide) {
            (Some(half), Some(wide)) => Method::PoolHalves(half, wide),
            _ => Method::Pool(combiner),
        },
        (_, scan) => {
            let program = ScalarProgram::build(region, site.function)?;
            match scan {
                Some(shape) => Method::ScanProgram(shape, program),
                None => Method::Program(program),
            }
        }
    };
    Ok(Box::new(ReduceWindow {
        description: format!(
            "reduce_window {} of {} to {}",
            shown(&window.dimensions),
            shown(&from.dims),
            shown(&to.dims)
        ),
        axes,
        widths,
        count: product(&to.dims),
        method,
    }))
}

impl Kernel for ReduceWindow {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        if self.count == 0 {
            return;
        }
        let inputs: SmallVec<[&[u8]; 2]> = operands[..self.widths.len()].iter().map(|o| o.bytes()).collect();
        let initial: SmallVec<[Scalar; 2]> =
            operands[self.widths.len()..].iter().map(|o| Scalar::from_bytes(o.bytes())).collect();
        match &self.method {
            Method::Scan(shape, combiner) => {
                scan::rows(shape, combiner, inputs[0], initial[0], results[0], self.widths[0]);
            }
            Method::ScanProgram(shape, program) => {
                scan::program(shape, program, &inputs, &initial, results, &self.widths);
            }
            Method::Pool(combiner) => {
                pool::run(&self.axes, combiner, inputs[0], initial[0], results[0], self.widths[0]);
            }
            Method::PoolHalves(half, combiner) => {
                halves::run(&self.axes, *half, combiner, inputs[0], initial[0], results[0]);
            }
            Method::Program(program) => self.run_program(program, &inputs, &initial, results),
        }
    }
}

impl ReduceWindow {
    fn run_program(
        &self,
        program: &ScalarProgram,
        inputs: &[&[u8]],
        initial: &[Scalar],
        results: &mut [&mut [u8]],
    ) {
        // As many elements at most are combined into each of the result.
        let inside = self.axes.iter().map(|axis| axis.window.min(axis.input));
        let work = inside.fold(self.count, usize::saturating_mul);
        let parts = parts_for(work.max(self.count), 1 << 12).min(self.count);
        let range = |result: usize, part: usize| {
            let width = self.widths[result];
            split_point(self.count, parts, part) * width..split_point(self.count, parts, part + 1) * width
        };
        parallel_pieces(results, parts, &range, &|part, mut pieces| {
            let first = split_point(self.count, parts, part);
            let mut machine = program.machine();
            let mut arguments: SmallVec<[Scalar; 4]> = initial.iter().chain(initial).copied().collect();
            let mut window = Moving::at(&self.axes, first);
            for i in 0..pieces[0].len() / self.widths[0] {
                arguments[..initial.len()].copy_from_slice(initial);
                window.for_each(|at| {
                    for (k, (input, &width)) in inputs.iter().zip(&self.widths).enumerate() {
                        arguments[initial.len() + k] = Scalar::from_bytes(&input[at * width..][..width]);
                    }
                    let combined = machine.run(&arguments);
                    arguments[..initial.len()].copy_from_slice(combined);
                });
                window.advance();
                for ((piece, value), &width) in pieces.iter_mut().zip(&arguments).zip(&self.widths) {
                    piece[i * width..][..width].copy_from_slice(value.bytes(width));
                }
            }
        });
    }
}

#[cfg(test)]
mod tests;
