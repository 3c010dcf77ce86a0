//! Programs evaluated one element at a time, as the specification says it: what compiled programs are compared with.
//!
//! It shares nothing with a compiler but the program. Whatever the specification leaves open is [`Number::Any`], and so is
//! what is computed from it. An operation rounds once, to the nearest; what may be taken in any order, or by any formula, is
//! [`Number::Near`] what it is.

mod bits;
#[cfg(test)]
mod bounds;
mod elementwise;
mod fold;
mod number;
mod numeric;
mod products;
mod regional;

use std::collections::HashMap;
use std::sync::Arc;

use bits::{bitcast, dequantize, quantize, reduced};
use elementwise::{binary, compare, unary};
use number::Number::{Any, Integer};
pub use number::{Number, Tensor, close, epsilon};
use number::{indices, linear};
use numeric::{fft, normalized, top_k};
use runahead_ir::{
    Binary, ComparisonType, ElementType, Function, Literal, Module, Op, OpKind, Region, TensorType, Type,
    Unary, ValueId,
};

/// Loops that turn more often are not followed.
const MOST_TURNS: usize = 64;

/// Element operations that are enough for a program of a test.
pub const MOST_WORK: u64 = 1 << 24;

/// A value: a tensor, or the parts of a tuple.
type Parts = Arc<Vec<Tensor>>;

/// What values are while a function is evaluated.
struct Scope<'m> {
    module: &'m Module,
    function: &'m Function,
    values: HashMap<ValueId, Parts>,
    /// How much work is still allowed.
    left: u64,
    /// Whether every operation was evaluated.
    complete: bool,
}

/// What a program gives.
pub struct Evaluation {
    /// The results of the main function.
    pub results: Vec<Tensor>,
    /// Whether every operation was evaluated; what the others give is [`Number::Any`].
    pub complete: bool,
}

/// Evaluates a module's main function; none where that takes more work than allowed.
///
/// # Panics
/// Where the module is not valid, or the inputs are not of its types.
pub fn evaluate(module: &Module, inputs: Vec<Tensor>, work: u64) -> Option<Evaluation> {
    let function = module.main().expect("a main function");
    let mut scope = Scope { module, function, values: HashMap::new(), left: work, complete: true };
    let results = scope.region(&function.body, inputs)?;
    Some(Evaluation { results, complete: scope.complete })
}

impl Scope<'_> {
    /// What a region returns for its arguments; none where that takes too much work.
    fn region(&mut self, region: &Region, arguments: Vec<Tensor>) -> Option<Vec<Tensor>> {
        for (&parameter, argument) in region.parameters.iter().zip(arguments) {
            self.values.insert(parameter, Arc::new(vec![argument]));
        }
        for op in &region.ops {
            self.spend(self.work(op))?;
            let results = match self.operation(op) {
                Some(results) => results,
                None if self.left == 0 => return None,
                None => {
                    self.complete = false;
                    op.results.iter().flat_map(|&value| open(self.function.type_of(value))).collect()
                }
            };
            match &op.results[..] {
                // Only a tuple has several parts.
                [one] => drop(self.values.insert(*one, Arc::new(results))),
                several => {
                    for (&value, result) in several.iter().zip(results) {
                        self.values.insert(value, Arc::new(vec![result]));
                    }
                }
            }
        }
        Some(region.returns.iter().flat_map(|value| self.values[value].iter().cloned()).collect())
    }

    /// What a region of scalars returns.
    fn scalars(&mut self, region: &Region, arguments: &[Number]) -> Option<Vec<Number>> {
        // Most regions are one operation.
        if let Some((op, element)) = self.combiner(region) {
            self.spend(1)?;
            let [a, b] = [0, 1].map(|i| arguments[i].converted(element));
            return Some(vec![binary(op, a, b, element, element)]);
        }
        let types = region.parameters.iter().map(|&p| self.ty(p));
        let arguments = types
            .zip(arguments)
            .map(|(ty, &number)| Tensor::new(ty.clone(), vec![number.converted(ty.element)]));
        let arguments = arguments.collect();
        Some(self.region(region, arguments)?.iter().map(Tensor::scalar).collect())
    }

    /// Takes of the work that is allowed; none where so much is not left.
    fn spend(&mut self, work: u64) -> Option<()> {
        match self.left.checked_sub(work) {
            Some(left) => self.left = left,
            None => self.left = 0,
        }
        (self.left > 0).then_some(())
    }

    /// About how many element operations an operation is, without those of its regions.
    fn work(&self, op: &Op) -> u64 {
        let elements = |value: &ValueId| match self.function.type_of(*value) {
            Type::Tensor(ty) => ty.element_count().unwrap_or(0) as u64,
            _ => 1,
        };
        let given: u64 = op.operands.iter().map(elements).sum();
        let made: u64 = op.results.iter().map(elements).sum();
        let second = op.operands.get(1).map_or(1, elements);
        let each = match &op.kind {
            OpKind::Dot { .. } | OpKind::DotGeneral { .. } | OpKind::Convolution(_) => second,
            OpKind::ReduceWindow(window) | OpKind::SelectAndScatter(window) => {
                window.dimensions.iter().map(|&size| size as u64).product()
            }
            _ => 1,
        };
        1 + given + made.saturating_mul(each)
    }

    fn ty(&self, value: ValueId) -> TensorType {
        match self.function.type_of(value) {
            Type::Tensor(ty) => ty.clone(),
            other => panic!("{other} is no tensor"),
        }
    }

    fn operation(&mut self, op: &Op) -> Option<Vec<Tensor>> {
        let operands: Vec<Tensor> =
            op.operands.iter().flat_map(|value| self.values[value].iter().cloned()).collect();
        let x = operands.first();
        let to = match op.results.first() {
            Some(&result) if self.function.type_of(result).as_tensor().is_some() => self.ty(result),
            _ => TensorType::scalar(ElementType::Bool),
        };
        let quantized = |tensor: &Tensor| tensor.ty.quantization.is_some();
        let one = |numbers: Vec<Number>| Some(vec![Tensor::new(to.clone(), numbers)]);
        let each = |f: &dyn Fn(Number) -> Number| one(x?.numbers.iter().map(|&x| f(x)).collect());
        let moved =
            |index: &dyn Fn(&[usize]) -> Number| one(indices(&to.dims).map(|at| index(&at)).collect());
        match &op.kind {
            OpKind::Constant(literal) => Some(vec![constant(literal)]),
            OpKind::Unary(Unary::UniformQuantize) => Some(vec![quantize(x?, &to)]),
            OpKind::Unary(Unary::UniformDequantize) => Some(vec![dequantize(x?, &to)]),
            OpKind::Unary(op) => {
                let from = x?.ty.element;
                each(&|x| unary(*op, x, from, to.element))
            }
            OpKind::Binary(op) if operands.iter().any(quantized) => {
                let plain = TensorType { element: ElementType::F32, quantization: None, ..to.clone() };
                let numbers = operands.iter().map(|x| dequantize(x, &plain)).collect::<Vec<_>>();
                let element = ElementType::F32;
                let pairs = numbers[0].numbers.iter().zip(numbers[1].numbers.iter());
                let result = pairs.map(|(&a, &b)| binary(*op, a, b, element, element)).collect();
                // What is half-way may go to either side, and an operand's error counts.
                let error =
                    operands.iter().flat_map(|x| x.numbers.iter()).map(|n| n.error()).fold(0.0, f64::max);
                Some(vec![quantize(&Tensor::new(plain, result), &to).off_by(error * 64.0)])
            }
            OpKind::Binary(op) => {
                let element = x?.ty.element;
                let pairs = operands[0].numbers.iter().zip(operands[1].numbers.iter());
                one(pairs.map(|(&a, &b)| binary(*op, a, b, element, to.element)).collect())
            }
            OpKind::Compare { direction, compare_type } => {
                let total = *compare_type == Some(ComparisonType::TotalOrder);
                let pairs = operands[0].numbers.iter().zip(operands[1].numbers.iter());
                one(pairs.map(|(&a, &b)| compare(*direction, total, a, b)).collect())
            }
            OpKind::Select => moved(&|at| {
                let chosen = match operands[0].ty.rank() {
                    0 => operands[0].scalar(),
                    _ => operands[0].at(at),
                };
                match (chosen, operands[1].at(at), operands[2].at(at)) {
                    (Integer(1), taken, _) | (Integer(_), _, taken) => taken,
                    (_, one, other) if one == other => one,
                    _ => Any,
                }
            }),
            OpKind::Clamp => moved(&|at| {
                let of = |i: usize| {
                    if operands[i].ty.rank() == 0 { operands[i].scalar() } else { operands[i].at(at) }
                };
                let element = to.element;
                let raised = binary(Binary::Maximum, of(0), of(1), element, element);
                binary(Binary::Minimum, raised, of(2), element, element)
            }),
            OpKind::ReducePrecision { exponent_bits, mantissa_bits } => {
                each(&|x| reduced(x, *exponent_bits, *mantissa_bits))
            }
            OpKind::BitcastConvert => one(bitcast(x?, &to)),

            OpKind::Iota { dimension } => moved(&|at| Integer(at[*dimension] as i128).converted(to.element)),
            OpKind::BroadcastInDim { dimensions } => moved(&|at| {
                let x = &operands[0];
                let index: Vec<usize> = dimensions
                    .iter()
                    .zip(&x.ty.dims)
                    .map(|(&axis, &size)| if size == 1 { 0 } else { at[axis] })
                    .collect();
                x.at(&index)
            }),
            OpKind::Broadcast { sizes } => moved(&|at| operands[0].at(&at[sizes.len()..])),
            OpKind::Reshape => Some(vec![Tensor { ty: to.clone(), ..x?.clone() }]),
            OpKind::Transpose { permutation } => moved(&|at| {
                let mut index = vec![0; at.len()];
                permutation.iter().zip(at).for_each(|(&axis, &i)| index[axis] = i);
                operands[0].at(&index)
            }),
            OpKind::Reverse { dimensions } => moved(&|at| {
                let flipped = |(axis, &i): (usize, &usize)| {
                    if dimensions.contains(&axis) { to.dims[axis] - 1 - i } else { i }
                };
                operands[0].at(&at.iter().enumerate().map(flipped).collect::<Vec<_>>())
            }),
            OpKind::Concatenate { dimension } => moved(&|at| {
                let mut index = at.to_vec();
                for part in &operands {
                    let size = part.ty.dims[*dimension];
                    if index[*dimension] < size {
                        return part.at(&index);
                    }
                    index[*dimension] -= size;
                }
                unreachable!("the parts make up the whole")
            }),
            OpKind::Slice { start, strides, .. } => moved(&|at| {
                let index: Vec<usize> = (0..at.len()).map(|i| start[i] + at[i] * strides[i]).collect();
                operands[0].at(&index)
            }),
            OpKind::Pad { low, interior, .. } => moved(&|at| {
                let x = &operands[0];
                let index: Option<Vec<usize>> = (0..at.len())
                    .map(|i| {
                        let from = at[i] as i64 - low[i];
                        let step = interior[i] + 1;
                        let inside = from >= 0 && from % step == 0 && from / step < x.ty.dims[i] as i64;
                        inside.then_some((from / step) as usize)
                    })
                    .collect();
                index.map_or(operands[1].scalar(), |index| x.at(&index))
            }),
            OpKind::DynamicSlice { sizes } => {
                let start = starts(&operands[1..], &x?.ty.dims, sizes)?;
                moved(&|at| operands[0].at(&added(&start, at)))
            }
            OpKind::DynamicUpdateSlice => {
                let sizes = operands[1].ty.dims.to_vec();
                let start = starts(&operands[2..], &to.dims, &sizes)?;
                let mut result = x?.numbers.to_vec();
                for at in indices(&sizes) {
                    result[linear(&to.dims, &added(&start, &at))] = operands[1].at(&at);
                }
                one(result)
            }
            OpKind::Gather { dimension_numbers, slice_sizes, .. } => {
                one(products::gather(dimension_numbers, slice_sizes, &operands[0], &operands[1], &to.dims))
            }
            OpKind::TorchIndexSelect { dim, batch_dims } => moved(&|at| {
                let rank = operands[1].ty.rank();
                let picked =
                    operands[1].at(&[&at[..*batch_dims], &at[*dim..*dim + rank - batch_dims]].concat());
                let Some(picked) = picked.integer() else { return Any };
                let inside = (0..operands[0].ty.dims[*dim] as i128).contains(&picked);
                // Of an index outside the specification says nothing.
                let index = [&at[..*dim], &[picked as usize], &at[*dim + rank - batch_dims..]].concat();
                if inside { operands[0].at(&index) } else { Any }
            }),
            OpKind::GetDimensionSize { dimension } => one(vec![Integer(x?.ty.dims[*dimension] as i128)]),

            OpKind::Dot { .. } => {
                let numbers = runahead_ir::DotDimensions {
                    lhs_contracting: vec![x?.ty.rank() - 1],
                    rhs_contracting: vec![0],
                    ..Default::default()
                };
                Some(vec![products::dot_general(&numbers, &operands[0], &operands[1], &to)])
            }
            OpKind::DotGeneral { dimension_numbers, .. } => {
                Some(vec![products::dot_general(dimension_numbers, &operands[0], &operands[1], &to)])
            }
            OpKind::Convolution(c) => Some(vec![products::convolution(c, &operands[0], &operands[1], &to)]),
            OpKind::Fft { fft_type, length } => Some(vec![fft(*fft_type, length, x?, &to)]),

            OpKind::Reduce { dimensions } => self.reduce(op, dimensions, &operands),
            OpKind::ReduceWindow(window) => self.reduce_window(op, window, &operands),
            OpKind::SelectAndScatter(window) => self.select_and_scatter(op, window, &operands),
            OpKind::Scatter { dimension_numbers, .. } => self.scatter(op, dimension_numbers, &operands),
            OpKind::Map { .. } => {
                let mut result = Vec::new();
                for i in 0..x?.numbers.len() {
                    let arguments: Vec<Number> = operands.iter().map(|x| x.numbers[i]).collect();
                    result.push(self.scalars(&op.regions[0], &arguments)?[0]);
                }
                one(result)
            }
            OpKind::Sort { dimension, is_stable } => self.sort(op, *dimension, *is_stable, &operands),
            OpKind::TopK { k } => top_k(*k, x?),
            OpKind::BatchNormInference { epsilon, feature_index } => {
                let [x, scale, offset, mean, variance] = &operands[..] else { return None };
                let stats = [scale, offset, mean, variance];
                Some(vec![normalized(x, stats, f64::from(*epsilon), *feature_index)])
            }

            OpKind::While => {
                let mut values = operands;
                for _ in 0..MOST_TURNS {
                    self.spend(1)?;
                    let goes_on = self.region(&op.regions[0], values.clone())?[0].scalar();
                    match goes_on {
                        Integer(0) => return Some(values),
                        Integer(_) => values = self.region(&op.regions[1], values)?,
                        _ => return None,
                    }
                }
                // It may have no end, and then nothing is to be compared.
                self.spend(u64::MAX)?;
                None
            }
            OpKind::If => {
                let taken = usize::from(x?.scalar().integer()? == 0);
                self.region(&op.regions[taken], Vec::new())
            }
            OpKind::Case => {
                let count = op.regions.len();
                let index = usize::try_from(x?.scalar().integer()?).unwrap_or(usize::MAX).min(count - 1);
                self.region(&op.regions[index], Vec::new())
            }
            OpKind::Call { callee } => {
                let function = self.module.function(callee)?;
                let mut inner = Scope {
                    module: self.module,
                    function,
                    values: HashMap::new(),
                    left: self.left,
                    complete: true,
                };
                let results = inner.region(&function.body, operands);
                (self.left, self.complete) = (inner.left, self.complete && inner.complete);
                if results.is_none() {
                    self.left = 0;
                }
                results
            }
            OpKind::OptimizationBarrier | OpKind::Tuple => Some(operands),
            OpKind::GetTupleElement { index } => Some(vec![operands[*index].clone()]),
            OpKind::DynamicReshape | OpKind::DynamicBroadcastInDim { .. } | OpKind::RealDynamicSlice => {
                // Here the shapes that are given are those that there are.
                let x = x?;
                Some(vec![Tensor { ty: TensorType { dims: x.ty.dims.clone(), ..to.clone() }, ..x.clone() }])
            }
            _ => None,
        }
    }
}

fn constant(literal: &Literal) -> Tensor {
    Tensor::decode(literal.ty(), &literal.to_dense())
}

fn added(a: &[usize], b: &[usize]) -> Vec<usize> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

/// Start indices, moved so that a slice lies inside.
fn starts(indices: &[Tensor], dims: &[usize], sizes: &[usize]) -> Option<Vec<usize>> {
    let clamped = |(i, index): (usize, &Tensor)| {
        let last = (dims[i] - sizes[i]) as i128;
        Some(index.scalar().integer()?.clamp(0, last) as usize)
    };
    indices.iter().enumerate().map(clamped).collect()
}

/// Tensors of a type, or of a tuple's, of which nothing is known.
fn open(ty: &Type) -> Vec<Tensor> {
    match ty {
        Type::Tensor(ty) => vec![Tensor::open(ty)],
        Type::Tuple(parts) => parts.iter().flat_map(open).collect(),
        _ => Vec::new(),
    }
}
