//! `broadcast_in_dim` and the older `broadcast`: elements repeated along axes.

use super::shape::{Strides, operand, result, row_major};
use super::view;
use crate::kernel::{Kernel, Site, Unsupported};

/// Axis `d` of the operand becomes axis `dimensions[d]` of the result; an axis of size one repeats.
pub(super) fn in_dim(site: Site<'_>, dimensions: &[usize]) -> Result<Box<dyn Kernel>, Unsupported> {
    let (from, to) = (operand(site, 0)?, result(site, 0)?);
    let mut strides: Strides = to.dims.iter().map(|_| 0).collect();
    for ((&axis, &size), stride) in dimensions.iter().zip(&from.dims).zip(row_major(&from.dims)) {
        if size != 1 {
            strides[axis] = stride;
        }
    }
    view::kernel(site, &strides, 0)
}

/// The operand's axes come last; `sizes` are new ones before them.
pub(super) fn prepend(site: Site<'_>, sizes: &[usize]) -> Result<Box<dyn Kernel>, Unsupported> {
    let mut strides: Strides = sizes.iter().map(|_| 0).collect();
    strides.extend(row_major(&operand(site, 0)?.dims));
    view::kernel(site, &strides, 0)
}

#[cfg(test)]
mod tests {
    use runahead_ir::{ElementType, OpKind};

    use super::super::shape::for_each_index;
    use super::super::testing::{Case, Random, f32s, ty};

    #[test]
    fn axes_are_placed_and_repeated() {
        let mut random = Random::new(1);
        for (from, dimensions, to) in [
            (&[][..], &[][..], &[3, 4][..]),
            (&[], &[], &[]),
            (&[4], &[1], &[3, 4]),
            (&[4], &[0], &[4, 3]),
            (&[1], &[0], &[4, 3]),
            (&[4, 1], &[0, 2], &[4, 5, 6]),
            (&[3, 1, 2], &[0, 1, 3], &[3, 4, 5, 2]),
            (&[5, 3], &[1, 0], &[3, 5]),
            (&[0], &[1], &[3, 0]),
            (&[1], &[0], &[0]),
            (&[1, 300], &[0, 1], &[200, 300]),
        ] {
            let kind = OpKind::BroadcastInDim { dimensions: dimensions.to_vec() };
            let case = Case::new(kind, &[f32s(from)], &[f32s(to)]);
            let x = random.floats(from.iter().product());
            let mut expected = Vec::new();
            for_each_index(to, |index| {
                let at = dimensions
                    .iter()
                    .zip(from)
                    .fold(0, |at, (&d, &size)| at * size + if size == 1 { 0 } else { index[d] });
                expected.push(x[at]);
            });
            assert_eq!(case.run_as::<f32, f32>(&[&x]), expected, "{from:?} to {to:?} by {dimensions:?}");
        }
    }

    #[test]
    fn older_broadcast_prepends_axes() {
        for element in [ElementType::Bool, ElementType::I16, ElementType::F64, ElementType::C128] {
            let from = ty(element, &[3]);
            let case = Case::new(
                OpKind::Broadcast { sizes: vec![2, 2] },
                std::slice::from_ref(&from),
                &[ty(element, &[2, 2, 3])],
            );
            let x = Random::new(2).bytes(from.byte_count().unwrap());
            assert_eq!(case.run(&[&x])[0], x.repeat(4));
        }
    }
}
