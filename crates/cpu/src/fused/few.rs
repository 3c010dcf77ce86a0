//! Running a fused loop over a few elements, one after the other: in a loop of a program that computes with scalars, or
//! with points in space, getting tiles ready would take a hundred times as long as the arithmetic.

use smallvec::SmallVec;

use super::recipe::{Argument, Leaf, Mode, Operation, Recipe, Source};
use crate::kernel::{InPlace, Kernel, Operand};
use crate::ops::Scalar;

/// Elements of the space, at most: with more, one call for all of them is quicker than a call for each.
const MOST_ELEMENTS: usize = 3;

/// A loop without reductions over a few elements.
#[derive(Debug)]
pub(super) struct FewElements {
    description: String,
    elements: usize,
    loads: Vec<Load>,
    constants: Vec<Scalar>,
    steps: Vec<Step>,
    results: Vec<Store>,
}

/// What is read for each element: into a register, after those before it.
#[derive(Debug)]
struct Load {
    operand: usize,
    size: usize,
    /// For each element of the space where it begins, in bytes.
    starts: [usize; MOST_ELEMENTS],
}

#[derive(Debug)]
struct Step {
    code: fn(&Scalar, &Scalar, &Scalar) -> Scalar,
    /// Registers: the constants, then the loads, then the steps before.
    arguments: [usize; 3],
}

#[derive(Debug)]
struct Store {
    register: usize,
    size: usize,
}

impl FewElements {
    /// The recipe as such a loop, where it is one.
    pub(super) fn of(recipe: &Recipe, description: &str) -> Option<FewElements> {
        let elements: usize = recipe.dims.iter().product();
        if recipe.mode != Mode::Flat || !(1..=MOST_ELEMENTS).contains(&elements) {
            return None;
        }
        // An argument that an operation does not have is never looked at.
        let mut constants = vec![Scalar::default()];
        let mut loads = Vec::new();
        let mut places = Vec::new();
        for leaf in &recipe.leaves {
            places.push(match leaf.source {
                Source::Pieces(_) => return None,
                Source::Constant(constant) => {
                    constants.push(constant);
                    Place::Constant(constants.len() - 1)
                }
                Source::Operand(operand) => {
                    let size = leaf.element.size();
                    loads.push(Load { operand, size, starts: starts(leaf, &recipe.dims, size) });
                    Place::Load(loads.len() - 1)
                }
            });
        }
        let mut extra_at = Vec::new();
        for step in &recipe.steps {
            let Operation::Map(code) = step.operation else { return None };
            extra_at.push(code.constant.map(|constant| {
                constants.push(constant);
                constants.len() - 1
            }));
        }
        let first_load = constants.len();
        let first_step = first_load + loads.len();
        let register = |argument: &Argument| match *argument {
            Argument::Step(step) => first_step + step,
            Argument::Leaf(leaf) => match places[leaf] {
                Place::Constant(constant) => constant,
                Place::Load(load) => first_load + load,
            },
        };
        let mut steps = Vec::new();
        for (step, extra) in recipe.steps.iter().zip(extra_at) {
            let Operation::Map(code) = step.operation else { return None };
            let mut arguments = [0; 3];
            arguments.iter_mut().zip(&step.arguments).for_each(|(to, argument)| *to = register(argument));
            if let Some(extra) = extra {
                arguments[code.arity] = extra;
            }
            steps.push(Step { code: code.scalar, arguments });
        }
        let results = recipe
            .results
            .iter()
            .map(|&step| Store { register: first_step + step, size: recipe.steps[step].element.size() })
            .collect();
        Some(FewElements { description: description.into(), elements, loads, constants, steps, results })
    }
}

enum Place {
    Constant(usize),
    Load(usize),
}

/// Where a leaf's element begins for each element of the space.
fn starts(leaf: &Leaf, dims: &[usize], size: usize) -> [usize; MOST_ELEMENTS] {
    let mut starts = [0; MOST_ELEMENTS];
    let elements: usize = dims.iter().product();
    for (i, start) in starts.iter_mut().enumerate().take(elements) {
        let (mut rest, mut at) = (i, leaf.offset);
        for (&dim, &stride) in dims.iter().zip(&leaf.strides).rev() {
            at += rest % dim * stride;
            rest /= dim;
        }
        *start = at * size;
    }
    starts
}

impl Kernel for FewElements {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn in_place(&self) -> Vec<InPlace> {
        // An element of a result is written when all that is read for it was read; what is read for later elements must
        // not lie there.
        let in_step = |load: &Load, size: usize| {
            load.size == size && (0..self.elements).all(|i| load.starts[i] == i * size)
        };
        let mut pairs = Vec::new();
        for (result, store) in self.results.iter().enumerate() {
            for load in &self.loads {
                let mut same = self.loads.iter().filter(|other| other.operand == load.operand);
                let pair = InPlace { operand: load.operand, result };
                if same.all(|load| in_step(load, store.size)) && !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
        pairs
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _scratch: &mut [u8]) {
        let mut registers: SmallVec<[Scalar; 32]> = SmallVec::from_slice(&self.constants);
        let first_load = registers.len();
        for i in 0..self.elements {
            registers.truncate(first_load);
            for load in &self.loads {
                let bytes: &[u8] = match operands[load.operand] {
                    Operand::Bytes(bytes) => bytes,
                    Operand::InResult(result) => &*results[result],
                };
                registers.push(read(&bytes[load.starts[i]..], load.size));
            }
            for step in &self.steps {
                let [a, b, c] = step.arguments.map(|register| &registers[register]);
                let value = (step.code)(a, b, c);
                registers.push(value);
            }
            for (result, store) in results.iter_mut().zip(&self.results) {
                let value = &registers[store.register];
                write(value, &mut result[i * store.size..], store.size);
            }
        }
    }
}

// Copies of a length that is known are single instructions.

#[inline(always)]
fn read(bytes: &[u8], size: usize) -> Scalar {
    match size {
        1 => Scalar::from_bytes(&bytes[..1]),
        2 => Scalar::from_bytes(&bytes[..2]),
        4 => Scalar::from_bytes(&bytes[..4]),
        8 => Scalar::from_bytes(&bytes[..8]),
        _ => Scalar::from_bytes(&bytes[..size]),
    }
}

#[inline(always)]
fn write(value: &Scalar, to: &mut [u8], size: usize) {
    match size {
        1 => to[..1].copy_from_slice(value.bytes(1)),
        2 => to[..2].copy_from_slice(value.bytes(2)),
        4 => to[..4].copy_from_slice(value.bytes(4)),
        8 => to[..8].copy_from_slice(value.bytes(8)),
        _ => to[..size].copy_from_slice(value.bytes(size)),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{cast, compiled, run};

    /// Three values of a small space, read through a reverse stride, a broadcast and as they are, in one loop and as
    /// operations that are kept apart by their being returned.
    #[test]
    fn few_elements_are_computed_like_many() {
        for n in [1, 2, 5, 40] {
            let text = format!(
                "func.func @main(%x: tensor<2x{n}xi32>, %s: tensor<i32>) -> (tensor<2x{n}xi32>, tensor<{n}x2xi1>) {{
                   %b = stablehlo.broadcast_in_dim %s, dims = [] : (tensor<i32>) -> tensor<2x{n}xi32>
                   %y = stablehlo.multiply %x, %b : tensor<2x{n}xi32>
                   %z = stablehlo.subtract %y, %x : tensor<2x{n}xi32>
                   %t = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x{n}xi32>) -> tensor<{n}x2xi32>
                   %c = stablehlo.broadcast_in_dim %s, dims = [] : (tensor<i32>) -> tensor<{n}x2xi32>
                   %p = stablehlo.compare LT, %t, %c : (tensor<{n}x2xi32>, tensor<{n}x2xi32>) -> tensor<{n}x2xi1>
                   return %z, %p : tensor<2x{n}xi32>, tensor<{n}x2xi1>
                 }}"
            );
            let x: Vec<i32> = (0..2 * n).map(|i| i * 37 % 11 - 5).collect();
            let found = run(&compiled(&text), &[bytemuck::cast_slice(&x), bytemuck::bytes_of(&3i32)]);
            assert_eq!(cast::<i32>(&found[0]), x.iter().map(|x| 3 * x - x).collect::<Vec<_>>());
            let n = n as usize;
            let transposed = (0..2 * n).map(|i| u8::from(x[i % 2 * n + i / 2] < 3));
            assert_eq!(found[1], transposed.collect::<Vec<_>>());
        }
    }
}
