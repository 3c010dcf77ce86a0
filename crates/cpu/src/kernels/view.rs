//! The kernel of operations whose result is their operand seen through other strides.

use super::copy::StridedCopy;
use super::shape::{product, shown};
use crate::kernel::{Kernel, Operand, Site, Unsupported};

/// A result whose elements are elements of the only operand, at offsets that are linear in the index.
#[derive(Debug)]
struct View {
    description: String,
    copy: StridedCopy,
    from_start: usize,
}

/// A kernel for a result where index `i` holds the operand's element `from_start + Σ strides[d] * i[d]`.
pub(super) fn kernel(
    site: Site<'_>,
    strides: &[isize],
    from_start: usize,
) -> Result<Box<dyn Kernel>, Unsupported> {
    let (from, to) = (super::shape::operand(site, 0)?, super::shape::result(site, 0)?);
    let name = site.op.kind.name().trim_start_matches("stablehlo.");
    let description = format!("{name} {} to {}", shown(&from.dims), shown(&to.dims));
    let mut copy = StridedCopy::dense(to.element.size(), &to.dims, strides);
    // Only where every element is taken is the start the operand's own.
    if from_start == 0 && product(&from.dims) == product(&to.dims) {
        copy = copy.widened();
    }
    Ok(Box::new(View { description, copy, from_start }))
}

impl Kernel for View {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        self.copy.run(results[0], 0, operands[0].bytes(), self.from_start);
    }
}
