//! `reverse`: axes walked backwards.

use super::shape::{operand, row_major};
use super::view;
use crate::kernel::{Kernel, Site, Unsupported};

pub(super) fn kernel(site: Site<'_>, dimensions: &[usize]) -> Result<Box<dyn Kernel>, Unsupported> {
    let dims = &operand(site, 0)?.dims;
    let mut strides = row_major(dims);
    let mut start = 0;
    for &axis in dimensions {
        start += dims[axis].saturating_sub(1).wrapping_mul(strides[axis] as usize);
        strides[axis] = -strides[axis];
    }
    view::kernel(site, &strides, start)
}

#[cfg(test)]
mod tests {
    use runahead_ir::OpKind;

    use super::super::shape::for_each_index;
    use super::super::testing::{Case, Random, f32s};

    #[test]
    fn any_axes_are_reversed() {
        for shape in [&[][..], &[7], &[1, 5], &[3, 4, 5], &[4, 0], &[2, 1, 33]] {
            for set in 0..1usize << shape.len() {
                let dimensions: Vec<usize> = (0..shape.len()).filter(|d| set >> d & 1 == 1).collect();
                let x = Random::new(5).floats(shape.iter().product());
                let mut expected = Vec::new();
                for_each_index(shape, |index| {
                    let at = index.iter().zip(shape).enumerate().fold(0, |at, (d, (&i, &size))| {
                        at * size + if dimensions.contains(&d) { size - 1 - i } else { i }
                    });
                    expected.push(x[at]);
                });
                let kind = OpKind::Reverse { dimensions };
                assert_eq!(
                    Case::new(kind, &[f32s(shape)], &[f32s(shape)]).run_as::<f32, f32>(&[&x]),
                    expected
                );
            }
        }
    }
}
