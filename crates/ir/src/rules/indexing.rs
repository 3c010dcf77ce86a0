//! Operations that read and write at places that are values.

use super::reduction::combiner;
use super::*;
use crate::{GatherDimensions, ScatterDimensions};

pub(super) fn dynamic_slice(sizes: &[usize], operands: &[&Type]) -> Ruled<Inferred> {
    let x = tensor(operands, 0)?;
    check_start_indices(x, operands, 1)?;
    check_length("slice_sizes", sizes.len(), x.rank())?;
    for (i, (&size, &of)) in sizes.iter().zip(&x.dims).enumerate() {
        ensure!(size <= of, "slice_sizes[{i}] is {size} for axis {i} of {x}; expected at most {of}");
    }
    Inferred::one(x.with_dims(sizes.iter().copied()))
}

pub(super) fn dynamic_update_slice(operands: &[&Type]) -> Ruled<Inferred> {
    let (x, update) = (tensor(operands, 0)?, tensor(operands, 1)?);
    check_start_indices(x, operands, 2)?;
    ensure!(
        update.element == x.element && update.rank() == x.rank(),
        "the update is {update} for {x}; expected the same elements and rank"
    );
    for (i, (&size, &of)) in update.dims.iter().zip(&x.dims).enumerate() {
        ensure!(
            size <= of || size == DYNAMIC,
            "axis {i} of the update is {size} long for {x}; expected at most {of}"
        );
    }
    Inferred::one(x.clone())
}

/// One scalar integer for each axis, from operand `first` on.
fn check_start_indices(x: &TensorType, operands: &[&Type], first: usize) -> Ruled<()> {
    let given = operands.len() - first;
    ensure!(given == x.rank(), "{given} start indices are given for {x}; expected {}", x.rank());
    for i in first..operands.len() {
        let index = tensor(operands, i)?;
        ensure!(
            index.rank() == 0 && index.element.is_integer(),
            "start index {} is {index}; expected a scalar integer",
            i - first
        );
        ensure!(
            index.element == tensor(operands, first)?.element,
            "start index {} is {index}; expected the type of the first",
            i - first
        );
    }
    Ok(())
}

/// What `gather` and `scatter` have in common: how an index vector addresses the operand.
struct Addressing<'d> {
    /// The operand and the indices.
    x: &'d TensorType,
    indices: &'d TensorType,
    index_vector_dim: usize,
    /// Axes of the operand that an index vector's entries address.
    map: &'d [usize],
    map_name: &'d str,
    /// Axes of the operand that are left out of a window, and what they are called.
    dropped: &'d [usize],
    dropped_name: &'d str,
    /// Axes of operand and indices that run together.
    batching: &'d [usize],
    indices_batching: &'d [usize],
}

impl Addressing<'_> {
    fn check(&self) -> Ruled<()> {
        let (x, indices) = (self.x, self.indices);
        let rank = indices.rank();
        ensure!(indices.element.is_integer(), "the indices are {indices}; expected integers");
        ensure!(
            self.index_vector_dim <= rank,
            "index_vector_dim is {} for indices of type {indices}; expected at most {rank}",
            self.index_vector_dim
        );
        let entries = if self.index_vector_dim < rank { indices.dims[self.index_vector_dim] } else { 1 };
        ensure!(
            same_size(entries, self.map.len()),
            "an index has {entries} entries in {indices}; expected {}, as many as {} has",
            self.map.len(),
            self.map_name
        );
        let check_joined = |what: &str, axes: &[usize]| {
            let joined: Vec<usize> = axes.iter().chain(self.batching).copied().collect();
            check_axes(&format!("{what} with the batching axes"), &joined, x.rank())
        };
        check_joined(self.map_name, self.map)?;
        check_joined(self.dropped_name, self.dropped)?;
        check_sorted(self.dropped_name, self.dropped)?;
        check_sorted("the operand's batching axes", self.batching)?;
        check_axes("the indices' batching axes", self.indices_batching, rank)?;
        check_length("the indices' batching axes", self.indices_batching.len(), self.batching.len())?;
        for (&ours, &theirs) in self.batching.iter().zip(self.indices_batching) {
            ensure!(
                theirs != self.index_vector_dim,
                "axis {theirs} of the indices is batched; expected another than index_vector_dim"
            );
            ensure!(
                same_size(x.dims[ours], indices.dims[theirs]),
                "axis {ours} of {x} is batched with axis {theirs} of {indices}; expected one size"
            );
        }
        Ok(())
    }

    /// The sizes of the indices but along an index vector.
    fn batch_sizes(&self) -> Dims {
        let dims = self.indices.dims.iter().enumerate();
        dims.filter(|(i, _)| *i != self.index_vector_dim).map(|(_, &d)| d).collect()
    }

    /// Whether an axis of the operand belongs to a window.
    fn in_window(&self, axis: usize) -> bool {
        !self.dropped.contains(&axis) && !self.batching.contains(&axis)
    }
}

/// The shape that has `window` sizes at the axes `at`, which rise, and `batch` sizes elsewhere in order.
fn combine(batch: &[usize], window: &[usize], at: &[usize]) -> Dims {
    let (mut batch, mut window) = (batch.iter(), window.iter());
    let count = batch.len() + window.len();
    let mut at = at.iter().peekable();
    (0..count)
        .filter_map(|axis| match at.next_if(|&&a| a == axis) {
            Some(_) => window.next().copied(),
            None => batch.next().copied(),
        })
        .collect()
}

fn gather_addressing<'d>(d: &'d GatherDimensions, operands: &[&'d Type]) -> Ruled<Addressing<'d>> {
    let (x, indices) = (tensor(operands, 0)?, tensor(operands, 1)?);
    let addressing = Addressing {
        x,
        indices,
        index_vector_dim: d.index_vector_dim,
        map: &d.start_index_map,
        map_name: "start_index_map",
        dropped: &d.collapsed_slice_dims,
        dropped_name: "collapsed_slice_dims",
        batching: &d.operand_batching_dims,
        indices_batching: &d.start_indices_batching_dims,
    };
    addressing.check()?;
    let dropped = d.collapsed_slice_dims.len() + d.operand_batching_dims.len();
    ensure!(
        x.rank() == d.offset_dims.len() + dropped,
        "{} axes of a slice of {x} are offset and {dropped} left out; expected {} together",
        d.offset_dims.len(),
        x.rank()
    );
    let rank = addressing.batch_sizes().len() + d.offset_dims.len();
    check_axes("offset_dims", &d.offset_dims, rank)?;
    check_sorted("offset_dims", &d.offset_dims)?;
    Ok(addressing)
}

pub(super) fn gather(d: &GatherDimensions, slice_sizes: &[usize], operands: &[&Type]) -> Ruled<Inferred> {
    arity(operands, 2)?;
    let addressing = gather_addressing(d, operands)?;
    let x = addressing.x;
    check_length("slice_sizes", slice_sizes.len(), x.rank())?;
    for (i, (&size, &of)) in slice_sizes.iter().zip(&x.dims).enumerate() {
        ensure!(size <= of, "slice_sizes[{i}] is {size} for axis {i} of {x}; expected at most {of}");
        ensure!(
            addressing.in_window(i) || size <= 1,
            "slice_sizes[{i}] is {size} for an axis that is collapsed or batched; expected at most 1"
        );
    }
    let window: Dims = (0..x.rank()).filter(|&i| addressing.in_window(i)).map(|i| slice_sizes[i]).collect();
    Inferred::one(x.with_dims(combine(&addressing.batch_sizes(), &window, &d.offset_dims)))
}

pub(super) fn dynamic_gather(d: &GatherDimensions, operands: &[&Type]) -> Ruled<Inferred> {
    arity(operands, 3)?;
    let addressing = gather_addressing(d, operands)?;
    let sizes = tensor(operands, 2)?;
    ensure!(
        sizes.element.is_integer() && sizes.rank() == 1 && same_size(sizes.dims[0], addressing.x.rank()),
        "the slice sizes are {sizes} for {}; expected an integer for each axis",
        addressing.x
    );
    let window = vec![DYNAMIC; d.offset_dims.len()];
    Inferred::one(addressing.x.with_dims(combine(&addressing.batch_sizes(), &window, &d.offset_dims)))
}

pub(super) fn scatter(d: &ScatterDimensions, operands: &[&Type], region: &Signature) -> Ruled<Inferred> {
    let count = operands.len() / 2;
    ensure!(
        operands.len() % 2 == 1 && count > 0,
        "{} operands are given; expected inputs, indices, and as many updates as inputs",
        operands.len()
    );
    let all = all_tensors(operands)?;
    let (inputs, indices, updates) = (&all[..count], all[count], &all[count + 1..]);
    let (x, update) = (inputs[0], updates[0]);
    for (what, group) in [("inputs", inputs), ("updates", updates)] {
        let one_shape = group.iter().all(|t| same_dims(&t.dims, &group[0].dims));
        ensure!(one_shape, "the {what} have several shapes; expected one, such as that of {}", group[0]);
    }
    for (input, update) in inputs.iter().zip(updates) {
        ensure!(
            same_element(input, update),
            "an input is {input} and its update {update}; expected the same elements"
        );
    }
    let addressing = Addressing {
        x,
        indices,
        index_vector_dim: d.index_vector_dim,
        map: &d.scatter_dims_to_operand_dims,
        map_name: "scatter_dims_to_operand_dims",
        dropped: &d.inserted_window_dims,
        dropped_name: "inserted_window_dims",
        batching: &d.input_batching_dims,
        indices_batching: &d.scatter_indices_batching_dims,
    };
    addressing.check()?;
    let dropped = d.inserted_window_dims.len() + d.input_batching_dims.len();
    ensure!(
        x.rank() == d.update_window_dims.len() + dropped,
        "{} axes of an update of {x} are a window and {dropped} left out; expected {} together",
        d.update_window_dims.len(),
        x.rank()
    );
    let batch = addressing.batch_sizes();
    let rank = batch.len() + d.update_window_dims.len();
    ensure!(update.rank() == rank, "the updates are {update}; expected the rank {rank}");
    check_axes("update_window_dims", &d.update_window_dims, rank)?;
    check_sorted("update_window_dims", &d.update_window_dims)?;
    let most: Dims = (0..x.rank()).filter(|&i| addressing.in_window(i)).map(|i| x.dims[i]).collect();
    let window = pick(&update.dims, &d.update_window_dims);
    for (i, (&size, &of)) in window.iter().zip(&most).enumerate() {
        ensure!(
            size <= of || size == DYNAMIC,
            "axis {} of the updates {update} is {size} long; expected at most {of}, as {x} has",
            d.update_window_dims[i]
        );
    }
    let expected = combine(&batch, &window, &d.update_window_dims);
    ensure!(
        same_dims(&expected, &update.dims),
        "the updates are {update}; expected {} for the indices {indices}",
        update.with_dims(expected.iter().copied())
    );
    let elements = combiner(region, inputs)?;
    Ok(Inferred::Types(
        inputs.iter().zip(elements).map(|(t, e)| e.with_dims(t.dims.iter().copied()).into()).collect(),
    ))
}

pub(super) fn torch_index_select(dim: usize, batch_dims: usize, operands: &[&Type]) -> Ruled<Inferred> {
    let [x, index] = tensors(operands)?;
    check_axis("dim", dim, x.rank())?;
    ensure!(
        batch_dims <= dim && batch_dims <= index.rank(),
        "batch_dims is {batch_dims}; expected at most dim, which is {dim}, and the rank of the index"
    );
    ensure!(index.element.is_integer(), "the index is {index}; expected integers");
    ensure!(
        same_dims(&x.dims[..batch_dims], &index.dims[..batch_dims]),
        "the first axes of {x} and {index} are batched; expected the same sizes"
    );
    let dims = x.dims[..dim].iter().chain(&index.dims[batch_dims..]).chain(&x.dims[dim + 1..]);
    Inferred::one(x.with_dims(dims.copied()))
}
