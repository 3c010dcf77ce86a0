//! `gather`: slices of the operand from places that another operand names.

use bytemuck::Pod;
use runahead_ir::{Dims, ElementType, GatherDimensions};
use smallvec::SmallVec;

use super::copy::StridedCopy;
use super::dispatch::by_width;
use super::parallel::{for_each_chunk_mut, parts_for_bytes};
use super::places::Places;
use super::shape::{Strides, operand, product, result, row_major, shown};
use crate::kernel::{Kernel, Operand, Site, Unsupported};

#[derive(Debug)]
struct Gather {
    description: String,
    places: Places,
    indices: ElementType,
    /// The last place along each axis of the operand at which a slice lies within it.
    last: Dims,
    width: usize,
    layout: Layout,
    reads_nothing: bool,
}

/// How slices lie in the result.
#[derive(Debug)]
enum Layout {
    /// One whole slice after the other, each of so many elements.
    Slices { copy: StridedCopy, count: usize },
    /// Axes of slices and axes of places in any order.
    Mixed(SmallVec<[MixedAxis; 6]>),
}

/// An axis of the result, and what one step along it changes.
#[derive(Clone, Copy, Debug)]
struct MixedAxis {
    size: usize,
    /// The number of the place that is read.
    place: usize,
    /// The offset from that place, in elements of the operand.
    offset: usize,
}

pub(super) fn kernel(
    site: Site<'_>,
    dimensions: &GatherDimensions,
    sizes: &[usize],
) -> Result<Box<dyn Kernel>, Unsupported> {
    let (from, starts, to) = (operand(site, 0)?, operand(site, 1)?, result(site, 0)?);
    let places = Places::new(
        &from.dims,
        &starts.dims,
        dimensions.index_vector_dim,
        &dimensions.start_index_map,
        &dimensions.operand_batching_dims,
        &dimensions.start_indices_batching_dims,
    );
    let strides = row_major(&from.dims);
    let skipped = |axis: &usize| {
        dimensions.collapsed_slice_dims.contains(axis) || dimensions.operand_batching_dims.contains(axis)
    };
    let window: Vec<usize> = (0..from.rank()).filter(|axis| !skipped(axis)).collect();
    let window_sizes: Dims = window.iter().map(|&axis| sizes[axis]).collect();
    let window_strides: Strides = window.iter().map(|&axis| strides[axis]).collect();
    let width = from.element.size();

    let slices_last = to.rank() - window.len();
    let count = product(&window_sizes);
    let layout = if count > 1 && dimensions.offset_dims.iter().copied().eq(slices_last..to.rank()) {
        Layout::Slices { copy: StridedCopy::dense(width, &window_sizes, &window_strides), count }
    } else {
        let mut place = product(&places.dims);
        let mut axes = SmallVec::new();
        for (axis, &size) in to.dims.iter().enumerate() {
            match dimensions.offset_dims.iter().position(|&o| o == axis) {
                Some(at) => axes.push(MixedAxis { size, place: 0, offset: window_strides[at] as usize }),
                None => {
                    place = place.checked_div(size).unwrap_or(0);
                    axes.push(MixedAxis { size, place, offset: 0 });
                }
            }
        }
        Layout::Mixed(axes)
    };
    Ok(Box::new(Gather {
        description: format!(
            "gather {} slices of {} from {}",
            shown(&places.dims),
            shown(sizes),
            shown(&from.dims)
        ),
        places,
        indices: super::shape::index_type(starts)?,
        last: from.dims.iter().zip(sizes).map(|(&dim, &size)| dim.saturating_sub(size)).collect(),
        width,
        layout,
        reads_nothing: sizes.contains(&0),
    }))
}

impl Kernel for Gather {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn scratch_bytes(&self) -> usize {
        self.places.scratch_bytes()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        let (from, to) = (operands[0].bytes(), &mut *results[0]);
        // A slice without elements along an axis that the result does not have leaves nothing to read.
        if to.is_empty() || self.reads_nothing {
            return to.fill(0);
        }
        // A slice that would reach outside is moved until it does not.
        let clamp = |axis: usize, start: i64| Some((start.max(0) as usize).min(self.last[axis]));
        let places = self.places.offsets(operands[1].bytes(), self.indices, scratch, &clamp);
        let parts = parts_for_bytes(2 * to.len());
        match &self.layout {
            Layout::Slices { copy, count } => {
                let bytes = count * self.width;
                let contiguous = copy.is_contiguous();
                for_each_chunk_mut(to, bytes, parts, &|i, to| match contiguous {
                    true => to.copy_from_slice(&from[places[i] * self.width..][..bytes]),
                    false => copy.run_here(to, 0, from, places[i]),
                });
            }
            Layout::Mixed(axes) => by_width!(self.width, T => {
                mixed::<T>(axes, bytemuck::cast_slice(from), bytemuck::cast_slice_mut(to), places, parts)
            }),
        }
    }
}

/// Goes through the result row by row.
fn mixed<T: Pod + Send + Sync>(axes: &[MixedAxis], from: &[T], to: &mut [T], places: &[usize], parts: usize) {
    let one = MixedAxis { size: 1, place: 0, offset: 0 };
    let (row, outer) = axes.split_last().unwrap_or((&one, &[]));
    for_each_chunk_mut(to, row.size, parts, &|mut index, to| {
        let (mut place, mut offset) = (0, 0);
        for axis in outer.iter().rev() {
            place += index % axis.size * axis.place;
            offset += index % axis.size * axis.offset;
            index /= axis.size;
        }
        if row.place == 0 {
            let from = &from[places[place] + offset..];
            to.iter_mut().enumerate().for_each(|(i, to)| *to = from[i * row.offset]);
        } else {
            // The last axis of places has them one after the other.
            to.iter_mut().zip(&places[place..]).for_each(|(to, place)| *to = from[place + offset]);
        }
    });
}

#[cfg(test)]
mod tests {
    use runahead_ir::{ElementType, GatherDimensions, OpKind};

    use super::super::shape::for_each_index;
    use super::super::testing::{Case, Random, cast, f32s, ty};

    /// The specification's formula, index by index.
    fn expected(
        operand: (&[usize], &[f32]),
        starts: (&[usize], &[i32]),
        d: &GatherDimensions,
        sizes: &[usize],
        to: &[usize],
    ) -> Vec<f32> {
        let at = |dims: &[usize], index: &[usize]| index.iter().zip(dims).fold(0, |at, (i, d)| at * d + i);
        let mut results = Vec::new();
        for_each_index(to, |index| {
            let batch: Vec<usize> =
                (0..to.len()).filter(|a| !d.offset_dims.contains(a)).map(|a| index[a]).collect();
            let mut offset = d.offset_dims.iter().map(|&a| index[a]);
            let place: Vec<usize> = (0..operand.0.len())
                .map(|axis| {
                    if let Some(i) = d.operand_batching_dims.iter().position(|&a| a == axis) {
                        let b = d.start_indices_batching_dims[i];
                        return batch[b - usize::from(b >= d.index_vector_dim)];
                    }
                    let start = d.start_index_map.iter().position(|&a| a == axis).map_or(0, |component| {
                        let mut index = batch.clone();
                        if d.index_vector_dim < starts.0.len() {
                            index.insert(d.index_vector_dim, component);
                        }
                        let start = i64::from(starts.1[at(starts.0, &index)]);
                        start.clamp(0, (operand.0[axis] - sizes[axis]) as i64) as usize
                    });
                    start + if d.collapsed_slice_dims.contains(&axis) { 0 } else { offset.next().unwrap() }
                })
                .collect();
            results.push(operand.1[at(operand.0, &place)]);
        });
        results
    }

    #[test]
    fn any_dimension_numbers() {
        let mut random = Random::new(20);
        for round in 0..400 {
            let rank = 1 + random.below(4);
            let batching = random.below(3).min(rank - 1);
            let mut axes: Vec<usize> = (0..rank).collect();
            random.shuffle(&mut axes);
            let (batching_dims, rest) = axes.split_at(batching);
            let mut operand_batching_dims = batching_dims.to_vec();
            operand_batching_dims.sort_unstable();
            let mut dims: Vec<usize> = (0..rank).map(|_| 1 + random.below(6)).collect();
            let mut sizes: Vec<usize> = dims.iter().map(|&d| random.below(d + 1)).collect();
            for &axis in &operand_batching_dims {
                dims[axis] = 1 + random.below(3);
                sizes[axis] = 1;
            }
            let mut collapsed: Vec<usize> = rest.iter().copied().filter(|_| random.below(2) == 0).collect();
            collapsed.sort_unstable();
            collapsed.iter().for_each(|&axis| sizes[axis] = 1);
            let start_index_map: Vec<usize> = rest.iter().copied().filter(|_| random.below(3) > 0).collect();

            // Indices: batching axes and others in random order, and the index vector anywhere.
            let others = random.below(3);
            let mut batch: Vec<usize> = operand_batching_dims.iter().map(|&a| dims[a]).collect();
            batch.extend((0..others).map(|_| random.below(6)));
            let mut order: Vec<usize> = (0..batch.len()).collect();
            random.shuffle(&mut order);
            let mut start_dims: Vec<usize> = order.iter().map(|&i| batch[i]).collect();
            let index_vector_dim = random.below(start_dims.len() + 1);
            let implicit =
                start_index_map.len() == 1 && index_vector_dim == start_dims.len() && random.below(2) == 0;
            if !implicit {
                start_dims.insert(index_vector_dim, start_index_map.len());
            }
            let start_indices_batching_dims: Vec<usize> = (0..batching)
                .map(|i| order.iter().position(|&o| o == i).unwrap())
                .map(|at| at + usize::from(at >= index_vector_dim))
                .collect();
            let batch: Vec<usize> = order.iter().map(|&i| batch[i]).collect();

            let skipped = |a: &usize| collapsed.contains(a) || operand_batching_dims.contains(a);
            let window: Vec<usize> = (0..rank).filter(|a| !skipped(a)).map(|a| sizes[a]).collect();
            let mut offset_dims: Vec<usize> = (0..batch.len() + window.len()).collect();
            if random.below(3) == 0 {
                offset_dims.drain(..batch.len());
            } else {
                random.shuffle(&mut offset_dims);
                offset_dims.truncate(window.len());
                offset_dims.sort_unstable();
            }
            let (mut b, mut w) = (batch.iter(), window.iter());
            let to: Vec<usize> = (0..batch.len() + window.len())
                .map(|a| *if offset_dims.contains(&a) { w.next() } else { b.next() }.unwrap())
                .collect();

            let x = random.floats(dims.iter().product());
            let starts: Vec<i32> =
                (0..start_dims.iter().product()).map(|_| random.range(-2, 8) as i32).collect();
            let dimension_numbers = GatherDimensions {
                offset_dims,
                collapsed_slice_dims: collapsed,
                operand_batching_dims,
                start_indices_batching_dims,
                start_index_map,
                index_vector_dim,
            };
            let expected = expected((&dims, &x), (&start_dims, &starts), &dimension_numbers, &sizes, &to);
            let kind = OpKind::Gather { dimension_numbers, slice_sizes: sizes, indices_are_sorted: false };
            let case = Case::new(kind, &[f32s(&dims), ty(ElementType::I32, &start_dims)], &[f32s(&to)]);
            let found = case.run(&[bytemuck::cast_slice(&x), bytemuck::cast_slice(&starts)]);
            assert_eq!(cast::<f32>(&found[0]), expected, "round {round}: {:?}", case.op.kind);
        }
    }

    #[test]
    fn rows_of_a_table() {
        let mut random = Random::new(21);
        let table = random.floats(100 * 24);
        let ids: Vec<i32> = (0..60).map(|_| random.range(-5, 105) as i32).collect();
        let kind = OpKind::Gather {
            dimension_numbers: GatherDimensions {
                offset_dims: vec![2],
                collapsed_slice_dims: vec![0],
                start_index_map: vec![0],
                index_vector_dim: 2,
                ..GatherDimensions::default()
            },
            slice_sizes: vec![1, 24],
            indices_are_sorted: false,
        };
        let types = [f32s(&[100, 24]), ty(ElementType::I32, &[12, 5, 1])];
        let case = Case::new(kind, &types, &[f32s(&[12, 5, 24])]);
        let expected: Vec<f32> =
            ids.iter().flat_map(|&id| &table[id.clamp(0, 99) as usize * 24..][..24]).copied().collect();
        let found = case.run(&[bytemuck::cast_slice(&table), bytemuck::cast_slice(&ids)]);
        assert_eq!(cast::<f32>(&found[0]), expected);
    }
}
