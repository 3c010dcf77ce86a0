//! `concatenate`: operands one after the other along an axis.

use super::copy::StridedCopy;
use super::shape::{operand, result, row_major, shown};
use crate::kernel::{Kernel, Operand, Site, Unsupported};

#[derive(Debug)]
struct Concatenate {
    description: String,
    /// For each operand its copy and where in the result it begins.
    copies: Vec<(StridedCopy, usize)>,
}

pub(super) fn kernel(site: Site<'_>, dimension: usize) -> Result<Box<dyn Kernel>, Unsupported> {
    let to = result(site, 0)?;
    let strides = row_major(&to.dims);
    let mut copies = Vec::new();
    let mut start = 0;
    for i in 0..site.op.operands.len() {
        let from = operand(site, i)?;
        let copy = StridedCopy::new(to.element.size(), &from.dims, &strides, &row_major(&from.dims));
        copies.push((copy, start));
        start += from.dims[dimension].wrapping_mul(strides[dimension] as usize);
    }
    let description = format!("concatenate {} to {}", copies.len(), shown(&to.dims));
    Ok(Box::new(Concatenate { description, copies }))
}

impl Kernel for Concatenate {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        for ((copy, start), operand) in self.copies.iter().zip(operands) {
            copy.run(results[0], *start, operand.bytes(), 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use runahead_ir::OpKind;

    use super::super::testing::{Case, Random, f32s};

    #[test]
    fn along_any_axis() {
        let mut random = Random::new(8);
        for (dims, dimension) in [(&[5][..], 0), (&[3, 4], 0), (&[3, 4], 1), (&[2, 3, 4], 1), (&[0, 4], 1)] {
            for sizes in [&[3][..], &[1, 2], &[0, 4, 1], &[0, 0]] {
                let with = |size: usize| {
                    let mut dims = dims.to_vec();
                    dims[dimension] = size;
                    dims
                };
                let shapes: Vec<Vec<usize>> = sizes.iter().map(|&s| with(s)).collect();
                let to = with(sizes.iter().sum());
                let inputs: Vec<Vec<f32>> =
                    shapes.iter().map(|s| random.floats(s.iter().product())).collect();
                let inner: usize = dims[dimension + 1..].iter().product();
                let mut expected = Vec::new();
                for outer in 0..dims[..dimension].iter().product() {
                    for (input, size) in inputs.iter().zip(sizes) {
                        expected.extend_from_slice(&input[outer * size * inner..][..size * inner]);
                    }
                }
                let operands: Vec<_> = shapes.iter().map(|s| f32s(s)).collect();
                let case = Case::new(OpKind::Concatenate { dimension }, &operands, &[f32s(&to)]);
                let inputs: Vec<&[f32]> = inputs.iter().map(|i| &i[..]).collect();
                assert_eq!(case.run_as::<f32, f32>(&inputs), expected);
            }
        }
    }
}
