//! `reshape`: the same elements under another shape.

use super::shape::{operand, row_major};
use super::view;
use crate::kernel::{Kernel, Site, Unsupported};

/// A plain copy, for where result and operand cannot share memory.
pub(super) fn kernel(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    operand(site, 0)?;
    let to = super::shape::result(site, 0)?;
    view::kernel(site, &row_major(&to.dims), 0)
}

#[cfg(test)]
mod tests {
    use runahead_ir::OpKind;

    use super::super::testing::{Case, Random, f32s};

    #[test]
    fn elements_keep_their_order() {
        for (from, to) in
            [(&[2, 3][..], &[3, 1, 2][..]), (&[1], &[]), (&[0, 3], &[7, 0]), (&[1000], &[10, 100])]
        {
            let x = Random::new(3).floats(from.iter().product());
            let case = Case::new(OpKind::Reshape, &[f32s(from)], &[f32s(to)]);
            assert_eq!(case.run_as::<f32, f32>(&[&x]), x);
        }
    }
}
