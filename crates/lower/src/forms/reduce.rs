//! What combines elements by a region.

use runahead_ir::Dims;
use smallvec::SmallVec;

use super::sizes_where;
use crate::loops::body::Body;
use crate::loops::{Argument, Tensor, Writer};

/// Each result is folded from the inputs' elements in row-major order.
pub(super) fn reduce(
    writer: &mut Writer,
    dimensions: &[usize],
    body: &Body,
    operands: &[Tensor],
    results: &[Tensor],
) {
    let (inputs, initial) = operands.split_at(results.len());
    let dims = &inputs[0].dims;
    let kept = sizes_where(dims, |axis| !dimensions.contains(&axis));
    let reduced: Dims = sizes_where(dims, |axis| dimensions.contains(&axis));
    writer.nest(&kept, &mut |writer, outer| {
        let initial: SmallVec<[Argument; 4]> =
            initial.iter().map(|initial| writer.read(initial.at(&[]))).collect();
        let folded = writer.fold(&reduced, &initial, &mut |writer, inner, values| {
            let (mut outer, mut inner) = (outer.iter(), inner.iter());
            let index: SmallVec<[Argument; 6]> = (0..dims.len())
                .filter_map(|axis| if dimensions.contains(&axis) { inner.next() } else { outer.next() })
                .copied()
                .collect();
            let mut arguments: SmallVec<[Argument; 4]> = SmallVec::from_slice(values);
            arguments.extend(inputs.iter().map(|input| writer.read(input.at(&index))));
            body.write(writer, &arguments)
        });
        results.iter().zip(folded).for_each(|(to, value)| writer.write(to.at(outer), value));
    });
}

/// The body for each element.
pub(super) fn map(writer: &mut Writer, body: &Body, operands: &[Tensor], to: &Tensor) {
    writer.nest(&to.dims, &mut |writer, index| {
        let arguments: SmallVec<[Argument; 4]> =
            operands.iter().map(|from| writer.read(from.at(index))).collect();
        let value = body.write(writer, &arguments)[0];
        writer.write(to.at(index), value);
    });
}
