//! Values that are other values seen through strides.

use runahead_ir::Dims;
use smallvec::SmallVec;

use super::graph::Val;

/// Elements from one index to the next, for each axis.
pub(crate) type Strides = SmallVec<[usize; 6]>;

/// Where the elements of a value are found: index `i` is element `offset + Σ strides[d] · i[d]` of the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) base: Val,
    pub(crate) offset: usize,
    pub(crate) strides: Strides,
}

/// The strides of elements that follow each other in row-major order.
pub(crate) fn row_major(dims: &[usize]) -> Strides {
    let mut strides: Strides = SmallVec::from_elem(1, dims.len());
    for axis in (1..dims.len()).rev() {
        strides[axis - 1] = strides[axis].saturating_mul(dims[axis]);
    }
    strides
}

impl View {
    /// The base itself.
    pub(crate) fn whole(base: Val, dims: &[usize]) -> View {
        View { base, offset: 0, strides: row_major(dims) }
    }

    /// Whether the elements lie next to each other in row-major order.
    pub(crate) fn is_dense(&self, dims: &[usize]) -> bool {
        let mut expected = 1;
        for (&size, &stride) in dims.iter().zip(&self.strides).rev() {
            if size != 1 && stride != expected {
                return false;
            }
            expected *= size;
        }
        true
    }

    /// This view (of a tensor of `dims`) under another shape of as many elements, where strides can express that.
    pub(crate) fn reshaped(&self, dims: &[usize], to: &[usize]) -> Option<View> {
        if dims.contains(&0) {
            return Some(View { strides: row_major(to), ..self.clone() });
        }
        // Runs of axes that one stride walks through, innermost first.
        let mut runs: SmallVec<[(usize, usize); 6]> = SmallVec::new();
        for (&size, &stride) in dims.iter().zip(&self.strides).rev().filter(|(size, _)| **size != 1) {
            match runs.last_mut() {
                Some((length, step)) if stride == *step * *length => *length *= size,
                _ => runs.push((size, stride)),
            }
        }
        let mut runs = runs.into_iter();
        let mut left = (1, 0);
        let mut strides: Strides = SmallVec::from_elem(0, to.len());
        for (axis, &size) in to.iter().enumerate().rev().filter(|(_, size)| **size != 1) {
            if left.0 == 1 {
                left = runs.next()?;
            }
            let (length, step) = left;
            if length % size != 0 {
                return None;
            }
            strides[axis] = step;
            left = (length / size, step * size);
        }
        Some(View { base: self.base, offset: self.offset, strides })
    }

    /// This view with axes spread out: axis `d` becomes axis `dimensions[d]` of a tensor of `to`; along the other axes,
    /// and where an axis of size 1 grows, the elements repeat.
    pub(crate) fn broadcast(&self, dims: &[usize], dimensions: &[usize], to: &[usize]) -> View {
        let mut strides: Strides = SmallVec::from_elem(0, to.len());
        for (axis, &target) in dimensions.iter().enumerate() {
            if dims[axis] == to[target] {
                strides[target] = self.strides[axis];
            }
        }
        View { base: self.base, offset: self.offset, strides }
    }

    /// This view with its axes in another order: axis `d` of the result is axis `permutation[d]`.
    pub(crate) fn transposed(&self, permutation: &[usize]) -> View {
        let strides = permutation.iter().map(|&axis| self.strides[axis]).collect();
        View { base: self.base, offset: self.offset, strides }
    }

    /// Every `step`th index of each axis from `start` on.
    pub(crate) fn sliced(&self, start: &[usize], step: &[usize]) -> View {
        let offset = self.strides.iter().zip(start).map(|(stride, start)| stride * start).sum::<usize>();
        let strides = self.strides.iter().zip(step).map(|(stride, step)| stride * step).collect();
        View { base: self.base, offset: self.offset + offset, strides }
    }
}

/// The axes that are not of size 1.
pub(crate) fn without_ones(dims: &[usize]) -> Dims {
    dims.iter().copied().filter(|&d| d != 1).collect()
}

/// The axes that are not of size 1, and from which to which of them those in `over` are: they follow one another.
pub(crate) fn without_ones_noting(dims: &[usize], over: &[usize]) -> (Dims, usize, usize) {
    let kept: SmallVec<[usize; 6]> = (0..dims.len()).filter(|&axis| dims[axis] != 1).collect();
    let first = kept.iter().position(|axis| over.contains(axis)).unwrap_or(0);
    let end = kept.iter().rposition(|axis| over.contains(axis)).map_or(0, |last| last + 1);
    (kept.iter().map(|&axis| dims[axis]).collect(), first, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(view: &View, dims: &[usize]) -> Vec<usize> {
        let count: usize = dims.iter().product();
        (0..count)
            .map(|mut i| {
                let mut at = view.offset;
                for (&size, &stride) in dims.iter().zip(&view.strides).rev() {
                    at += i % size * stride;
                    i /= size;
                }
                at
            })
            .collect()
    }

    #[test]
    fn a_reshaped_view_has_the_same_elements() {
        let base = Val(0);
        let cases: [(&[usize], View, &[usize]); 6] = [
            (&[4, 6], View::whole(base, &[4, 6]), &[2, 2, 3, 2]),
            (&[4, 6], View::whole(base, &[4, 6]).broadcast(&[4, 6], &[0, 2], &[4, 5, 6]), &[]),
            (&[6, 4], View::whole(base, &[4, 6]).transposed(&[1, 0]), &[3, 2, 1, 2, 2]),
            (
                &[3, 1, 2],
                View::whole(base, &[8, 2]).sliced(&[1, 0], &[2, 1]).reshaped(&[3, 2], &[3, 1, 2]).unwrap(),
                &[3, 2],
            ),
            (&[1, 1], View::whole(base, &[1, 1]), &[]),
            (&[5, 0], View::whole(base, &[5, 0]), &[0, 7]),
        ];
        for (dims, view, to) in cases {
            if view.strides.len() != dims.len() {
                continue;
            }
            let reshaped = view.reshaped(dims, to).expect("strides express this");
            assert_eq!(elements(&reshaped, to), elements(&view, dims));
        }
        let transposed = View::whole(base, &[4, 6]).transposed(&[1, 0]);
        assert_eq!(transposed.reshaped(&[6, 4], &[24]), None);
    }

    #[test]
    fn dense_views_are_recognised() {
        let whole = View::whole(Val(0), &[3, 4]);
        assert!(whole.is_dense(&[3, 4]));
        assert!(whole.sliced(&[1, 0], &[1, 1]).is_dense(&[2, 4]));
        assert!(!whole.sliced(&[0, 1], &[1, 1]).is_dense(&[3, 2]));
        assert!(!whole.transposed(&[1, 0]).is_dense(&[4, 3]));
        assert!(View::whole(Val(0), &[3]).broadcast(&[3], &[0], &[3, 1]).is_dense(&[3, 1]));
    }
}
