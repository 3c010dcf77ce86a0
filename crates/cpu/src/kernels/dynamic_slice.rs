//! `dynamic_slice` and `dynamic_update_slice`: a box whose place is known when the program runs.

use runahead_ir::{Dims, ElementType};

use super::copy::{StridedCopy, copy_bytes};
use super::shape::{Strides, index_type, operand, read_index, result, row_major, shown};
use crate::kernel::{InPlace, Kernel, Operand, Site, Unsupported};

/// The place of a box in a tensor, from scalar operands.
#[derive(Debug)]
struct Place {
    /// The first of the operands that give the start along each axis.
    first_operand: usize,
    index: Option<ElementType>,
    /// The last start along each axis at which the box lies within the tensor.
    last: Dims,
    strides: Strides,
}

impl Place {
    fn new(site: Site<'_>, first: usize, dims: &[usize], sizes: &[usize]) -> Result<Place, Unsupported> {
        let mut index = None;
        for i in first..site.op.operands.len() {
            index = Some(index_type(operand(site, i)?)?);
        }
        let last = dims.iter().zip(sizes).map(|(&dim, &size)| dim.saturating_sub(size)).collect();
        Ok(Place { first_operand: first, index, last, strides: row_major(dims) })
    }

    /// The offset of the box's first element. Starts are clamped so that the box lies within the tensor.
    fn start(&self, operands: &[Operand<'_>]) -> usize {
        let Some(index) = self.index else { return 0 };
        let mut start = 0usize;
        for ((operand, &last), &stride) in
            operands[self.first_operand..].iter().zip(&self.last).zip(&self.strides)
        {
            let at = read_index(operand.bytes(), index, 0).max(0) as usize;
            start = start.wrapping_add(at.min(last).wrapping_mul(stride as usize));
        }
        start
    }
}

#[derive(Debug)]
struct DynamicSlice {
    description: String,
    place: Place,
    copy: StridedCopy,
}

pub(super) fn slice(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    let (from, to) = (operand(site, 0)?, result(site, 0)?);
    let place = Place::new(site, 1, &from.dims, &to.dims)?;
    let copy = StridedCopy::dense(to.element.size(), &to.dims, &place.strides);
    let description = format!("dynamic_slice {} of {}", shown(&to.dims), shown(&from.dims));
    Ok(Box::new(DynamicSlice { description, place, copy }))
}

impl Kernel for DynamicSlice {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        self.copy.run(results[0], 0, operands[0].bytes(), self.place.start(operands));
    }
}

#[derive(Debug)]
struct DynamicUpdateSlice {
    description: String,
    place: Place,
    copy: StridedCopy,
}

pub(super) fn update(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    let (to, update) = (operand(site, 0)?, operand(site, 1)?);
    let place = Place::new(site, 2, &to.dims, &update.dims)?;
    let copy = StridedCopy::new(to.element.size(), &update.dims, &place.strides, &row_major(&update.dims));
    let description = format!("dynamic_update_slice {} of {}", shown(&update.dims), shown(&to.dims));
    Ok(Box::new(DynamicUpdateSlice { description, place, copy }))
}

impl Kernel for DynamicUpdateSlice {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn in_place(&self) -> Vec<InPlace> {
        vec![InPlace { operand: 0, result: 0 }]
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        if let Operand::Bytes(bytes) = operands[0] {
            copy_bytes(results[0], bytes);
        }
        self.copy.run(results[0], self.place.start(operands), operands[1].bytes(), 0);
    }
}

#[cfg(test)]
mod tests {
    use runahead_ir::{ElementType, OpKind};

    use super::super::shape::for_each_index;
    use super::super::testing::{Case, Random, cast, f32s, ty};

    #[test]
    fn starts_are_clamped() {
        let mut random = Random::new(10);
        for _ in 0..200 {
            let rank = random.below(4);
            let dims: Vec<usize> = (0..rank).map(|_| random.below(8)).collect();
            let sizes: Vec<usize> = dims.iter().map(|&d| random.below(d + 1)).collect();
            let starts: Vec<i32> = (0..rank).map(|_| random.range(-3, 12) as i32).collect();
            let at: Vec<usize> =
                (0..rank).map(|d| (starts[d].max(0) as usize).min(dims[d] - sizes[d])).collect();
            let x = random.floats(dims.iter().product());
            let update = random.floats(sizes.iter().product());

            let (mut sliced, mut updated) = (Vec::new(), x.clone());
            for_each_index(&sizes, |index| {
                let place = (0..rank).fold(0, |place, d| place * dims[d] + at[d] + index[d]);
                sliced.push(x[place]);
                updated[place] = update[sliced.len() - 1];
            });

            let starts: Vec<[u8; 4]> = starts.iter().map(|s| s.to_le_bytes()).collect();
            let mut types = vec![f32s(&dims)];
            types.extend(starts.iter().map(|_| ty(ElementType::I32, &[])));
            let mut operands: Vec<&[u8]> = vec![bytemuck::cast_slice(&x)];
            operands.extend(starts.iter().map(|s| &s[..]));
            let case = Case::new(OpKind::DynamicSlice { sizes: sizes.clone() }, &types, &[f32s(&sizes)]);
            assert_eq!(cast::<f32>(&case.run(&operands)[0]), sliced);

            types.insert(1, f32s(&sizes));
            operands.insert(1, bytemuck::cast_slice(&update));
            let case = Case::new(OpKind::DynamicUpdateSlice, &types, &[f32s(&dims)]);
            assert_eq!(cast::<f32>(&case.run(&operands)[0]), updated);
        }
    }

    #[test]
    fn huge_unsigned_starts_are_clamped() {
        let types = [ty(ElementType::U8, &[3]), ty(ElementType::U64, &[])];
        let case = Case::new(OpKind::DynamicSlice { sizes: vec![2] }, &types, &[ty(ElementType::U8, &[2])]);
        assert_eq!(case.run(&[&[1, 2, 3], &u64::MAX.to_le_bytes()])[0], [2, 3]);
    }
}
