//! The rules of the operations: what operands, attributes and regions each may have, and which types its results
//! then have.
//!
//! [`infer`] is the one place where they meet. The verifier compares what it gives with the results that a program
//! declares; the builder takes it for the results of what it builds. The files beside this one hold the rules of a
//! family each, as plain functions of types and attributes.
//!
//! A size that is not known ([`DYNAMIC`]) agrees with every size. Where a tensor is quantized, arithmetic may mix
//! element types: scales and storage differ between operands and results by design.

mod collective;
mod contraction;
mod control;
pub(crate) mod elementwise;
mod indexing;
mod numeric;
mod reduction;
mod shape;

pub(crate) use control::list;

use crate::{DYNAMIC, Dims, ElementType, OpKind, TensorType, Type};

/// What is wrong with an operation, and what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct Problem(pub(crate) String);

pub(crate) type Ruled<T> = Result<T, Problem>;

/// A [`Problem`] as an error.
pub(crate) fn problem<T>(message: impl Into<String>) -> Ruled<T> {
    Err(Problem(message.into()))
}

/// Fails with a message where a condition does not hold.
macro_rules! ensure {
    ($condition:expr, $($message:tt)+) => {
        if !$condition {
            return $crate::rules::problem(format!($($message)+));
        }
    };
}
pub(crate) use ensure;

/// The types of a region's parameters and of what it returns.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// The types of the parameters.
    pub parameters: Vec<Type>,
    /// The types of the returned values.
    pub returns: Vec<Type>,
}

/// The results of an operation as far as its operands settle them.
#[derive(Clone, Debug)]
pub enum Inferred {
    /// These.
    Types(Vec<Type>),
    /// One of this shape; its elements may be others, as a product of `i8` may be given in `i32`.
    Shape(TensorType),
    /// Whatever the program says, within the rules of the operation.
    Open,
}

impl Inferred {
    pub(crate) fn one(ty: impl Into<Type>) -> Ruled<Inferred> {
        Ok(Inferred::Types(vec![ty.into()]))
    }
}

/// Checks an operation's operands, attributes and regions, and says which types its results have.
///
/// # Errors
/// Where a rule is broken.
pub fn infer(kind: &OpKind, operands: &[&Type], regions: &[Signature]) -> Result<Inferred, Problem> {
    use OpKind::*;
    let count = region_count(kind, regions.len());
    ensure!(regions.len() == count, "{} regions are given; expected {count}", regions.len());
    match kind {
        Unary(op) => elementwise::unary(*op, operands),
        Binary(op) => elementwise::binary(*op, operands),
        Select => elementwise::select(operands),
        Clamp => elementwise::clamp(operands),
        Compare { compare_type, .. } => elementwise::compare(*compare_type, operands),
        ReducePrecision { exponent_bits, .. } => elementwise::reduce_precision(*exponent_bits, operands),
        BitcastConvert
        | Reshape
        | BroadcastInDim { .. }
        | DynamicBroadcastInDim { .. }
        | DynamicReshape
        | RealDynamicSlice
        | DynamicPad
        | Iota { .. }
        | DynamicIota { .. }
        | SetDimensionSize { .. } => Ok(Inferred::Open),

        Constant(value) => {
            arity(operands, 0)?;
            Inferred::one(value.ty().clone())
        }
        Broadcast { sizes } => shape::broadcast(sizes, operands),
        Transpose { permutation } => shape::transpose(permutation, operands),
        Reverse { dimensions } => shape::reverse(dimensions, operands),
        Concatenate { dimension } => shape::concatenate(*dimension, operands),
        Slice { start, limit, strides } => shape::slice(start, limit, strides, operands),
        Pad { low, high, interior } => shape::pad(low, high, interior, operands),
        GetDimensionSize { dimension } => shape::get_dimension_size(*dimension, operands),

        DynamicSlice { sizes } => indexing::dynamic_slice(sizes, operands),
        DynamicUpdateSlice => indexing::dynamic_update_slice(operands),
        Gather { dimension_numbers, slice_sizes, .. } => {
            indexing::gather(dimension_numbers, slice_sizes, operands)
        }
        DynamicGather { dimension_numbers, .. } => indexing::dynamic_gather(dimension_numbers, operands),
        Scatter { dimension_numbers, .. } => indexing::scatter(dimension_numbers, operands, &regions[0]),
        TorchIndexSelect { dim, batch_dims } => indexing::torch_index_select(*dim, *batch_dims, operands),

        Dot { precision } => contraction::dot(precision, operands),
        DotGeneral { dimension_numbers, precision, .. } => {
            contraction::dot_general(dimension_numbers, precision, operands)
        }
        Einsum { config } => contraction::einsum(config, operands, 2),
        UnaryEinsum { config } => contraction::einsum(config, operands, 1),
        Convolution(c) => contraction::convolution(c, operands),
        DynamicConv(c) => contraction::dynamic_convolution(c, operands),

        Reduce { dimensions } => reduction::reduce(dimensions, operands, &regions[0]),
        ReduceWindow(window) => reduction::reduce_window(window, operands, &regions[0]),
        SelectAndScatter(window) => reduction::select_and_scatter(window, operands, regions),
        Map { dimensions } => reduction::map(dimensions, operands, &regions[0]),
        Sort { dimension, .. } => reduction::sort(*dimension, operands, &regions[0]),
        TopK { k } => reduction::top_k(*k, operands),
        Scan { dimension, inputs, outputs, scan_dim_size, .. } => {
            reduction::scan(*dimension, [*inputs, *outputs], *scan_dim_size, operands, &regions[0])
        }
        RaggedDot { dimension_numbers, precision } => {
            contraction::ragged_dot(dimension_numbers, precision, operands)
        }

        BatchNormGrad { feature_index, .. } => numeric::batch_norm_grad(*feature_index, operands),
        BatchNormInference { feature_index, .. } => numeric::batch_norm_inference(*feature_index, operands),
        BatchNormTraining { feature_index, .. } => numeric::batch_norm_training(*feature_index, operands),
        Cholesky { .. } => numeric::cholesky(operands),
        TriangularSolve { left_side, transpose_a, .. } => {
            numeric::triangular_solve(*left_side, *transpose_a, operands)
        }
        Fft { fft_type, length } => numeric::fft(*fft_type, length, operands),
        Rng { distribution } => numeric::rng(*distribution, operands),
        RngBitGenerator { algorithm } => numeric::rng_bit_generator(*algorithm, operands),

        While => control::while_loop(operands, &regions[0], &regions[1]),
        If => control::branches(operands, regions, ElementType::Bool),
        Case => control::branches(operands, regions, ElementType::I32),
        OptimizationBarrier => Ok(Inferred::Types(operands.iter().map(|&t| t.clone()).collect())),
        Tuple => Inferred::one(Type::Tuple(operands.iter().map(|&t| t.clone()).collect())),
        GetTupleElement { index } => control::get_tuple_element(*index, operands),
        AfterAll => {
            operands.iter().try_for_each(|ty| control::token(ty))?;
            Inferred::one(Type::Token)
        }
        CreateToken => {
            arity(operands, 0)?;
            Inferred::one(Type::Token)
        }
        Infeed { .. } | Recv { .. } => {
            arity(operands, 1)?;
            control::token(operands[0])?;
            Ok(Inferred::Open)
        }
        Outfeed { .. } | Send { .. } => {
            ensure!(!operands.is_empty(), "there is no token; expected one as the last operand");
            control::token(operands[operands.len() - 1])?;
            Inferred::one(Type::Token)
        }
        PartitionId | ReplicaId => {
            arity(operands, 0)?;
            Inferred::one(TensorType::scalar(ElementType::U32))
        }

        AllGather { all_gather_dim, groups } => collective::all_gather(*all_gather_dim, groups, operands),
        AllReduce { groups } => collective::all_reduce(groups, operands, &regions[0]),
        CollectiveReduce { groups } => collective::reduce(groups, operands, &regions[0]),
        AllToAll { split_dimension, concat_dimension, split_count, groups } => {
            collective::all_to_all(*split_dimension, *concat_dimension, *split_count, groups, operands)
        }
        CollectiveBroadcast { groups } => collective::same(groups, operands),
        CrossReplicaSum { groups } => collective::sum(groups, operands),
        CollectivePermute { source_target_pairs, .. } => collective::permute(source_target_pairs, operands),
        ReduceScatter { scatter_dimension, groups } => {
            collective::reduce_scatter(*scatter_dimension, groups, operands, &regions[0])
        }

        Check(check) => control::check(check, operands),
        Chlo(name) => elementwise::broadcasting(name, operands),
        Call { .. } | CustomCall(_) | Composite { .. } | Unknown { .. } => Ok(Inferred::Open),
    }
}

/// Checks the results that a program declares for an operation whose operands do not settle them.
///
/// # Errors
/// Where a rule is broken.
pub fn check_open(kind: &OpKind, operands: &[&Type], results: &[&Type]) -> Result<(), Problem> {
    use OpKind::*;
    match kind {
        Unary(_) => elementwise::check_unary(operands, results),
        BitcastConvert => elementwise::check_bitcast_convert(operands, results),
        Reshape => shape::check_reshape(operands, results),
        DynamicReshape => shape::check_dynamic_reshape(operands, results),
        Iota { dimension } => {
            arity(operands, 0)?;
            shape::check_iota(*dimension, results)
        }
        DynamicIota { dimension } => {
            shape::check_shape_operand(operands, 0, results)?;
            arity(operands, 1)?;
            shape::check_iota(*dimension, results)
        }
        BroadcastInDim { dimensions } => {
            arity(operands, 1)?;
            shape::check_broadcast_in_dim(dimensions, operands, results)
        }
        DynamicBroadcastInDim { dimensions, .. } => {
            arity(operands, 2)?;
            shape::check_shape_operand(operands, 1, results)?;
            shape::check_broadcast_in_dim(dimensions, operands, results)
        }
        RealDynamicSlice => shape::check_per_axis(operands, results, 1, 3),
        DynamicPad => shape::check_per_axis(operands, results, 2, 3),
        SetDimensionSize { dimension } => shape::check_set_dimension_size(*dimension, operands, results),
        Dot { .. } | DotGeneral { .. } | RaggedDot { .. } | Convolution(_) | DynamicConv(_) => {
            contraction::check_element(operands, results)
        }
        Rng { .. } => numeric::check_rng(operands, results),
        RngBitGenerator { .. } => numeric::check_rng_bit_generator(operands, results),
        Infeed { .. } | Recv { .. } => match results.last() {
            Some(last) => control::token(last),
            None => problem("there are no results; expected a token as the last"),
        },
        AllGather { all_gather_dim, .. } => collective::check_all_gather(*all_gather_dim, operands, results),
        AllToAll { .. } => collective::check_all_to_all(operands, results),
        ReduceScatter { scatter_dimension, .. } => {
            collective::check_reduce_scatter(*scatter_dimension, operands, results)
        }
        _ => Ok(()),
    }
}

fn region_count(kind: &OpKind, given: usize) -> usize {
    use OpKind::*;
    match kind {
        While | If | SelectAndScatter(_) => 2,
        Reduce { .. }
        | ReduceWindow(_)
        | Map { .. }
        | Sort { .. }
        | Scatter { .. }
        | Scan { .. }
        | AllReduce { .. }
        | CollectiveReduce { .. }
        | ReduceScatter { .. } => 1,
        Case => given.max(1),
        // What is not known here may have any; a composite's are for its decomposition to mind.
        Composite { .. } | Chlo(_) | Unknown { .. } => given,
        _ => 0,
    }
}

/// Whether the operation computes with elements, so that quantized types may differ between its values.
pub(crate) fn mixes_quantized(kind: &OpKind) -> bool {
    use OpKind::*;
    matches!(
        kind,
        Unary(_)
            | Binary(_)
            | Clamp
            | Select
            | Constant(_)
            | Dot { .. }
            | DotGeneral { .. }
            | Convolution(_)
            | Reduce { .. }
            | ReduceWindow(_)
            | SelectAndScatter(_)
            | BatchNormInference { .. }
            | BatchNormTraining { .. }
            | BatchNormGrad { .. }
    )
}

/// Whether a declared type is what the rules give. Unknown sizes agree with any; how a tensor is quantized may
/// differ, and where `mixed` also what it stores.
pub(crate) fn agrees(inferred: &Type, declared: &Type, mixed: bool) -> bool {
    match (inferred, declared) {
        (Type::Tensor(a), Type::Tensor(b)) => {
            let quantized = a.quantization.is_some() || b.quantization.is_some();
            same_dims(&a.dims, &b.dims) && (a.element == b.element || mixed && quantized)
        }
        (Type::Tuple(a), Type::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| agrees(a, b, mixed))
        }
        _ => inferred == declared,
    }
}

// What rules are made of.

pub(crate) fn same_dims(a: &[usize], b: &[usize]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(&a, &b)| same_size(a, b))
}

pub(crate) fn same_size(a: usize, b: usize) -> bool {
    a == b || a == DYNAMIC || b == DYNAMIC
}

/// Whether two tensors may be combined element by element as far as their element types go.
pub(crate) fn same_element(a: &TensorType, b: &TensorType) -> bool {
    a.element == b.element || a.quantization.is_some() || b.quantization.is_some()
}

pub(crate) fn arity(operands: &[&Type], count: usize) -> Ruled<()> {
    ensure!(operands.len() == count, "{} operands are given; expected {count}", operands.len());
    Ok(())
}

/// Operand `index` as a tensor.
pub(crate) fn tensor<'t>(operands: &[&'t Type], index: usize) -> Ruled<&'t TensorType> {
    match operands.get(index) {
        Some(Type::Tensor(t)) => Ok(t),
        Some(other) => problem(format!("operand {index} is {other}; expected a tensor")),
        None => problem(format!("operand {index} is missing; expected a tensor")),
    }
}

/// All operands as tensors, of which there are that many.
pub(crate) fn tensors<'t, const N: usize>(operands: &[&'t Type]) -> Ruled<[&'t TensorType; N]> {
    arity(operands, N)?;
    let all = all_tensors(operands)?;
    all.try_into().or_else(|_| problem("expected another number of operands"))
}

/// All operands as tensors.
pub(crate) fn all_tensors<'t>(operands: &[&'t Type]) -> Ruled<Vec<&'t TensorType>> {
    (0..operands.len()).map(|i| tensor(operands, i)).collect()
}

/// The only result as a tensor.
pub(crate) fn one_result<'t>(results: &[&'t Type]) -> Ruled<&'t TensorType> {
    match results {
        [Type::Tensor(t)] => Ok(t),
        [other] => problem(format!("the result is {other}; expected a tensor")),
        _ => problem(format!("{} results are declared; expected 1", results.len())),
    }
}

/// Whether axes lie within the rank and none comes twice.
pub(crate) fn check_axes(what: &str, axes: &[usize], rank: usize) -> Ruled<()> {
    let mut seen = vec![false; rank];
    for &axis in axes {
        check_axis(what, axis, rank)?;
        ensure!(!seen[axis], "{what} {axes:?} holds {axis} twice; expected each axis once");
        seen[axis] = true;
    }
    Ok(())
}

pub(crate) fn check_axis(what: &str, axis: usize, rank: usize) -> Ruled<()> {
    ensure!(axis < rank, "{what} is {axis}; expected an axis below the rank {rank}");
    Ok(())
}

pub(crate) fn check_sorted(what: &str, axes: &[usize]) -> Ruled<()> {
    ensure!(axes.is_sorted(), "{what} {axes:?} is not sorted; expected rising axes");
    Ok(())
}

/// Whether a list has an entry for each of `count` axes.
pub(crate) fn check_length(what: &str, length: usize, count: usize) -> Ruled<()> {
    ensure!(length == count, "{what} has {length} entries; expected {count}");
    Ok(())
}

pub(crate) fn check_scalar(what: &str, ty: &TensorType) -> Ruled<()> {
    ensure!(ty.rank() == 0, "{what} is {ty}; expected a scalar such as tensor<{}>", ty.element);
    Ok(())
}

/// A size that a calculation gave, as an axis may have it.
pub(crate) fn size(what: &str, value: i128) -> Ruled<usize> {
    match usize::try_from(value) {
        Ok(size) if size <= isize::MAX as usize => Ok(size),
        _ => problem(format!("{what} would have the size {value}; expected one from 0 that fits in memory")),
    }
}

/// Steps, padding and reaches go no further than this: so a sum of a few of them is a number that 64 bits hold.
const FARTHEST: i128 = 1 << 60;

/// Whether a distance along an axis is one that can be computed with.
pub(crate) fn check_distance(what: &str, distance: i128) -> Ruled<()> {
    ensure!(distance.abs() <= FARTHEST, "{what} is {distance}; expected at most {FARTHEST}");
    Ok(())
}

/// The sizes at some axes.
pub(crate) fn pick(dims: &[usize], axes: &[usize]) -> Dims {
    axes.iter().map(|&a| dims[a]).collect()
}
