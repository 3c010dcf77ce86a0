//! How the axes of a general dot product become those of batched matrix products.

use runahead_ir::{Dims, DotDimensions};

use super::super::copy::StridedCopy;
use super::super::shape::{Strides, product, row_major};
use super::gemm::Gemm;

/// One operand: what is to be done with it before it is a stack of matrices, and where each matrix begins.
#[derive(Debug)]
pub(super) struct Side {
    /// A copy into dense matrices, where the axes of rows or of columns do not follow one another.
    pub(super) pack: Option<StridedCopy>,
    /// Elements that the operand has.
    pub(super) count: usize,
    /// The stride of each batching axis.
    pub(super) batch: Strides,
    row: usize,
    column: usize,
}

/// A stack of matrix products that a dot product comes down to.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) batch: Dims,
    pub(super) gemm: Gemm,
    pub(super) lhs: Side,
    pub(super) rhs: Side,
}

impl Layout {
    pub(super) fn new(lhs: &[usize], rhs: &[usize], dimensions: &DotDimensions) -> Layout {
        let free = |dims: &[usize], batching: &[usize], contracting: &[usize]| -> Vec<usize> {
            (0..dims.len()).filter(|axis| !batching.contains(axis) && !contracting.contains(axis)).collect()
        };
        // Sums may run in any order, so the contracted axes are taken in the order of the left operand's memory.
        let mut contracted: Vec<(usize, usize)> = dimensions
            .lhs_contracting
            .iter()
            .copied()
            .zip(dimensions.rhs_contracting.iter().copied())
            .collect();
        contracted.sort_unstable();
        let (lhs_contracting, rhs_contracting): (Vec<usize>, Vec<usize>) = contracted.into_iter().unzip();
        let rows = free(lhs, &dimensions.lhs_batching, &lhs_contracting);
        let columns = free(rhs, &dimensions.rhs_batching, &rhs_contracting);
        let size = |dims: &[usize], axes: &[usize]| product(&axes.iter().map(|&a| dims[a]).collect::<Dims>());
        let left = Side::new(lhs, &dimensions.lhs_batching, &rows, &lhs_contracting);
        let right = Side::new(rhs, &dimensions.rhs_batching, &rhs_contracting, &columns);
        Layout {
            batch: dimensions.lhs_batching.iter().map(|&a| lhs[a]).collect(),
            gemm: Gemm {
                m: size(lhs, &rows),
                n: size(rhs, &columns),
                k: size(lhs, &lhs_contracting),
                lhs_row: left.row,
                lhs_column: left.column,
                rhs_row: right.row,
                rhs_column: right.column,
            },
            lhs: left,
            rhs: right,
        }
    }

    /// Where matrix `index` of each operand begins.
    pub(super) fn starts(&self, mut index: usize) -> (usize, usize) {
        let (mut lhs, mut rhs) = (0, 0);
        for (axis, &size) in self.batch.iter().enumerate().rev() {
            lhs += index % size * self.lhs.batch[axis] as usize;
            rhs += index % size * self.rhs.batch[axis] as usize;
            index /= size;
        }
        (lhs, rhs)
    }
}

impl Side {
    fn new(dims: &[usize], batching: &[usize], rows: &[usize], columns: &[usize]) -> Side {
        let strides = row_major(dims);
        let of = |axes: &[usize]| -> Strides { axes.iter().map(|&a| strides[a]).collect() };
        let count = product(dims);
        if let (Some(row), Some(column)) = (merged(dims, &strides, rows), merged(dims, &strides, columns)) {
            return Side { pack: None, count, batch: of(batching), row, column };
        }
        let order: Vec<usize> = batching.iter().chain(rows).chain(columns).copied().collect();
        let sizes: Dims = order.iter().map(|&a| dims[a]).collect();
        let packed = row_major(&sizes);
        Side {
            pack: Some(StridedCopy::dense(1, &sizes, &of(&order))),
            count,
            batch: packed[..batching.len()].into(),
            row: columns.iter().map(|&a| dims[a]).product(),
            column: 1,
        }
    }
}

/// The one stride that leads through all of these axes in turn, if there is one.
fn merged(dims: &[usize], strides: &Strides, axes: &[usize]) -> Option<usize> {
    let mut inner: Option<(isize, usize)> = None;
    for &axis in axes.iter().rev().filter(|&&a| dims[a] != 1) {
        inner = Some(match inner {
            None => (strides[axis], dims[axis]),
            Some((stride, size)) if strides[axis] == stride.wrapping_mul(size as isize) => {
                (stride, size * dims[axis])
            }
            Some(_) => return None,
        });
    }
    Some(inner.map_or(1, |(stride, _)| stride as usize))
}
