//! Products of small matrices.

use runahead_ir::{Binary, Dims, DotDimensions, ElementType, OpKind};
use smallvec::SmallVec;

use super::Form;
use crate::loops::{Argument, Constant, Operation, Tensor, Writer};

/// What products are added up in: a type at least as wide as that of the result.
fn accumulator(element: ElementType) -> ElementType {
    match element {
        ElementType::F16 | ElementType::BF16 => ElementType::F32,
        other => other,
    }
}

pub(super) fn is_known(form: &Form) -> bool {
    let [a, b] = &form.operands[..] else { return false };
    let to = form.results[0].element;
    let real = matches!(to, ElementType::F32 | ElementType::F64 | ElementType::F16 | ElementType::BF16);
    a.element == b.element && a.element == to && (real || to.is_integer() && to.size() >= 4)
}

pub(super) fn work(form: &Form) -> usize {
    let OpKind::DotGeneral { dimension_numbers, .. } = &form.kind else { return usize::MAX };
    let contracted = dimension_numbers.lhs_contracting.iter().map(|&axis| form.operands[0].dims[axis]);
    let results = form.results[0].element_count().unwrap_or(usize::MAX);
    contracted.fold(results, usize::saturating_mul).saturating_mul(4)
}

pub(super) fn dot_general(writer: &mut Writer, d: &DotDimensions, operands: &[Tensor], to: &Tensor) {
    let (a, b) = (&operands[0], &operands[1]);
    let wide = accumulator(to.element);
    let contracted: Dims = d.lhs_contracting.iter().map(|&axis| a.dims[axis]).collect();
    let free = |rank: usize, batching: &[usize], contracting: &[usize]| -> SmallVec<[usize; 6]> {
        (0..rank).filter(|axis| !batching.contains(axis) && !contracting.contains(axis)).collect()
    };
    let a_free = free(a.dims.len(), &d.lhs_batching, &d.lhs_contracting);
    let b_free = free(b.dims.len(), &d.rhs_batching, &d.rhs_contracting);
    let zero = Argument::Constant(Constant { element: wide, bytes: [0; 16] });
    writer.nest(&to.dims, &mut |writer, index| {
        let (batch, rest) = index.split_at(d.lhs_batching.len());
        let (a_index, b_index) = rest.split_at(a_free.len());
        let sum = writer.fold(&contracted, &[zero], &mut |writer, inner, sum| {
            let at = |tensor: &Tensor, axes: [(&[usize], &[Argument]); 3]| {
                let mut at: SmallVec<[Argument; 6]> =
                    SmallVec::from_elem(Argument::index(0), tensor.dims.len());
                for (axes, indices) in axes {
                    axes.iter().zip(indices).for_each(|(&axis, &index)| at[axis] = index);
                }
                tensor.at(&at)
            };
            let x = writer
                .read(at(a, [(&d.lhs_batching, batch), (&a_free, a_index), (&d.lhs_contracting, inner)]));
            let y = writer
                .read(at(b, [(&d.rhs_batching, batch), (&b_free, b_index), (&d.rhs_contracting, inner)]));
            let [x, y] = [x, y].map(|value| writer.converted(value, wide));
            let product = writer.compute(Operation::Binary(Binary::Multiply), &[x, y], wide);
            [writer.compute(Operation::Binary(Binary::Add), &[sum[0], product], wide)].into_iter().collect()
        });
        let value = writer.converted(sum[0], to.element);
        writer.write(to.at(index), value);
    });
}
