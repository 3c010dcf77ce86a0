//! `chlo.top_k`: the largest elements of each row and where they were.

use super::parallel::split_point;
use super::shape::{operand, plain, product, shown};
use super::sort::{Equal, Order, Rows, has_keys, take, workspace, workspace_bytes};
use crate::kernel::{Kernel, Operand, Site, Unsupported};
use crate::split::parallel_pieces;

#[derive(Debug)]
struct TopK {
    description: String,
    order: Order,
    rows: Rows,
    k: usize,
}

pub(super) fn kernel(site: Site<'_>, k: usize) -> Result<Box<dyn Kernel>, Unsupported> {
    let from = operand(site, 0)?;
    let element = plain(from)?;
    let (&len, outer) = from.dims.split_last().ok_or_else(|| Unsupported("of a scalar".into()))?;
    if !has_keys(element) || u32::try_from(len).is_err() {
        return Err(Unsupported(format!("of {from}")));
    }
    Ok(Box::new(TopK {
        description: format!("top_k {k} of {}", shown(&from.dims)),
        order: Order { operand: 0, element, descending: true, equal: Equal::default() },
        rows: Rows { count: product(outer), len },
        k,
    }))
}

impl Kernel for TopK {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn scratch_bytes(&self) -> usize {
        // The elements stay where they are.
        self.rows.scratch_bytes(0)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        if self.rows.count * self.k == 0 {
            return;
        }
        let from = operands[0].bytes();
        let width = self.order.element.size();
        let (Rows { count, len }, parts) = (self.rows, self.rows.parts());
        let own = workspace_bytes(len, 0);
        let [values, places] = results else { return };
        let range = |slice: usize, part: usize| {
            let rows = |part| split_point(count, parts, part);
            match [self.k * width, self.k * 4].get(slice) {
                Some(bytes) => rows(part) * bytes..rows(part + 1) * bytes,
                None => part * own..(part + 1) * own,
            }
        };
        parallel_pieces(&mut [values, places, scratch], parts, &range, &|part, mut pieces| {
            let [values, places, scratch] = &mut pieces[..] else { return };
            let first = split_point(count, parts, part);
            let (mut workspace, _) = workspace(scratch, len, 0);
            let rows = values.chunks_exact_mut(self.k * width).zip(places.chunks_exact_mut(self.k * 4));
            for (row, (values, places)) in rows.enumerate() {
                let from = &from[(first + row) * len * width..][..len * width];
                workspace.rank_by_keys(from, &self.order);
                let best = &workspace.ranking[..self.k];
                take(width, from, best, values);
                places.copy_from_slice(bytemuck::cast_slice(best));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use runahead_ir::{ElementType, OpKind};

    use super::super::testing::{Case, Random, cast, f32s, ty};

    #[test]
    fn largest_first_and_equal_ones_in_order() {
        let mut random = Random::new(61);
        for (rows, len, k) in [(3, 7, 3), (2, 300, 10), (1, 1, 1), (4, 5, 0), (0, 5, 2), (2, 4, 4)] {
            let x: Vec<f32> = (0..rows * len).map(|_| random.range(-9, 9) as f32).collect();
            let results = [f32s(&[rows, k]), ty(ElementType::I32, &[rows, k])];
            let case = Case::new(OpKind::TopK { k }, &[f32s(&[rows, len])], &results);
            let found = case.run(&[bytemuck::cast_slice(&x)]);
            let mut expected = Vec::new();
            for row in x.chunks(len) {
                let mut order: Vec<i32> = (0..len as i32).collect();
                order.sort_by(|&a, &b| row[b as usize].partial_cmp(&row[a as usize]).unwrap());
                expected.extend(order[..k].iter().map(|&i| (row[i as usize], i)));
            }
            let found: Vec<(f32, i32)> = cast(&found[0]).into_iter().zip(cast(&found[1])).collect();
            assert_eq!(found, expected);
        }
    }
}
