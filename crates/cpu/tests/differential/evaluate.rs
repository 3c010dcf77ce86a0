//! Programs evaluated one element at a time, as the specification says it: what compiled programs are compared with.
//!
//! It shares nothing with the crate but the program. Whatever the specification leaves open is [`Number::Any`].

use std::collections::HashMap;
use std::rc::Rc;

use num_complex::Complex64;
use runahead_ir::{
    ComparisonType, ElementType, FftType, Function, Literal, Module, Op, OpKind, Region, TensorType, Type,
    Unary, ValueId, Window,
};

use super::elementwise::{binary, compare, unary};
use super::number::Number::{self, Any, Complex, Integer, Real};
use super::number::{Tensor, epsilon, indices, linear};
use super::products;

/// Loops that turn more often are not followed.
const MOST_TURNS: usize = 64;

/// A value: a tensor, or the parts of a tuple.
pub type Values = Rc<Vec<Tensor>>;

/// What values are while a function is evaluated.
#[derive(Clone)]
pub struct Scope<'m> {
    pub module: &'m Module,
    pub function: &'m Function,
    values: HashMap<ValueId, Values>,
}

/// The results of a module's main function; none where it does not end, or does what is evaluated nowhere.
pub fn evaluate(module: &Module, inputs: Vec<Tensor>) -> Option<Vec<Tensor>> {
    let function = module.main().expect("a main function");
    let mut scope = Scope { module, function, values: HashMap::new() };
    let results = scope.region(&function.body, inputs)?;
    Some(results)
}

impl Scope<'_> {
    /// What a region returns for its arguments.
    pub fn region(&mut self, region: &Region, arguments: Vec<Tensor>) -> Option<Vec<Tensor>> {
        for (&parameter, argument) in region.parameters.iter().zip(arguments) {
            self.values.insert(parameter, Rc::new(vec![argument]));
        }
        for op in &region.ops {
            let results = self.operation(op)?;
            match &op.results[..] {
                // Only a tuple has several parts.
                [one] => drop(self.values.insert(*one, Rc::new(results))),
                several => {
                    for (&value, result) in several.iter().zip(results) {
                        self.values.insert(value, Rc::new(vec![result]));
                    }
                }
            }
        }
        Some(region.returns.iter().flat_map(|value| self.values[value].iter().cloned()).collect())
    }

    /// What a region of scalars returns.
    pub fn scalars(&mut self, region: &Region, arguments: &[Number]) -> Option<Vec<Number>> {
        let types = region.parameters.iter().map(|&p| self.ty(p));
        let arguments = types
            .zip(arguments)
            .map(|(ty, &number)| Tensor::new(ty.clone(), vec![number.converted(ty.element)]));
        let arguments = arguments.collect();
        Some(self.region(region, arguments)?.iter().map(Tensor::scalar).collect())
    }

    pub fn ty(&self, value: ValueId) -> TensorType {
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
                let pairs = numbers[0].numbers.iter().zip(&numbers[1].numbers);
                let result = pairs.map(|(&a, &b)| binary(*op, a, b, element, element)).collect();
                let mut quantized = quantize(&Tensor::new(plain, result), &to);
                // What is half-way may go to either side, and an operand's error counts.
                quantized.slack = 1.0 + operands.iter().map(|x| x.slack).sum::<f64>() * 64.0;
                Some(vec![quantized])
            }
            OpKind::Binary(op) => {
                let element = x?.ty.element;
                let pairs = operands[0].numbers.iter().zip(&operands[1].numbers);
                one(pairs.map(|(&a, &b)| binary(*op, a, b, element, to.element)).collect())
            }
            OpKind::Compare { direction, compare_type } => {
                let total = *compare_type == Some(ComparisonType::TotalOrder);
                let pairs = operands[0].numbers.iter().zip(&operands[1].numbers);
                one(pairs.map(|(&a, &b)| compare(*direction, total, a, b)).collect())
            }
            OpKind::Select => moved(&|at| {
                let chosen = match operands[0].ty.rank() {
                    0 => operands[0].scalar(),
                    _ => operands[0].at(at),
                };
                if chosen == Integer(1) { operands[1].at(at) } else { operands[2].at(at) }
            }),
            OpKind::Clamp => moved(&|at| {
                let of = |i: usize| {
                    if operands[i].ty.rank() == 0 { operands[i].scalar() } else { operands[i].at(at) }
                };
                let element = to.element;
                let raised = binary(runahead_ir::Binary::Maximum, of(0), of(1), element, element);
                binary(runahead_ir::Binary::Minimum, raised, of(2), element, element)
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
            OpKind::Reshape => one(x?.numbers.clone()),
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
                let mut result = x?.numbers.clone();
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
            OpKind::Scatter { dimension_numbers, .. } => {
                let (x, updates) = (operands[0].clone(), &operands[2]);
                let mut result = x.clone();
                for (to, from) in products::scatter(dimension_numbers, &x, &operands[1], updates)? {
                    let arguments = [result.numbers[to], updates.numbers[from]];
                    result.numbers[to] = self.scalars(&op.regions[0], &arguments)?[0];
                }
                result.slack = slack(&[&x, updates], updates.numbers.len());
                Some(vec![result])
            }
            OpKind::Map { .. } => {
                let mut result = Vec::new();
                for i in 0..x?.numbers.len() {
                    let arguments: Vec<Number> = operands.iter().map(|x| x.numbers[i]).collect();
                    result.push(self.scalars(&op.regions[0], &arguments)?[0]);
                }
                one(result)
            }
            OpKind::Sort { dimension, .. } => self.sort(op, *dimension, operands),
            OpKind::TopK { k } => top_k(*k, x?),
            OpKind::BatchNormInference { epsilon, feature_index } => {
                let [x, scale, offset, mean, variance] = &operands[..] else { return None };
                let stats = [scale, offset, mean, variance];
                Some(vec![normalized(x, stats, f64::from(*epsilon), *feature_index)])
            }

            OpKind::While => {
                let mut values = operands;
                for _ in 0..MOST_TURNS {
                    let goes_on = self.region(&op.regions[0], values.clone())?[0].scalar();
                    match goes_on {
                        Integer(0) => return Some(values),
                        Integer(_) => values = self.region(&op.regions[1], values)?,
                        _ => return None,
                    }
                }
                None
            }
            OpKind::If => self.region(&op.regions[usize::from(x?.scalar() == Integer(0))], Vec::new()),
            OpKind::Case => {
                let count = op.regions.len();
                let index = usize::try_from(x?.scalar().integer()?).unwrap_or(usize::MAX).min(count - 1);
                self.region(&op.regions[index], Vec::new())
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

    fn reduce(&mut self, op: &Op, dimensions: &[usize], operands: &[Tensor]) -> Option<Vec<Tensor>> {
        let (inputs, initial) = operands.split_at(operands.len() / 2);
        let types: Vec<TensorType> = op.results.iter().map(|&result| self.ty(result)).collect();
        let first: Vec<Number> = initial.iter().map(Tensor::scalar).collect();
        let count: usize = types[0].dims.iter().product();
        let mut sums = vec![first; count];
        for at in indices(&inputs[0].ty.dims) {
            let kept: Vec<usize> =
                (0..at.len()).filter(|axis| !dimensions.contains(axis)).map(|axis| at[axis]).collect();
            let sum = linear(&types[0].dims, &kept);
            let arguments: Vec<Number> =
                sums[sum].iter().copied().chain(inputs.iter().map(|x| x.at(&at))).collect();
            sums[sum] = self.scalars(&op.regions[0], &arguments)?;
        }
        Some(results(&types, &sums, inputs))
    }

    fn reduce_window(&mut self, op: &Op, window: &Window, operands: &[Tensor]) -> Option<Vec<Tensor>> {
        let (inputs, initial) = operands.split_at(operands.len() / 2);
        let types: Vec<TensorType> = op.results.iter().map(|&result| self.ty(result)).collect();
        let first: Vec<Number> = initial.iter().map(Tensor::scalar).collect();
        let mut sums = Vec::new();
        for at in indices(&types[0].dims) {
            let mut sum = first.clone();
            for tap in indices(&window.dimensions) {
                let under = products::under(window, &at, &tap, &inputs[0].ty.dims);
                // Where nothing is under the window, there is the initial value.
                let with =
                    inputs.iter().zip(&first).map(|(x, &first)| under.as_ref().map_or(first, |i| x.at(i)));
                let arguments: Vec<Number> = sum.iter().copied().chain(with).collect();
                sum = self.scalars(&op.regions[0], &arguments)?;
            }
            sums.push(sum);
        }
        Some(results(&types, &sums, inputs))
    }

    fn select_and_scatter(&mut self, op: &Op, window: &Window, operands: &[Tensor]) -> Option<Vec<Tensor>> {
        let [x, source, initial] = operands else { return None };
        let mut result = vec![initial.scalar(); x.numbers.len()];
        for at in indices(&source.ty.dims) {
            let mut selected: Option<Vec<usize>> = None;
            for tap in indices(&window.dimensions) {
                let Some(place) = products::under(window, &at, &tap, &x.ty.dims) else { continue };
                let stays = match &selected {
                    None => false,
                    Some(best) => self.scalars(&op.regions[0], &[x.at(best), x.at(&place)])?[0] == Integer(1),
                };
                if !stays {
                    selected = Some(place);
                }
            }
            if let Some(place) = selected {
                let to = linear(&x.ty.dims, &place);
                result[to] = self.scalars(&op.regions[1], &[source.at(&at), result[to]])?[0];
            }
        }
        let mut result = Tensor::new(x.ty.clone(), result);
        result.slack = slack(&[source, initial], source.numbers.len());
        Some(vec![result])
    }

    fn sort(&mut self, op: &Op, dimension: usize, operands: Vec<Tensor>) -> Option<Vec<Tensor>> {
        // What is not a number has no place in the order.
        if operands
            .iter()
            .flat_map(|x| &x.numbers)
            .any(|number| matches!(number, Real(value) if value.is_nan()))
        {
            return None;
        }
        let dims = operands[0].ty.dims.to_vec();
        let mut results = operands.clone();
        let mut rows = dims.clone();
        rows[dimension] = rows[dimension].min(1);
        for row in indices(&rows) {
            let place = |i: usize| {
                let mut index = row.clone();
                index[dimension] = i;
                linear(&dims, &index)
            };
            // Each comes before the first that it is to come before: stable.
            let mut order: Vec<usize> = Vec::new();
            for i in 0..dims[dimension] {
                let mut at = order.len();
                while at > 0 {
                    let pair = |x: &Tensor| [x.numbers[place(i)], x.numbers[place(order[at - 1])]];
                    let arguments: Vec<Number> = operands.iter().flat_map(pair).collect();
                    if self.scalars(&op.regions[0], &arguments)?[0] != Integer(1) {
                        break;
                    }
                    at -= 1;
                }
                order.insert(at, i);
            }
            for (result, operand) in results.iter_mut().zip(&operands) {
                for (i, &from) in order.iter().enumerate() {
                    result.numbers[place(i)] = operand.numbers[place(from)];
                }
            }
        }
        Some(results)
    }
}

fn constant(literal: &Literal) -> Tensor {
    Tensor::decode(literal.ty(), &literal.to_dense())
}

fn results(types: &[TensorType], sums: &[Vec<Number>], inputs: &[Tensor]) -> Vec<Tensor> {
    let of = |(i, ty): (usize, &TensorType)| {
        let mut result = Tensor::new(ty.clone(), sums.iter().map(|sum| sum[i]).collect());
        result.slack = slack(&[&inputs[i]], inputs[i].numbers.len() / sums.len().max(1));
        result
    };
    types.iter().enumerate().map(of).collect()
}

/// How far off a sum may be by the order in which it is taken and the precision in which it is held.
pub fn slack(inputs: &[&Tensor], terms: usize) -> f64 {
    let element = inputs[0].ty.element;
    if !element.is_float() && !element.is_complex() {
        return 0.0;
    }
    let largest = inputs
        .iter()
        .flat_map(|x| &x.numbers)
        .map(|n| n.size())
        .filter(|n| n.is_finite())
        .fold(0.0, f64::max);
    epsilon(element) * largest * (terms * terms) as f64
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

fn scale(ty: &TensorType, index: &[usize]) -> (f64, f64, f64, f64) {
    let q = ty.quantization.as_ref().expect("a quantized type");
    let i = q.axis.map_or(0, |axis| index[axis]);
    (q.scales[i], q.zero_points[i] as f64, q.storage_min as f64, q.storage_max as f64)
}

fn quantize(x: &Tensor, to: &TensorType) -> Tensor {
    let quantized = |at: Vec<usize>| {
        let (scale, zero, min, max) = scale(to, &at);
        match x.at(&at) {
            Real(value) if !value.is_nan() => {
                Integer(((value / scale).round_ties_even() + zero).clamp(min, max) as i128)
            }
            _ => Any,
        }
    };
    let mut result = Tensor::new(to.clone(), indices(&to.dims).map(quantized).collect());
    result.slack = 1.0;
    result
}

fn dequantize(x: &Tensor, to: &TensorType) -> Tensor {
    let mut widest: f64 = 0.0;
    let mut expressed = |at: Vec<usize>| {
        let (scale, zero, ..) = scale(&x.ty, &at);
        widest = widest.max(scale);
        x.at(&at).integer().map_or(Any, |value| Real((value as f64 - zero) * scale).rounded(to.element))
    };
    let numbers = indices(&to.dims).map(&mut expressed).collect();
    Tensor { slack: x.slack * widest * 1.01, ..Tensor::new(to.clone(), numbers) }
}

/// Rounded to fewer bits, where the number is normal in them.
fn reduced(x: Number, exponent_bits: u32, mantissa_bits: u32) -> Number {
    let Real(value) = x else { return Any };
    if value == 0.0 || value.is_infinite() {
        return x;
    }
    let exponent = value.abs().log2().floor();
    let bias = f64::from((1u32 << (exponent_bits - 1)) - 1);
    if value.is_nan()
        || !value.is_normal()
        || exponent >= bias
        || exponent <= 1.0 - bias
        || mantissa_bits == 0
    {
        return Any;
    }
    let step = (exponent - f64::from(mantissa_bits.min(52))).exp2();
    if !step.is_normal() { Any } else { Real((value / step).round_ties_even() * step) }
}

fn bitcast(x: &Tensor, to: &TensorType) -> Vec<Number> {
    let bits = |number: &Number, element: ElementType| -> Option<Vec<bool>> {
        let part = element.real_part();
        let pattern = |number: &Number| -> Option<u128> {
            match number {
                Integer(value) => Some(*value as u128),
                // There are several patterns of what is no number.
                Real(value) if value.is_nan() => None,
                Real(value) => Some(runahead_ir::float::encode(part, *value).into()),
                _ => None,
            }
        };
        let patterns = match number {
            Complex(value) => vec![pattern(&Real(value.re))?, pattern(&Real(value.im))?],
            other => vec![pattern(other)?],
        };
        let width = part.bits();
        Some(patterns.iter().flat_map(|p| (0..width).map(move |i| p >> i & 1 == 1)).collect())
    };
    let (from, width) = (x.ty.element, to.element.bits());
    let all: Vec<Option<bool>> = x
        .numbers
        .iter()
        .flat_map(|number| match bits(number, from) {
            Some(bits) => bits.into_iter().map(Some).collect::<Vec<_>>(),
            None => vec![None; from.bits()],
        })
        .collect();
    let number = |bits: &[Option<bool>]| {
        let mut bytes = vec![0u8; to.element.size()];
        for (i, bit) in bits.iter().enumerate() {
            match bit {
                Some(bit) => bytes[i / 8] |= u8::from(*bit) << (i % 8),
                None => return Any,
            }
        }
        super::number::number(to.element, &bytes)
    };
    match to.element_count() {
        Some(0) => Vec::new(),
        _ => all.chunks(width).map(number).collect(),
    }
}

fn top_k(k: usize, x: &Tensor) -> Option<Vec<Tensor>> {
    let length = *x.ty.dims.last()?;
    let dims: Vec<usize> = x.ty.dims[..x.ty.rank() - 1].iter().copied().chain([k]).collect();
    let (mut values, mut places) = (Vec::new(), Vec::new());
    let key = |number: &Number| match number {
        Integer(value) => Some(*value as f64),
        Real(value) if !value.is_nan() => Some(*value),
        _ => None,
    };
    for row in x.numbers.chunks(length.max(1)) {
        let keys: Option<Vec<f64>> = row.iter().map(key).collect();
        let keys = keys?;
        let mut order: Vec<usize> = (0..length).collect();
        order.sort_by(|&a, &b| keys[b].total_cmp(&keys[a]));
        values.extend(order[..k].iter().map(|&i| row[i]));
        places.extend(order[..k].iter().map(|&i| Integer(i as i128)));
    }
    if x.numbers.is_empty() {
        return None;
    }
    let indices = TensorType::new(ElementType::I32, dims.iter().copied());
    Some(vec![Tensor::new(x.ty.with_dims(dims), values), Tensor::new(indices, places)])
}

fn normalized(
    x: &Tensor,
    [scale, offset, mean, variance]: [&Tensor; 4],
    epsilon_: f64,
    feature: usize,
) -> Tensor {
    let number = |at: Vec<usize>| {
        let of = |x: &Tensor| x.at(&at[feature..=feature]).complex();
        let parts = (x.at(&at).complex(), of(scale), of(offset), of(mean), of(variance));
        let (Some(x), Some(scale), Some(offset), Some(mean), Some(variance)) = parts else { return Any };
        if variance.re < 0.1 || variance.im != 0.0 {
            return Any;
        }
        let result = (x - mean) / (variance + epsilon_).sqrt() * scale + offset;
        if scale.im == 0.0 && x.im == 0.0 && offset.im == 0.0 && mean.im == 0.0 {
            Real(result.re)
        } else {
            Complex(result)
        }
    };
    let element = x.ty.element;
    let numbers = indices(&x.ty.dims)
        .map(number)
        .map(|n| if element.is_complex() { n.complex().map_or(Any, Complex) } else { n });
    let mut result = Tensor::new(x.ty.clone(), numbers.map(|n| n.rounded(element)).collect());
    result.slack = 40.0 * epsilon(element) * result.numbers.iter().map(|n| n.size()).fold(4.0, f64::max);
    result
}

/// The discrete Fourier transform by its definition, along one axis after the other.
fn fft(kind: FftType, length: &[usize], x: &Tensor, to: &TensorType) -> Tensor {
    let rank = x.ty.rank();
    let first = rank - length.len();
    let inverse = matches!(kind, FftType::Ifft | FftType::Irfft);
    let mut dims = x.ty.dims.to_vec();
    let mut numbers: Vec<Complex64> = x.numbers.iter().filter_map(|n| n.complex()).collect();
    if kind == FftType::Irfft {
        // The other half of the last axis is the conjugate of what lies opposite.
        let full: Vec<usize> = dims[..first].iter().chain(length).copied().collect();
        numbers = indices(&full)
            .map(|mut at| {
                let last = at[rank - 1];
                if last < dims[rank - 1] {
                    return numbers[linear(&dims, &at)];
                }
                (first..rank).for_each(|axis| at[axis] = (full[axis] - at[axis]) % full[axis]);
                numbers[linear(&dims, &at)].conj()
            })
            .collect();
        dims = full;
    }
    for axis in first..rank {
        let n = dims[axis];
        numbers = indices(&dims)
            .map(|mut at| {
                let k = at[axis];
                let term = |j: usize| {
                    let turn = (j * k % n) as f64 / n as f64 * if inverse { 1.0 } else { -1.0 };
                    at[axis] = j;
                    numbers[linear(&dims, &at)] * Complex64::from_polar(1.0, turn * std::f64::consts::TAU)
                };
                let sum: Complex64 = (0..n).map(term).sum();
                if inverse { sum / n as f64 } else { sum }
            })
            .collect();
    }
    let result = indices(&to.dims).map(|at| {
        let value = numbers[linear(&dims, &at)];
        if to.element.is_complex() { Complex(value) } else { Real(value.re) }
    });
    let mut result = Tensor::new(to.clone(), result.collect());
    result.slack = 8.0 * epsilon(to.element) * x.weight();
    result
}
