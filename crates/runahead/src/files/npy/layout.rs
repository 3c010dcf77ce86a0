//! From the layout of a file to that of a literal: little-endian and row-major, booleans 0 or 1.

use runahead_ir::{ElementType, TensorType};

use crate::files::Fault;

/// Brings an array's bytes into the layout of a literal.
pub(super) fn to_row_major(
    mut bytes: Vec<u8>,
    ty: &TensorType,
    big_endian: bool,
    fortran_order: bool,
) -> Result<Vec<u8>, Fault> {
    if ty.element == ElementType::Bool {
        crate::files::normalize_booleans(&mut bytes);
    }
    // A complex number keeps its parts in place; each part has its own byte order.
    let part = ty.element.real_part().size();
    if big_endian && part > 1 {
        bytes.chunks_exact_mut(part).for_each(<[u8]>::reverse);
    }
    if fortran_order && ty.rank() > 1 && !bytes.is_empty() { transposed(&bytes, ty) } else { Ok(bytes) }
}

/// The elements of a Fortran-ordered array (first axis innermost) in row-major order. The array must not be empty.
fn transposed(bytes: &[u8], ty: &TensorType) -> Result<Vec<u8>, Fault> {
    let mut result = Vec::new();
    result.try_reserve_exact(bytes.len()).map_err(|_| Fault::OutOfMemory { bytes: bytes.len() as u64 })?;
    let size = ty.element.size();
    let mut stride = size;
    let mut axes: Vec<Axis> = Vec::new();
    for &count in &ty.dims {
        axes.push(Axis { index: 0, count, stride });
        stride *= count;
    }
    let mut from = 0;
    while result.len() < bytes.len() {
        result.extend_from_slice(&bytes[from..from + size]);
        for axis in axes.iter_mut().rev() {
            axis.index += 1;
            from += axis.stride;
            if axis.index < axis.count {
                break;
            }
            from -= axis.stride * axis.count;
            axis.index = 0;
        }
    }
    Ok(result)
}

/// How far the walk has come along one axis, and how many bytes apart the file keeps its elements.
struct Axis {
    index: usize,
    count: usize,
    stride: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(bytes: &[u8], element: ElementType, dims: &[usize], big: bool, fortran: bool) -> Vec<u8> {
        let ty = TensorType::new(element, dims.iter().copied());
        to_row_major(bytes.to_vec(), &ty, big, fortran).unwrap()
    }

    #[test]
    fn fortran_order_is_turned() {
        // [[0, 1, 2], [3, 4, 5]], column by column.
        assert_eq!(convert(&[0, 3, 1, 4, 2, 5], ElementType::U8, &[2, 3], false, true), [0, 1, 2, 3, 4, 5]);
        assert_eq!(convert(&[7, 8], ElementType::U8, &[1, 1, 2], false, true), [7, 8]);
        assert_eq!(convert(&[], ElementType::U8, &[usize::MAX / 2, 8, 0], false, true), Vec::<u8>::new());
    }

    #[test]
    fn big_endian_parts_are_reversed() {
        assert_eq!(
            convert(&[0, 1, 2, 3, 4, 5, 6, 7], ElementType::C64, &[1], true, false),
            [3, 2, 1, 0, 7, 6, 5, 4]
        );
        assert_eq!(convert(&[0, 1, 2, 3], ElementType::I16, &[2], true, false), [1, 0, 3, 2]);
    }

    #[test]
    fn booleans_become_zero_or_one() {
        assert_eq!(convert(&[0, 1, 2, 255], ElementType::Bool, &[4], false, false), [0, 1, 1, 1]);
    }
}
