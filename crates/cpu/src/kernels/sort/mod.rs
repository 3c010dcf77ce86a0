//! `sort`: rows of one or several operands put in the order of a comparator.
//!
//! Sorting is always stable. Comparators that compare keys, as most do, are recognised: then integers are sorted.

mod keys;
mod order;
mod ranking;

use runahead_ir::Dims;
use smallvec::SmallVec;

pub(super) use self::keys::has_keys;
use self::order::order_of;
pub(super) use self::order::{Equal, Order};
pub(super) use self::ranking::Workspace;
use super::copy::{StridedCopy, copy_bytes};
use super::dispatch::by_width;
use super::parallel::{most_threads_for, split_point, threads_for};
use super::scratch::Carver;
use super::shape::{Strides, operand, product, row_major, shown};
use crate::kernel::{InPlace, Kernel, Operand, Site, Unsupported};
use crate::ops::Scalar;
use crate::region::ScalarProgram;
use crate::split::parallel_pieces;

#[derive(Debug)]
struct Sort {
    description: String,
    /// Bytes of an element of each operand.
    widths: SmallVec<[usize; 2]>,
    rows: Rows,
    method: Method,
    /// For rows that are not runs of memory: into rows that are, and back, for each operand.
    packing: Option<Vec<(StridedCopy, StridedCopy)>>,
}

#[derive(Debug)]
enum Method {
    Keys(Order),
    Program(ScalarProgram),
}

pub(super) fn kernel(site: Site<'_>, dimension: usize) -> Result<Box<dyn Kernel>, Unsupported> {
    let dims = &operand(site, 0)?.dims;
    let mut widths = SmallVec::new();
    for i in 0..site.op.operands.len() {
        widths.push(operand(site, i)?.element.size());
    }
    let len = dims[dimension];
    if u32::try_from(len).is_err() {
        return Err(Unsupported(format!("of {len} elements in a row")));
    }
    let comparator = site.op.regions.first().ok_or_else(|| Unsupported("without a comparator".into()))?;
    let method = match order_of(comparator, site.function) {
        Some(order) => Method::Keys(order),
        None => Method::Program(ScalarProgram::build(comparator, site.function)?),
    };
    let is_inner = dims[dimension + 1..].iter().all(|&dim| dim == 1);
    let packing = (!is_inner).then(|| widths.iter().map(|&width| packing(width, dims, dimension)).collect());
    Ok(Box::new(Sort {
        description: format!("sort {} of {} along {dimension}", widths.len(), shown(dims)),
        rows: Rows { count: product(dims).checked_div(len).unwrap_or(0), len },
        widths,
        method,
        packing,
    }))
}

/// Copies that make the axis the last one, and that put it back.
fn packing(width: usize, dims: &[usize], dimension: usize) -> (StridedCopy, StridedCopy) {
    let moved = |sizes: &[usize]| -> Dims {
        let mut sizes: Dims = sizes.into();
        let size = sizes.remove(dimension);
        sizes.push(size);
        sizes
    };
    let strides = row_major(dims);
    let axes: Dims = moved(&(0..dims.len()).collect::<Dims>());
    let packed = moved(dims);
    let from: Strides = axes.iter().map(|&axis| strides[axis]).collect();
    let packed_strides = row_major(&packed);
    let back: Strides = (0..dims.len())
        .map(|axis| packed_strides[axes.iter().position(|&a| a == axis).expect("every axis is there")])
        .collect();
    (StridedCopy::dense(width, &packed, &from).widened(), StridedCopy::dense(width, dims, &back).widened())
}

/// Elements that are worth another thread.
const ELEMENTS_PER_PART: usize = 1 << 11;

/// Rows that are sorted by several threads, each of which has scratch memory of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    pub(super) count: usize,
    pub(super) len: usize,
}

impl Rows {
    /// Into how many parts they are split.
    pub(super) fn parts(&self) -> usize {
        threads_for(self.count.saturating_mul(self.len), ELEMENTS_PER_PART).min(self.count)
    }

    /// The most parts that they are ever split into.
    fn most_parts(&self) -> usize {
        most_threads_for(self.count.saturating_mul(self.len), ELEMENTS_PER_PART).min(self.count)
    }

    /// Bytes of scratch memory for all threads, with so many bytes of a row's elements for each.
    pub(super) fn scratch_bytes(&self, row_bytes: usize) -> usize {
        self.most_parts().saturating_mul(workspace_bytes(self.len, row_bytes))
    }
}

/// Bytes of scratch memory for a thread that sorts rows of so many elements: keys, as many again, a ranking and so many bytes
/// of a row's elements. A row has no more than `u32` counts.
pub(super) fn workspace_bytes(len: usize, row_bytes: usize) -> usize {
    2 * Carver::size(8 * len) + Carver::size(4 * len) + Carver::size(row_bytes)
}

/// Cuts a thread's scratch memory into a workspace and memory for a row's elements.
pub(super) fn workspace<'a>(
    scratch: &'a mut [u8],
    len: usize,
    row_bytes: usize,
) -> (Workspace<'a>, &'a mut [u8]) {
    let mut scratch = Carver::new(scratch);
    let workspace = Workspace {
        keys: bytemuck::cast_slice_mut(scratch.take(8 * len)),
        spare: bytemuck::cast_slice_mut(scratch.take(8 * len)),
        ranking: bytemuck::cast_slice_mut(scratch.take(4 * len)),
    };
    (workspace, scratch.take(row_bytes))
}

impl Kernel for Sort {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn in_place(&self) -> Vec<InPlace> {
        match self.packing {
            None => (0..self.widths.len()).map(|i| InPlace { operand: i, result: i }).collect(),
            Some(_) => Vec::new(),
        }
    }

    fn scratch_bytes(&self) -> usize {
        let packed = if self.packing.is_some() { &self.widths[..] } else { &[] };
        let packed = packed.iter().map(|width| Carver::size(self.bytes(*width)));
        packed.fold(self.rows.scratch_bytes(self.row_bytes()), usize::saturating_add)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        if self.rows.count * self.rows.len == 0 {
            return;
        }
        let mut scratch = Carver::new(scratch);
        let workspaces = scratch.take(self.rows.scratch_bytes(self.row_bytes()));
        let Some(packing) = &self.packing else {
            for (operand, result) in operands.iter().zip(results.iter_mut()) {
                if let Operand::Bytes(bytes) = operand {
                    copy_bytes(result, bytes);
                }
            }
            return self.sort_rows(results.iter_mut().map(|r| &mut **r).collect(), workspaces);
        };
        let mut packed: SmallVec<[&mut [u8]; 4]> =
            self.widths.iter().map(|width| scratch.take(self.bytes(*width))).collect();
        for ((to, operand), (pack, _)) in packed.iter_mut().zip(operands).zip(packing) {
            pack.run(to, 0, operand.bytes(), 0);
        }
        self.sort_rows(packed.iter_mut().map(|p| &mut **p).collect(), workspaces);
        for ((from, result), (_, unpack)) in packed.iter().zip(results).zip(packing) {
            unpack.run(result, 0, from, 0);
        }
    }
}

impl Sort {
    /// Bytes of an operand whose elements have so many.
    fn bytes(&self, width: usize) -> usize {
        self.rows.count.saturating_mul(self.rows.len).saturating_mul(width)
    }

    /// Bytes of the widest row.
    fn row_bytes(&self) -> usize {
        self.rows.len * self.widths.iter().copied().max().unwrap_or(0)
    }

    /// Sorts rows that are runs of memory.
    fn sort_rows<'a>(&self, mut slices: SmallVec<[&'a mut [u8]; 4]>, workspaces: &'a mut [u8]) {
        let (Rows { count, len }, parts) = (self.rows, self.rows.parts());
        let own = workspace_bytes(len, self.row_bytes());
        slices.push(workspaces);
        let range = |slice: usize, part: usize| match self.widths.get(slice) {
            Some(width) => {
                let bytes = len * width;
                split_point(count, parts, part) * bytes..split_point(count, parts, part + 1) * bytes
            }
            None => part * own..(part + 1) * own,
        };
        parallel_pieces(&mut slices, parts, &range, &|_, mut pieces| {
            let scratch = pieces.pop().expect("the workspace comes last");
            let rows = pieces[0].len() / (len * self.widths[0]);
            for row in 0..rows {
                let mut row: SmallVec<[&mut [u8]; 4]> = pieces
                    .iter_mut()
                    .zip(&self.widths)
                    .map(|(piece, width)| &mut piece[row * len * width..][..len * width])
                    .collect();
                self.sort_row(&mut row, scratch);
            }
        });
    }

    fn sort_row(&self, row: &mut [&mut [u8]], scratch: &mut [u8]) {
        let (mut workspace, spare) = workspace(scratch, self.rows.len, self.row_bytes());
        match &self.method {
            Method::Keys(order) => workspace.rank_by_keys(row[order.operand], order),
            Method::Program(program) => {
                let mut machine = program.machine();
                let mut arguments: SmallVec<[Scalar; 8]> =
                    SmallVec::from_elem(Scalar::default(), 2 * row.len());
                workspace.rank_by(&mut |a, b| {
                    for ((row, &width), pair) in
                        row.iter().zip(&self.widths).zip(arguments.chunks_exact_mut(2))
                    {
                        pair[0] = Scalar::from_bytes(&row[a as usize * width..][..width]);
                        pair[1] = Scalar::from_bytes(&row[b as usize * width..][..width]);
                    }
                    machine.run(&arguments)[0].get::<u8>() != 0
                });
            }
        }
        for (row, &width) in row.iter_mut().zip(&self.widths) {
            let spare = &mut spare[..row.len()];
            take(width, row, workspace.ranking, spare);
            row.copy_from_slice(spare);
        }
    }
}

/// Writes the elements of a row with these numbers.
pub(super) fn take(width: usize, row: &[u8], numbers: &[u32], to: &mut [u8]) {
    by_width!(width, T => {
        let row: &[T] = bytemuck::cast_slice(row);
        let to: &mut [T] = bytemuck::cast_slice_mut(to);
        to.iter_mut().zip(numbers).for_each(|(to, &number)| *to = row[number as usize]);
    });
}

#[cfg(test)]
mod tests;
