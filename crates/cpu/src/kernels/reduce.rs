//! `reduce` by any body, of any number of operands: what fused loops do not reduce. Also `map`, which calls a body for
//! each element.

use std::ops::Range;

use runahead_ir::ElementType;
use smallvec::SmallVec;

use super::parallel::{parts_for, split_point};
use super::shape::{operand, plain, product, result, row_major, shown};
use crate::kernel::{Kernel, Operand, Site, Unsupported};
use crate::ops::Scalar;
use crate::region::ScalarProgram;
use crate::split::{Pieces, parallel_pieces};

/// Elements that a thread should have to call a body for, at least.
const ELEMENTS_PER_PART: usize = 1 << 12;

/// Sizes and strides of some axes, outermost first.
type Axes = SmallVec<[(usize, usize); 6]>;

/// A reduction element by element: each result is folded from the inputs' elements in row-major order.
#[derive(Debug)]
struct Reduce {
    description: String,
    program: ScalarProgram,
    /// The sizes of the elements of each input.
    sizes: SmallVec<[usize; 4]>,
    kept: Axes,
    reduced: Axes,
}

/// A kernel for a reduction over those axes.
pub(super) fn kernel(site: Site<'_>, dimensions: &[usize]) -> Result<Box<dyn Kernel>, Unsupported> {
    let dims = &operand(site, 0)?.dims;
    let strides = row_major(dims);
    let region = site.op.regions.first().ok_or_else(|| Unsupported("without a body".into()))?;
    for (i, &parameter) in region.parameters.iter().enumerate().take(site.op.operands.len()) {
        // Whoever expands programs brings operands to the region's types.
        let (given, taken) = (operand(site, i)?, site.function.type_of(parameter));
        if taken.as_tensor().is_none_or(|taken| taken.element != given.element) {
            return Err(Unsupported(format!("of {given} by a region of {taken}")));
        }
    }
    let axes = |reduced: bool| -> Axes {
        let chosen = (0..dims.len()).filter(|axis| dimensions.contains(axis) == reduced);
        chosen.map(|axis| (dims[axis], strides[axis] as usize)).collect()
    };
    Ok(Box::new(Reduce {
        description: format!("reduce {} to {}", shown(dims), shown(&result(site, 0)?.dims)),
        program: body(site)?,
        sizes: element_sizes(site, site.op.operands.len() / 2)?,
        kept: axes(false),
        reduced: axes(true),
    }))
}

fn body(site: Site<'_>) -> Result<ScalarProgram, Unsupported> {
    let region = site.op.regions.first().ok_or_else(|| Unsupported("without a body".into()))?;
    ScalarProgram::build(region, site.function)
}

fn element_sizes(site: Site<'_>, count: usize) -> Result<SmallVec<[usize; 4]>, Unsupported> {
    let element = |i| plain(operand(site, i)?).map(ElementType::size);
    (0..count).map(element).collect()
}

impl Kernel for Reduce {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let count: usize = self.kept.iter().map(|(size, _)| size).product();
        let (inputs, initial) = operands.split_at(self.sizes.len());
        let inputs: SmallVec<[&[u8]; 4]> = inputs.iter().map(|input| input.bytes()).collect();
        let initial: SmallVec<[Scalar; 4]> =
            initial.iter().map(|initial| Scalar::from_bytes(initial.bytes())).collect();
        let folded: usize = self.reduced.iter().map(|(size, _)| size).product();
        let parts = parts_for(count * folded, ELEMENTS_PER_PART);
        in_parts(results, &self.sizes, count, parts, &|range, mut pieces| {
            let mut machine = self.program.machine();
            let width = self.sizes.len();
            let mut arguments: SmallVec<[Scalar; 8]> = SmallVec::from_elem(Scalar::default(), 2 * width);
            for (i, at) in range.enumerate() {
                let start = place(&self.kept, at);
                arguments[..width].copy_from_slice(&initial);
                for_each_place(&self.reduced, &mut |offset| {
                    for ((argument, input), &size) in
                        arguments[width..].iter_mut().zip(&inputs).zip(&self.sizes)
                    {
                        *argument = Scalar::from_bytes(&input[(start + offset) * size..][..size]);
                    }
                    let next = machine.run(&arguments);
                    arguments[..width].copy_from_slice(next);
                });
                for ((piece, value), &size) in pieces.iter_mut().zip(&arguments).zip(&self.sizes) {
                    piece[i * size..][..size].copy_from_slice(value.bytes(size));
                }
            }
        });
    }
}

/// `map`: a body called for each element.
#[derive(Debug)]
struct Map {
    description: String,
    program: ScalarProgram,
    sizes: SmallVec<[usize; 4]>,
    result_size: usize,
    count: usize,
}

/// A kernel that calls the body for the elements at each index.
pub(super) fn map(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    let to = result(site, 0)?;
    Ok(Box::new(Map {
        description: format!("map {}", shown(&to.dims)),
        program: body(site)?,
        sizes: element_sizes(site, site.op.operands.len())?,
        result_size: plain(to)?.size(),
        count: product(&to.dims),
    }))
}

impl Kernel for Map {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let inputs: SmallVec<[&[u8]; 4]> = operands.iter().map(|input| input.bytes()).collect();
        let parts = parts_for(self.count, ELEMENTS_PER_PART);
        in_parts(results, &[self.result_size], self.count, parts, &|range, mut pieces| {
            let mut machine = self.program.machine();
            let mut arguments: SmallVec<[Scalar; 8]> = SmallVec::from_elem(Scalar::default(), inputs.len());
            for (at, to) in range.zip(pieces[0].chunks_exact_mut(self.result_size)) {
                for ((argument, input), &size) in arguments.iter_mut().zip(&inputs).zip(&self.sizes) {
                    *argument = Scalar::from_bytes(&input[at * size..][..size]);
                }
                to.copy_from_slice(machine.run(&arguments)[0].bytes(self.result_size));
            }
        });
    }
}

/// Splits results of `count` elements of those sizes.
fn in_parts(
    results: &mut [&mut [u8]],
    sizes: &[usize],
    count: usize,
    parts: usize,
    body: &(dyn Fn(Range<usize>, Pieces<'_>) + Sync),
) {
    let parts = parts.clamp(1, count.max(1));
    let range = |part| split_point(count, parts, part)..split_point(count, parts, part + 1);
    let piece = |result: usize, part: usize| {
        let Range { start, end } = range(part);
        start * sizes[result]..end * sizes[result]
    };
    parallel_pieces(results, parts, &piece, &|part, pieces| body(range(part), pieces));
}

/// The offset of an index counted through the axes.
fn place(axes: &[(usize, usize)], mut index: usize) -> usize {
    let mut at = 0;
    for &(size, stride) in axes.iter().rev() {
        at += index % size * stride;
        index /= size;
    }
    at
}

/// Calls `visit` with the offset of each index, in row-major order.
fn for_each_place(axes: &[(usize, usize)], visit: &mut dyn FnMut(usize)) {
    let Some((&(size, stride), outer)) = axes.split_last() else { return visit(0) };
    for_each_place(outer, &mut |start| (0..size).for_each(|i| visit(start + i * stride)));
}

#[cfg(test)]
mod tests {
    use runahead_ir::{parse, verify};

    use crate::compile::{CompileOptions, compile};
    use crate::testing::{Random, cast, run};

    fn argmax(dims: &str, kept: &str, over: &str, x: &[f32]) -> (Vec<f32>, Vec<i32>) {
        let text = format!(
            "func.func @main(%x: tensor<{dims}xf32>) -> (tensor<{kept}f32>, tensor<{kept}i32>) {{
              %i = stablehlo.iota dim = 1 : tensor<{dims}xi32>
              %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
              %zero = stablehlo.constant dense<0> : tensor<i32>
              %r:2 = stablehlo.reduce(%x init: %low), (%i init: %zero) across dimensions = [{over}] :
                (tensor<{dims}xf32>, tensor<{dims}xi32>, tensor<f32>, tensor<i32>) -> (tensor<{kept}f32>, tensor<{kept}i32>)
                reducer(%a: tensor<f32>, %b: tensor<f32>) (%ai: tensor<i32>, %bi: tensor<i32>) {{
                %more = stablehlo.compare GT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
                %v = stablehlo.select %more, %a, %b : tensor<i1>, tensor<f32>
                %vi = stablehlo.select %more, %ai, %bi : tensor<i1>, tensor<i32>
                stablehlo.return %v, %vi : tensor<f32>, tensor<i32>
              }}
              return %r#0, %r#1 : tensor<{kept}f32>, tensor<{kept}i32>
            }}"
        );
        let module = parse("argmax", text).unwrap();
        verify(&module).unwrap();
        let program = compile(&module, &CompileOptions::default()).unwrap();
        let results = run(&program, &[bytemuck::cast_slice(x)]);
        (cast(&results[0]), cast(&results[1]))
    }

    #[test]
    fn several_operands_reduce_together() {
        let x: Vec<f32> = Random::new(1).floats(3 * 7 * 5);
        let (values, indices) = argmax("3x7x5", "3x5x", "1", &x);
        for i in 0..3 {
            for k in 0..5 {
                let column: Vec<f32> = (0..7).map(|j| x[(i * 7 + j) * 5 + k]).collect();
                let largest = column.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                // The last of equal ones, as the body takes the later where neither is more.
                let index = column.iter().rposition(|&v| v == largest).unwrap();
                assert_eq!((values[i * 5 + k], indices[i * 5 + k]), (largest, index as i32));
            }
        }
        let (values, indices) = argmax("2x3", "", "0, 1", &[1.0, 9.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!((values, indices), (vec![9.0], vec![1]));
    }

    #[test]
    fn nothing_reduces_to_the_initial_value() {
        assert_eq!(argmax("2x0x3", "2x3x", "1", &[]), (vec![f32::NEG_INFINITY; 6], vec![0; 6]));
    }

    #[test]
    fn map_calls_its_body_for_each_element() {
        let text = "func.func @main(%a: tensor<2x3xf32>, %b: tensor<2x3xf32>) -> tensor<2x3xf32> {
          %r = \"stablehlo.map\"(%a, %b) ({
            ^bb0(%x: tensor<f32>, %y: tensor<f32>):
              %s = stablehlo.subtract %x, %y : tensor<f32>
              %t = stablehlo.multiply %s, %x : tensor<f32>
              stablehlo.return %t : tensor<f32>
          }) {dimensions = array<i64: 0, 1>} : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
          return %r : tensor<2x3xf32>
        }";
        let program = compile(&parse("map", text).unwrap(), &CompileOptions::default()).unwrap();
        let (a, b) = ([1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0], [6.0f32, 5.0, 4.0, 3.0, 2.0, 1.0]);
        let results = run(&program, &[bytemuck::cast_slice(&a), bytemuck::cast_slice(&b)]);
        let found: Vec<f32> = cast(&results[0]);
        let expected: Vec<f32> = a.iter().zip(&b).map(|(a, b)| (a - b) * a).collect();
        assert_eq!(found, expected);
    }
}
