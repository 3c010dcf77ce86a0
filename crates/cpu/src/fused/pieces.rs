//! Reading what is put together of parts of several operands: a concatenation, what padding surrounds, a rolled tensor.

use super::recipe::Piece;
use crate::kernel::Operand;
use crate::kernels::by_width;

/// What a leaf is put together of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pieces {
    /// The sizes of the axes.
    pub(super) dims: Vec<usize>,
    pub(super) pieces: Vec<Piece>,
    /// Bytes of an element.
    pub(super) size: usize,
}

impl Pieces {
    /// Writes as many elements as there is room for, from one on, counted row by row.
    pub(super) fn read(&self, operands: &[Operand<'_>], first: usize, to: &mut [u8]) {
        by_width!(self.size, T => {
            let to: &mut [T] = bytemuck::cast_slice_mut(to);
            let mut at = 0;
            while at < to.len() {
                at += self.run::<T>(operands, first + at, &mut to[at..]);
            }
        });
    }

    /// Writes a run of elements that lie in one piece, next to each other along the last axis; gives how many.
    fn run<T: bytemuck::Pod>(&self, operands: &[Operand<'_>], number: usize, to: &mut [T]) -> usize {
        let axes = self.dims.len();
        let last = axes - 1;
        let column = number % self.dims[last];
        let inside = |piece: &&Piece| {
            let mut rest = number;
            (0..axes).rev().all(|axis| {
                let index = rest % self.dims[axis];
                rest /= self.dims[axis];
                (piece.low[axis]..piece.high[axis]).contains(&index)
            })
        };
        let piece = self.pieces.iter().find(inside).expect("the pieces are all of it");
        let (mut rest, mut start) = (number, piece.offset);
        for axis in (0..axes).rev() {
            start += (rest % self.dims[axis] - piece.low[axis]) * piece.strides[axis];
            rest /= self.dims[axis];
        }
        let from: &[T] = bytemuck::cast_slice(operands[piece.operand].bytes());
        let count = (piece.high[last] - column).min(to.len());
        let to = &mut to[..count];
        match piece.strides[last] {
            1 => to.copy_from_slice(&from[start..start + count]),
            0 => to.fill(from[start]),
            stride => to.iter_mut().enumerate().for_each(|(i, to)| *to = from[start + i * stride]),
        }
        count
    }
}
