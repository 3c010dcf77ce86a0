//! A plain evaluator of programs, in `f64`, one element at a time: what compiled programs are compared with.

use runahead_ir::{Binary, Function, OpKind, Type, Unary, ValueId};

/// The results of a function of real tensors.
pub(super) fn evaluate(function: &Function, inputs: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut values: Vec<Option<Vec<f64>>> = vec![None; function.values.len()];
    for (&parameter, input) in function.body.parameters.iter().zip(inputs) {
        values[parameter.0 as usize] = Some(input.clone());
    }
    for op in &function.body.ops {
        let operand = |i: usize| values[op.operands[i].0 as usize].as_ref().unwrap();
        let to = dims(function, op.results[0]);
        let from = || dims(function, op.operands[0]);
        let each = |f: &dyn Fn(f64) -> f64| operand(0).iter().map(|&x| f(x)).collect::<Vec<f64>>();
        let both = |f: &dyn Fn(f64, f64) -> f64| {
            operand(0).iter().zip(operand(1)).map(|(&a, &b)| f(a, b)).collect::<Vec<f64>>()
        };
        let gathered = |index: &dyn Fn(&[usize]) -> Vec<usize>| {
            let mut result = Vec::new();
            for_each(&to, &mut |at| result.push(operand(0)[linear(&from(), &index(at))]));
            result
        };
        let result = match &op.kind {
            OpKind::Constant(literal) => {
                let bytes = literal.to_dense();
                bytes.chunks_exact(4).map(|b| f64::from(bytemuck::pod_read_unaligned::<f32>(b))).collect()
            }
            OpKind::Unary(Unary::Negate) => each(&|x| -x),
            OpKind::Unary(Unary::Abs) => each(&f64::abs),
            OpKind::Unary(Unary::Tanh) => each(&f64::tanh),
            OpKind::Unary(Unary::Exponential) => each(&f64::exp),
            OpKind::Unary(Unary::Logistic) => each(&|x| 1.0 / (1.0 + (-x).exp())),
            OpKind::Binary(binary) => both(&|a, b| apply(*binary, a, b)),
            OpKind::BroadcastInDim { dimensions } => gathered(&|at| {
                let axes = dimensions.iter().zip(from());
                axes.map(|(&d, size)| if size == 1 { 0 } else { at[d] }).collect()
            }),
            OpKind::Reshape => operand(0).clone(),
            OpKind::Transpose { permutation } => gathered(&|at| {
                let mut index = vec![0; at.len()];
                permutation.iter().zip(at).for_each(|(&axis, &i)| index[axis] = i);
                index
            }),
            OpKind::Slice { start, strides, .. } => gathered(&|at| {
                at.iter().zip(start.iter().zip(strides)).map(|(i, (start, step))| start + i * step).collect()
            }),
            // Each element is all that there is to combine.
            OpKind::Reduce { dimensions } if dimensions.is_empty() => operand(0).clone(),
            OpKind::Reduce { dimensions } => {
                let by = op.regions[0].combiner().unwrap();
                let mut result = vec![operand(1)[0]; to.iter().product()];
                let mut all = operand(0).iter();
                for_each(&from(), &mut |at| {
                    let kept: Vec<usize> = (0..at.len())
                        .filter(|axis| !dimensions.contains(axis))
                        .map(|axis| at[axis])
                        .collect();
                    let place = &mut result[linear(&to, &kept)];
                    *place = apply(by, *place, *all.next().unwrap());
                });
                result
            }
            other => panic!("the evaluator does not know {}", other.name()),
        };
        values[op.results[0].0 as usize] = Some(result);
    }
    function.body.returns.iter().map(|v| values[v.0 as usize].clone().unwrap()).collect()
}

fn apply(op: Binary, a: f64, b: f64) -> f64 {
    match op {
        Binary::Add => a + b,
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a / b,
        Binary::Maximum => a.max(b),
        Binary::Minimum => a.min(b),
        other => panic!("the evaluator does not know {}", other.name()),
    }
}

fn dims(function: &Function, value: ValueId) -> Vec<usize> {
    match function.type_of(value) {
        Type::Tensor(ty) => ty.dims.to_vec(),
        other => panic!("{other}"),
    }
}

fn linear(dims: &[usize], index: &[usize]) -> usize {
    dims.iter().zip(index).fold(0, |at, (size, i)| at * size + i)
}

fn for_each(dims: &[usize], visit: &mut dyn FnMut(&[usize])) {
    let count: usize = dims.iter().product();
    let mut index = vec![0; dims.len()];
    for i in 0..count {
        let mut left = i;
        for axis in (0..dims.len()).rev() {
            index[axis] = left % dims[axis];
            left /= dims[axis];
        }
        visit(&index);
    }
}
