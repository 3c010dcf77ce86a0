//! Operations whose shapes are operands.
//!
//! Where the shape operands follow from constants and from sizes that are known, or where the result's type is static
//! anyway, they become the operations whose shapes are attributes.

use runahead_ir::{Binary, DYNAMIC, Dims, ElementType, Literal, Op, OpKind, TensorType, Unary, ValueId};

use super::writer::{Writer, Written};

/// Shapes have at most that many sizes worth following.
const MOST_KNOWN: usize = 256;

/// Writes the static form of an operation whose shapes are operands; `None` for other operations.
pub(super) fn settled(
    w: &mut Writer<'_>,
    op: &Op,
    operands: &[ValueId],
    declared: &[TensorType],
) -> Written<Option<Vec<ValueId>>> {
    let result = match &op.kind {
        OpKind::GetDimensionSize { dimension } => {
            let size = w.ty(operands[0]).dims[*dimension];
            if size == DYNAMIC {
                return Err(w.error(format!("has an operand of unknown shape, {}", w.ty(operands[0]))));
            }
            let bytes = i32::try_from(size)
                .map_err(|_| w.error(format!("has a size beyond 32 bits, {size}")))?
                .to_le_bytes();
            let literal = Literal::new(TensorType::scalar(ElementType::I32), bytes.to_vec());
            w.constant(literal.map_err(|error| w.error(error.to_string()))?)
        }
        OpKind::SetDimensionSize { dimension } => {
            let size = w.ty(operands[0]).dims[*dimension];
            match w.known.get(&operands[1]).map(|size| size[0]) {
                Some(wanted) if usize::try_from(wanted) == Ok(size) => operands[0],
                _ => {
                    return Err(w.error(
                        "sets a size that is not the operand's own, and the CPU has static shapes only",
                    ));
                }
            }
        }
        OpKind::DynamicIota { dimension } => {
            let ty = shaped(w, &declared[0], operands[0], "the shape")?;
            let kind = OpKind::Iota { dimension: *dimension };
            let static_op = Op { kind: kind.clone(), ..op.clone() };
            let computed = super::wide::computed(w, &static_op, &[], std::slice::from_ref(&ty))?;
            return Ok(Some(computed.unwrap_or_else(|| vec![w.one(kind, &[], ty)])));
        }
        OpKind::DynamicReshape => {
            let ty = shaped(w, &declared[0], operands[1], "the shape")?;
            if ty.element_count() != w.ty(operands[0]).element_count() {
                let from = w.ty(operands[0]).clone();
                return Err(w.error(format!("reshapes {from} to {ty}, which has another number of elements")));
            }
            w.one(OpKind::Reshape, &operands[..1], ty)
        }
        OpKind::DynamicBroadcastInDim { dimensions, .. } => {
            let ty = shaped(w, &declared[0], operands[1], "the shape")?;
            let from = w.ty(operands[0]).clone();
            let fits = dimensions.iter().zip(&from.dims).all(|(&to, &size)| size == 1 || size == ty.dims[to]);
            if !fits {
                return Err(w.error(format!("broadcasts {from} to {ty}, which its sizes do not fit")));
            }
            w.one(OpKind::BroadcastInDim { dimensions: dimensions.clone() }, &operands[..1], ty)
        }
        OpKind::RealDynamicSlice => real_dynamic_slice(w, operands, &declared[0])?,
        OpKind::DynamicPad => {
            let low = known(w, operands[2], "the low padding")?;
            let high = known(w, operands[3], "the high padding")?;
            let interior = known(w, operands[4], "the interior padding")?;
            let kind = OpKind::Pad { low, high, interior };
            let ty = inferred(w, &kind, &operands[..2], &declared[0])?;
            w.one(kind, &operands[..2], ty)
        }
        OpKind::DynamicGather { dimension_numbers, indices_are_sorted } => {
            let sizes = known(w, operands[2], "the slice sizes")?;
            let from = w.ty(operands[0]).clone();
            let slice_sizes: Option<Vec<usize>> = sizes
                .iter()
                .zip(&from.dims)
                .map(|(&s, &of)| usize::try_from(s).ok().filter(|&s| s <= of))
                .collect();
            let slice_sizes =
                slice_sizes.ok_or_else(|| w.error(format!("gathers slices of {sizes:?} of {from}")))?;
            let kind = OpKind::Gather {
                dimension_numbers: dimension_numbers.clone(),
                slice_sizes,
                indices_are_sorted: *indices_are_sorted,
            };
            let ty = inferred(w, &kind, &operands[..2], &declared[0])?;
            w.one(kind, &operands[..2], ty)
        }
        OpKind::DynamicConv(convolution) => {
            let padding = known(w, operands[2], "the padding")?;
            let mut convolution = convolution.clone();
            convolution.padding = padding.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
            let kind = OpKind::Convolution(convolution);
            let mut static_op = op.clone();
            let ty = inferred(w, &kind, &operands[..2], &declared[0])?;
            static_op.kind = kind;
            let computed = super::wide::computed(w, &static_op, &operands[..2], std::slice::from_ref(&ty))?;
            return Ok(Some(computed.unwrap_or_else(|| vec![w.one(static_op.kind, &operands[..2], ty)])));
        }
        _ => return Ok(None),
    };
    Ok(Some(vec![result]))
}

/// The elements of a small tensor of integers, which must be known.
fn known(w: &Writer<'_>, value: ValueId, what: &str) -> Written<Vec<i64>> {
    w.known.get(&value).cloned().ok_or_else(|| {
        w.error(format!(
            "is given {what} by a value that is not known when the program is compiled; expected a constant"
        ))
    })
}

/// The declared type with its unknown sizes taken from a shape operand.
fn shaped(w: &Writer<'_>, declared: &TensorType, shape: ValueId, what: &str) -> Written<TensorType> {
    if declared.is_static() {
        return Ok(declared.clone());
    }
    let sizes = known(w, shape, what)?;
    let dims: Option<Dims> = sizes.iter().map(|&size| usize::try_from(size).ok()).collect();
    let ty = dims.filter(|dims| dims.len() == declared.rank()).map(|dims| declared.with_dims(dims));
    match ty {
        Some(ty) if ty.byte_count().is_some() => Ok(ty),
        _ => {
            Err(w.error(format!("has a result of shape {sizes:?}; expected sizes from 0 that fit in memory")))
        }
    }
}

/// The declared element type with the shape that the static operation gives.
fn inferred(
    w: &Writer<'_>,
    kind: &OpKind,
    operands: &[ValueId],
    declared: &TensorType,
) -> Written<TensorType> {
    let types: Vec<runahead_ir::Type> = operands.iter().map(|&v| w.ty(v).clone().into()).collect();
    let types: Vec<&runahead_ir::Type> = types.iter().collect();
    let dims = match runahead_ir::infer(kind, &types, &[]) {
        Ok(runahead_ir::Inferred::Types(types)) => types[0].as_tensor().map(|t| t.dims.clone()),
        Ok(runahead_ir::Inferred::Shape(ty)) => Some(ty.dims),
        Ok(runahead_ir::Inferred::Open) => None,
        Err(problem) => return Err(w.error(format!("is not valid with what is known: {problem}"))),
    };
    let ty = dims.map_or_else(|| declared.clone(), |dims| declared.with_dims(dims));
    agreed(w, declared, ty)
}

/// The type that a result comes to have, where the declared one agrees.
fn agreed(w: &Writer<'_>, declared: &TensorType, ty: TensorType) -> Written<TensorType> {
    let sizes = || declared.dims.iter().zip(&ty.dims);
    if declared.rank() != ty.rank() || !sizes().all(|(&d, &f)| d == DYNAMIC || d == f) {
        return Err(w.error(format!("has a result of {ty}; expected {declared}")));
    }
    Ok(ty)
}

/// With all indices known a slice; else, where strides and sizes are, a dynamic slice and a slice of that.
fn real_dynamic_slice(w: &mut Writer<'_>, operands: &[ValueId], declared: &TensorType) -> Written<ValueId> {
    let from = w.ty(operands[0]).clone();
    let strides = known(w, operands[3], "the strides")?;
    let to_sizes =
        |values: &[i64]| -> Option<Vec<usize>> { values.iter().map(|&v| usize::try_from(v).ok()).collect() };
    let strides = to_sizes(&strides)
        .filter(|strides| strides.iter().all(|&s| s > 0))
        .ok_or_else(|| w.error(format!("has strides {strides:?}; expected all above zero")))?;
    let (starts, limits) = (w.known.get(&operands[1]).cloned(), w.known.get(&operands[2]).cloned());
    if let (Some(starts), Some(limits)) = (starts, limits) {
        let inside = |start: usize, limit: usize, of: usize| start <= limit && limit <= of;
        let slice = to_sizes(&starts).zip(to_sizes(&limits)).filter(|(start, limit)| {
            start.iter().zip(limit).zip(&from.dims).all(|((&s, &l), &of)| inside(s, l, of))
        });
        let (start, limit) = slice.ok_or_else(|| {
            w.error(format!("slices {from} from {starts:?} to {limits:?}, which is not inside it"))
        })?;
        let dims = (0..from.rank()).map(|i| (limit[i] - start[i]).div_ceil(strides[i]));
        let ty = agreed(w, declared, from.with_dims(dims))?;
        return Ok(w.one(OpKind::Slice { start, limit, strides }, &operands[..1], ty));
    }
    if !declared.is_static() {
        return Err(w.error(format!(
            "has a result of unknown shape, {declared}, and indices that are not known when the program is compiled"
        )));
    }
    let span = |i: usize| match declared.dims[i] {
        0 => Some(0),
        size => (size - 1).checked_mul(strides[i])?.checked_add(1).filter(|&span| span <= from.dims[i]),
    };
    let sizes: Option<Vec<usize>> = (0..from.rank()).map(span).collect();
    let sizes = sizes.ok_or_else(|| {
        w.error(format!("takes {declared} of {from} by strides {strides:?}, which is more than there is"))
    })?;
    let index = w.ty(operands[1]).element;
    let mut slice_operands = vec![operands[0]];
    for axis in 0..from.rank() {
        let kind = OpKind::Slice { start: vec![axis], limit: vec![axis + 1], strides: vec![1] };
        let at = w.one(kind, &operands[1..2], TensorType::new(index, [1]));
        slice_operands.push(w.reshape(at, &[]));
    }
    let ty = from.with_dims(sizes.iter().copied());
    let span = w.one(OpKind::DynamicSlice { sizes: sizes.clone() }, &slice_operands, ty);
    if strides.iter().all(|&s| s == 1) {
        return Ok(span);
    }
    let ty = from.with_dims(declared.dims.iter().copied());
    Ok(w.one(OpKind::Slice { start: vec![0; sizes.len()], limit: sizes, strides }, &[span], ty))
}

/// Notes the elements of small tensors of integers that follow from known ones.
pub(super) fn note(w: &mut Writer<'_>, kind: &OpKind, operands: &[ValueId], results: &[ValueId]) {
    let &[result] = results else { return };
    let ty = w.ty(result);
    let small =
        ty.element.is_integer() && ty.rank() <= 2 && ty.element_count().is_some_and(|n| n <= MOST_KNOWN);
    if !small {
        return;
    }
    let count = ty.element_count().unwrap_or(0);
    let element = ty.element;
    let of = |i: usize| operands.get(i).and_then(|v| w.known.get(v));
    let values: Option<Vec<i64>> = match kind {
        OpKind::Constant(literal) => Some(elements(literal)),
        OpKind::Unary(Unary::Convert) | OpKind::Reshape => of(0).cloned(),
        OpKind::BroadcastInDim { .. } => of(0).filter(|v| v.len() == 1).map(|v| vec![v[0]; count]),
        OpKind::Concatenate { .. } if ty.rank() == 1 => (0..operands.len())
            .map(of)
            .collect::<Option<Vec<_>>>()
            .map(|parts| parts.into_iter().flatten().copied().collect()),
        OpKind::Slice { start, limit, strides } if ty.rank() == 1 => {
            of(0).map(|v| v[start[0]..limit[0]].iter().step_by(strides[0]).copied().collect())
        }
        OpKind::Binary(op) => {
            of(0).zip(of(1)).and_then(|(a, b)| a.iter().zip(b).map(|(&a, &b)| computed(*op, a, b)).collect())
        }
        OpKind::Iota { .. } if ty.rank() == 1 => Some((0..count as i64).collect()),
        _ => None,
    };
    if let Some(values) = values.filter(|v| v.len() == count) {
        let wrapped = values.into_iter().map(|v| wrapped(element, v)).collect();
        w.known.insert(result, wrapped);
    }
}

fn computed(op: Binary, a: i64, b: i64) -> Option<i64> {
    match op {
        Binary::Add => a.checked_add(b),
        Binary::Subtract => a.checked_sub(b),
        Binary::Multiply => a.checked_mul(b),
        Binary::Divide => a.checked_div(b),
        Binary::Remainder => a.checked_rem(b),
        Binary::Maximum => Some(a.max(b)),
        Binary::Minimum => Some(a.min(b)),
        _ => None,
    }
}

/// The number that is left of another in so many bits.
fn wrapped(element: ElementType, value: i64) -> i64 {
    let unused = 64 - element.bits() as u32;
    if element.is_signed_integer() {
        value << unused >> unused
    } else {
        ((value as u64) << unused >> unused) as i64
    }
}

fn elements(literal: &Literal) -> Vec<i64> {
    let element = literal.ty().element;
    let read = |bytes: &[u8]| {
        let mut wide = [0; 8];
        wide[..bytes.len()].copy_from_slice(bytes);
        wrapped(element, i64::from_le_bytes(wide))
    };
    literal.to_dense().chunks_exact(element.size()).map(read).collect()
}
