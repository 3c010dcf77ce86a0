//! `pad`: a border around the operand and gaps between its elements, or less of the operand where negative.

use runahead_ir::Dims;

use super::copy::StridedCopy;
use super::shape::{Strides, operand, result, row_major, shown};
use crate::kernel::{Kernel, Operand, Site, Unsupported};

#[derive(Debug)]
struct Pad {
    description: String,
    /// Boxes of the result that take the padding value, and where each begins.
    fills: Vec<(StridedCopy, usize)>,
    copy: StridedCopy,
    to_start: usize,
    from_start: usize,
}

/// Where the operand's elements land along one axis of the result.
struct Placed {
    /// The first element that lands inside the result, and where.
    from: usize,
    to: usize,
    count: usize,
    step: usize,
}

impl Placed {
    fn new(from: usize, to: usize, low: i64, interior: i64) -> Placed {
        let step = interior + 1;
        // Element `i` lands at `low + i * step`, which counts where it is in `0..to`.
        let first = if low < 0 { (step - 1 - low) / step } else { 0 };
        let end = if low >= to as i64 { 0 } else { (to as i64 - 1 - low).div_euclid(step) + 1 };
        let count = (end.min(from as i64) - first).max(0);
        let at = if count == 0 { 0 } else { low + first * step };
        Placed {
            from: if count == 0 { 0 } else { first as usize },
            to: at as usize,
            count: count as usize,
            step: step as usize,
        }
    }
}

pub(super) fn kernel(site: Site<'_>, low: &[i64], interior: &[i64]) -> Result<Box<dyn Kernel>, Unsupported> {
    let (from, to) = (operand(site, 0)?, result(site, 0)?);
    operand(site, 1)?;
    let width = to.element.size();
    let placed: Vec<Placed> =
        (0..to.rank()).map(|d| Placed::new(from.dims[d], to.dims[d], low[d], interior[d])).collect();
    let (from_strides, to_strides) = (row_major(&from.dims), row_major(&to.dims));
    let counts: Dims = placed.iter().map(|p| p.count).collect();
    let steps: Strides =
        placed.iter().zip(&to_strides).map(|(p, &s)| s.wrapping_mul(p.step as isize)).collect();
    let start = |at: &dyn Fn(&Placed) -> usize, strides: &Strides| {
        placed.iter().zip(strides).map(|(p, &s)| at(p).wrapping_mul(s as usize)).fold(0, usize::wrapping_add)
    };
    let fills = match counts.contains(&0) || placed.iter().any(|p| p.step > 1 && p.count > 1) {
        true => vec![(StridedCopy::new(width, &to.dims, &to_strides, &zeros(to.rank())), 0)],
        false => margins(width, &to.dims, &placed),
    };
    Ok(Box::new(Pad {
        description: format!("pad {} to {}", shown(&from.dims), shown(&to.dims)),
        fills,
        copy: StridedCopy::new(width, &counts, &steps, &from_strides),
        to_start: start(&|p| p.to, &to_strides),
        from_start: start(&|p| p.from, &from_strides),
    }))
}

fn zeros(rank: usize) -> Strides {
    std::iter::repeat_n(0, rank).collect()
}

/// The result without the box that the operand fills: before and after it along each axis, within its extent along
/// the axes before.
fn margins(width: usize, dims: &[usize], placed: &[Placed]) -> Vec<(StridedCopy, usize)> {
    let strides = row_major(dims);
    let mut fills = Vec::new();
    let mut sizes: Dims = dims.into();
    let mut start = 0;
    for (axis, p) in placed.iter().enumerate() {
        for (from, end) in [(0, p.to), (p.to + p.count, dims[axis])] {
            if from < end {
                sizes[axis] = end - from;
                let copy = StridedCopy::new(width, &sizes, &strides, &zeros(dims.len()));
                fills.push((copy, start + from * strides[axis] as usize));
            }
        }
        sizes[axis] = p.count;
        start += p.to * strides[axis] as usize;
    }
    fills
}

impl Kernel for Pad {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        for (fill, start) in &self.fills {
            fill.run(results[0], *start, operands[1].bytes(), 0);
        }
        self.copy.run(results[0], self.to_start, operands[0].bytes(), self.from_start);
    }
}

#[cfg(test)]
mod tests {
    use runahead_ir::OpKind;

    use super::super::shape::for_each_index;
    use super::super::testing::{Case, Random, f32s};

    #[test]
    fn any_padding_with_either_sign() {
        let mut random = Random::new(9);
        for round in 0..500 {
            let rank = random.below(4);
            let dims: Vec<usize> = (0..rank).map(|_| random.below(7)).collect();
            let interior: Vec<i64> = (0..rank).map(|_| random.range(0, 3)).collect();
            let mut low = Vec::new();
            let mut high = Vec::new();
            let mut to = Vec::new();
            for d in 0..rank {
                let spread = dims[d] as i64 + (dims[d] as i64 - 1).max(0) * interior[d];
                low.push(random.range(-4, 5));
                high.push(random.range(-4, 5).max(-spread - low[d]));
                to.push((spread + low[d] + high[d]) as usize);
            }
            let x = random.floats(dims.iter().product());
            let value = [random.float()];
            let mut expected = Vec::new();
            for_each_index(&to, |index| {
                let mut at = Some(0);
                for d in 0..rank {
                    let i = index[d] as i64 - low[d];
                    let step = interior[d] + 1;
                    let inside = i >= 0 && i % step == 0 && i / step < dims[d] as i64;
                    at = at.filter(|_| inside).map(|at| at * dims[d] + (i / step) as usize);
                }
                expected.push(at.map_or(value[0], |at| x[at]));
            });
            let operands = [f32s(&dims), f32s(&[])];
            let case = Case::new(OpKind::Pad { low, high, interior }, &operands, &[f32s(&to)]);
            assert_eq!(case.run_as::<f32, f32>(&[&x, &value]), expected, "round {round}: {:?}", case.op.kind);
        }
    }
}
