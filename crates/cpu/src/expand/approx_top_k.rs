//! `ApproxTopK`, the call that JAX makes of `approx_max_k` and `approx_min_k`: what is approximate on other devices is
//! exact here, a sort of which the first elements are kept.

use runahead_ir::{Attribute, CustomCall, ElementType, Op, OpKind, TensorType, Type, ValueId};

use super::writer::{Writer, Written};

/// What the call's target is named.
pub(super) const TARGET: &str = "ApproxTopK";

/// Writes the call out. It takes tensors of one shape, and as many scalars for places that have no element, which sorting
/// does not have; the function that it names compares two elements of each tensor.
pub(super) fn written_out(
    w: &mut Writer<'_>,
    op: &Op,
    call: &CustomCall,
    operands: &[ValueId],
    results: &[TensorType],
) -> Written<Vec<ValueId>> {
    let count = results.len();
    if count == 0 || operands.len() != 2 * count {
        return Err(w.error(format!(
            "has {} operands and {count} results; expected twice as many operands as results",
            operands.len()
        )));
    }
    let tensors = &operands[..count];
    let types: Vec<TensorType> = tensors.iter().map(|&v| w.ty(v).clone()).collect();
    let dimension = match CustomCall::option(call.backend_config.as_ref(), &op.attributes, "reduction_dim") {
        Some(&Attribute::Integer(dimension, _)) => usize::try_from(dimension).ok(),
        _ => None,
    };
    let dimension = dimension
        .filter(|&dimension| dimension < types[0].rank())
        .ok_or_else(|| w.error(format!("lacks the option reduction_dim, an axis of {}", types[0])))?;
    for (ty, result) in types.iter().zip(results) {
        let size = result.dims.get(dimension).copied().unwrap_or(usize::MAX);
        let mut kept = types[0].dims.clone();
        kept[dimension] = size;
        let fits = ty.dims == types[0].dims && size <= ty.dims[dimension];
        if !fits || *result != ty.with_dims(kept.iter().copied()) {
            return Err(
                w.error(format!("keeps {result} of {ty}; expected no more of it along axis {dimension}"))
            );
        }
    }
    let pairs: Vec<TensorType> = types.iter().flat_map(|ty| [ty.with_dims([]), ty.with_dims([])]).collect();
    let comparator = comparator(w, call, &pairs)?;
    let body = w.written_region(&pairs, |w, elements| w.call(comparator, elements))?;
    let kind = OpKind::Sort { dimension, is_stable: true };
    let sorted = w.emit(kind, tensors, types, vec![body]);
    let first = |(&sorted, ty): (&ValueId, &TensorType)| {
        let rank = ty.rank();
        let kind = OpKind::Slice { start: vec![0; rank], limit: ty.dims.to_vec(), strides: vec![1; rank] };
        w.one(kind, &[sorted], ty.clone())
    };
    Ok(sorted.iter().zip(results).map(first).collect())
}

/// The name of the function that compares, which takes scalars of those types.
fn comparator<'c>(w: &Writer<'_>, call: &'c CustomCall, pairs: &[TensorType]) -> Written<&'c str> {
    let [name] = &call.called_computations[..] else {
        return Err(w.error("calls no function or several; expected one that compares"));
    };
    let function = w.function(name)?;
    let parameters = &function.body.parameters;
    let takes = parameters.iter().map(|&parameter| function.type_of(parameter).as_tensor());
    let bool = Type::Tensor(TensorType::scalar(ElementType::Bool));
    if !takes.eq(pairs.iter().map(Some)) || function.result_types != [bool] {
        let pairs: Vec<String> = pairs.iter().map(ToString::to_string).collect();
        return Err(
            w.error(format!("compares by @{name}; expected a function of ({}) to i1", pairs.join(", ")))
        );
    }
    Ok(name)
}
