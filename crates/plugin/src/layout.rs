//! Layouts of tensors in the caller's memory.

use runahead::TensorType;
use runahead_pjrt_sys::*;

use crate::entry;
use crate::error::Fault;

/// How far apart, in bytes, elements are that follow each other along each axis.
pub(crate) type Strides = Vec<isize>;

/// The strides of a row-major tensor.
pub(crate) fn row_major(ty: &TensorType) -> Strides {
    let mut strides = vec![0; ty.rank()];
    let mut step = ty.element.size() as isize;
    for (stride, &dim) in strides.iter_mut().zip(&ty.dims).rev() {
        *stride = step;
        step = step.saturating_mul(dim as isize);
    }
    strides
}

/// Whether elements are where a row-major tensor has them.
pub(crate) fn is_row_major(ty: &TensorType, strides: &[isize]) -> bool {
    ty.dims.contains(&0)
        || row_major(ty).iter().zip(strides).zip(&ty.dims).all(|((a, b), &dim)| dim == 1 || a == b)
}

/// The strides that a caller's list gives; `None` where there is none.
///
/// # Safety
/// What is not null has that many elements.
pub(crate) unsafe fn of_list(
    ty: &TensorType,
    start: *const i64,
    len: usize,
) -> Result<Option<Strides>, Fault> {
    if len == 0 {
        return Ok(None);
    }
    // SAFETY: the caller's.
    let list = unsafe { entry::list("strides", start, len) }?;
    if list.len() != ty.rank() {
        return Err(Fault::invalid(format!("{len} strides for a {ty}, which has {} axes", ty.rank())));
    }
    Ok(Some(list.iter().map(|&stride| stride as isize).collect()))
}

/// The strides of a caller's layout; `None` where there is no layout.
///
/// # Safety
/// What is not null is a layout, whose lists are there.
pub(crate) unsafe fn of_layout(
    ty: &TensorType,
    layout: *const PJRT_Buffer_MemoryLayout,
) -> Result<Option<Strides>, Fault> {
    // SAFETY: the caller's.
    let Some(layout) = (unsafe { entry::optional(layout) }) else { return Ok(None) };
    if layout.r#type == PJRT_Buffer_MemoryLayout_Type::Strides {
        // SAFETY: it says that it is strides.
        let PJRT_Buffer_MemoryLayout_Strides { byte_strides, num_byte_strides, .. } =
            unsafe { layout.layout.strides };
        // SAFETY: the caller's.
        return unsafe { of_list(ty, byte_strides, num_byte_strides) };
    }
    if layout.r#type != PJRT_Buffer_MemoryLayout_Type::Tiled {
        return Err(Fault::invalid(format!("there is no layout of the kind {:?}", layout.r#type)));
    }
    // SAFETY: it says that it is tiled.
    let tiled = unsafe { layout.layout.tiled };
    if tiled.num_tiles > 0 {
        return Err(Fault::unimplemented("a layout with tiles; give one without"));
    }
    // SAFETY: the caller's.
    let order = unsafe { entry::list("axes", tiled.minor_to_major, tiled.minor_to_major_size) }?;
    let mut strides = vec![0; ty.rank()];
    let mut step = ty.element.size() as isize;
    for &axis in order {
        let axis = usize::try_from(axis).ok().filter(|&axis| axis < ty.rank() && strides[axis] == 0);
        let axis = axis.ok_or_else(|| Fault::invalid(format!("the order of axes {order:?} for a {ty}")))?;
        strides[axis] = step;
        step = step.saturating_mul(ty.dims[axis].max(1) as isize);
    }
    if order.len() != ty.rank() {
        return Err(Fault::invalid(format!("the order of axes {order:?} for a {ty}")));
    }
    Ok(Some(strides))
}

/// Copies a tensor from one layout to another.
///
/// # Safety
/// All elements are there, at `from` to be read and at `to` to be written, and apart from each other.
pub(crate) unsafe fn copy(
    ty: &TensorType,
    from: *const u8,
    from_strides: &[isize],
    to: *mut u8,
    to_strides: &[isize],
) {
    let size = ty.element.size();
    if ty.dims.contains(&0) {
        return;
    }
    let Some((&inner, outer)) = ty.dims.split_last() else {
        // SAFETY: one element at either.
        return unsafe { from.copy_to_nonoverlapping(to, size) };
    };
    let last = outer.len();
    let mut index = vec![0usize; outer.len()];
    loop {
        let offset = |strides: &[isize]| -> isize {
            index.iter().zip(strides).map(|(&i, &stride)| i as isize * stride).sum()
        };
        let (source, target) =
            (from.wrapping_offset(offset(from_strides)), to.wrapping_offset(offset(to_strides)));
        for i in 0..inner as isize {
            // SAFETY: an element of the tensor at either.
            unsafe {
                source
                    .wrapping_offset(i * from_strides[last])
                    .copy_to_nonoverlapping(target.wrapping_offset(i * to_strides[last]), size);
            }
        }
        let Some(axis) = (0..outer.len()).rev().find(|&axis| index[axis] + 1 < outer[axis]) else { return };
        index[axis] += 1;
        index[axis + 1..].fill(0);
    }
}

#[cfg(test)]
mod tests {
    use runahead::ElementType;

    use super::*;

    #[test]
    fn a_transpose_and_back() {
        let ty = TensorType::new(ElementType::I16, [2, 3]);
        let rows = [1i16, 2, 3, 4, 5, 6];
        let (mut columns, mut back) = ([0i16; 6], [0i16; 6]);
        let order = [0i64, 1];
        let mut layout = PJRT_Buffer_MemoryLayout::new();
        let mut tiled = PJRT_Buffer_MemoryLayout_Tiled::new();
        tiled.minor_to_major = order.as_ptr();
        tiled.minor_to_major_size = 2;
        layout.layout.tiled = tiled;
        // SAFETY: a layout, and tensors of that type.
        unsafe {
            let strides = of_layout(&ty, &layout).unwrap().unwrap();
            assert_eq!(strides, [2, 4]);
            assert!(!is_row_major(&ty, &strides));
            copy(&ty, rows.as_ptr().cast(), &row_major(&ty), columns.as_mut_ptr().cast(), &strides);
            assert_eq!(columns, [1, 4, 2, 5, 3, 6]);
            copy(&ty, columns.as_ptr().cast(), &strides, back.as_mut_ptr().cast(), &row_major(&ty));
            assert_eq!(back, rows);
        }
    }
}
