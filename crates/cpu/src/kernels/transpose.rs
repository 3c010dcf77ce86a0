//! `transpose`: axes in another order.

use super::shape::{Strides, operand, row_major};
use super::view;
use crate::kernel::{Kernel, Site, Unsupported};

/// Axis `d` of the result is axis `permutation[d]` of the operand.
pub(super) fn kernel(site: Site<'_>, permutation: &[usize]) -> Result<Box<dyn Kernel>, Unsupported> {
    let strides = row_major(&operand(site, 0)?.dims);
    let strides: Strides = permutation.iter().map(|&axis| strides[axis]).collect();
    view::kernel(site, &strides, 0)
}

#[cfg(test)]
mod tests {
    use runahead_ir::{ElementType, OpKind};

    use super::super::shape::for_each_index;
    use super::super::testing::{Case, Random, ty};

    /// Every order of `0..rank`.
    fn permutations(rank: usize) -> Vec<Vec<usize>> {
        if rank == 0 {
            return vec![vec![]];
        }
        let shorter = permutations(rank - 1);
        let insert = |p: &Vec<usize>, at: usize| {
            let mut p = p.clone();
            p.insert(at, rank - 1);
            p
        };
        shorter.iter().flat_map(|p| (0..rank).map(move |at| insert(p, at))).collect()
    }

    #[test]
    fn every_order_of_axes_of_every_width() {
        use ElementType::*;
        let mut random = Random::new(4);
        for shape in [&[][..], &[5], &[37, 41], &[64, 48], &[0, 3], &[3, 40, 2], &[17, 2, 33], &[2, 3, 4, 5]]
        {
            for permutation in permutations(shape.len()) {
                for element in [Bool, F16, F32, F64, C128] {
                    let to: Vec<usize> = permutation.iter().map(|&p| shape[p]).collect();
                    let kind = OpKind::Transpose { permutation: permutation.clone() };
                    let case = Case::new(kind, &[ty(element, shape)], &[ty(element, &to)]);
                    let width = element.size();
                    let x = random.bytes(shape.iter().product::<usize>() * width);
                    let mut expected = Vec::new();
                    for_each_index(&to, |index| {
                        let at = shape.iter().enumerate().fold(0, |at, (axis, &size)| {
                            let d = permutation.iter().position(|&p| p == axis).unwrap();
                            at * size + index[d]
                        });
                        expected.extend_from_slice(&x[at * width..][..width]);
                    });
                    assert!(case.run(&[&x])[0] == expected, "{shape:?} by {permutation:?}");
                }
            }
        }
    }
}
