//! `slice`: a box of the operand, with steps.

use super::shape::{Strides, operand, row_major};
use super::view;
use crate::kernel::{Kernel, Site, Unsupported};

pub(super) fn kernel(
    site: Site<'_>,
    start: &[usize],
    steps: &[usize],
) -> Result<Box<dyn Kernel>, Unsupported> {
    let dims = &operand(site, 0)?.dims;
    let strides = row_major(dims);
    let from_start = start.iter().zip(&strides).map(|(&s, &stride)| s.wrapping_mul(stride as usize)).sum();
    // A step beyond the end is as good as one to it.
    let steps = steps.iter().zip(dims).map(|(&step, &size)| step.min(size.max(1)));
    let strides: Strides =
        strides.iter().zip(steps).map(|(&stride, step)| stride.wrapping_mul(step as isize)).collect();
    view::kernel(site, &strides, from_start)
}

#[cfg(test)]
mod tests {
    use runahead_ir::OpKind;

    use super::super::shape::for_each_index;
    use super::super::testing::{Case, Random, f32s};

    #[test]
    fn any_box_with_any_steps() {
        let mut random = Random::new(6);
        for _ in 0..200 {
            let rank = random.below(4);
            let dims: Vec<usize> = (0..rank).map(|_| random.below(20)).collect();
            let start: Vec<usize> = dims.iter().map(|&d| random.below(d + 1)).collect();
            let limit: Vec<usize> =
                dims.iter().zip(&start).map(|(&d, &s)| s + random.below(d - s + 1)).collect();
            let strides: Vec<usize> = dims.iter().map(|_| 1 + random.below(3)).collect();
            let to: Vec<usize> = (0..rank).map(|d| (limit[d] - start[d]).div_ceil(strides[d])).collect();
            let x = random.floats(dims.iter().product());
            let mut expected = Vec::new();
            for_each_index(&to, |index| {
                expected.push(x[(0..rank).fold(0, |at, d| at * dims[d] + start[d] + index[d] * strides[d])]);
            });
            let case = Case::new(OpKind::Slice { start, limit, strides }, &[f32s(&dims)], &[f32s(&to)]);
            assert_eq!(case.run_as::<f32, f32>(&[&x]), expected);
        }
    }
}
