//! Shapes, strides and what operations say about their operands.

use runahead_ir::{ElementType, TensorType, Type, ValueId};

use crate::kernel::{Site, Unsupported};

/// Distances between neighbours along each axis, in elements; negative to walk backwards, zero to stay.
pub(super) type Strides = smallvec::SmallVec<[isize; 6]>;

/// Strides of a dense row-major tensor.
pub(super) fn row_major(dims: &[usize]) -> Strides {
    let mut strides: Strides = dims.iter().map(|_| 0).collect();
    let mut stride = 1usize;
    for (to, &dim) in strides.iter_mut().zip(dims).rev() {
        *to = stride as isize;
        // A tensor with an empty axis has no elements, so its strides never matter; its other sizes may overflow.
        stride = stride.wrapping_mul(dim);
    }
    strides
}

/// The product of some sizes; the most there is where it is more than that.
pub(super) fn product(dims: &[usize]) -> usize {
    if dims.contains(&0) { 0 } else { dims.iter().fold(1, |product, &size| product.saturating_mul(size)) }
}

/// Calls `body` with every index of a shape, in row-major order.
#[cfg(test)]
pub(super) fn for_each_index(dims: &[usize], mut body: impl FnMut(&[usize])) {
    if dims.contains(&0) {
        return;
    }
    let mut index: runahead_ir::Dims = dims.iter().map(|_| 0).collect();
    loop {
        body(&index);
        let Some(axis) = (0..dims.len()).rev().find(|&a| index[a] + 1 < dims[a]) else { return };
        index[axis] += 1;
        index[axis + 1..].fill(0);
    }
}

/// The type of operand `i`: a tensor of known shape.
pub(super) fn operand(site: Site<'_>, i: usize) -> Result<&TensorType, Unsupported> {
    let value = site.op.operands.get(i).ok_or_else(|| Unsupported(format!("without operand {i}")))?;
    tensor(site, *value)
}

/// The type of result `i`: a tensor of known shape.
pub(super) fn result(site: Site<'_>, i: usize) -> Result<&TensorType, Unsupported> {
    let value = site.op.results.get(i).ok_or_else(|| Unsupported(format!("without result {i}")))?;
    tensor(site, *value)
}

fn tensor(site: Site<'_>, value: ValueId) -> Result<&TensorType, Unsupported> {
    match site.function.type_of(value) {
        Type::Tensor(ty) if ty.byte_count().is_some() => Ok(ty),
        ty => Err(Unsupported(format!("of {ty}"))),
    }
}

/// Refuses quantized tensors, whose integers are not their values.
pub(super) fn plain(ty: &TensorType) -> Result<ElementType, Unsupported> {
    match ty.quantization {
        None => Ok(ty.element),
        Some(_) => Err(Unsupported(format!("of {ty}"))),
    }
}

/// The bytes of some tensors together; the most there is where that is more.
pub(super) fn bytes_of(types: &[TensorType]) -> usize {
    types.iter().map(|ty| ty.byte_count().unwrap_or(usize::MAX)).fold(0, usize::saturating_add)
}

/// Sizes as people write them, `2x3`; `scalar` for none.
pub(super) fn shown(dims: &[usize]) -> String {
    match dims {
        [] => "scalar".into(),
        _ => dims.iter().map(usize::to_string).collect::<Vec<_>>().join("x"),
    }
}

/// The element at `index` of a buffer of integers; an unsigned one beyond `i64` as the largest `i64`.
pub(super) fn read_index(bytes: &[u8], element: ElementType, index: usize) -> i64 {
    use crate::element::elements;
    use ElementType::*;
    match element {
        I8 | I4 | I2 => elements::<i8>(bytes)[index].into(),
        I16 => elements::<i16>(bytes)[index].into(),
        I32 => elements::<i32>(bytes)[index].into(),
        I64 => elements::<i64>(bytes)[index],
        U16 => elements::<u16>(bytes)[index].into(),
        U32 => elements::<u32>(bytes)[index].into(),
        U64 => elements::<u64>(bytes)[index].try_into().unwrap_or(i64::MAX),
        _ => bytes[index].into(),
    }
}

/// Refuses indices that are not integers.
pub(super) fn index_type(ty: &TensorType) -> Result<ElementType, Unsupported> {
    match ty.element.is_integer() {
        true => Ok(ty.element),
        false => Err(Unsupported(format!("with indices of {ty}"))),
    }
}
