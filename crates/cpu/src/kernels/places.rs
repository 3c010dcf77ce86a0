//! The places in a tensor that the index operand of a gather or a scatter names.

use runahead_ir::{Dims, ElementType};

use super::parallel::{for_each_chunk_mut, parts_for};
use super::shape::{Strides, product, read_index, row_major};

/// A place that is not in the tensor.
pub(super) const NOWHERE: usize = usize::MAX;

/// How index vectors become offsets into a tensor.
#[derive(Debug)]
pub(super) struct Places {
    /// The shape of the index operand without the axis of the index vectors: a place for each of its indices.
    pub(super) dims: Dims,
    /// What one step along each of those axes changes.
    steps: Vec<Step>,
    /// The distance between components of an index vector.
    component: usize,
    /// For each component the axis of the tensor that it is along, and its stride.
    axes: Vec<(usize, usize)>,
}

#[derive(Debug)]
struct Step {
    /// The offset in the index operand.
    vector: usize,
    /// For a batching axis, that of the tensor and its stride.
    batching: Option<(usize, usize)>,
}

impl Places {
    pub(super) fn new(
        tensor: &[usize],
        indices: &[usize],
        index_vector_dim: usize,
        index_map: &[usize],
        tensor_batching: &[usize],
        indices_batching: &[usize],
    ) -> Places {
        let (strides, steps): (Strides, Strides) = (row_major(tensor), row_major(indices));
        let batching = |axis: usize| {
            let i = indices_batching.iter().position(|&b| b == axis)?;
            Some((tensor_batching[i], strides[tensor_batching[i]] as usize))
        };
        let axes = || (0..indices.len()).filter(|&axis| axis != index_vector_dim);
        Places {
            dims: axes().map(|axis| indices[axis]).collect(),
            steps: axes()
                .map(|axis| Step { vector: steps[axis] as usize, batching: batching(axis) })
                .collect(),
            component: steps.get(index_vector_dim).map_or(0, |&s| s as usize),
            axes: index_map.iter().map(|&axis| (axis, strides[axis] as usize)).collect(),
        }
    }

    /// Scratch memory for [`offsets`](Self::offsets).
    pub(super) fn scratch_bytes(&self) -> usize {
        product(&self.dims).saturating_mul(size_of::<usize>())
    }

    /// The offset of each place in the tensor.
    ///
    /// `bound` gives the start along an axis that an index stands for, or `None` for a place that does not count and
    /// is given as [`NOWHERE`].
    pub(super) fn offsets<'s>(
        &self,
        indices: &[u8],
        element: ElementType,
        scratch: &'s mut [u8],
        bound: &(dyn Fn(usize, i64) -> Option<usize> + Sync),
    ) -> &'s mut [usize] {
        const CHUNK: usize = 256;
        let offsets: &mut [usize] = bytemuck::cast_slice_mut(&mut scratch[..self.scratch_bytes()]);
        let parts = parts_for(offsets.len(), 1 << 13);
        for_each_chunk_mut(offsets, CHUNK, parts, &|chunk, offsets| {
            for (i, offset) in offsets.iter_mut().enumerate() {
                *offset = self.offset(indices, element, chunk * CHUNK + i, bound).unwrap_or(NOWHERE);
            }
        });
        offsets
    }

    fn offset(
        &self,
        indices: &[u8],
        element: ElementType,
        mut place: usize,
        bound: &dyn Fn(usize, i64) -> Option<usize>,
    ) -> Option<usize> {
        let (mut vector, mut offset) = (0, 0);
        for (&size, step) in self.dims.iter().zip(&self.steps).rev() {
            vector += place % size * step.vector;
            offset += place % size * step.batching.map_or(0, |(_, stride)| stride);
            place /= size;
        }
        for (component, &(axis, stride)) in self.axes.iter().enumerate() {
            let index = read_index(indices, element, vector + component * self.component);
            offset += bound(axis, index)? * stride;
        }
        Some(offset)
    }

    /// The strides of the tensor that offsets are sums of multiples of.
    pub(super) fn strides(&self) -> impl Iterator<Item = usize> {
        let batching = self.steps.iter().filter_map(|step| step.batching);
        batching.chain(self.axes.iter().copied()).map(|(_, stride)| stride)
    }
}
